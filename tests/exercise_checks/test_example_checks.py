"""What readers are told of their answers to the exercises on the pages of the examples."""

from pathlib import Path

import pytest
from answers import replaced

SUMS = Path("examples/unreliable_network/sum_server.py").read_text(encoding="utf-8")
OLD_PARTS = """\
import time
from pathlib import Path


def delete_old_parts(folder, seconds=24 * 60 * 60):
    for part in Path(folder, ".parts").glob("*"):
        if time.time() - part.stat().st_mtime > seconds:
            part.unlink()
"""


def test_the_solutions_pass(check_answer):
    assert check_answer("examples/unreliable_network", "once", SUMS).outcome == "solved"
    assert check_answer("examples/file_transfer", "age", OLD_PARTS).outcome == "solved"


def test_the_solution_on_the_page_is_this_one():
    page = Path("examples/file_transfer/README.md").read_text(encoding="utf-8")
    assert OLD_PARTS in page


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "if request_id != last_id:",
            "if True:",
            (
                "the request b'1 5' came for the second time, and after the datagram b'1 5', your"
                " server should have answered b'1 5'; it answered b'1 10' (it was added twice:"
            ),
        ),
        (
            "self._sums[address] = self._sums.get(address, 0) + ",
            "self._sums[address] = ",
            "should have answered b'2 12'; it answered b'2 7' (this is the number alone;",
        ),
        (
            "sums.answer(request, address)",
            'sums.answer(request, ("everybody", 0))',
            "another client asks, and after the datagram b'1 5', ... (each client has a sum",
        ),
        (
            '                print(f"Answered {request!r}")\n',
            "                pass\n",
            ("should have printed a line with Answered for each of 7 requests; it printed 0"),
        ),
        ("PORT = 11111", "PORT = 11112", "should receive at 127.0.0.1 port 11111; nobody has"),
    ],
)
def test_wrong_sums(expect_failure, old, new, message):
    source = replaced(SUMS, (old, new))
    expect_failure("examples/unreliable_network", "once", source, message, patience=2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "> seconds",
            "> 2 * seconds",
            (
                "after delete_old_parts(folder), a file in .parts that was written to 25 hours ago"
                " should be gone; it is still there (stat().st_mtime is"
            ),
        ),
        ("24 * 60 * 60", "24 * 60", "written to 23 hours ago should still be there; it is gone"),
        ("st_mtime", "st_atime", "written to 25 hours ago should be gone; it is still there"),
        (
            'Path(folder, ".parts").glob("*")',
            'filter(Path.is_file, Path(folder).rglob("*"))',
            "a finished file should still be there, however old; it is gone (only what is in",
        ),
        (
            'Path(folder, ".parts").glob("*")',
            'map(Path, __import__("os").scandir(Path(folder, ".parts")))',
            "FileNotFoundError",
        ),
    ],
)
def test_wrong_ages(expect_failure, old, new, message):
    source = replaced(OLD_PARTS, (old, new))
    expect_failure("examples/file_transfer", "age", source, message)
