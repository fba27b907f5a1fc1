"""Checks of the exercises on the page `python/scripts`."""

import contextlib
import tempfile
from pathlib import Path

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise


@exercise
def check_trip(attempt: Attempt) -> None:
    hints = {
        repr(126): "kilometres an hour: divide",
        repr(14): "use /, which gives 14.0; // cuts off",
        repr("14.0 km/h"): "speed is the number; the unit belongs into the print",
    }
    attempt.expect_value("speed", 14.0, hints=hints)
    attempt.expect_value("speed", 12.5, given={"kilometres": 100, "hours": 8})
    attempt.expect_output(
        "14.0 km/h",
        hints={
            "": "in a file a value is not shown by itself; print it",
            "14.0": "the unit is missing",
            "14.0km/h": "a space stands before the unit",
            "speed km/h": "quotes around speed make it a word; leave them out",
        },
    )


@exercise
def check_importable(attempt: Attempt) -> None:
    importable = attempt.function("importable", "importable(file_name)")
    importable.expect(
        "myscripts.py",
        returns=True,
        hints={
            repr(False): "isidentifier must be asked about the part before .py: a dot is in no name"
        },
    )
    importable.expect("my-scripts.py", returns=False, hints={repr(True): "a name has no minus"})
    importable.expect("2nd.py", returns=False, hints={repr(True): "no name begins with a digit"})
    importable.expect("myscripts", returns=False, hints={repr(True): "the ending .py is missing"})
    importable.expect("notes.txt", returns=False)
    importable.expect("notes.txt.py", returns=False)
    importable.expect(".py", returns=False, hints={repr(True): "nothing stands before the ending"})
    hint = "strip takes away single letters, not an ending; see removesuffix"
    importable.expect("py.py", returns=True, hints={repr(False): hint})
    importable.expect("my_copy.py", returns=True)
    importable.expect("copy", returns=False)


@exercise
def check_places(attempt: Attempt) -> None:
    places = attempt.function("places", "places(name, folders)")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name in ("red/units.py", "red/trip.txt", "green/units.py", "blue/trip.py"):
            Path(name).parent.mkdir(exist_ok=True)
            Path(name).touch()
        hints = {
            repr([]): "the file's name is the module's with .py",
            repr("green"): "all places, in a list",
            repr("red"): "all places, in a list",
            repr(["red", "green"]): "keep the order of the folders",
            repr([Path("green"), Path("red")]): "the folders as they were given, not their paths",
            repr(
                [str(Path(f, "units.py")) for f in ("green", "red")]
            ): "the folders, not the files",
            repr([Path("green/units.py"), Path("red/units.py")]): "the folders, not the files",
            repr([False, True, True]): "keep the folder where this is true, with an if",
        }
        folders = ["blue", "green", "red"]
        places.expect("units", folders, returns=["green", "red"], hints=hints)
        places.expect("trip", folders, returns=["blue"])
        places.expect("sockets", folders, returns=[])
        places.expect("units", [], returns=[])


@exercise
def check_counting(attempt: Attempt) -> None:
    imported = "an import of a module that is in sys.modules does not run the file"
    hints = {
        "1": "reload runs the file once more",
        "3": imported,
        "4": f"{imported}, and counting.n = 5 does not either",
        "5": f"{imported}, and counting.n = 5 does not either",
    }
    attempt.expect_value("runs", 2, hints=hints)
    hints = {"1": "reload assigns the module's name anew; your name n keeps the 5"}
    attempt.expect_value("n", 5, hints=hints)
    hints = {"5": "reload runs the file again, and there n = 1 assigns the module's name anew"}
    attempt.expect_value("module_n", 1, hints=hints)
