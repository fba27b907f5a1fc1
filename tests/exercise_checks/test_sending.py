"""Which calls of `send` are found to lose bytes."""

import pytest

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.sending import expect_whole_sending


@pytest.fixture
def attempt(tmp_path):
    def attempt(source):
        (tmp_path / "mine.py").write_text(source, encoding="utf-8")
        return Attempt(tmp_path / "mine.py")

    return attempt


@pytest.mark.parametrize(
    "source",
    [
        "sock.sendall(data)",
        "sent = sock.send(data)",
        "while data:\n    data = data[sock.send(data):]",
        "send(data)",
        "generator.send(None) + 1",
    ],
)
def test_what_is_looked_after(attempt, source):
    expect_whole_sending(attempt(source))


@pytest.mark.parametrize(
    "source", ["x = 1\nsock.send(data)", "def f():\n    self.request.send(b'x' * 10)"]
)
def test_what_is_thrown_away(attempt, source):
    with pytest.raises(NotAsExpected, match=r"^mine\.py:2 calls send and ignores"):
        expect_whole_sending(attempt(source))
