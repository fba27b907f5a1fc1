"""The programs of the page on files and imports, and the checks of its exercises."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/scripts"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def printed_by_lines(*lines):
    """What Python prints for these lines, started in the page's folder."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", "\n".join(lines)],
        cwd=FOLDER,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize(
    ("program", "printed"),
    [("myscripts.py", "350 seconds\n"), ("trip.py", "14.0 km/h\n"), ("counting.py", "1\n")],
)
def test_what_the_files_print(run_listing, program, printed):
    done = run_listing(PAGE, program)
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, "")


@pytest.mark.parametrize(
    ("words", "status", "ending"),
    [
        (["700", "16"], 0, "350 seconds\n"),
        (["0.5", "1e1"], 0, "0 seconds\n"),
        (["700", "16", "more"], 0, "350 seconds\n"),
        ([], 1, "IndexError: list index out of range\n"),
        (["700", "fast"], 1, "ValueError: could not convert string to float: 'fast'\n"),
        (["700", "0"], 1, "division by zero\n"),
    ],
)
def test_the_words_behind_the_name(words, status, ending):
    done = subprocess.run(
        [sys.executable, "-B", "download.py", *words],
        cwd=FOLDER,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout + done.stderr).endswith(ending)
    assert done.returncode == status


def test_each_way_of_importing_runs_the_file_once():
    printed = printed_by_lines(
        "from myscripts import seconds",
        "import myscripts",
        "import myscripts as m",
        "print(m.seconds)",
    )
    assert printed == "350 seconds\n350.0\n"


def test_a_failed_import_of_what_is_inside_leaves_the_module_imported():
    printed = printed_by_lines(
        "try:",
        "    import myscripts.py",
        "except ModuleNotFoundError as error:",
        "    print(error.name)",
        "import myscripts",
    )
    assert printed == "350 seconds\nmyscripts.py\n"


def test_the_first_entry_is_the_folder_of_the_program(tmp_path):
    program = tmp_path / "where.py"
    program.write_text("import sys\nprint(sys.path[0])\n")
    done = subprocess.run(
        [sys.executable, program], cwd=FOLDER, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).samefile(tmp_path)


def test_what_the_hiding_file_is_told(run_listing):
    done = run_listing(PAGE, "wrong_name/statistics.py")
    assert (done.returncode, done.stdout) == (1, "")
    advice = "consider renaming" if sys.version_info >= (3, 13) else "circular import"
    assert advice in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["random", "string", "calendar", "socket", "statistics"])
def test_names_that_hide_a_module(name):
    assert name in sys.stdlib_module_names


def test_places_in_the_standard_library():
    printed = printed_by_lines(
        "import os, statistics, sys",
        "from places import places",
        "print(places('statistics', sys.path) == [os.path.dirname(statistics.__file__)])",
        "print(places('sys', sys.path))",
        "print(places('statistics', ['wrong_name', *sys.path])[0])",
    )
    assert printed == "True\n[]\nwrong_name\n"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("trip", "trip.py"),
        ("importable", "importable.py"),
        ("places", "places.py"),
        ("counting", "counting_answer.py"),
    ],
)
def test_the_solutions_pass_their_checks(check_answer, name, file):
    source = (FOLDER / file).read_text(encoding="utf-8")
    assert check_answer(PAGE, name, source).outcome == "solved"


def expect_complaint(verdict, message):
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("speed = kilometres * hours\nprint(speed, 'km/h')", "kilometres an hour: divide"),
        ("speed = kilometres // hours\nprint(speed, 'km/h')", "use /, which gives 14.0"),
        ("speed = f'{kilometres / hours} km/h'\nprint(speed)", "speed is the number"),
        ("speed = 14.0\nprint(speed, 'km/h')", "with kilometres = 100 and hours = 8"),
        ("speed = kilometres / hours\nspeed, 'km/h'", "in a file a value is not shown"),
        ("speed = kilometres / hours\nprint(speed)", "the unit is missing"),
        ("speed = kilometres / hours\nprint('speed', 'km/h')", "quotes around speed"),
        ("speed = kilometers / hours\nprint(speed, 'km/h')", "name 'kilometers' is not defined"),
    ],
)
def test_wrong_trips(check_answer, lines, message):
    source = f"kilometres = 42\nhours = 3\n{lines}\n"
    expect_complaint(check_answer(PAGE, "trip", source), message)


