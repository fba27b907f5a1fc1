"""Pages in processes of their own: side by side or one at a time, and nothing left behind."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from written_pages import WrittenPages, failures, needs_forks, needs_own_network, needs_terminals

import tested_pages
from tested_pages.host_process import RunnerError
from tested_pages.page_messages import Place, Received, as_line
from tested_pages.page_runner import PageRunner
from tested_pages.page_task import opens_ports
from tested_pages.results import ExampleResult, PageResult

PACKAGES = Path(tested_pages.__file__).parents[1]
# Only a broken machine waits for so long.
PATIENCE = 60.0


def session(lines):
    return "```python\n" + "".join(f"{line}\n" for line in lines) + "```\n"


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def own_pages(tmp_path):
    """Pages in a tree of their own, whose runners write to a folder that the test looks at."""
    written = WrittenPages(tmp_path)
    yield written
    written.close()


@pytest.fixture
def temporary(tmp_path_factory, monkeypatch):
    """Where runners put their temporary files."""
    folder = tmp_path_factory.mktemp("temporary")
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


@pytest.mark.parametrize(
    ("page", "listing", "expected"),
    [
        ("```{terminal} one\n$ true\n```\n", "", True),
        (session([">>> import socket"]), "", True),
        (session([">>> import os, socket"]), "", True),
        (session([">>> from http.server import HTTPServer"]), "", True),
        ("```python\nif True:\n    import asyncio\n```\n", "", True),
        (session([">>> import listing"]), "import os, selectors\n", True),
        (":::{note}\n" + session([">>> import socket"]) + ":::\n", "", True),
        ("A socket is not a plug.\n", "", False),
        (session([">>> import os"]), "import sys\n", False),
        ("", "", False),
    ],
)
def test_a_page_may_open_ports_if_it_or_its_listings_speak_of_the_network(
    pages, page, listing, expected
):
    docname = pages.write(page, {"listing.py": listing})
    assert opens_ports(pages.runner().task(docname)) is expected


def test_a_listing_that_is_not_utf_8_is_no_hindrance(pages):
    docname = pages.write(session([">>> 1 + 1", "2"]))
    pages.write_listing(docname, "words.py", "")
    (pages.code / docname / "words.py").write_bytes(b"# \xe9\n")
    [result] = pages.runner().run([docname])
    assert failures(result) == []


def test_a_page_that_is_not_utf_8_says_so_at_its_line(pages):
    bad, good = pages.write(""), pages.write(session([">>> 1 + 1", "2"]))
    (pages.docs / f"{bad}.md").write_bytes(b"# A page\n\nCaf\xe9\n")
    results = {result.docname: result for result in pages.runner().run([bad, good])}
    [failure] = failures(results[bad])
    assert failure.line == 3
    assert failure.message.startswith("this is not UTF-8, as a page must be: ")
    assert failures(results[good]) == []


def test_every_page_gets_its_result(pages):
    docnames = [pages.write(session([f">>> {number}", f"{number}"])) for number in range(5)]
    docnames.append(pages.write(session([">>> 1", "2"])))
    results = list(pages.runner().run(docnames))
    assert sorted(result.docname for result in results) == sorted(docnames)
    assert [result.docname for result in results if result.failures] == docnames[-1:]


def test_no_pages_are_no_results(pages):
    assert list(pages.runner().run([])) == []


def test_a_runner_can_be_used_again_and_closed_twice(own_pages):
    docname = own_pages.write(session([">>> 1 + 1", "2"]))
    runner = PageRunner(own_pages.docs, own_pages.code)
    for _ in range(2):
        [result] = runner.run([docname])
        assert failures(result) == []
        runner.close()
        runner.close()


def test_a_result_survives_json(pages):
    result = pages.passes("```python\nx = [1]\n```\n\n```{references} x\n```\n")
    assert PageResult.from_json(json.loads(json.dumps(result.as_json()))) == result


def test_front_matter_may_name_another_page_s_listings(pages):
    other = pages.write("", {"listing.py": "x = 5\n"})
    docname = pages.write(
        f"---\ncode: {other}\n---\n\n" + session([">>> import listing; listing.x", "5"])
    )
    [result] = pages.runner().run([docname])
    assert failures(result) == []


def both_meet(pages, network_line=""):
    """Two pages, each of which waits for the other one; they pass only if they run together."""
    folder = pages.docs.parent / pages.new_name()
    folder.mkdir(parents=True)
    text = """\
        ```python
        >>> import pathlib, time
        >>> folder = pathlib.Path({folder!r})
        >>> {network_line}
        >>> (folder / {mine!r}).touch()
        >>> while not (folder / {other!r}).exists():
        ...     time.sleep(0.01)
        ...
        ```
        """
    return [
        (
            text.format(
                folder=str(folder), network_line=network_line or "1;", mine=mine, other=other
            ),
            {},
        )
        for mine, other in [("a", "b"), ("b", "a")]
    ]


BINDS = 'import socket; server = socket.create_server(("127.0.0.1", 11111))'


@needs_own_network
def test_pages_that_use_the_same_port_run_at_the_same_time(pages, monkeypatch):
    monkeypatch.delenv("TESTED_PAGES_NETWORK", raising=False)
    for result in pages.run_together(both_meet(pages, BINDS), PATIENCE):
        assert failures(result) == []
        assert result.network == "own"


@needs_forks
def test_without_own_networks_pages_that_open_no_ports_run_at_the_same_time(pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
    for result in pages.run_together(both_meet(pages, "x = 1"), PATIENCE):
        assert failures(result) == []
        assert result.network == "shared"


def pages_that_note_their_turns(pages, count):
    """Pages that use the same port and write to one file when they begin and when they end."""
    notes = pages.docs.parent / f"{pages.new_name().replace('/', '-')}.txt"
    text = f"""\
        ```python
        >>> with open({str(notes)!r}, "a") as file: _ = file.write("begin\\n")
        ```

        ```{{terminal}} server
        $ python -q
        >>> import socket, time
        >>> server = socket.create_server(("127.0.0.1", 11111))
        >>> time.sleep(0.1)
        >>> exit()
        ```

        ```python
        >>> with open({str(notes)!r}, "a") as file: _ = file.write("end\\n")
        ```
        """
    return notes, [(text, {})] * count


@needs_terminals
def test_without_own_networks_pages_that_open_ports_take_turns(pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
    notes, cases = pages_that_note_their_turns(pages, 3)
    for result in pages.run_together(cases, PATIENCE):
        assert failures(result) == []
    assert notes.read_text().split() == ["begin", "end"] * 3


@needs_terminals
def test_so_do_those_of_several_builds(pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
    notes, [(text, _), *_] = pages_that_note_their_turns(pages, 1)
    docnames = [pages.write(text) for _ in range(2)]
    results = []

    def build(docname):
        with PageRunner(pages.docs, pages.code) as runner:
            results.extend(runner.run([docname]))

    builds = [threading.Thread(target=build, args=[docname]) for docname in docnames]
    for build_thread in builds:
        build_thread.start()
    for build_thread in builds:
        build_thread.join()
    assert [failures(result) for result in results] == [[], []]
    assert notes.read_text().split() == ["begin", "end"] * 2


@needs_forks
def test_the_runner_says_which_way_it_took(pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
    docname = pages.write(session([">>> 1 + 1", "2"]))
    with PageRunner(pages.docs, pages.code) as runner:
        list(runner.run([docname]))
        assert (runner.network, runner.refusal) == ("shared", "it is so set")


@needs_own_network
def test_it_takes_the_other_way_where_it_can(pages, monkeypatch):
    monkeypatch.delenv("TESTED_PAGES_NETWORK", raising=False)
    docname = pages.write(session([">>> 1 + 1", "2"]))
    with PageRunner(pages.docs, pages.code) as runner:
        list(runner.run([docname]))
        assert (runner.network, runner.refusal) == ("own", "")


@needs_forks
def test_a_wrong_way_is_refused(pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "none")
    docname = pages.write("")
    with (
        PageRunner(pages.docs, pages.code) as runner,
        pytest.raises(RunnerError, match="TESTED_PAGES_NETWORK is “own” or “shared”, not “none”"),
    ):
        list(runner.run([docname]))


LEAVES_DAEMON = """\
    import os, subprocess, sys
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", sys.argv[1]])
        os._exit(0)
    os.wait()
    print("started")
    """


def processes_with(argument):
    """Processes of this machine that have this argument."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if argument in process.cmdline():
                found.append(process)
    return found


