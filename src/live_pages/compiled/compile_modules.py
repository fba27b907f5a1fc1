"""Compiles, inside Pyodide, what programs in the page begin with or often import.

Bytecode with an unchecked hash is taken as it is: nobody changes the text beside it.
"""

from __future__ import annotations

import base64
import importlib.util
import py_compile
import sys
import zipfile
from pathlib import Path

LIBRARY = next(Path(entry) for entry in sys.path if entry.endswith(".zip"))
# Pyodide's own disk, where there is nobody else.
WORKPLACE = Path("/compiled")
COMPLETED_LIBRARY = WORKPLACE / "python_stdlib.zip"
SIDE = Path("/lib/live_process")
# What the tutorial's programs import, beside what is there from the beginning.
OFTEN_IMPORTED = (
    "argparse",
    "concurrent.futures.thread",
    "datetime",
    "email.utils",
    "hmac",
    "html.parser",
    "http.client",
    "http.server",
    "ipaddress",
    "logging",
    "mimetypes",
    "socketserver",
    "struct",
    "urllib.request",
)


def compile_all() -> dict[str, str]:
    """Write a standard library with bytecode; that of Python's side by file name, in base64."""
    side = importlib.import_module("live_process.start").__package__
    for name in (f"{side}.session", *OFTEN_IMPORTED):
        importlib.import_module(name)
    WORKPLACE.mkdir()
    _complete_library()
    return dict(_compiled_side(path) for path in sorted(SIDE.glob("*.py")))


def _complete_library() -> None:
    imported = {
        str(path.relative_to(LIBRARY))
        for module in sys.modules.values()
        if LIBRARY in (path := Path(getattr(module, "__file__", None) or "")).parents
        # Some are in the interpreter itself, and have a file only for tracebacks.
        and getattr(module.__spec__, "origin", "") != "frozen"
    }
    with (
        zipfile.ZipFile(LIBRARY) as given,
        zipfile.ZipFile(COMPLETED_LIBRARY, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as completed,
    ):
        for name in given.namelist():
            text = given.read(name)
            completed.writestr(_entry(name), text)
            if name in imported:
                completed.writestr(_entry(f"{name}c"), _bytecode(text, LIBRARY / name))


def _entry(name: str) -> zipfile.ZipInfo:
    # One moment for all, so that the same modules make the same archive.
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _compiled_side(path: Path) -> tuple[str, str]:
    name = importlib.util.cache_from_source(path.name)
    return name, base64.b64encode(_bytecode(path.read_bytes(), path)).decode()


def _bytecode(text: bytes, path: Path) -> bytes:
    """What stands in a file of bytecode of the module at the path."""
    source, compiled = WORKPLACE / "module.py", WORKPLACE / "module.pyc"
    source.write_bytes(text)
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(
        str(source), str(compiled), dfile=str(path), doraise=True, invalidation_mode=mode
    )
    return compiled.read_bytes()
