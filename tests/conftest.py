"""Checks answers to exercises, wherever other programs may have their ports.

With `--in-page`, answers to exercises are checked in the page's Python, in Node.js.

Then only the tests that check answers are run, and what they expect of the command line's check is
expected of the page's.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from exercise_checks.checking import check_in_own_process
from exercise_checks.exercises import Verdict, exercises_of
from live_pages.browser_limits import reason_of_needs
from live_pages.exercise_files import write_exercise_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A page's Python takes longer than the computer's own until it prints anything.
PATIENCE_SECONDS = 10
CHECKS = Path(__file__).parent / "exercise_checks"
CHECKER_IN_PAGE = CHECKS / "check_in_page.js"
CHECKER = CHECKS / "check_in_own_network.py"
DEADLINE_SECONDS = 240


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--in-page", action="store_true", help="check answers in the page's Python, in Node.js"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("in_page"):
        return
    kept = [item for item in items if "check_answer" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


@pytest.fixture(scope="session")
def check_in_page(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, Path, str, float], Verdict] | None]:
    """Checks a file in the page's Python: `check_in_page("sockets/tcp", path, "server", 5)`.

    The last argument is for how many seconds to wait for a program that answers nothing. Without
    `--in-page` there is None.
    """
    if not request.config.getoption("in_page"):
        yield None
        return
    node = Path(sys.executable).with_name("node")
    program = str(node) if node.exists() else shutil.which("node") or pytest.fail("no Node.js here")
    folder = tmp_path_factory.mktemp("page")
    write_exercise_files(folder)
    command = [program, str(CHECKER_IN_PAGE), str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:

        def check_in_page(page: str, path: Path, exercise: str, patience: float) -> Verdict:
            (found,) = [found for found in exercises_of(page) if found.name == exercise]
            if reason := reason_of_needs(found.needs):
                pytest.skip(reason)
            patience = max(patience, PATIENCE_SECONDS)
            question = {
                "page": page, "path": str(path), "exercise": exercise, "patience": patience,
            }  # fmt: skip
            assert process.stdin
            assert process.stdout
            process.stdin.write(f"{json.dumps(question)}\n")
            process.stdin.flush()
            line = process.stdout.readline() or pytest.fail("Node.js has ended")
            return Verdict(exercise, **json.loads(line))

        yield check_in_page
        process.kill()


@pytest.fixture
def check_answer(
    tmp_path: Path, check_in_page: Callable[[str, Path, str, float], Verdict] | None
) -> Callable[..., Verdict]:
    """Checks a file with this source: `check_answer("sockets/tcp", "server", source)`.

    The check runs in a network of its own, so that the ports that exercises name are free.
    `patience` says for how many seconds it waits for a program that answers nothing; a busy machine
    may take long for right answers too.
    """

    def check_answer(page: str, exercise: str, source: str, patience: float = 60) -> Verdict:
        answer = tmp_path / "answer.py"
        answer.write_text(source, encoding="utf-8")
        if check_in_page:
            return check_in_page(page, answer, exercise, patience)
        command = (sys.executable, str(CHECKER), str(patience))
        (verdict,) = check_in_own_process(page, answer, exercise, DEADLINE_SECONDS, command)
        return verdict

    return check_answer