def what_it_leaves(temporary, host_pid=None):
    """Files, and processes of a host, that pages have left."""
    files = [path.name for path in temporary.iterdir() if not path.name.endswith("-ports.lock")]
    if host_pid is None:
        return files
    return files + [child.name() for child in psutil.Process(host_pid).children(recursive=True)]


LEFT_BEHIND = {
    "a page that passes": session([">>> open('x.txt', 'w').close()"]),
    "a page that fails": session([">>> open('x.txt', 'w').close()", ">>> 1", "2"]),
    "a page that crashes": session([">>> import os; os._exit(1)"]),
    "a page that hangs": session([">>> import time; time.sleep(1000)"]),
    "a page that is killed": session(
        [
            ">>> import time",
            ">>> while True:",
            "...     try:",
            "...         time.sleep(1000)",
            "...     except BaseException:",
            "...         pass",
        ]
    ),
    "a page that leaves a process": session(
        [">>> import subprocess", ">>> p = subprocess.Popen(['sleep', '1000'])"]
    ),
    "a page that makes a folder unreadable": session(
        [">>> import os", ">>> os.makedirs('a/b')", ">>> os.chmod('a', 0)"]
    ),
    "a terminal that crashes": "```{terminal} one\n$ python -c '1 / 0'\n```\n",
    "a terminal that hangs": "```{terminal} one\n$ sleep 1000\nend\n```\n",
    "a daemon": "```{terminal} one\n$ python daemon.py 1000\nstarted\n```\n",
    "a daemon after a crash": (
        session(
            [
                ">>> import subprocess, sys, os",
                ">>> _ = subprocess.run([sys.executable, 'daemon.py', '1000'])",
                "started",
                ">>> os._exit(1)",
            ]
        )
    ),
}


