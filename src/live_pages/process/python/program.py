"""Runs a program as the command `python` does: a file, a module, or text."""

from __future__ import annotations

import atexit
import builtins
import linecache
import os
import runpy
import signal
import sys
import threading
import types
import warnings
from typing import Any

from . import errors, places, shadowing, tracebacks, waiting

# Options that mean nothing here, and those that take a word.
QUIET_OPTIONS = frozenset("ubBdEIiOPqsSvx")
OPTIONS_WITH_WORD = frozenset("WX")


class _Command:
    """What the words after `python` say."""

    def __init__(self, words: list[str]) -> None:
        self.filters: list[str] = []
        self.module: str | None = None
        self.text: str | None = None
        self.version = False
        self.unbuffered = False
        self.faulthandler = False
        rest = list(words)
        while rest and rest[0].startswith("-") and rest[0] != "-":
            option = rest.pop(0)
            if option in ("-V", "--version"):
                self.version = True
                break
            if self._take(option[1:], rest):
                break
        self.words = rest

    def _take(self, letters: str, rest: list[str]) -> bool:
        """Reads one word of options; whether the program's own words follow."""
        for position, letter in enumerate(letters):
            if letter in "cm" or letter in OPTIONS_WITH_WORD:
                if not letters[position + 1 :] and not rest:
                    raise _UsageError(f"Argument expected for the -{letter} option")
                word = letters[position + 1 :] or rest.pop(0)
                if letter == "m":
                    self.module = word
                elif letter == "c":
                    self.text = word
                elif letter == "X" and word == "faulthandler":
                    self.faulthandler = True
                elif letter == "W" or word == "dev":
                    self.filters.append(word if letter == "W" else "default")
                return letter in "cm"
            if letter not in QUIET_OPTIONS:
                raise _UsageError(f"Unknown option: -{letter}")
            self.unbuffered = self.unbuffered or letter == "u"
        return False


class _UsageError(Exception):
    pass


def run(words: list[str], folder: str) -> int:
    """Run `python WORDS...` in a folder to its end; its exit status."""
    os.chdir(folder)
    waiting.enter_main()
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = main
    status = 0
    try:
        _run_command(words, folder, main)
    except BaseException as problem:
        status = report(problem)
    return max(status, _shut_down())


def _run_command(words: list[str], folder: str, main: types.ModuleType) -> None:
    try:
        command = _Command(words)
    except _UsageError as problem:
        print(
            f"{problem}\nusage: python [option] ... [-c cmd | -m mod | file | -] [arg] ...",
            file=sys.stderr,
        )
        raise SystemExit(2) from None
    for action in command.filters:
        warnings.simplefilter(action.split(":")[0])  # type: ignore[arg-type]
    if command.unbuffered:
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(write_through=True)  # type: ignore[union-attr]
    if command.faulthandler:
        places.watch()
    if command.version:
        print("Python", sys.version.split()[0])
    elif command.module is not None:
        sys.argv = ["-m", *command.words]
        sys.path[0] = folder
        shadowing.search_first(folder)
        runpy._run_module_as_main(command.module)  # type: ignore[attr-defined]
    elif command.text is not None:
        sys.argv = ["-c", *command.words]
        shadowing.search_first(folder)
        _execute(command.text.encode(), "<string>", main)
    elif command.words:
        _run_file(command.words, folder, main)


def _run_file(words: list[str], folder: str, main: types.ModuleType) -> None:
    path = os.path.join(folder, words[0])
    if path == words[0]:
        # Who names the whole path is told of it in tracebacks, too.
        tracebacks.show_whole_paths()
    sys.argv = words
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as problem:
        print(
            f"python: can't open file '{path}': [Errno {problem.errno}] {problem.strerror}",
            file=sys.stderr,
        )
        raise SystemExit(2) from None
    sys.path[0] = os.path.dirname(path)
    shadowing.search_first(sys.path[0])
    main.__file__ = path
    _execute(source, path, main)


def _execute(source: bytes, filename: str, main: types.ModuleType) -> None:
    if filename.startswith("<"):
        text = source.decode()
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
    code: Any = compile(source, filename, "exec", dont_inherit=True)
    exec(code, main.__dict__)


def report(problem: BaseException) -> int:
    """Tell what ended the program, as the interpreter does; the exit status."""
    if isinstance(problem, SystemExit):
        return _exit_status(problem.code)
    tracebacks.name_source(problem)
    sys.excepthook(type(problem), problem, problem.__traceback__)
    return 128 + signal.SIGINT if isinstance(problem, KeyboardInterrupt) else 1


def _exit_status(code: Any) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _shut_down() -> int:
    """Wait for threads, and do what was registered for the end; a status if that was cut short."""
    status = 0
    try:
        threading._shutdown()  # type: ignore[attr-defined]
    except BaseException as problem:
        print(f"Exception ignored on threading shutdown {threading!r}:", file=sys.stderr)
        report(problem)
    try:
        atexit._run_exitfuncs()
    except BaseException as problem:
        report(problem)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            status = 120
    return status


def install() -> None:
    """Replace what programs send signals with, and what tells them of signals."""

    def kill(pid: int, number: int, /) -> None:
        if pid not in (os.getpid(), 0):
            raise errors.error("ESRCH")
        waiting.deliver(number)

    def set_wakeup_fd(fd: int, /, *, warn_on_full_buffer: bool = True) -> int:
        before, waiting.state.wakeup_descriptor = waiting.state.wakeup_descriptor, fd
        return before

    def exit_now(status: int) -> None:
        waiting.state.host.exit(status & 0xFF)
        waiting.wait(waiting.paused(None))

    os.kill = kill
    os._exit = exit_now  # type: ignore[assignment]
    signal.set_wakeup_fd = set_wakeup_fd
    signal.signal(signal.SIGINT, signal.default_int_handler)