def test_a_trip_without_the_first_lines(check_answer):
    verdict = check_answer(PAGE, "trip", "speed = 42 / 3\nprint(speed, 'km/h')\n")
    expect_complaint(verdict, "begin with the lines that the exercise shows")


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("file_name.isidentifier()", "a dot is in no name"),
        ("file_name.endswith('.py')", "a name has no minus"),
        (
            "file_name.endswith('.py') and '-' not in file_name",
            "importable('2nd.py') returned True; expected False (no name begins with a digit)",
        ),
        ("file_name.removesuffix('.py').isidentifier()", "the ending .py is missing"),
        ("file_name.endswith('.py') and file_name.split('.')[0].isidentifier()", "notes.txt.py"),
        (
            "file_name.endswith('.py') and file_name.strip('.py').isidentifier()",
            "strip takes away single letters",
        ),
        ("file_name.endswith('py') and file_name[:-3].isidentifier()", "importable('copy')"),
        ("print(file_name.endswith('.py'))", "it printed the answer; return it instead"),
    ],
)
def test_wrong_importables(check_answer, result, message):
    source = f"def importable(file_name):\n    return {result}\n"
    expect_complaint(check_answer(PAGE, "importable", source), message)


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("[f for f in folders if (Path(f) / name).is_file()]", "the module's with .py"),
        ("[f for f in folders if Path(f'{name}.py').is_file()]", "the module's with .py"),
        ("[Path(f) / f'{name}.py' for f in folders]", "expected ['green', 'red']"),
        ("[f for f in sorted(folders, reverse=True) if Path(f, f'{name}.py').is_file()]", "order"),
        ("[Path(f, f'{name}.py').is_file() for f in folders]", "keep the folder where this"),
        ("[str(p) for f in folders if (p := Path(f, f'{name}.py')).is_file()]", "not the files"),
        ("[p for f in folders if (p := Path(f, f'{name}.py')).is_file()]", "not the files"),
        ("[f for f in folders if Path(f, f'{name}.py').is_file()][0]", "all places, in a list"),
        (
            "[f for f in folders or ['red'] if Path(f, f'{name}.py').is_file()]",
            "places('units', [])",
        ),
        ("[f for f in folders if Path(f, name + '.txt') or Path(f, name).is_file()]", "['blue', "),
    ],
)
def test_wrong_places(check_answer, result, message):
    source = f"from pathlib import Path\n\ndef places(name, folders):\n    return {result}\n"
    expect_complaint(check_answer(PAGE, "places", source), message)


def test_counting_runs_as_often_as_the_answer_says():
    printed = printed_by_lines(
        "import counting, importlib",
        "counting.n = 5",
        "from counting import n",
        "import counting",
        "importlib.reload(counting)",
    )
    answer = runpy.run_path(str(FOLDER / "counting_answer.py"))
    assert printed == "1\n" * answer["runs"]


@pytest.mark.parametrize(
    ("runs", "n", "module_n", "message"),
    [
        (1, 5, 5, "runs is 1; expected 2 (reload runs the file once more)"),
        (3, 5, 1, "in sys.modules does not run the file"),
        (4, 5, 1, "in sys.modules does not run the file"),
        (5, 5, 1, "counting.n = 5 does not either"),
        (2, 1, 1, "your name n keeps the 5"),
        (2, 5, 5, "module_n is 5; expected 1 (reload runs the file again"),
    ],
)
def test_wrong_countings(check_answer, runs, n, module_n, message):
    source = f"runs = {runs}\nn = {n}\nmodule_n = {module_n}\n"
    expect_complaint(check_answer(PAGE, "counting", source), message)
