"""What an example asks for that Python in a browser does not have, told in one sentence."""

from __future__ import annotations

import ast
import functools
import re
import shlex
import sys
from typing import TYPE_CHECKING

from tested_pages.terminals import LAST_STATUS, SHELL_SYNTAX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STARTS_PROCESSES = "It starts another process, which a browser does not allow."
FORKS = "It copies its own process with fork, which a browser does not allow."
ENCRYPTS = "It encrypts with TLS, which Python in a browser lacks."
OTHER_PROGRAM = "It starts {}, which is not a Python program."
SHELL = "It is a line for a shell, which a browser does not have."
INTERPRETER = "It shows the interactive interpreter in a terminal; try the sessions of the page."
OPTIONS = "It starts Python with the option {}, which Python in a browser has no use for."
NOT_HERE = "It starts {}, which is not among the files of this page."
THIRD_PARTY = "It needs {}, which is not in the standard library."
LACKING = "It needs the module {}, which Python in a browser lacks."
SEQUENCED = "It uses SOCK_SEQPACKET, which the network in the page lacks."
SYSTEM_FILES = "It reads {}, which only Linux has."
TIMER = "It sets a timer of the system, which Python in a browser lacks."

# What stands in quotes; of that in double ones, what a shell reads nevertheless.
QUOTED = re.compile(r"""'[^']*'|"[^"$`\\]*(?P<special>[$`\\]?)[^"]*\"""")

MISSING_MODULES = {
    "subprocess": STARTS_PROCESSES,
    "multiprocessing": STARTS_PROCESSES,
    "ssl": ENCRYPTS,
}
MODULES_OF_SYSTEMS = frozenset(
    {"curses", "dbm", "fcntl", "pty", "readline", "resource", "syslog", "termios", "tkinter", "tty"}
)
# Attributes of modules that cannot be had.
MISSING_NAMES = {
    ("os", "fork"): FORKS,
    ("os", "forkpty"): FORKS,
    ("os", "system"): STARTS_PROCESSES,
    ("os", "popen"): STARTS_PROCESSES,
    ("os", "posix_spawn"): STARTS_PROCESSES,
    ("asyncio", "create_subprocess_exec"): STARTS_PROCESSES,
    ("asyncio", "create_subprocess_shell"): STARTS_PROCESSES,
    ("futures", "ProcessPoolExecutor"): STARTS_PROCESSES,
    ("concurrent.futures", "ProcessPoolExecutor"): STARTS_PROCESSES,
    ("signal", "alarm"): TIMER,
    ("signal", "setitimer"): TIMER,
    ("smtplib", "SMTP_SSL"): ENCRYPTS,
    ("socket", "SOCK_SEQPACKET"): SEQUENCED,
    ("socketserver", "ForkingTCPServer"): FORKS,
    ("socketserver", "ForkingUDPServer"): FORKS,
    ("socketserver", "ForkingMixIn"): FORKS,
}


def argv_of(command: str) -> list[str]:
    """The words of a terminal's command; one word if only a shell could read it."""
    return [command] if _is_for_shell(command) else shlex.split(command)


def _is_for_shell(command: str) -> bool:
    """Whether only a shell could read a command; quotes take their meaning from most of it."""
    unquoted = QUOTED.sub(lambda found: found["special"] or "", command.replace(LAST_STATUS, ""))
    return SHELL_SYNTAX.search(unquoted) is not None


def reason_of_command(command: str, files: Mapping[str, str]) -> str:
    """Why a command cannot run in a browser; empty if it can.

    Args:
        command: What stands after the `$` of a terminal.
        files: The text of each file in the page's folder, by its name.
    """
    argv = argv_of(command)
    if argv == ["echo", LAST_STATUS]:
        return ""
    if _is_for_shell(command):
        return SHELL
    if argv[0] != "python":
        return OTHER_PROGRAM.format(argv[0])
    match argv[1:]:
        case []:
            return INTERPRETER
        case ["-m", module, *_]:
            name = _file_of_module(module, files)
            return reason_of_source(files[name], files) if name else _reason_of_module(module)
        case ["-c", source, *_]:
            return reason_of_source(source, files)
        case [option, *_] if option.startswith("-"):
            return OPTIONS.format(option)
        case [name, *_] if name in files:
            return reason_of_source(files[name], files)
    return NOT_HERE.format(argv[1])


def reason_of_source(source: str, files: Mapping[str, str]) -> str:
    """Why source code cannot run in a browser; empty if it can, or if it is not Python.

    Args:
        source: Python source code.
        files: The text of each file that it may import, by its name.
    """
    return next(_reasons(source, files, set()), "")


def reason_of_needs(needs: Iterable[str]) -> str:
    """Why what needs these modules, or files of the system, cannot run in a browser, or nothing."""
    return next(filter(None, map(_reason_of_need, needs)), "")


def _reason_of_need(name: str) -> str:
    return SYSTEM_FILES.format(name) if name.startswith("/") else _reason_of_module(name)


def _reasons(source: str, files: Mapping[str, str], seen: set[str]) -> Iterator[str]:
    for reason, module in _notable(source):
        if not module:
            yield reason
            continue
        local = _file_of_module(module, files)
        if local is None:
            yield from filter(None, [_reason_of_module(module)])
        elif local not in seen:
            seen.add(local)
            yield from _reasons(files[local], files, seen)


# A page's listings are shown, run in terminals and imported, each time the same source.
@functools.cache
def _notable(source: str) -> tuple[tuple[str, str], ...]:
    """Reasons, and modules that may have some, in the order in which the source names them."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    found = []
    for node in _walk(tree):
        if isinstance(node, ast.Constant) and str(node.value).startswith("/proc/"):
            found.append((SYSTEM_FILES.format(node.value), ""))
        found += [
            (MISSING_NAMES[name], "") for name in _names_from_modules(node) if name in MISSING_NAMES
        ]
        found += [("", module) for module in _imported(node)]
    return tuple(found)


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but those of imports that may fail or that only type checkers see."""
    waiting = [tree]
    while waiting:
        node = waiting.pop(0)
        yield node
        is_for_type_checkers = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(
            node.test
        )
        may_fail = isinstance(node, ast.Try) and any(
            handler.type is not None and "ImportError" in ast.unparse(handler.type)
            for handler in node.handlers
        )
        if is_for_type_checkers or may_fail:
            continue
        waiting.extend(ast.iter_child_nodes(node))


def _names_from_modules(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            yield node.module, alias.name
    elif isinstance(node, ast.Attribute):
        yield ast.unparse(node.value), node.attr


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module


def _file_of_module(module: str, files: Mapping[str, str]) -> str | None:
    path = module.replace(".", "/")
    candidates = (f"{path}.py", f"{path}/__main__.py", f"{path}/__init__.py")
    return next((name for name in candidates if name in files), None)


def _reason_of_module(module: str) -> str:
    top = module.partition(".")[0]
    if top in MISSING_MODULES:
        return MISSING_MODULES[top]
    if top in MODULES_OF_SYSTEMS:
        return LACKING.format(top)
    # What newer Pythons no longer have is missed in the same words everywhere.
    return "" if top in sys.stdlib_module_names else THIRD_PARTY.format(top)
