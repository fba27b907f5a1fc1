"""A reader's file, and what can be expected of it."""

from __future__ import annotations

import ast
import builtins
import contextlib
import copy
import inspect
import io
import sys
import traceback
import types
from typing import TYPE_CHECKING, Any

from exercise_checks.wording import in_parentheses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

UNCHANGED = object()


class NotAsExpected(Exception):
    """The reader's file does something else than the exercise asks for; the message says what."""


class AsksForInput(NotAsExpected):
    """The reader's file asks for input while it is imported, as a program does that is run."""


class NotTried(Exception):
    """The reader's file does not attempt this exercise; the message says what it lacks."""


class Attempt:
    """A reader's file.

    Args:
        path: The file.
        tell: Called with what is about to be done, so that a hang can be named; kept as an
            attribute, for those who do more with the file than this class does.
    """

    def __init__(self, path: Path, tell: Callable[[str], None] = lambda step: None) -> None:
        self.path = path
        self.tell = tell
        self._module: types.ModuleType | None = None

    @property
    def module(self) -> types.ModuleType:
        """The file, imported once.

        Raises:
            NotAsExpected: It cannot be imported.
        """
        if self._module is None:
            self.tell(f"importing {self.path.name}")
            module = types.ModuleType(self.path.stem)
            module.__file__ = str(self.path)
            with _keyboard_and_screen(typed=None):
                self._execute(module.__dict__)
            self._module = module
        return self._module

    def function(self, name: str, signature: str) -> AttemptedFunction:
        """A function that the file must define.

        Args:
            name: Its name.
            signature: How the exercise asks for it, such as `rotate(items, steps)`.

        Raises:
            NotTried: There is no such function.
            NotAsExpected: The file cannot be imported, or the name is something else.
        """
        found = vars(self.module).get(name)
        if found is None:
            raise NotTried(f"{self.path.name} defines no {name}; the exercise asks for {signature}")
        if not callable(found):
            raise NotAsExpected(
                f"{name} is {_article(type(found).__name__)}, not a function;"
                f" write def {signature}:"
            )
        return AttemptedFunction(self, name, found, self.tell)

    def expect_value(
        self,
        name: str,
        expected: Any,
        hints: dict[str, str] | None = None,
        given: dict[str, Any] | None = None,
    ) -> None:
        """Expects the file to give a name this value.

        Args:
            name: The name.
            expected: Its value.
            hints: For values that are wrong in a typical way, what to think about: maps the
                `repr` of a value to a sentence.
            given: What to put in place of the first values that the file assigns to these names:
                tells a file that works its answer out from one that only states it. Numbers,
                strings and other constants.

        Raises:
            NotTried: The file gives the name no value.
            NotAsExpected: It gives another value, cannot be imported, or does not assign to a
                given name.
        """
        names = self._names_when(given) if given else vars(self.module)
        if name not in names:
            raise NotTried(f"{self.path.name} gives no value to {name}")
        found = names[name]
        if type(found) is not type(expected) or found != expected:
            raise NotAsExpected(
                f"{_given_text(given)}{name} is {found!r}; expected {expected!r}"
                + in_parentheses((hints or {}).get(repr(found), ""))
            )

    def run(self, typed: list[str] | None = None) -> str:
        """Runs the file as a program and returns what it prints.

        Args:
            typed: The lines that are typed when it asks with `input()`; after them comes the end
                of input. What is typed does not show in what is returned.

        Raises:
            NotAsExpected: It ends with an exception.
        """
        lines = typed or []
        self.tell(f"running {self.path.name}" + (f", typing {lines}" if lines else ""))
        with _keyboard_and_screen(lines) as screen:
            try:
                self._execute({"__name__": "__main__", "__file__": str(self.path)})
            except NotAsExpected as failure:
                typing = f" when {lines} is typed" if lines else ""
                raise NotAsExpected(f"{failure}{typing}") from failure
        return screen.getvalue()

    def expect_output(
        self,
        expected: str,
        typed: list[str] | None = None,
        hints: dict[str, str] | None = None,
    ) -> None:
        """Expects the file, run as a program, to print exactly this.

        Args:
            expected: All that it prints, prompts included.
            typed: As for `run`.
            hints: For lines that are wrong in a typical way, what to think about: maps the first
                line that differs to a sentence; an empty one is the one for no line at all.

        Raises:
            NotAsExpected: It prints something else; the message names the first line that differs.
        """
        printed = self.run(typed)
        if printed.rstrip("\n") == expected.rstrip("\n"):
            return
        printed_lines, expected_lines = printed.splitlines(), expected.splitlines()
        position = 0
        while printed_lines[position : position + 1] == expected_lines[position : position + 1]:
            position += 1
        typing = f" when {typed} is typed" if typed else ""
        raise NotAsExpected(
            f"line {position + 1} of the output{typing}: expected"
            f" {_line_or_nothing(expected_lines, position)},"
            f" but it is {_line_or_nothing(printed_lines, position)}"
            + in_parentheses((hints or {}).get("".join(printed_lines[position : position + 1]), ""))
        )

    def where(self, error: BaseException) -> str:
        """The line of the reader's file where an exception came from, as ` at my.py:3`, or ""."""
        if isinstance(error, SyntaxError) and error.filename == str(self.path):
            return f" at {self.path.name}:{error.lineno}"
        lines = [
            number
            for frame, number in traceback.walk_tb(error.__traceback__)
            if frame.f_code.co_filename == str(self.path)
        ]
        return f" at {self.path.name}:{lines[-1]}" if lines else ""

    def _names_when(self, given: dict[str, Any]) -> dict[str, Any]:
        """The names that the file assigns if the given ones begin with other values."""
        self.tell(f"running {self.path.name}, {_given_text(given)}")
        names = {"__name__": self.path.stem, "__file__": str(self.path)}
        with _keyboard_and_screen(typed=None):
            try:
                self._execute(names, given)
            except NotAsExpected as failure:
                raise NotAsExpected(f"{_given_text(given)}{failure}") from failure
        return names

    def _execute(self, namespace: dict[str, Any], given: dict[str, Any] | None = None) -> None:
        folder = str(self.path.parent)
        sys.path.insert(0, folder)
        try:
            tree = ast.parse(self.path.read_bytes(), str(self.path))
            for name, value in (given or {}).items():
                assignment = _first_assignment(tree, name)
                assignment.value = ast.copy_location(ast.Constant(value), assignment.value)
            exec(compile(tree, str(self.path), "exec", dont_inherit=True), namespace)  # noqa: S102
        except SystemExit:
            pass
        except NotAsExpected:
            raise
        except Exception as error:
            raise NotAsExpected(_describe_error(self, self.path.name, error)) from error
        finally:
            sys.path.remove(folder)


