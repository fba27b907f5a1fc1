"""Finds calls of `send` that lose what did not fit, which no test on one machine shows reliably."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from exercise_checks.attempt import NotAsExpected

if TYPE_CHECKING:
    from exercise_checks.attempt import Attempt


def expect_whole_sending(attempt: Attempt) -> None:
    """Expects a program over TCP not to throw away what `send` returns.

    Raises:
        NotAsExpected: It does.
    """
    tree = ast.parse(attempt.path.read_bytes(), str(attempt.path))
    for statement in ast.walk(tree):
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Attribute(attr="send"), args=[_])):
                raise NotAsExpected(
                    f"{attempt.path.name}:{statement.lineno} calls send and ignores what it"
                    " returns; send may take only a part, so call sendall"
                )
