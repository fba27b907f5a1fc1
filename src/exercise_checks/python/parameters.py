"""The exercises of the page on parameters."""

from exercise_checks.attempt import Attempt, AttemptedFunction, NotAsExpected
from exercise_checks.error_hints import error_hints
from exercise_checks.exercises import exercise


@exercise
def check_remember(attempt: Attempt) -> None:
    remember = attempt.function("remember", "remember(entry, log=None)")
    hints = {repr(None): "append returns None; return the list"}
    remember.expect("connected", returns=["connected"], hints=hints)
    hints = {
        repr(["connected", "stopped"]): "the list of the call before; a default is made only once"
    }
    remember.expect("stopped", returns=["stopped"], hints=hints)
    _expect_the_given_list(remember, ["connected"])
    _expect_the_given_list(remember, [])


def _expect_the_given_list(remember: AttemptedFunction, log: list[str]) -> None:
    situation = f"with log = {log!r}, remember('stopped', log)"
    expected = [*log, "stopped"]
    was_empty = not log
    returned = remember("stopped", log)
    if log != expected:
        hint = " (an empty list is false, too; ask with is None)" if was_empty else ""
        raise NotAsExpected(f"{situation} leaves {log!r} in log; expected {expected!r}{hint}")
    if returned is not log:
        raise NotAsExpected(
            f"{situation} returned {returned!r}; expected log itself (not a copy of it)"
        )


@exercise
def check_tag(attempt: Attempt) -> None:
    tag = attempt.function("tag", "tag(name, text)")
    tag.expect(
        "p", "hello", returns="<p>hello</p>", hints={repr("<p>hello<p>"): "mind the second /"}
    )
    with error_hints({"unexpected keyword argument": "** collects the keyword arguments"}):
        hints = {
            repr(
                '<a href="/" rel="me">Home</a href="/" rel="me">'
            ): "attributes go into the first tag",
            repr("<a href=/ rel=me>Home</a>"): "each value stands between double quotes",
            repr("<a href='/' rel='me'>Home</a>"): "each value stands between double quotes",
            repr('<ahref="/"rel="me">Home</a>'): "a space goes before each attribute",
            repr('<a rel="me" href="/">Home</a>'): "keep the attributes in the order of the call",
        }
        returns = '<a href="/" rel="me">Home</a>'
        tag.expect("a", "Home", href="/", rel="me", returns=returns, hints=hints)
    with error_hints({"multiple values": "with a / after text, name and text can be attributes"}):
        returns = '<select name="size"></select>'
        tag.expect("select", "", name="size", returns=returns)
        tag.expect("i", "x", text="1", name="2", returns='<i text="1" name="2">x</i>')


@exercise
def check_calls(attempt: Attempt) -> None:
    hints = {
        "ABCE": "C names a, which stands before the /",
        "ABDE": "D gives c by its position, but c stands after the *",
        "AB": "named arguments may stand in any order, so E works",
        "AE": "b may be named, and need not be; it stands between / and *",
        "BE": "b may be named, and need not be; it stands between / and *",
        "ABEF": "F gives nothing to b, which has no default",
    }
    attempt.expect_value("works", "ABE", {repr(works): hint for works, hint in hints.items()})
