"""Sessions and plain code: run as the interactive interpreter does, and compared line by line."""

import os
import sys
import textwrap
from pathlib import Path

import pytest
from written_pages import failures, needs_forks


def session(lines):
    """A page with one session, which begins in line 2."""
    return "```python\n" + "".join(f"{line}\n" for line in lines) + "```\n"


def code(text):
    """A page with a block of plain code, which begins in line 2."""
    return f"```python\n{text}\n```\n"


@pytest.mark.parametrize(
    "lines",
    [
        [">>> 1 + 1", "2"],
        [">>> 'a'", "'a'"],
        [">>> None"],
        [">>> x = 1", ">>> x", "1"],
        [">>> print('a', end='')", "a"],
        [">>> print('a\\n\\nb')", "a", "<BLANKLINE>", "b"],
        [">>> print()", "<BLANKLINE>"],
        [">>> for x in 'ab':", "...     print(x)", "...", "a", "b"],
        [">>> if True:", "...     x = 1", "... else:", "...     x = 2", "...", ">>> x", "1"],
        [">>> def f():", "...     return 1", "...", ">>> f()", "1"],
        [">>> '''a", "... b'''", "'a\\nb'"],
        [">>> 1; 2", "1", "2"],
        [">>> 5", "5", ">>> _ + 1", "6"],
        [">>> list(range(20))", "[0, 1, ..., 19]"],
        [">>> print(*range(20), sep='\\n')", "0", "  ...", "19"],
        [">>> print(' x '.join('ab'))", "a x b"],
        [">>> 'é 你'", "'é 你'"],
        [">>> print('a\\tb')", "a\tb"],
        [">>> print('a\\fb\\x1cc')", "a\fb\x1cc"],
        [">>> __name__", "'__main__'"],
        [">>> import __main__; __main__.__name__", "'__main__'"],
    ],
)
def test_what_a_session_prints_is_as_shown(pages, lines):
    pages.passes(session(lines))


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([">>> 1 + 1", "3"], 3),
        ([">>> 1 + 1"], 2),
        ([">>> x = 1", "1"], 3),
        ([">>> x = 1", ">>> x", "2"], 4),
        ([">>> print('a\\nb\\nc')", "a", "x", "c"], 4),
        ([">>> print('a\\nb\\nc')", "a", "b"], 4),
        ([">>> print('a\\nb')", "a", "b", "c"], 5),
        ([">>> print('a\\n\\nb')", "a", "b"], 4),
        ([">>> print('a ')", "a"], 3),
        ([">>> print('a')", " a"], 3),
        ([">>> for x in 'ab':", "...     print(x)", "...", "a", "c"], 6),
        ([">>> for x in 'ab':", "...     print(x)", "..."], 2),
        ([">>> 0.1 + 0.2", "0.3"], 3),
        ([">>> {1: 2,  3: 4}", "{1: 2,  3: 4}"], 3),
        ([">>> 1 / 0"], 2),
        ([">>> 1 / 0", "0"], 3),
    ],
)
def test_what_a_session_shows_otherwise_fails_at_its_line(pages, lines, line):
    failure = pages.fails(session(lines))
    assert failure.line == line


def test_a_failure_says_what_is_shown_and_what_was_printed(pages):
    failure = pages.fails(session([">>> print('a\\nb')", "a", "c"]))
    assert failure.message == (
        "the page shows something else than was printed: 'c'; printed:\n    a\n    b"
    )


def test_a_failure_says_when_nothing_was_printed(pages):
    failure = pages.fails(session([">>> x = 1", "1"]))
    assert failure.message == (
        "the page shows something else than was printed: '1'; nothing was printed"
    )


TRACEBACK = ["Traceback (most recent call last):", "  ..."]


