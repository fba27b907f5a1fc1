"""Which parts of a page are examples, and that nothing which looks like one is passed over."""

import pytest
from written_pages import failures

NOT_RUN = "is not run"


@pytest.mark.parametrize(
    "info",
    [
        "pycon",
        "py",
        "python3",
        "Python",
        " python",
        "python ",
        "python shown",
        "python {lineno-start=1}",
        "python2.7",
        "console",
        "bash",
        "sh",
        "shell",
        "shell-session",
        "",
        "{code-block} python",
        "{code-block} pycon",
        "{code-block} console",
        "{code-block}",
        "{code} python",
        "{sourcecode} python",
        "{code-cell} ipython3",
        "{doctest}",
        "{testcode}",
        "{python}",
        "{prompt} bash",
        "{eval-rst}",
        "{Terminal} one",
        "{WIRE}",
    ],
)
def test_a_fence_that_looks_as_if_it_ran_fails_where_it_stands(pages, info):
    failure = pages.fails(f"# A page\n\n```{info}\nx = 1\n```\n")
    assert failure.line == 3
    assert f"the fence “{info}” {NOT_RUN}; write ```python" in failure.message


@pytest.mark.parametrize("mark", ["~~~", "````", ":::"])
def test_so_does_one_with_other_marks(pages, mark):
    failure = pages.fails(f"# A page\n\n{mark}py\nx = 1\n{mark}\n")
    assert (failure.line, "the fence “py”" in failure.message) == (3, True)


@pytest.mark.parametrize("info", ["text", "toml", "json", "{code-block} text", "{code-block} html"])
@pytest.mark.parametrize("line", [">>> 1 + 1", "$ python upper_server.py", "   $ ls"])
def test_a_session_in_a_fence_that_is_only_shown_fails(pages, info, line):
    failure = pages.fails(f"# A page\n\n```{info}\nfirst\n{line}\n```\n")
    assert failure.line == 3
    assert f"what looks like a session in a “{info}” fence {NOT_RUN}" in failure.message


@pytest.mark.parametrize("info", ["text", "toml", "json", "{code-block} text", "{code-block} html"])
def test_a_fence_with_nothing_to_run_is_only_shown(pages, info):
    assert pages.run(f"# A page\n\n```{info}\nfirst > second\n```\n").examples == []


def test_an_indented_block_fails(pages):
    failure = pages.fails("# A page\n\nText:\n\n    >>> 1 + 1\n    2\n")
    assert failure.line == 5
    assert f"an indented block of code {NOT_RUN}" in failure.message


def test_an_indented_block_in_a_list_fails(pages):
    failure = pages.fails("# A page\n\n- Text:\n\n      x = 1\n")
    assert failure.line == 5


@pytest.mark.parametrize(
    "line",
    [">>> 1 + 1", "  >>> 1 + 1", "> >>> 1 + 1", "- >>> 1 + 1", "1. >>> 1 + 1", "$ python x.py"],
)
def test_a_session_outside_of_a_fence_fails(pages, line):
    failure = pages.fails(f"# A page\n\n{line}\n")
    assert failure.line == 3
    assert f"a session outside of a fence {NOT_RUN}" in failure.message


@pytest.mark.parametrize("container", ["{exercise}", "{admonition} Then and now", "{terminals}"])
def test_so_does_one_in_a_directive_that_holds_text(pages, container):
    failure = pages.fails(f"# A page\n\n````{container}\nText:\n\n$ python x.py\n````\n")
    assert failure.line == 6


def test_prose_may_speak_of_prompts(pages):
    text = (
        "# A page\n\nThe `>>>` is Python's prompt, and `$ ls` a command.\n\n`>>>`\n\nIt cost $ 5.\n"
    )
    assert pages.run(text).examples == []


def test_what_stands_in_comments_is_no_example(pages):
    text = """\
        # A page

        <!--
        ```python
        >>> 1 + 1
        3
        ```
        -->

        % ```python
        % >>> 1 + 1
        % 3
        % ```

        ```python
        >>> 1 + 1
        2
        ```
        """
    [example] = pages.passes(text, count=1).examples
    assert example.line == 16