@needs_terminals
def test_pages_leave_no_file_and_no_process_behind(own_pages, temporary):
    if sys.platform != "linux":
        pytest.skip("only Linux gives daemons back to whoever started them")
    docnames = [
        own_pages.write(text, {"daemon.py": LEAVES_DAEMON}) for text in LEFT_BEHIND.values()
    ]
    with PageRunner(own_pages.docs, own_pages.code, jobs=6, deadline_seconds=2.0) as runner:
        results = {result.docname: result for result in runner.run(docnames)}
        assert what_it_leaves(temporary, runner._host.pid) == []
    passed = [
        name
        for name, docname in zip(LEFT_BEHIND, docnames, strict=True)
        if not results[docname].failures
    ]
    assert passed == ["a page that passes", "a page that makes a folder unreadable"]
    assert what_it_leaves(temporary) == []


HANGING = """\
    ```{{terminal}} one
    $ python daemon.py {argument}
    started
    $ sleep {argument}
    This never comes.
    ```
    """


def a_hanging_command(own_pages, argument):
    """A command line that runs a page which hangs, once it does."""
    docname = own_pages.write(HANGING.format(argument=argument), {"daemon.py": LEAVES_DAEMON})
    command = subprocess.Popen(
        [
            *(sys.executable, "-m", "tested_pages", docname),
            *("--docs", own_pages.docs, "--code", own_pages.code, "--deadline", "1000"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    wait_until(lambda: len(processes_with(argument)) == 2)
    return command


@needs_terminals
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives daemons back")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_who_stops_the_runner_stops_all_that_runs(own_pages, temporary, name):
    argument = f"{100_000 + os.getpid()}.{['SIGKILL', 'SIGTERM', 'SIGINT'].index(name)}"
    command = a_hanging_command(own_pages, argument)
    if name == "SIGINT":
        # As the keyboard does: all processes of the terminal get it.
        os.killpg(command.pid, signal.SIGINT)
    else:
        command.send_signal(getattr(signal, name))
    output, errors = command.communicate(timeout=PATIENCE)
    wait_until(lambda: not processes_with(argument))
    wait_until(lambda: not what_it_leaves(temporary))
    if name == "SIGINT":
        assert command.returncode == 130
        assert errors == "stopped; what ran was ended\n"
    assert "Traceback" not in output + errors


@needs_terminals
def test_a_dead_host_is_an_error_and_no_hang(own_pages, temporary):
    docname = own_pages.write(
        session([">>> import os, signal; os.kill(os.getppid(), signal.SIGKILL)"])
    )
    with (
        PageRunner(own_pages.docs, own_pages.code) as runner,
        pytest.raises(RunnerError, match="the process that runs the pages has ended"),
    ):
        list(runner.run([docname]))


def test_a_page_may_end_at_its_first_failure(own_pages, temporary):
    docname = own_pages.write(session([">>> 1", "2", ">>> 3", "3"]))
    with PageRunner(own_pages.docs, own_pages.code, stop_at_failure=True) as runner:
        [result] = runner.run([docname])
    assert [example.outcome for example in result.examples] == ["failed"]


class TestWithoutForks:
    """Windows starts a new Python for each page; here the same is done by taking fork away."""

    @pytest.fixture(autouse=True)
    def without_forks(self, monkeypatch):
        monkeypatch.delattr(os, "fork", raising=False)

    def run(self, pages, text, listings=None, deadline=PATIENCE):
        docname = pages.write(text, listings)
        with PageRunner(pages.docs, pages.code, deadline_seconds=deadline) as runner:
            [result] = runner.run([docname])
            assert runner.network == "shared"
            assert runner.refusal == "this system cannot fork processes"
        return result

    def test_pages_pass(self, pages, temporary):
        text = session(
            [
                ">>> import listing; listing.x",
                "5",
                ">>> import os; _ = os.system('echo out')",
                "out",
            ]
        )
        result = self.run(pages, text, {"listing.py": "x = 5\n"})
        assert failures(result) == []
        assert result.python
        assert what_it_leaves(temporary) == []

    def test_pages_fail(self, pages):
        [failure] = failures(self.run(pages, session([">>> 1 + 1", "3"])))
        assert failure.line == 3

    def test_crashes_are_told_at_their_line(self, pages, temporary):
        text = session([">>> 1", "1", ">>> import os; print('a'); os._exit(3)", ">>> 2", "2"])
        result = self.run(pages, text)
        [failure] = failures(result)
        assert failure.line == 4
        assert "with status 3; printed:\n    a" in failure.message
        assert [example.line for example in result.examples] == [2, 4]
        assert what_it_leaves(temporary) == []

    def test_hangs_that_nothing_interrupts_are_killed(self, pages, temporary, monkeypatch):
        monkeypatch.setattr("tested_pages.page_messages.GRACE_SECONDS", 2.0)
        text = session(
            [
                ">>> 1",
                "1",
                ">>> import time; print('a')",
                "a",
                ">>> while True:",
                "...     try:",
                "...         time.sleep(1000)",
                "...     except BaseException:",
                "...         pass",
            ]
        )
        [failure] = failures(self.run(pages, text, deadline=2.0))
        assert failure.line == 6
        assert "did not end in time, and the page's process was killed" in failure.message
        assert what_it_leaves(temporary) == []


@needs_forks
def test_where_there_are_no_pseudo_terminals_terminals_are_not_run(pages, monkeypatch):
    # The page's process asks sys.platform; a sitecustomize of the test's own answers.
    folder = pages.docs.parent / "platform"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "import sys\nimport tested_pages.page_run\nsys.platform = 'win32'\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{PACKAGES}")
    monkeypatch.delattr(os, "fork")
    docname = pages.write("```{terminal} one\n$ echo 1\n1\n```\n\n```{wire}\n```\n")
    with PageRunner(pages.docs, pages.code) as runner:
        [result] = runner.run([docname])
    assert [(example.outcome, example.message) for example in result.examples] == [
        ("not run", "Windows has no pseudo-terminals")
    ] * 2


def test_messages_may_come_in_pieces():
    example = ExampleResult("session", 1, 2, "passed", 0.1, artifact=["é", 1])
    page = PageResult("a/b", "3.11", "Linux", "own", 1.0, examples=[example])
    data = b"".join(map(as_line, [Place(5, 17), example, page]))
    received = Received(1.0)
    for byte in data:
        received.take(bytes([byte]))
    assert received.place == Place(5, 17)
    assert received.examples == [example]
    assert received.result == page


def test_a_page_is_overdue_only_once_it_has_begun():
    received = Received(-1000.0)
    assert not received.is_overdue()
    received.take(as_line(Place(1, 0)))
    assert received.is_overdue()