@pytest.mark.parametrize(
    "lines",
    [
        [">>> [1, 2][2]", *TRACEBACK, "IndexError: list index out of range"],
        [">>> raise KeyError", *TRACEBACK, "KeyError"],
        [">>> raise ValueError('a\\nb')", *TRACEBACK, "ValueError: a", "b"],
        [">>> print('a'); 1 / 0", "a", *TRACEBACK, "ZeroDivisionError: division by zero"],
        [
            ">>> try:",
            "...     1 / 0",
            "... except ZeroDivisionError as error:",
            "...     raise ValueError('x') from error",
            "...",
            *TRACEBACK,
            "ZeroDivisionError: division by zero",
            "<BLANKLINE>",
            "The above exception was the direct cause of the following exception:",
            "<BLANKLINE>",
            *TRACEBACK,
            "ValueError: x",
        ],
        [">>> 1 / 0", *TRACEBACK, "ZeroDivisionError: ..."],
        [">>> raise SystemExit(2)", *TRACEBACK, "SystemExit: 2"],
        [">>> raise KeyboardInterrupt", *TRACEBACK, "KeyboardInterrupt"],
        [
            ">>> x = = 1",
            '  File "<stdin>", line 1',
            "    x = = 1",
            "        ^",
            "SyntaxError: invalid syntax",
        ],
        [
            ">>> compile('x = = 1', 'file.py', 'exec')",
            *TRACEBACK,
            "SyntaxError: invalid syntax",
        ],
    ],
)
def test_errors_are_shown_as_the_interpreter_does(pages, lines):
    pages.passes(session(lines))


def test_a_whole_traceback_may_be_shown(pages):
    pages.passes(
        session(
            [
                ">>> raise ValueError('x')",
                "Traceback (most recent call last):",
                '  File "<stdin>", line 1, in <module>',
                "ValueError: x",
            ]
        )
    )


@pytest.mark.parametrize(
    ("last", "line"),
    [
        (["IndexError: list index out of rang"], 5),
        (["KeyError: list index out of range"], 5),
        (["IndexError"], 5),
        (["IndexError: list index out of range", "more"], 6),
        ([], 4),
    ],
)
def test_another_error_than_the_one_shown_fails(pages, last, line):
    failure = pages.fails(session([">>> [1, 2][2]", *TRACEBACK, *last]))
    assert failure.line == line
    assert "IndexError: list index out of range" in failure.message


def test_an_error_that_is_shown_and_not_raised_fails(pages):
    failure = pages.fails(session([">>> x = [1, 2][1]", *TRACEBACK, "IndexError: ..."]))
    assert failure.line == 3


def test_an_error_in_a_listing_shows_its_name_without_the_folder(pages):
    pages.passes(
        session(
            [
                ">>> import broken",
                "Traceback (most recent call last):",
                '  File "<stdin>", line 1, in <module>',
                '  File "broken.py", line 1, in <module>',
                "    [][0]",
                "    ...",
                "IndexError: list index out of range",
            ]
        ),
        {"broken.py": "[][0]\n"},
    )


def test_after_an_error_the_session_goes_on(pages):
    result = pages.run(session([">>> x = 1", ">>> y", ">>> x", "1"]))
    assert [failure.line for failure in failures(result)] == [3]
    assert [example.outcome for example in result.examples] == ["passed", "failed", "passed"]


def test_plain_code_runs(pages):
    pages.passes(code("def double(x):\n    return 2 * x\n\n\nassert double(2) == 4"))


@pytest.mark.parametrize(
    "text", ["print(1)", "1 + 1\nprint(1)", "import sys; sys.stderr.write('1')"]
)
def test_plain_code_that_prints_fails(pages, text):
    failure = pages.fails(code(text))
    assert failure.line == 2
    assert "this code prints what the page does not show" in failure.message
    assert "printed:\n    1" in failure.message


def test_plain_code_that_raises_fails_with_the_page_s_lines(pages):
    failure = pages.fails("# A page\n\n" + code("x = 1\n\n\ndef f():\n    1 / 0\n\n\nf()"))
    assert failure.line == 4
    assert 'File "page.md", line 11, in <module>' in failure.message
    assert 'File "page.md", line 8, in f' in failure.message
    assert "ZeroDivisionError" in failure.message


def test_plain_code_that_cannot_be_read_fails_with_the_page_s_line(pages):
    failure = pages.fails("# A page\n\n" + code("x = 1\nx = = 1"))
    assert 'File "page.md", line 5' in failure.message
    assert "SyntaxError: invalid syntax" in failure.message