@pytest.mark.parametrize(
    ("opening", "problem"),
    [
        ("```python\n>>> 1 + 1\n2", "the fence “python” is never closed"),
        ("````python\n>>> 1 + 1\n2\n```", "the fence “python” is never closed"),
        ("```{terminal} one\n$ echo 1\n1", "the fence “{terminal} one” is never closed"),
        (":::{note}\nText", "the fence “{note}” is never closed"),
    ],
)
def test_a_fence_that_is_never_closed_fails(pages, opening, problem):
    failure = pages.fails(f"# A page\n\n{opening}\n")
    assert (failure.line, failure.message) == (3, problem)


def test_a_directive_closed_by_its_inner_fence_fails(pages):
    result = pages.run("""\
        ```{exercise}
        ```python
        >>> 1 + 1
        2
        ```
        ```
        """)
    assert [failure.line for failure in failures(result)] == [2, 6]
    assert all("is never closed" in failure.message for failure in failures(result))


def test_what_an_include_brings_in_is_not_run(pages):
    failure = pages.fails("# A page\n\n```{include} other.md\n```\n")
    assert failure.line == 3
    assert NOT_RUN in failure.message


def test_an_include_of_plain_text_is_fine(pages):
    assert pages.run("# A page\n\n```{include} LICENSE\n:literal:\n```\n").examples == []


NESTED = """\
# A page

1. In a list:

   ```python
   >>> x = [
   ...     1,
   ... ]
   >>> len(x)
   1
   ```

   - and a list in it:

     ````python
     >>> x[0]
     1
     ````

> In a quote:
>
> ```python
> >>> x[0] + 1
> 2
> ```

`````{exercise} Count
:label: count

How many?

````{admonition} A hint
:class: tip
```python
>>> sum(x)
1
```
````
`````

::::{solution} count

:::{note}
```python
y = x * 2
```
:::
::::
"""


def test_nested_fences_run(pages):
    lines = [example.line for example in pages.passes(NESTED).examples]
    assert lines == [6, 9, 16, 23, 35, 45]


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("   >>> len(x)\n   1", "   >>> len(x)\n   2", 10),
        ("     1\n     ````", "     2\n     ````", 17),
        ("> 2", "> 3", 24),
        (">>> sum(x)\n1", ">>> sum(x)\n2", 36),
        ("y = x * 2", "y = x / 2 / 0", 45),
    ],
)
def test_nested_fences_fail_at_their_lines(pages, right, wrong, line):
    assert NESTED.count(right) == 1
    assert pages.fails(NESTED.replace(right, wrong)).line == line


@pytest.mark.parametrize("info", ["python", "python2", "{since} 3.11"])
def test_an_empty_fence_fails(pages, info):
    failure = pages.fails(f"# A page\n\n```{info}\n\n```\n")
    assert (failure.line, failure.message) == (3, "this fence is empty")


@pytest.mark.parametrize("before", ["\n", "  ", "\n  "])
def test_a_session_begins_in_the_first_line_and_column(pages, before):
    failure = pages.fails(f"# A page\n\n```python\n{before}>>> 1 + 1\n2\n```\n")
    assert failure.line == 3
    assert "begins with >>> in the first line and column" in failure.message


@pytest.mark.parametrize(
    ("session", "line"),
    [
        (">>> print('a')\na\n\nb\n", 7),
        (">>> x = 1\n\nText.\n>>> x\n1\n", 6),
        (">>> # a comment\n1\n", 5),
        (">>> x = 1\n...\n1\n\n2\n", 8),
    ],
)
def test_a_line_of_a_session_that_nothing_compares_fails(pages, session, line):
    failures_found = failures(pages.run(f"# A page\n\n```python\n{session}```\n"))
    assert line in [failure.line for failure in failures_found]
    [message] = [failure.message for failure in failures_found if failure.line == line]
    assert "neither typed nor compared" in message
    assert "<BLANKLINE>" in message


