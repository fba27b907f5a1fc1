"""The archive of the checks, and the words of who runs them."""

import json
import subprocess
import sys
import zipfile

import pytest

from exercise_checks.exercises import exercises_of, pages_with_exercises
from live_pages.browser_limits import reason_of_needs, reason_of_source
from live_pages.exercise_files import ARCHIVE, WORDING, write_exercise_files

IMPORT_ALL = """
import importlib, sys
sys.path[:] = [sys.argv[1], *(path for path in sys.path if "site-packages" not in path)]
for name in sys.argv[2:]:
    module = importlib.import_module(name)
    assert ".zip" in module.__file__, module
assert "exercise_checks.computer" not in sys.modules
"""


@pytest.fixture
def folder(tmp_path):
    write_exercise_files(tmp_path)
    return tmp_path


def test_the_archive_is_whole_without_what_is_for_computers(folder):
    names = zipfile.ZipFile(folder / ARCHIVE).namelist()
    assert "exercise_checks/system.py" in names
    assert "exercise_checks/computer.py" not in names
    can = [page for page in pages_with_exercises() if page != "sockets/tls"]
    modules = [f"exercise_checks.{page.replace('/', '.')}" for page in can]
    command = [sys.executable, "-S", "-c", IMPORT_ALL, str(folder / ARCHIVE), *modules]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_same_checks_make_the_same_archive(folder, tmp_path):
    first = (folder / ARCHIVE).read_bytes()
    write_exercise_files(tmp_path)
    assert (tmp_path / ARCHIVE).read_bytes() == first


def test_the_words_are_those_of_the_command_line(folder):
    assert json.loads((folder / WORDING).read_text()) == {
        "deadlineSeconds": 90.0,
        "noEnd": "no end within 90 seconds",
        "endedPython": "{file} ended Python itself: {how}",
        "during": "{trouble}, while {step}",
    }


@pytest.mark.parametrize("page", pages_with_exercises())
def test_checks_say_what_they_need(page, folder):
    with zipfile.ZipFile(folder / ARCHIVE) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    # What only a computer has, and is imported there only.
    files["exercise_checks/computer.py"] = ""
    reasons = {reason_of_needs(found.needs) for found in exercises_of(page)}
    assert reason_of_source(files[f"exercise_checks/{page}.py"], files) in {"", *reasons}
