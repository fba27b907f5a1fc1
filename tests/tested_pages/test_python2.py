"""The Python 2 of “Then and now” boxes: run by a real one, or counted as not run."""

import os
import stat
import sys
from pathlib import Path

import pytest
from written_pages import failures, needs_terminals

from tested_pages.python2 import Python2Error, Python2Session, find_python2

FOUND = find_python2(os.environ)
needs_python2 = pytest.mark.skipif(FOUND is None, reason="no python2.7 on this machine")
needs_scripts = pytest.mark.skipif(sys.platform == "win32", reason="makes a program of a script")

TRACEBACK = ["Traceback (most recent call last):", "  ..."]

PAGE = """\
# A page

:::{admonition} Then and now
```python2
>>> print "one", 7 / 2
one 3
>>> x = u"\\xe9"
```
:::

```python2
>>> x
u'\\xe9'
```

```python
>>> 7 / 2
3.5
```
"""


def session(lines):
    return "```python2\n" + "".join(f"{line}\n" for line in lines) + "```\n"


@needs_python2
def test_python_2_runs_in_a_namespace_of_its_own(pages):
    result = pages.passes(PAGE)
    assert [example.kind for example in result.examples] == ["python2"] * 3 + ["session"]
    assert [example.line for example in result.examples] == [5, 7, 12, 17]


@needs_python2
@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("one 3", "one 3.5", 6),
        ("u'\\xe9'", "'\\xe9'", 13),
        ('print "one",', 'print ("one"),', None),
    ],
)
def test_what_it_prints_is_compared(pages, right, wrong, line):
    assert right in PAGE
    result = pages.run(PAGE.replace(right, wrong))
    assert [failure.line for failure in failures(result)] == ([line] if line else [])


@needs_python2
@pytest.mark.parametrize(
    "lines",
    [
        [
            ">>> 1 / 0",
            *TRACEBACK,
            "ZeroDivisionError: integer division or modulo by zero",
        ],
        [">>> print 'a',; print 'b'", "a b"],
        [">>> print 'é', u'é'", "é é"],
        [">>> u'é'", "u'\\xe9'"],
        [">>> 'é'", "'\\xc3\\xa9'"],
        [">>> for x in 'ab':", "...     print x", "...", "a", "b"],
        [">>> print 'a\\n\\nb'", "a", "<BLANKLINE>", "b"],
        [">>> f", *TRACEBACK, "NameError: name 'f' is not defined"],
        [
            ">>> print(",
            '  File "<stdin>", line 1',
            "    print(",
            "         ^",
            "SyntaxError: unexpected EOF while parsing",
        ],
        [">>> import sys; sys.stderr.write('out\\n')", "out"],
        [">>> import os; _ = os.system('echo out')", "out"],
        [">>> raw_input()", *TRACEBACK, "EOFError: EOF when reading a line"],
        [">>> import os; os.listdir('.')", "['listing.py']"],
        [">>> import listing; listing.x", "5"],
    ],
)
def test_python_2_prints_as_its_own_interpreter_does(pages, lines):
    pages.passes(session(lines), {"listing.py": "x = 5\n"})


@needs_python2
def test_plain_python_2_must_print_nothing(pages):
    pages.passes("```python2\nx = 1\nexec 'y = x'\n```\n" + session([">>> y", "1"]))
    assert pages.fails("```python2\nprint 1\n```\n").line == 2


@needs_python2
@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("import time; time.sleep(4); print 'late'", "no end within 3 seconds"),
        ("import os; os._exit(3)", "it ended Python"),
    ],
)
def test_what_stops_python_2_is_told_and_the_page_goes_on(pages, statement, problem):
    page = session(
        [f">>> {statement}", "late", ">>> import time; time.sleep(2); print 'late'", "late"]
    )
    page += "\n```python\n>>> 1 + 1\n2\n```\n"
    [result] = pages.run_together([(page, {})], deadline=3.0)
    assert [(failure.line, failure.message) for failure in failures(result)] == [
        (2, f"Python 2.7: {problem}"),
        (4, "Python 2.7: an earlier example ended Python"),
    ]
    assert result.examples[-1].outcome == "passed"


@needs_python2
def test_a_session_ends_with_its_page(tmp_path):
    session = Python2Session(FOUND[0], tmp_path, dict(os.environ))
    assert session.run("1 + 1\n", "single", "<stdin>", 60.0) == "2\n"
    session.close()
    with pytest.raises(Python2Error, match="ended Python"):
        session.run("1 + 1\n", "single", "<stdin>", 60.0)


@pytest.fixture
def path_with(tmp_path):
    """Gives the environment variables of a machine whose python2.7 is this script, or none."""

    def make(script=None):
        folder = tmp_path / "bin"
        folder.mkdir()
        if script:
            program = folder / "python2.7"
            program.write_text(f"#!{sys.executable}\n{script}\n")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return {"PATH": str(folder)}

    return make


def test_no_python_2_is_found_where_there_is_none(path_with):
    assert find_python2(path_with()) is None


@needs_scripts
@pytest.mark.parametrize(
    "script",
    [
        "raise SystemExit('pyenv: python2.7: command not found')",
        "print('pyenv: python2.7: command not found')",
        "print('/usr/bin/python2.7'); print('3.11.2')",
        "print('/usr/bin/python2.7'); print('2.6.9')",
        "",
    ],
)
def test_a_stand_in_that_starts_no_python_2_is_none(path_with, script):
    assert find_python2(path_with(script or "pass")) is None


@needs_scripts
def test_a_program_that_cannot_be_started_is_none(path_with):
    environment = path_with("pass")
    Path(environment["PATH"], "python2.7").write_text("#!/no/such/interpreter\n")
    assert find_python2(environment) is None


@needs_scripts
def test_a_stand_in_that_starts_one_tells_its_path(path_with):
    environment = path_with("print('/somewhere/python2.7'); print('2.7.18')")
    assert find_python2(environment) == ("/somewhere/python2.7", "2.7.18")


@needs_scripts
def test_it_is_asked_with_the_surroundings_of_the_build(path_with):
    environment = path_with("import os; print(os.environ['CHOICE']); print('2.7.18')")
    assert find_python2(environment | {"CHOICE": "/one"}) == ("/one", "2.7.18")
    assert find_python2(environment | {"CHOICE": "/two"}) == ("/two", "2.7.18")


@needs_terminals
def test_without_python_2_its_examples_are_counted_as_not_run(pages, monkeypatch, path_with):
    monkeypatch.setenv("PATH", path_with()["PATH"])
    [result] = pages.run_together([(PAGE, {})], deadline=60.0)
    outcomes = [(example.outcome, example.message) for example in result.examples]
    assert outcomes == [("not run", "no python2.7 on this machine")] * 3 + [("passed", "")]
