"""`python -m tutorial_examples`, started as a reader starts it, on a small package of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import tutorial_examples
from tutorial_examples.listings import UnknownNameError, find_listing, find_page, listings_in
from tutorial_examples.running import run_as_child

PACKAGE = Path(tutorial_examples.__file__).parent
PROJECT = PACKAGE.parents[1]
ON_POSIX = sys.platform != "win32"

FILES = {
    "python/files/read_names.py": '''\
"""Print the names in a file.

Start it with `python read_names.py`.
"""
from pathlib import Path

print(Path(__file__).with_name("names.txt").read_text(), end="")
''',
    "python/files/names.txt": "Ada\n",
    "python/files/tables/ages.csv": "Ada,36\n",
    "python/files/__pycache__/read_names.cpython-311.pyc": "",
    "python/modules/shop/__init__.py": "",
    "python/modules/shop/prices.py": '"""Know what things cost."""\n',
    "python/modules/shop/stock/data.py": "no listing, since its folder is no package",
    "python/modules/stock/data.py": "no listing either",
    "python/strange/broken.py": "def\n",
    "python/strange/silent.py": "",
    "python/strange/umlaut.py": '"""Say “Grüß Gott” → politely."""\nprint("Grüß Gott")\n',
    "sockets/udp/__init__.py": '"""No listing."""\n',
    "sockets/udp/upper_client.py": '"""Ask the server."""\n',
    "sockets/udp/upper_server.py": '''\
"""Answer in upper case."""
import time

try:
    print("Ready", flush=True)
    time.sleep(3600)
except KeyboardInterrupt:
    print("Stopped")
''',
    "sockets/tcp/upper_server.py": '''\
"""Answer in upper case, on a stream."""
import time

print("Ready", flush=True)
time.sleep(3600)
''',
    "sockets/tcp/report.py": '''\
"""Say what came from outside."""
import os
import sys

print(__name__, sys.argv, sys.path[0], os.getcwd())
print(sys.stdin.read())
print("to the other stream", file=sys.stderr)
sys.exit(7)
''',
    "sockets/tcp/crash.py": '"""Fail."""\ndef main():\n    1 / 0\nmain()\n',
    "sockets/tcp/refuse.py": '"""End with a sentence."""\nimport sys\nsys.exit("No.")\n',
}

LIST = """\
python/files
  read_names  Print the names in a file.

python/modules
  shop/prices  Know what things cost.

python/strange
  broken
  silent
  umlaut  Say “Grüß Gott” → politely.

sockets/tcp
  crash         Fail.
  refuse        End with a sentence.
  report        Say what came from outside.
  upper_server  Answer in upper case, on a stream.

sockets/udp
  upper_client  Ask the server.
  upper_server  Answer in upper case.

`python -m tutorial_examples --help` says how to show, run and copy them.
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The real command line, with the listings of `FILES` in place of the tutorial's."""
    package = tmp_path / "installed" / "tutorial_examples"
    package.mkdir(parents=True)
    for module in PACKAGE.glob("*.py"):
        shutil.copy(module, package)
    for name, text in FILES.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text, encoding="utf-8")
    return package


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder in which the reader stands."""
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


def environment(package: Path, **variables: str) -> dict[str, str]:
    chosen = {"PYTHONPATH": str(package.parent), "PYTHONUTF8": "1", "NO_COLOR": "1"}
    return {**os.environ, **chosen, **variables}


def call(
    package: Path, here: Path, *arguments: str, typed: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tutorial_examples", *arguments],
        cwd=here,
        env=environment(package, **variables),
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def complaint(result: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refusal is; checks that it is one and that nothing else was said."""
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0].removeprefix("python -m tutorial_examples: ")


def test_without_a_command_it_lists_the_listings_by_page(package: Path, here: Path) -> None:
    result = call(package, here)
    assert (result.stdout, result.stderr, result.returncode) == (LIST, "", 0)


