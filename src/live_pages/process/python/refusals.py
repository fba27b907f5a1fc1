"""What a page in a browser cannot do, said in one sentence where a program tries it."""

from __future__ import annotations

import importlib.abc
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec

SENTENCE = (
    "Python in the browser cannot {}; this page's recorded run shows what happens, "
    "and python on your machine does it."
)

FORKS = ("fork", "forkpty")
STARTERS = (
    "system",
    "popen",
    "execv",
    "execve",
    "posix_spawn",
    "posix_spawnp",
    "spawnv",
    "spawnve",
    "spawnvp",
    "spawnvpe",
)

MODULES = {
    "ssl": "encrypt connections with TLS",
    "_ssl": "encrypt connections with TLS",
    "_multiprocessing": "start another process",
    "_posixsubprocess": "start another process",
}


def refuse(what: str) -> NoReturn:
    """Say that this cannot be done here.

    Raises:
        NotImplementedError: Always.
    """
    raise NotImplementedError(SENTENCE.format(what))


def _refusing(what: str) -> Callable[..., NoReturn]:
    def refusing(*_: Any, **__: Any) -> NoReturn:
        refuse(what)

    return refusing


class RefusingFinder(importlib.abc.MetaPathFinder):
    """Refuses to import what would need something that a browser does not have."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> ModuleSpec | None:
        """Refuse, or leave the module to the other finders."""
        if fullname in MODULES:
            raise ImportError(SENTENCE.format(MODULES[fullname]), name=fullname)
        return None


def install() -> None:
    """Replace what starts processes, and refuse to import what cannot work."""
    for name in FORKS:
        setattr(os, name, _refusing("copy a process with fork"))
    for name in STARTERS:
        setattr(os, name, _refusing("start another process"))
    subprocess.Popen.__init__ = _refusing("start another process")  # type: ignore[method-assign]
    subprocess.Popen.__del__ = lambda self: None  # type: ignore[method-assign]
    sys.meta_path.insert(0, RefusingFinder())
    for name in MODULES:
        sys.modules.pop(name, None)
    for name, module in list(sys.modules.items()):
        if name.startswith("asyncio.") and hasattr(module, "ssl"):
            module.ssl = None  # type: ignore[attr-defined]
