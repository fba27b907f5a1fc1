"""Checks answers to the exercises of part 2, wherever other programs may have their ports."""

import re
import sys
from pathlib import Path

import pytest

from exercise_checks.checking import check_in_own_process

CHECKER = Path(__file__).with_name("check_in_own_network.py")


@pytest.fixture
def check_answer(tmp_path, check_in_page):
    """Checks a file with this source: `check_answer("sockets/tcp", "server", source)`.

    The check runs in a network of its own, so that the ports that exercises name are free.
    `patience` says for how many seconds it waits for a program that answers nothing; a busy machine
    may take that long for right answers too.
    """

    def check_answer(page, exercise, source, patience=60):
        answer = tmp_path / "answer.py"
        answer.write_text(source, encoding="utf-8")
        if check_in_page:
            return check_in_page(page, answer, exercise, patience)
        command = (sys.executable, str(CHECKER), str(patience))
        (verdict,) = check_in_own_process(page, answer, exercise, 240, command)
        return verdict

    return check_answer


@pytest.fixture
def expect_failure(check_answer):
    """Expects a wrong answer to fail with a message; ` ... ` in it stands for any text."""

    def expect_failure(page, exercise, source, message, patience=10):
        verdict = check_answer(page, exercise, source, patience)
        assert verdict.outcome == "not as expected"
        pattern = ".*".join(map(re.escape, message.split(" ... ")))
        assert re.search(pattern, verdict.message), verdict.message

    return expect_failure