@pytest.mark.parametrize(
    "statement",
    [
        "import threading; t = threading.Thread(target=print, args=['out']); t.start(); t.join()",
        "import sys; _ = sys.stderr.write('out\\n')",
        "import os; _ = os.write(1, b'out\\n')",
        "import os; _ = os.write(2, b'out\\n')",
        "import os; _ = os.system('echo out')",
        "import subprocess; _ = subprocess.run(['echo', 'out'])",
        "import subprocess; _ = subprocess.run('echo out >&2', shell=True)",
        "import ctypes; _ = ctypes.CDLL(None).puts(b'out'); _ = ctypes.CDLL(None).fflush(None)",
        "import sys; _ = sys.__stdout__.write('out\\n'); sys.__stdout__.flush()",
    ],
)
@needs_forks
def test_output_is_seen_whoever_prints_it(pages, statement):
    pages.passes(session([f">>> {statement}", "out"]))
    assert pages.fails(session([f">>> {statement}"])).line == 2


def test_a_thread_that_fails_is_seen(pages):
    pages.passes(
        session(
            [
                ">>> import threading",
                ">>> def fail():",
                "...     1 / 0",
                "...",
                ">>> thread = threading.Thread(target=fail)",
                ">>> thread.start(); thread.join()",
                "Exception in thread Thread-1 (fail):",
                *TRACEBACK,
                "ZeroDivisionError: division by zero",
            ]
        )
    )


def test_output_after_the_last_example_fails_at_the_end(pages):
    # The machine tells others of an example's end by a function of this name.
    text = """\
        import sys


        def print_after_this_example(frame, event, argument):
            if frame.f_code.co_name == "tell":
                sys.setprofile(None)
                print("late")


        sys.setprofile(print_after_this_example)
        """
    failure = pages.fails(code(textwrap.dedent(text)) + "\nText.\n")
    assert failure.line == 16
    assert failure.message == "something was printed that the page does not show: 'late\\n'"


def test_warnings_are_output(pages):
    warn = ">>> import warnings; warnings.warn('careful')"
    pages.passes(session([warn, "<stdin>:1: UserWarning: careful"]))
    assert "UserWarning: careful" in pages.fails(session([warn])).message


def test_warnings_of_the_compiler_are_output(pages):
    failure = pages.fails(session([">>> 1 is 1", "True"]))
    assert 'SyntaxWarning: "is" with ' in failure.message


def test_deprecations_are_output(pages):
    warn = ">>> import warnings; warnings.warn('old', DeprecationWarning)"
    assert "DeprecationWarning: old" in pages.fails(session([warn])).message