def test_the_list_survives_a_console_without_the_characters(package: Path, here: Path) -> None:
    result = call(package, here, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert r"umlaut  Say \u201cGr\xfc\xdf Gott\u201d \u2192 politely." in result.stdout
    assert (result.stderr, result.returncode) == ("", 0)


@pytest.mark.skipif(not ON_POSIX, reason="Windows tells a writer in another way")
def test_nobody_reads_the_list(package: Path, here: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "tutorial_examples"]
    result = subprocess.run(
        command, cwd=here, env=environment(package), stdout=writing, stderr=-1, check=False
    )
    os.close(writing)
    assert (result.stderr, result.returncode) == (b"", 1)


@pytest.mark.parametrize(
    "name",
    [
        "sockets/udp/upper_server",
        "sockets/udp/upper_server.py",
        "sockets.udp.upper_server",
        "sockets.udp.upper_server.py",
        "./sockets/udp/upper_server.py",
        "sockets\\udp\\upper_server.py",
    ],
)
def test_all_spellings_of_a_name(package: Path, here: Path, name: str) -> None:
    result = call(package, here, "show", name)
    expected = FILES["sockets/udp/upper_server.py"]
    assert (result.stdout, result.stderr, result.returncode) == (expected, "", 0)


def test_show_gives_the_file_byte_for_byte(package: Path, here: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tutorial_examples", "show", "python/strange/umlaut"],
        cwd=here,
        env=environment(package, PYTHONUTF8="0", PYTHONIOENCODING="ascii"),
        capture_output=True,
        check=True,
    )
    assert result.stdout == (package / "python/strange/umlaut.py").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ("show", "sockets/udp/uper_server"),
            "there is no listing 'sockets/udp/uper_server'; did you mean sockets/udp/upper_server?",
        ),
        (
            ("run", "upper_server"),
            (
                "there is no listing 'upper_server'; "
                "did you mean sockets/tcp/upper_server or sockets/udp/upper_server?"
            ),
        ),
        (
            ("run", "uperclient.py", "--verbose"),
            "there is no listing 'uperclient'; did you mean sockets/udp/upper_client?",
        ),
        (
            ("run", "udp/upper_client"),
            "there is no listing 'udp/upper_client'; did you mean sockets/udp/upper_client?",
        ),
        (
            ("show", "sockets/udp"),
            (
                "sockets/udp is a page; its listings are "
                "sockets/udp/upper_client and sockets/udp/upper_server"
            ),
        ),
        (
            ("show", "sockets/udp/__init__"),
            "there is no listing 'sockets/udp/__init__'; did you mean sockets/udp/upper_client?",
        ),
        (
            ("show", "../../../secrets"),
            "there is no listing 'secrets'; `python -m tutorial_examples` lists all",
        ),
        (("show", ""), "there is no listing ''; `python -m tutorial_examples` lists all"),
        (
            ("copy", "sockets/dup"),
            "there is no page 'sockets/dup' with listings; did you mean sockets/udp?",
        ),
        (
            ("copy", "tcp"),
            "there is no page 'tcp' with listings; did you mean sockets/tcp?",
        ),
        (
            ("copy", "sockets/udp/upper_client.py"),
            "sockets/udp/upper_client is a listing; its page is sockets/udp",
        ),
    ],
)
def test_a_wrong_name_gets_a_suggestion(
    package: Path, here: Path, arguments: tuple[str, ...], expected: str
) -> None:
    result = call(package, here, *arguments)
    assert (complaint(result), result.returncode) == (expected, 2)
    assert list(here.iterdir()) == []


def test_without_any_listing_a_wrong_name_is_still_only_wrong() -> None:
    with pytest.raises(UnknownNameError, match="no listing 'x'"):
        find_listing("x", [])
    with pytest.raises(UnknownNameError, match="no page 'x'"):
        find_page("x", [])


@pytest.mark.parametrize(
    "arguments", [("fly",), ("show",), ("run",), ("copy",), ("copy", "a", "b", "c")]
)
def test_a_wrong_command_line_shows_the_usage(
    package: Path, here: Path, arguments: tuple[str, ...]
) -> None:
    result = call(package, here, *arguments)
    assert result.stderr.startswith("usage: python -m tutorial_examples")
    assert result.returncode == 2


