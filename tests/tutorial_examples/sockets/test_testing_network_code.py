"""The listings on testing: the tests on the page pass, and what they test fails where it should."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

FOLDER = Path(tutorial_examples.__file__).parent / "sockets" / "testing_network_code"
TESTS = sorted(path.name for path in FOLDER.glob("test_*.py"))


def run_tests(folder, name):
    runner = ["unittest"] if name == "test_async_server.py" else ["pytest", "-q"]
    return subprocess.run(
        [sys.executable, "-m", *runner, name],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )


@pytest.fixture
def copy(tmp_path):
    """A copy of the page's folder, away from this project's settings."""
    folder = tmp_path / "testing"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


BREAKABLE = [
    ("test_line_protocol.py", "line_protocol.py", "self._buffer += piece", "self._buffer = piece"),
    ("test_line_protocol.py", "line_protocol.py", "if self._buffer:", "if not self._buffer:"),
    ("test_upper_server.py", "line_protocol.py", ".upper()", ".lower()"),
    ("test_async_server.py", "line_protocol.py", ".upper()", ".lower()"),
    ("test_ask.py", "mended_client.py", "while not answer", "if not answer"),
    ("test_length_protocol.py", "length_protocol.py", "4 + length :", "4 :"),
]


@pytest.mark.parametrize("name", TESTS)
def test_the_tests_on_the_page_end_as_it_says(copy, name):
    ended = run_tests(copy, name)
    assert ended.returncode == (1 if "naive" in name else 0), ended.stdout
    assert "Warning" not in ended.stdout


@pytest.mark.parametrize(("name", "listing", "old", "new"), BREAKABLE)
def test_the_tests_on_the_page_notice_what_is_broken(copy, name, listing, old, new):
    source = (copy / listing).read_text(encoding="utf-8")
    assert old in source
    (copy / listing).write_text(source.replace(old, new), encoding="utf-8")
    ended = run_tests(copy, name)
    assert ended.returncode == 1, ended.stdout
    assert "Error: " in ended.stdout or "Failed: " in ended.stdout


def test_the_broken_client_fails_as_soon_as_a_socket_is_real(copy):
    source = (copy / "test_ask.py").read_text(encoding="utf-8")
    broken = source.replace("mended_client", "broken_client")
    (copy / "test_ask.py").write_text(broken, encoding="utf-8")
    ended = run_tests(copy, "test_ask.py")
    assert ended.returncode == 1
    assert "TypeError: a bytes-like object is required, not 'str'" in ended.stdout