def test_the_builder_s_surroundings_do_not_reach_a_page(pages, monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("COLUMNS", "17")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("SECRET_OF_THE_BUILDER", "1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "builders_module.py").touch()
    [result] = pages.run_together(
        [
            (
                session(
                    [
                        ">>> import os, shutil, sys, time, warnings",
                        ">>> warnings.warn('x')",
                        "<stdin>:1: UserWarning: x",
                        ">>> assert False",
                        *TRACEBACK,
                        "AssertionError",
                        ">>> os.listdir(os.path.expanduser('~'))",
                        "[]",
                        ">>> time.tzname[0], shutil.get_terminal_size().columns",
                        "('UTC', 80)",
                        ">>> 'SECRET_OF_THE_BUILDER' in os.environ",
                        "False",
                        ">>> open('é.txt', 'w').encoding.upper()",
                        "'UTF-8'",
                        ">>> import builders_module",
                        *TRACEBACK,
                        "ModuleNotFoundError: No module named 'builders_module'",
                    ]
                ),
                {},
            )
        ],
        deadline=60.0,
    )
    assert failures(result) == []


def test_classes_of_a_page_can_be_pickled(pages):
    pages.passes("""\
        ```python
        class Point:
            def __init__(self, x):
                self.x = x
        ```

        ```python
        >>> import pickle
        >>> Point
        <class '__main__.Point'>
        >>> pickle.loads(pickle.dumps(Point(3))).x
        3
        ```
        """)


def test_listings_are_imported_from_the_page_s_folder(pages):
    pages.passes(
        session(
            [
                ">>> import greeting, sys, os",
                ">>> greeting.hello('you')",
                "'Hello, you'",
                ">>> from parts.second import number",
                ">>> number",
                "2",
                ">>> sys.path[0] == os.getcwd()",
                "True",
                ">>> greeting.__file__ == os.path.abspath('greeting.py')",
                "True",
            ]
        ),
        {
            "greeting.py": "def hello(name):\n    return f'Hello, {name}'\n",
            "parts/__init__.py": "",
            "parts/second.py": "number = 2\n",
        },
    )


def test_pages_do_not_see_each_other_s_listings_and_names(pages):
    pages.passes(session([">>> import only_here", ">>> x = 1"]), {"only_here.py": ""})
    failure = pages.fails(session([">>> import only_here"]))
    assert "ModuleNotFoundError" in failure.message
    assert "NameError" in pages.fails(session([">>> x", "1"])).message


@pytest.mark.parametrize("name", ["output", "home", "page", "socket_calls", "a b", "é"])
def test_a_page_may_have_any_name(pages, name):
    docname = pages.write(
        session(
            [">>> import os, listing", f">>> os.path.basename(os.getcwd()) == {name!r}", "True"]
        ),
        {"listing.py": ""},
        docname=f"{pages.new_name()}/{name}",
    )
    [result] = pages.runner().run([docname])
    assert failures(result) == []


def test_what_a_session_writes_is_gone_and_never_among_the_listings(pages):
    text = session(
        [
            ">>> import os",
            ">>> sorted(os.listdir())",
            "['words.txt']",
            ">>> with open('words.txt', 'a') as file:",
            "...     _ = file.write('two')",
            "...",
            ">>> open('new.txt', 'w').close()",
            ">>> os.mkdir('new folder')",
            ">>> open('words.txt').read()",
            "'one\\ntwo'",
        ]
    )
    docname = pages.write(text, {"words.txt": "one\n"})
    for _ in range(2):
        [result] = pages.runner().run([docname])
        assert failures(result) == []
    folder = pages.code / docname
    assert [path.name for path in folder.iterdir()] == ["words.txt"]
    assert (folder / "words.txt").read_text() == "one\n"


def test_a_page_without_listings_has_an_empty_folder(pages):
    pages.passes(session([">>> import os; os.listdir()", "[]"]))


def test_nobody_answers_a_session(pages):
    pages.passes(session([">>> input()", *TRACEBACK, "EOFError: EOF when reading a line"]))


@needs_forks
def test_an_example_that_forks_and_goes_on_in_both_does_not_run_the_page_twice(pages):
    pages.passes(
        session(
            [
                ">>> import os",
                ">>> process = os.fork()",
                ">>> os.waitpid(process, 0)[1]",
                "0",
                ">>> 1 + 1",
                "2",
            ]
        )
    )


SLEEP = "import time; time.sleep(1000)"

# What hangs: lines of a session or code, the line that fails, what is said of it.
HANGS = {
    "a session that sleeps": (
        session([">>> print('a'); " + SLEEP, "a", ">>> 1 + 1", "2"]),
        2,
        "no end within 3 seconds; printed:\n    a",
    ),
    "a session that computes": (session([">>> while True: pass"]), 2, "nothing was printed"),
    "code that sleeps": (code(SLEEP), 2, "no end within 3 seconds"),
    "code that computes": (code("while True: pass"), 2, "no end within 3 seconds"),
    "code that catches all exceptions": (
        code(
            "import time\nwhile True:\n    try:\n        time.sleep(1000)\n"
            "    except Exception:\n        pass"
        ),
        2,
        "no end within 3 seconds",
    ),
    "code that waits for a thread": (
        code("import threading\nthreading.Event().wait()"),
        2,
        "no end within 3 seconds",
    ),
    "code that waits for another process": (
        code("import subprocess\nsubprocess.run(['sleep', '1000'])"),
        2,
        "no end within 3 seconds",
    ),
    "code that prints without end": (
        code("while True: print('and on')"),
        2,
        "and on\n    (",
    ),
    "code that catches even what stops it": (
        code(
            "print('caught', flush=True)\n"
            "import time\nwhile True:\n    try:\n        time.sleep(1000)\n"
            "    except BaseException:\n        pass"
        ),
        2,
        "did not end in time, and the page's process was killed; printed:\n    caught",
    ),
    "code that blocks signals": (
        code(
            "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
            "time.sleep(1000)"
        ),
        2,
        "did not end in time, and the page's process was killed; nothing was printed",
    ),
}


@pytest.fixture(scope="module")
def hung(pages):
    """What became of the pages that hang; they hang together, since that takes long."""
    if sys.platform == "win32":
        pytest.skip("Windows cannot interrupt an example")
    cases = [(text, {}) for text, _, _ in HANGS.values()]
    return dict(zip(HANGS, pages.run_together(cases, deadline=3.0), strict=True))


@pytest.mark.parametrize("name", HANGS)
def test_a_hang_is_stopped_and_shows_what_was_printed(hung, name):
    _, line, text = HANGS[name]
    [failure] = failures(hung[name])
    assert failure.line == line
    assert text in failure.message
    assert len(failure.message) < 500_000


def test_after_a_hang_the_page_goes_on(hung):
    examples = hung["a session that sleeps"].examples
    assert [(example.line, example.outcome) for example in examples] == [
        (2, "failed"),
        (4, "passed"),
    ]


CRASHES = {
    "import os; print('a'); os._exit(3)": "with status 3; printed:\n    a",
    "import ctypes; print('a'); ctypes.string_at(0)": "was ended by SIGSEGV",
    "import os, signal; os.kill(os.getpid(), signal.SIGKILL)": "was ended by SIGKILL",
    "import os; os._exit(0)": "with status 0; nothing was printed",
}


@needs_forks
@pytest.mark.parametrize("statement", CRASHES)
def test_what_ends_the_page_s_process_is_told_at_its_line(pages, statement):
    result = pages.run(session([">>> 1 + 1", "2", f">>> {statement}", ">>> 2 + 2", "4"]))
    [failure] = failures(result)
    assert failure.line == 4
    assert CRASHES[statement] in failure.message
    assert [(example.line, example.outcome) for example in result.examples] == [
        (2, "passed"),
        (4, "failed"),
    ]


@needs_forks
def test_what_a_dead_page_s_process_leaves_running_does_not_stop_the_others(pages):
    text = session(
        [
            ">>> import os, time",
            ">>> if os.fork() == 0:",
            "...     time.sleep(1000)",
            "... else:",
            "...     os._exit(1)",
        ]
    )
    failure = pages.fails(text)
    assert failure.line == 3
    assert "with status 1" in failure.message
    pages.passes(session([">>> 1 + 1", "2"]))


@needs_forks
def test_a_process_that_a_session_leaves_behind_fails(pages):
    failure = pages.fails(
        session([">>> import subprocess", ">>> p = subprocess.Popen(['sleep', '1000'])"])
    )
    assert failure.line == 1
    assert failure.message == "the page left a process behind: sleep 1000; end it on the page"


@needs_forks
def test_python_s_own_helper_processes_are_not_left_behind(pages):
    pages.passes(
        session(
            [
                ">>> import multiprocessing, multiprocessing.shared_memory",
                ">>> context = multiprocessing.get_context('forkserver')",
                ">>> process = context.Process(target=print, args=['out'])",
                ">>> process.start(); process.join()",
                "out",
                ">>> memory = multiprocessing.shared_memory.SharedMemory(create=True, size=10)",
                ">>> memory.close(); memory.unlink()",
            ]
        )
    )


def test_the_result_says_what_ran_it(pages):
    result = pages.passes(session([">>> 1 + 1", "2"]))
    assert result.python == ".".join(map(str, sys.version_info[:3]))
    assert result.system.split()[0] in {"Linux", "Darwin", "Windows"}
    assert result.ran_at.endswith("+00:00")
    assert result.seconds > 0
    assert [example.kind for example in result.examples] == ["session"]


def test_older_output_is_compared_under_older_pythons_only(pages):
    page = """\
        ```python
        >>> import sys
        >>> sys.version_info >= (3, {minor})
        True
        ```

        ```{{before}} 3.{minor}
        >>> sys.version_info >= (3, {minor})
        False
        ```
        """
    minor = sys.version_info.minor
    pages.passes(page.format(minor=minor))
    pages.passes(page.format(minor=minor + 1))


def test_code_for_a_newer_python_is_not_run_and_says_so(pages):
    minor = sys.version_info.minor + 1
    result = pages.run(f"```{{since}} 3.{minor}\n>>> impossible\n```\n")
    [example] = result.examples
    assert (example.outcome, example.message) == ("not run", f"needs Python 3.{minor}")


@pytest.mark.parametrize("version", ["", "3", "new", "3.x"])
def test_a_fence_for_some_python_needs_its_version(pages, version):
    failure = pages.fails(f"```{{since}} {version}\nx = 1\n```\n")
    assert failure.line == 1
    assert failure.message == "{since} needs a version of Python, such as 3.13"


def test_this_process_keeps_its_own_surroundings(pages):
    before = dict(os.environ), Path.cwd(), list(sys.path)
    pages.passes(session([">>> import os; os.environ['X'] = '1'; os.chdir('/')"]))
    assert (dict(os.environ), Path.cwd(), list(sys.path)) == before