def test_empty_lines_and_comments_between_prompts_are_fine(pages):
    pages.passes("""\
        ```python
        >>> # First
        >>> x = 1

        >>> x  # second
        1

        ```
        """)


def test_the_output_of_a_block_is_compared_to_its_last_line(pages):
    session = ">>> for n in range(2):\n...     print(n)\n...\n0\n1\n"
    pages.passes(f"```python\n{session}```\n")
    assert pages.fails(f"```python\n{session}\n2\n```\n").line == 8


def test_a_prompt_without_a_space_fails(pages):
    failure = pages.fails("# A page\n\n```python\n>>> 1 + 1\n2\n>>>x\n```\n")
    assert failure.line == 6
    assert "lacks blank after >>>" in failure.message


@pytest.mark.parametrize(
    ("fence", "problem"),
    [
        ("```{terminal}\n$ echo 1\n1\n```", "a terminal needs a name: ```{terminal} server"),
        ("```{terminal} one\n:caption: x\n$ echo 1\n1\n```", "a terminal has no option :caption:"),
        (
            "```{terminal} one\n```",
            "this terminal is empty; write what one types and what one sees",
        ),
    ],
)
def test_a_terminal_that_is_written_wrong_says_so(pages, fence, problem):
    failure = pages.fails(f"# A page\n\n{fence}\n")
    assert (failure.line, failure.message) == (3, problem)


@pytest.mark.parametrize("depth", ["deep", "0", "-1", "1.5", ""])
def test_a_picture_needs_a_depth_that_is_a_number(pages, depth):
    failure = pages.fails(f"""\
        ```python
        x = [1]
        ```

        ```{{references}} x
        :depth: {depth}
        ```
        """)
    assert failure.line == 5
    assert failure.message == f":depth: is a whole number from 1 on, not {depth!r}"


def test_a_picture_of_a_name_that_is_not_there_says_so(pages):
    failure = pages.fails("# A page\n\n```{references} nobody\n```\n")
    assert failure.line == 3
    assert "nobody" in failure.message
    assert "Traceback" not in failure.message


def test_a_wire_without_terminals_says_so(pages):
    failure = pages.fails("# A page\n\n```{wire}\n```\n")
    assert failure.line == 3
    assert "{wire} follows the terminals that it draws" in failure.message


SKIPPED = """\
# A page

% skip: next "needs a microphone"
```python
>>> 1 + 1
3
>>> 1 + 2
4
```

```python
>>> 1 + 1
2
```
"""


def test_a_skip_covers_the_whole_next_fence_and_says_why(pages):
    examples = pages.run(SKIPPED).examples
    assert [(example.line, example.outcome) for example in examples] == [
        (5, "not run"),
        (7, "not run"),
        (12, "passed"),
    ]
    assert {example.message for example in examples[:2]} == {"needs a microphone"}


def test_a_skip_may_have_a_condition(pages):
    true = SKIPPED.replace('"needs a microphone"', "if(1 < 2, reason='needs a microphone')")
    assert [example.outcome for example in pages.run(true).examples][:2] == ["not run"] * 2
    false = SKIPPED.replace('"needs a microphone"', "if(1 > 2, reason='needs a microphone')")
    assert [failure.line for failure in failures(pages.run(false))] == [6, 8]


def test_a_skip_from_start_to_end_covers_what_is_between(pages):
    examples = pages.run("""\
        <!-- skip: start "needs a microphone" -->
        ```python
        >>> 1 + 1
        3
        ```
        ```{terminal} one
        $ false
        ```
        <!-- skip: end -->
        ```python
        >>> 1 + 1
        2
        ```
        """).examples
    assert [example.outcome for example in examples] == ["not run", "not run", "passed"]


def test_a_skip_in_a_list_or_directive_works(pages):
    examples = pages.run("""\
        :::{note}
        - % skip: next "ignored, since this is text"

          % skip: next "needs a microphone"
          ```python
          >>> 1 + 1
          3
          ```
        :::
        """).examples
    assert [example.outcome for example in examples] == ["not run"]