class AttemptedFunction:
    """A function of the reader's."""

    def __init__(
        self, attempt: Attempt, name: str, function: Any, tell: Callable[[str], None]
    ) -> None:
        self._attempt = attempt
        self._name = name
        self._function = function
        self._tell = tell

    def expect(
        self,
        *arguments: Any,
        returns: Any = None,
        leaves: Any = UNCHANGED,
        prints: str = "",
        hints: dict[Any, str] | None = None,
        **named: Any,
    ) -> None:
        """Calls the function and expects what it returns, changes and prints.

        Args:
            arguments: What it is called with; copies of them, made for this call.
            returns: What it must return.
            leaves: What its first argument must be afterwards; without this, as it was.
            prints: What it must print.
            hints: For answers that are wrong in a typical way, what to think about: maps the
                `repr` of a returned value to a sentence.
            named: Named arguments.

        Raises:
            NotAsExpected: It does something else.
        """
        given = copy.deepcopy(arguments)
        call = _call_text(self._name, arguments, named)
        self._tell(f"calling {call}")
        with _keyboard_and_screen(typed=None) as screen:
            try:
                returned = self._function(*given, **copy.deepcopy(named))
            except NotAsExpected:
                raise
            except Exception as error:
                raise NotAsExpected(_describe_error(self._attempt, call, error)) from error
        printed = screen.getvalue()
        if type(returned) is not type(returns) or returned != returns:
            raise NotAsExpected(
                f"{call} returned {returned!r}; expected {returns!r}"
                + _hint(returned, returns, printed, hints or {})
            )
        if printed.rstrip("\n") != prints.rstrip("\n"):
            raise NotAsExpected(f"{call} printed {printed!r}; expected {prints!r}")
        if arguments:
            wanted = arguments[0] if leaves is UNCHANGED else leaves
            if given[0] != wanted:
                changed = "must not change" if leaves is UNCHANGED else "must change"
                raise NotAsExpected(
                    f"{call} {changed} its first argument: it was {arguments[0]!r} before,"
                    f" it is {given[0]!r} after; expected {wanted!r}"
                )

    def expect_error(self, error: type[Exception], *arguments: Any, **named: Any) -> None:
        """Calls the function and expects it to raise this kind of exception.

        Raises:
            NotAsExpected: It returns, or raises another one.
        """
        call = _call_text(self._name, arguments, named)
        self._tell(f"calling {call}")
        with _keyboard_and_screen(typed=None):
            try:
                returned = self._function(*copy.deepcopy(arguments), **copy.deepcopy(named))
            except error:
                return
            except Exception as other:
                raise NotAsExpected(
                    f"{_describe_error(self._attempt, call, other)}; expected {error.__name__}"
                ) from other
        raise NotAsExpected(f"{call} returned {returned!r}; expected it to raise {error.__name__}")

    def returned_function(
        self, *arguments: Any, called: str = "", **named: Any
    ) -> AttemptedFunction:
        """Calls the function and expects it to return a function, of which more can be expected.

        Args:
            arguments: What it is called with.
            called: What messages call the returned function; without this, the call itself.
            named: Named arguments.

        Raises:
            NotAsExpected: It returns something else, or raises an exception.
        """
        call = _call_text(self._name, arguments, named)
        returned = self(*arguments, **named)
        if returned is None:
            raise NotAsExpected(
                f"{call} returned None; expected a function"
                " (a function that ends without return gives None)"
            )
        if not callable(returned):
            raise NotAsExpected(
                f"{call} returned {returned!r}; expected a function"
                " (return a function itself, with no parentheses behind it)"
            )
        return AttemptedFunction(self._attempt, called or call, returned, self._tell)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Calls the function as it is; for expectations that `expect` cannot say."""
        call = _call_text(self._name, arguments, named)
        self._tell(f"calling {call}")
        with _keyboard_and_screen(typed=None):
            try:
                return self._function(*arguments, **named)
            except Exception as error:
                raise NotAsExpected(_describe_error(self._attempt, call, error)) from error


@contextlib.contextmanager
def _keyboard_and_screen(typed: list[str] | None) -> Iterator[io.StringIO]:
    """Collects what is printed; `input()` gets the typed lines, or is refused if there are none."""
    screen = io.StringIO()
    keyboard = io.StringIO("".join(f"{line}\n" for line in typed or []))
    before = sys.stdin, builtins.input
    sys.stdin = keyboard
    if typed is None:
        builtins.input = _refuse_input
    try:
        with contextlib.redirect_stdout(screen):
            yield screen
    finally:
        sys.stdin, builtins.input = before


def _refuse_input(prompt: object = "") -> str:
    raise AsksForInput(
        "the file asks for input as soon as it is imported;"
        " put that part below if __name__ == '__main__':"
    )


def _describe_error(attempt: Attempt, what: str, error: Exception) -> str:
    message = f": {error}" if str(error) else ""
    if isinstance(error, SyntaxError):
        message = f": {error.msg}"
    return f"{what} raised {type(error).__name__}{message}{attempt.where(error)}"


def _first_assignment(tree: ast.Module, name: str) -> ast.Assign:
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)]) if target == name:
                return statement
    raise NotAsExpected(f"no line {name} = ...; begin with the lines that the exercise shows")


def _given_text(given: dict[str, Any] | None) -> str:
    if not given:
        return ""
    values = " and ".join(f"{name} = {value!r}" for name, value in given.items())
    return f"with {values} at the beginning, "


def _hint(returned: Any, expected: Any, printed: str, hints: dict[Any, str]) -> str:
    hint = hints.get(repr(returned), "")
    if not hint and returned is None and expected is not None:
        if printed.strip() == str(expected) or printed.strip() == repr(expected):
            hint = "it printed the answer; return it instead"
        else:
            hint = "a function that ends without return gives None"
    return in_parentheses(hint)


def _call_text(name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> str:
    parts = [_argument_text(argument) for argument in arguments]
    parts += [f"{key}={_argument_text(value)}" for key, value in named.items()]
    return f"{name}({', '.join(parts)})"


def _argument_text(argument: Any) -> str:
    # The repr of a function is an address; a reader knows it by its name.
    return argument.__qualname__ if inspect.isroutine(argument) else repr(argument)


def _line_or_nothing(lines: list[str], position: int) -> str:
    return repr(lines[position]) if position < len(lines) else "nothing"


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"
