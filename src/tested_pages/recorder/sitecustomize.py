"""Start recording socket calls, then make way for the `sitecustomize` that Python would have found.

Python imports this module while it starts, because this folder stands first in `PYTHONPATH`. The
program that runs afterwards sees neither the folder nor the variables that name it: they are taken
out of `sys.path` and of the mapping `os.environ`. They stay in the process's own environment, which
`os.environ` only mirrors, so that a Python which the program starts is recorded as well.
"""

import os
import sys

RECORD_FILE = "TESTED_PAGES_RECORD"
TERMINAL = "TESTED_PAGES_TERMINAL"
SEARCH_PATH = "PYTHONPATH"


def take_out_of_sight(folder: str) -> None:
    """Remove what put `folder` in the way from everything that a program may look at."""
    visible = os.environ._data  # type: ignore[attr-defined]
    encode = os.environ.encodekey
    for name in (RECORD_FILE, TERMINAL):
        visible.pop(encode(name), None)
    first, separator, rest = os.environ.get(SEARCH_PATH, "").partition(os.pathsep)
    if os.path.realpath(first) == os.path.realpath(folder):
        if separator:
            visible[encode(SEARCH_PATH)] = os.environ.encodevalue(rest)
        else:
            visible.pop(encode(SEARCH_PATH), None)
    for entry in (first, folder):
        if entry in sys.path:
            sys.path.remove(entry)
        sys.path_importer_cache.pop(entry, None)


def record() -> None:
    """Record this process's socket calls, if the environment says where."""
    record_file = os.environ.get(RECORD_FILE)
    terminal = os.environ.get(TERMINAL)
    if not record_file or terminal is None:
        return
    import recorded_socket  # type: ignore[import-not-found]

    recorded_socket.install(record_file, terminal)
    for module in ("recorded_socket", "noted_calls", "record_writer"):
        del sys.modules[module]


try:  # noqa: SIM105
    record()
except Exception:  # noqa: S110
    pass  # a program must run even where it cannot be recorded
take_out_of_sight(os.path.dirname(__file__))  # noqa: PTH120

# With this folder gone, the same import finds the next `sitecustomize`. Where there is none, its
# ImportError tells `site` just that.
del sys.modules["sitecustomize"]
import sitecustomize  # type: ignore[import-not-found]  # noqa: E402, F401
