"""A program's file that hides a module of the standard library: messages advise to rename it.

The interpreter gives this advice for files in the folder that it searches first, which it keeps
from when it was started; here it was started without a program.
"""

from __future__ import annotations

import ctypes
import sys

# Where 32-bit CPython 3.14 keeps these in its PyConfig, counted in words.
STANDARD_LIBRARY = 59
BASE_PREFIX = 65
FIRST_FOLDER = 70

# What the interpreter reads must outlive this function's caller.
_kept: list[ctypes.Array[ctypes.c_wchar]] = []


def search_first(folder: str) -> None:
    """Tell the interpreter which folder the program's own files come from."""
    words = _config()
    if words is None:
        return
    text = ctypes.create_unicode_buffer(folder)
    _kept.append(text)
    words[FIRST_FOLDER] = ctypes.addressof(text)


def _config() -> ctypes.Array[ctypes.c_uint32] | None:
    """The words of the interpreter's PyConfig; None if they are not what they were in 3.14."""
    if ctypes.sizeof(ctypes.c_void_p) != ctypes.sizeof(ctypes.c_uint32):
        return None
    find = ctypes.pythonapi["_Py_GetConfig"]
    find.restype = ctypes.c_void_p
    words = (ctypes.c_uint32 * (FIRST_FOLDER + 1)).from_address(find())
    expected = {
        STANDARD_LIBRARY: getattr(sys, "_stdlib_dir", None),
        BASE_PREFIX: sys.base_exec_prefix,
    }
    is_known = all(
        words[at] and ctypes.wstring_at(words[at]) == text for at, text in expected.items()
    )
    return words if is_known else None
