"""Examples as pytest items."""

import textwrap

import pytest

from tested_pages import pytest_plugin

pytest_plugins = ["pytester"]

# Where pytest starts other processes, these import it themselves.
PLUGIN = pytest_plugin.__name__

PAGE = """\
# A page

```python
>>> x = [1]
>>> x
[1]
```

```python
x.append(2)
```

```python
>>> x
[1, 2]
```
"""


@pytest.fixture
def site(pytester, monkeypatch):
    """A checkout with pages, and pytest set up as the project has it."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini(
        """
        [pytest]
        testpaths = docs
        tested_pages_docs = docs
        tested_pages_code = code
        """
    )
    pytester.mkdir("docs")
    pytester.mkdir("code")
    return pytester


def write(site, text, name="page.md"):
    path = site.path / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def run(site, *arguments):
    plugins = [] if PLUGIN in arguments else [pytest_plugin]
    return site.runpytest_inprocess("-p", "no:cacheprovider", *arguments, plugins=plugins)


def test_each_example_is_an_item(site):
    write(site, PAGE)
    result = run(site, "-v")
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines(
        [
            "docs/page.md::line 4: session PASSED*",
            "docs/page.md::line 5: session PASSED*",
            "docs/page.md::line 10: code PASSED*",
            "docs/page.md::line 14: session PASSED*",
            "docs/page.md::end of the page PASSED*",
        ]
    )


def test_one_example_runs_with_all_before_it(site):
    write(site, PAGE)
    run(site, "-k", "line and 14").assert_outcomes(passed=1, deselected=4)
    run(site, "docs/page.md::line 14: session").assert_outcomes(passed=1)


def test_a_failure_begins_with_file_and_line_and_shows_no_machinery(site):
    write(site, PAGE.replace("[1, 2]", "[1, 3]"))
    result = run(site)
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*docs/page.md:14*",
            "docs/page.md:15: the page shows something else than was printed: '[[]1, 3]'; printed:",
            "    [[]1, 2]",
        ]
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_failure_outside_of_examples_is_an_item_too(site):
    write(site, ">>> 1 + 1\n\n```pycon\n```\n")
    result = run(site)
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines_random(
        ["docs/page.md:1: a session outside*", "docs/page.md:3: the fence “pycon” is not run*"]
    )


def test_what_is_known_only_at_the_end_fails_there(site):
    write(
        site,
        """\
        ```python
        import subprocess
        p = subprocess.Popen(["sleep", "1000"])
        ```
        """,
    )
    result = run(site)
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["docs/page.md:1: the page left a process behind: sleep 1000*"])


def test_a_crash_fails_the_examples_that_it_prevented(site):
    write(
        site,
        """\
        ```python
        >>> 1
        1
        >>> import os; os._exit(1)
        >>> 2
        2
        ```
        """,
    )
    result = run(site, "-rA")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(
        [
            "*the page did not get this far; see its end",
            "docs/page.md:4: the page's process ended in the middle of the page, with status 1*",
        ]
    )


def test_skips_give_their_reasons(site):
    write(site, '% skip: next "needs a microphone"\n```python\n>>> 1\n2\n```\n')
    result = run(site, "-rs")
    result.assert_outcomes(skipped=1, passed=1)
    result.stdout.fnmatch_lines(["SKIPPED*needs a microphone"])


def test_a_page_runs_once_however_many_examples_it_has(site, tmp_path):
    notes = tmp_path / "notes.txt"
    write(
        site, f"```python\nwith open({str(notes)!r}, 'a') as file: file.write('ran ')\n```\n" + PAGE
    )
    run(site).assert_outcomes(passed=6)
    assert notes.read_text() == "ran "


def test_pages_use_their_listings(site):
    write(site, "```python\n>>> import listing; listing.x\n5\n```\n", "part/page.md")
    (site.path / "code/part/page").mkdir(parents=True)
    (site.path / "code/part/page/listing.py").write_text("x = 5\n")
    run(site).assert_outcomes(passed=2)


def test_a_page_without_examples_has_no_items(site):
    write(site, "# A page\n")
    result = run(site)
    result.assert_outcomes()
    result.stdout.fnmatch_lines(["*no tests ran*"])


def test_other_markdown_is_left_alone(site):
    (site.path / "README.md").write_text("```python\n>>> 1\n2\n```\n")
    write(site, PAGE)
    run(site, ".").assert_outcomes(passed=5)


def test_pages_can_be_shared_out_to_several_processes(site):
    write(site, PAGE, "one.md")
    write(site, PAGE.replace("[1, 2]", "[]"), "two.md")
    result = run(site, "-p", PLUGIN, "-p", "xdist", "-n2", "--dist", "loadfile")
    result.assert_outcomes(passed=9, failed=1)
    result.stdout.fnmatch_lines(["docs/two.md:15: the page shows something else*"])


def test_examples_of_one_page_can_be_too(site):
    write(site, PAGE)
    run(site, "-p", PLUGIN, "-p", "xdist", "-n2", "--dist", "load").assert_outcomes(passed=5)


def test_what_stops_all_pages_is_one_sentence(site, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "none")
    write(site, "```python\n>>> 1\n1\n```\n")
    result = run(site)
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["TESTED_PAGES_NETWORK is “own” or “shared”, not “none”"])
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_a_page_that_is_not_utf_8_is_one_sentence(site):
    (site.path / "docs/page.md").write_bytes(b"Caf\xe9\n")
    result = run(site)
    result.assert_outcomes(errors=1)
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.fnmatch_lines(["docs/page.md:1: this is not UTF-8, as a page must be*"])