@pytest.mark.parametrize("arguments", [("--help",), ("show", "-h"), ("run", "-h"), ("copy", "-h")])
def test_help(package: Path, here: Path, arguments: tuple[str, ...]) -> None:
    result = call(package, here, *arguments)
    assert result.stdout.startswith("usage: python -m tutorial_examples")
    assert (result.stderr, result.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("sockets/tcp/report", ()),
        ("sockets/tcp/report", ("a b", "--help", "--", "-x", "")),
        ("sockets/tcp/report", ("-h",)),
        ("sockets/tcp/crash", ()),
        ("sockets/tcp/refuse", ()),
        ("python/strange/broken", ()),
        ("python/files/read_names", ()),
    ],
)
def test_run_is_the_same_as_to_start_the_file(
    package: Path, here: Path, name: str, arguments: tuple[str, ...]
) -> None:
    started = subprocess.run(
        [sys.executable, str(package / f"{name}.py"), *arguments],
        cwd=here,
        env=environment(package),
        input="typed\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    ran = call(package, here, "run", name, *arguments, typed="typed\n")
    assert ran.stdout == started.stdout
    assert ran.stderr == started.stderr
    assert ran.returncode == started.returncode


def test_run_passes_everything_on(package: Path, here: Path) -> None:
    path = package / "sockets" / "tcp" / "report.py"
    result = call(package, here, "run", "sockets.tcp.report", "--help", typed="typed")
    argv = [str(path), "--help"]
    assert result.stdout == f"__main__ {argv} {path.parent} {here}\ntyped\n"
    assert result.stderr == "to the other stream\n"
    assert result.returncode == 7


AS_CHILD = """\
import sys
from tutorial_examples.running import run_as_child
sys.exit(run_as_child([sys.executable, *sys.argv[1:]]))
"""


@pytest.mark.skipif(not ON_POSIX, reason="a test on Windows would interrupt itself")
@pytest.mark.parametrize("way", ["replaced", "child"])
@pytest.mark.parametrize(
    ("name", "last_line", "statuses"),
    [
        ("sockets/udp/upper_server", "Stopped", {"replaced": 0, "child": 0}),
        # Python ends itself by the signal when nobody catches the interrupt.
        ("sockets/tcp/upper_server", "", {"replaced": -2, "child": 254}),
    ],
)
def test_ctrl_c_is_the_listings_own_affair(
    package: Path, here: Path, way: str, name: str, last_line: str, statuses: dict[str, int]
) -> None:
    ways = {
        "replaced": ["-m", "tutorial_examples", "run", name],
        "child": ["-c", AS_CHILD, str(package / f"{name}.py")],
    }
    with subprocess.Popen(
        [sys.executable, *ways[way]],
        cwd=here,
        env=environment(package),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "Ready\n"
            # As a terminal does: to every process of the group.
            os.killpg(process.pid, signal.SIGINT)
            output, errors = process.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert output.strip() == last_line
    assert process.returncode == statuses[way]
    assert "running.py" not in errors
    assert "command_line.py" not in errors


@pytest.mark.skipif(not ON_POSIX, reason="Windows cannot replace a process")
def test_run_leaves_no_second_process(package: Path, here: Path) -> None:
    path = package / "sockets" / "udp" / "own_number.py"
    path.write_text('"""Say it."""\nimport os\nprint(os.getpid())\n')
    with subprocess.Popen(
        [sys.executable, "-m", "tutorial_examples", "run", "sockets/udp/own_number"],
        cwd=here,
        env=environment(package),
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        output, _ = process.communicate()
    assert output == f"{process.pid}\n"


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (255, 255), (0xC000013A, -1073741510)])
def test_a_child_is_awaited_through_interrupts(
    monkeypatch: pytest.MonkeyPatch, status: int, expected: int
) -> None:
    def interrupted(command: list[str]) -> int:
        assert command == ["program"]
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        return status

    handler = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(subprocess, "call", interrupted)
    assert run_as_child(["program"]) == expected
    assert signal.getsignal(signal.SIGINT) is handler


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_copy_takes_listings_and_data(package: Path, here: Path) -> None:
    result = call(package, here, "copy", "python.files", "my/folder")
    copies = here / "my" / "folder"
    assert files_below(copies) == {"names.txt", "read_names.py", "tables/ages.csv"}
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout.startswith(f"Copied to {Path('my/folder')}: names.txt, read_names.py, ")
    ran = subprocess.run(
        [sys.executable, "read_names.py"], cwd=copies, capture_output=True, check=True, text=True
    )
    assert ran.stdout == "Ada\n"


def test_copy_goes_to_the_current_folder_if_none_is_named(package: Path, here: Path) -> None:
    (here / "mine.txt").write_text("kept")
    result = call(package, here, "copy", "python/files")
    assert result.returncode == 0
    assert files_below(here) == {"mine.txt", "names.txt", "read_names.py", "tables/ages.csv"}


def test_copy_overwrites_nothing_and_then_copies_nothing(package: Path, here: Path) -> None:
    (here / "tables").mkdir()
    (here / "tables" / "ages.csv").write_text("mine")
    result = call(package, here, "copy", "python/files", ".")
    expected = f"{Path('tables/ages.csv')} exists; nothing was copied"
    assert (complaint(result), result.returncode) == (expected, 1)
    assert files_below(here) == {"tables/ages.csv"}
    assert (here / "tables" / "ages.csv").read_text() == "mine"


@pytest.mark.skipif(not ON_POSIX, reason="links need a privilege on Windows")
def test_copy_does_not_write_through_a_link(package: Path, here: Path, tmp_path: Path) -> None:
    (here / "names.txt").symlink_to(tmp_path / "elsewhere.txt")
    result = call(package, here, "copy", "python/files")
    assert (complaint(result), result.returncode) == ("names.txt exists; nothing was copied", 1)
    assert not (tmp_path / "elsewhere.txt").exists()


def test_copy_to_a_file(package: Path, here: Path) -> None:
    (here / "taken").write_text("")
    result = call(package, here, "copy", "python/files", "taken")
    expected = "taken is a file, not a folder; nothing was copied"
    assert (complaint(result), result.returncode) == (expected, 1)


def test_copy_where_the_system_refuses(package: Path, here: Path) -> None:
    (here / "taken").write_text("")
    result = call(package, here, "copy", "python/files", str(Path("taken", "below")))
    assert complaint(result).startswith(str(Path("taken", "below")))
    assert result.returncode == 1


def test_the_wheel_holds_every_listing_and_its_data(tmp_path: Path) -> None:
    """Build the wheel, unpack it into a new environment, and use it there."""
    source = tmp_path / "source"
    source.mkdir()
    shutil.copytree(
        PROJECT / "src", source / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, source)
    examples = source / "src" / "tutorial_examples"
    for name, text in FILES.items():
        if name.startswith("python/files/"):
            path = examples / "python" / "made_for_this_test" / name.removeprefix("python/files/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    expected = {name for name in files_below(examples) if "__pycache__" not in name}

    build = "import sys, setuptools.build_meta as b; b.build_wheel(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=source, capture_output=True, check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    prefix = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(prefix)], check=True)
    python = str(prefix.joinpath("bin" if ON_POSIX else "Scripts", Path(sys.executable).name))
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run(
        [python, "-I", "-c", where], capture_output=True, check=True, text=True
    ).stdout.strip()
    with ZipFile(wheel) as archive:
        archive.extractall(site)

    def use(*arguments: str) -> str:
        command = [python, "-I", "-m", "tutorial_examples", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, check=True, encoding="utf-8"
        ).stdout

    assert files_below(Path(site, "tutorial_examples")) == expected
    listed = {line.split()[0] for line in use().splitlines() if line.startswith("  ")}
    assert listed == {
        listing.name.removeprefix(f"{listing.page}/") for listing in listings_in(examples)
    }
    assert use("run", "python/made_for_this_test/read_names") == "Ada\n"
    use("copy", "python/made_for_this_test", "copies")
    assert files_below(tmp_path / "copies") == {"names.txt", "read_names.py", "tables/ages.csv"}