@pytest.mark.parametrize("fence", ["text", "{code-block} text"])
def test_a_skip_that_a_fence_only_shows_skips_nothing(pages, fence):
    failure = pages.fails(f"""\
        ```{fence}
        % skip: start "needs a microphone"
        ```

        ```python
        >>> 1 + 1
        3
        ```
        """)
    assert failure.line == 7


@pytest.mark.parametrize(
    ("skip", "problem"),
    [
        ("% skip: next", "a skip needs a reason"),
        ("<!-- skip: next -->", "a skip needs a reason"),
        ("% skip: next needs a microphone", "a skip needs a reason"),
        ('% skip: next ""', "a skip needs a reason"),
        ("% skip: next if(True)", "a skip needs a reason"),
        ("% skip: next if(", "a skip needs a reason"),
        ("% skip:", "“” is not what a skip can do: next, start or end"),
        ('% skip: all "slow"', "“all” is not what a skip can do: next, start or end"),
        ("% skip: end", "no skip that has started ends here"),
        ('% skip: start "slow"', "this skip never ends; write % skip: end"),
    ],
)
def test_a_skip_that_is_written_wrong_fails_where_it_stands(pages, skip, problem):
    result = pages.run(f"# A page\n\n{skip}\n```python\n>>> 1 + 1\n2\n```\n")
    [failure] = failures(result)
    assert failure.line == 3
    assert problem in failure.message
    assert "Traceback" not in failure.message


def test_a_skip_within_a_skip_fails(pages):
    failure = pages.fails("""\
        % skip: start "slow"

        % skip: next "slow"
        ```python
        >>> 1 + 1
        2
        ```
        % skip: end
        """)
    assert (failure.line, failure.message) == (3, "this skip stands between a start and an end")


def test_a_skip_of_nothing_fails(pages):
    failure = pages.fails("""\
        ```python
        >>> 1 + 1
        2
        ```

        % skip: next "slow"

        Text.
        """)
    assert (failure.line, failure.message) == (6, "nothing follows this skip")


def test_examples_run_in_page_order_in_one_namespace(pages):
    result = pages.passes("""\
        ```python
        names = ["one"]
        ```

        ```python
        >>> names.append("two")
        >>> names
        ['one', 'two']
        ```

        ```python
        assert names == ["one", "two"]
        ```
        """)
    assert [(example.kind, example.line) for example in result.examples] == [
        ("code", 2),
        ("session", 6),
        ("session", 7),
        ("code", 12),
    ]
    assert [example.fence_line for example in result.examples] == [1, 5, 5, 11]


def test_failures_come_in_page_order(pages):
    result = pages.run("""\
        ```py
        x = 1
        ```

        >>> x

        ```python
        >>> 1 + 1
        3
        ```

        % skip: end
        """)
    assert [failure.line for failure in failures(result)] == [1, 5, 9, 12]


def test_a_page_without_examples_has_no_failures(pages):
    assert pages.run("# A page\n\nText.\n").examples == []


def test_an_empty_page_has_no_failures(pages):
    assert pages.run("").examples == []


def test_a_mark_before_the_text_hides_no_fence(pages):
    docname = pages.write("")
    path = pages.docs / f"{docname}.md"
    path.write_text("```python\n>>> 1 + 1\n3\n```\n", encoding="utf-8-sig")
    [result] = pages.runner().run([docname])
    assert [failure.line for failure in failures(result)] == [3]


def test_lines_may_end_as_on_windows(pages):
    docname = pages.write("")
    path = pages.docs / f"{docname}.md"
    path.write_bytes(b"# A page\r\n\r\n```python\r\n>>> 1 + 1\r\n2\r\n>>> 2\r\n3\r\n```\r\n")
    [result] = pages.runner().run([docname])
    assert [failure.line for failure in failures(result)] == [7]
