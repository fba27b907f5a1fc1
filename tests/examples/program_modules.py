"""The modules of a program in examples/, whose names are those of other programs' modules too."""

import importlib
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def load_modules(program):
    """Import all modules of a program; a dictionary by name.

    Their names are not left in `sys.modules`, where another program would find them.
    """
    folder = PROJECT / "examples" / program
    names = [path.stem for path in folder.glob("*.py")]
    sys.path.insert(0, str(folder))
    try:
        return {name: importlib.import_module(name) for name in names}
    finally:
        sys.path.remove(str(folder))
        for name in names:
            sys.modules.pop(name, None)
