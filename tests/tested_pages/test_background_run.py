import threading

import psutil
import pytest
from written_pages import WrittenPages, failures, needs_forks

from tested_pages.background_run import BackgroundRun
from tested_pages.host_process import RunnerError
from tested_pages.page_runner import PageRunner

WAITING_PAGE = """
    ```python
    >>> import pathlib, time
    >>> while not pathlib.Path({path!r}).exists():
    ...     time.sleep(0.01)
    ```
"""


@pytest.fixture
def own_pages(tmp_path):
    return WrittenPages(tmp_path)


def test_a_result_is_handed_out_while_other_pages_still_run(own_pages, tmp_path):
    permission = tmp_path / "permission"
    waiting = own_pages.write(WAITING_PAGE.format(path=str(permission)))
    ready = own_pages.write("```python\n>>> 1 + 1\n2\n```\n")
    runner = PageRunner(own_pages.docs, own_pages.code, jobs=2)
    run = BackgroundRun(runner, [waiting, ready])
    try:
        assert failures(run.result(ready)) == []
        permission.touch()
        assert failures(run.result(waiting)) == []
        assert run.seconds > 0
    finally:
        run.close()


def test_pages_that_cannot_be_run_are_an_error_at_once(own_pages, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "none")
    runner = PageRunner(own_pages.docs, own_pages.code)
    with pytest.raises(RunnerError, match="is “own” or “shared”, not “none”"):
        BackgroundRun(runner, [own_pages.write("# Empty\n")])


@needs_forks
def test_who_waits_is_told_that_the_runner_has_died(own_pages):
    kill_it = ">>> import os, signal; os.kill(os.getppid(), signal.SIGKILL)"
    docname = own_pages.write(f"```python\n{kill_it}\n```\n")
    run = BackgroundRun(PageRunner(own_pages.docs, own_pages.code), [docname])
    with pytest.raises(RunnerError, match="the process that runs the pages has ended"):
        run.result(docname)
    run.close()


def test_closing_ends_what_still_runs(own_pages, tmp_path):
    permission = tmp_path / "never given"
    waiting = own_pages.write(WAITING_PAGE.format(path=str(permission)))
    ready = own_pages.write("```python\n>>> 1 + 1\n2\n```\n")
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    run = BackgroundRun(PageRunner(own_pages.docs, own_pages.code, jobs=2), [waiting, ready])
    run.result(ready)
    run.close()
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before
    assert not [thread for thread in threading.enumerate() if thread.name.endswith("(_run)")]
