"""A session: what a reader would type at `>>>`, in one namespace."""

from __future__ import annotations

import ast
import builtins
import os
import sys
import traceback
import types

from . import waiting

FILENAME = "<stdin>"


class Session:
    """One namespace, in which pieces of source are executed one after another."""

    def __init__(self, folder: str) -> None:
        os.chdir(folder)
        sys.path[0] = folder
        sys.argv = [""]
        self._main = types.ModuleType("__main__")
        self._main.__dict__["__builtins__"] = builtins
        sys.modules["__main__"] = self._main

    def execute(self, source: str, mode: str) -> bool:
        """Execute source; whether it failed, after its traceback was printed.

        Args:
            source: Whole statements, without prompts.
            mode: "single" to display the values of expressions as at a prompt, "exec" not to.
        """
        waiting.enter_main()
        try:
            tree = _parsed(source)
            statements = [[node] for node in tree.body] if mode == "single" else [tree.body]
            for body in statements:
                self._execute(body, mode)
        except SystemExit:
            raise
        except BaseException as problem:
            problem.__traceback__ = _below_session(problem.__traceback__)
            traceback.print_exception(problem)
            return True
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
        return False

    def _execute(self, body: list[ast.stmt], mode: str) -> None:
        tree = ast.Interactive(body) if mode == "single" else ast.Module(body, [])
        exec(compile(tree, FILENAME, mode, dont_inherit=True), self._main.__dict__)


def _parsed(source: str) -> ast.Module:
    try:
        return ast.parse(source, FILENAME)
    except SyntaxError as problem:
        # Nothing ran, so there is no traceback.
        raise problem.with_traceback(None) from None


def _below_session(frames: types.TracebackType | None) -> types.TracebackType | None:
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    return frames
