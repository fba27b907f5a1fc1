"""Checks for the exercises of the page on classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from exercise_checks.attempt import NotAsExpected
from exercise_checks.exercises import exercise

if TYPE_CHECKING:
    from collections.abc import Callable

    from exercise_checks.attempt import Attempt


@exercise
def check_account(attempt: Attempt) -> None:
    make = attempt.function("Account", "Account(owner)")
    account = make("Ann")
    _expect(account, "Account('Ann')", "owner", "Ann")
    _expect(account, "a new account", "balance", 0)
    _call(account, "Account('Ann')", "deposit", 30)
    _call(account, "the account", "deposit", 12)
    _expect(account, "after deposit(30) and deposit(12), the account", "balance", 42)
    _expect(make("Bob"), "a second account, made after the first got money,", "balance", 0)
    _call(account, "the account", "withdraw", 2)
    _expect(account, "with 42 in it, after withdraw(2), the account", "balance", 40)
    try:
        account.withdraw(41)
    except ValueError:
        pass
    except Exception as error:
        raise NotAsExpected(
            f"withdraw(41) from 40 raised {type(error).__name__}: {error}; expected a ValueError"
        ) from error
    else:
        raise NotAsExpected("withdraw(41) from 40 raised nothing; expected a ValueError")
    _expect(account, "after a withdraw(41) that failed, the account", "balance", 40)
    _call(account, "the account", "withdraw", 40)
    _expect(account, "with 40 in it, after withdraw(40), the account", "balance", 0)
    try:
        shown = repr(account)
    except Exception as error:
        raise NotAsExpected(f"repr raised {type(error).__name__}: {error}") from error
    if shown != "Account('Ann')":
        hint = ""
        if shown.startswith("<"):
            hint = " (write a method __repr__ that returns the text)"
        elif shown == "Account(Ann)":
            hint = " (the quotes are missing; !r writes them)"
        raise NotAsExpected(f"the account shows itself as {shown}; expected Account('Ann'){hint}")


@exercise
def check_links(attempt: Attempt) -> None:
    make = attempt.function("LinkParser", "LinkParser()")
    pages = {
        '<a href="news.html">news</a> <a href="/">home</a>': ["news.html", "/"],
        '<a class="x" href="y">': ["y"],
        '<link href="style.css"><a href="z">': ["z"],
        '<a name="top"><a>': [],
        "no tags": [],
    }
    for page, expected in pages.items():
        parser = make()
        if not hasattr(parser, "feed"):
            raise NotAsExpected(
                "the parser has no method feed; inherit it: class LinkParser(HTMLParser):"
            )
        _call(parser, "the parser", "feed", page)
        _expect(parser, f"after feed({page!r}), the parser", "links", expected)


def _call(instance: Any, whose: str, method: str, argument: object) -> None:
    """Calls a method and expects it to return nothing."""
    call = f"{method}({argument!r})"
    function: Callable[[object], object] | None = getattr(instance, method, None)
    if function is None:
        raise NotAsExpected(f"{whose} has no method {method}")
    try:
        returned = function(argument)
    except Exception as error:
        hint = ""
        if isinstance(error, TypeError) and "positional argument" in str(error):
            hint = f" (the parameters of {method} begin with self)"
        elif isinstance(error, AttributeError) and "rawdata" in str(error):
            hint = " (an __init__ of yours has to call super().__init__())"
        elif isinstance(error, AttributeError):
            hint = " (attributes are made in __init__, with self. in front)"
        elif isinstance(error, NameError):
            hint = " (attributes are written with self. in front)"
        raise NotAsExpected(f"{call} raised {type(error).__name__}: {error}{hint}") from error
    if returned is not None:
        raise NotAsExpected(f"{call} returned {returned!r}; expected None")


def _expect(instance: object, whose: str, attribute: str, expected: object) -> None:
    """Expects an attribute to have a value."""
    if not hasattr(instance, attribute):
        raise NotAsExpected(f"{whose} has no {attribute} (give it one in __init__, with self.)")
    found = getattr(instance, attribute)
    if type(found) is not type(expected) or found != expected:
        hint = ""
        if isinstance(expected, list) and isinstance(found, list) and len(found) > len(expected):
            hint = " (does every parser have its own list? does every tag count?)"
        raise NotAsExpected(f"{whose} has {attribute} {found!r}; expected {expected!r}{hint}")
