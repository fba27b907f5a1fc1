"""What the tests of checks expect of wrong answers."""

import re

import pytest


@pytest.fixture
def expect_failure(check_answer):
    """Expects a wrong answer to fail with a message; ` ... ` in it stands for any text."""

    def expect_failure(page, exercise, source, message, patience=10):
        verdict = check_answer(page, exercise, source, patience)
        assert verdict.outcome == "not as expected"
        pattern = ".*".join(map(re.escape, message.split(" ... ")))
        assert re.search(pattern, verdict.message), verdict.message

    return expect_failure
