"""Checks of the exercises on the page `python/modules`."""

import types

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise


@exercise
def check_guard(attempt: Attempt) -> None:
    fahrenheit = attempt.function("fahrenheit", "fahrenheit(celsius)")
    fahrenheit.expect(100, returns=212.0, hints={"212": "use /, which gives 212.0; // cuts off"})
    fahrenheit.expect(-40.0, returns=-40.0)
    fahrenheit.expect(36.6, returns=36.6 * 9 / 5 + 32)
    for typed, expected in (("20", "68.0"), ("12.5", "54.5")):
        printed = attempt.run([typed]).split()
        # A prompt is the reader's own, and nothing typed begins a new line after it.
        if not printed or not printed[-1].endswith(expected):
            raise NotAsExpected(
                f"run as a program, with {typed} typed, the output ends with"
                f" {' '.join(printed)[-40:]!r}; expected {expected!r}"
                " (below if __name__ == '__main__': ask, call the function, and print)"
            )


@exercise
def check_public(attempt: Attempt) -> None:
    public_names = attempt.function("public_names", "public_names(module)")
    module = types.ModuleType("toys")
    for name in ("robot", "_hidden", "ball", "top_", "an_owl", "__secret"):
        setattr(module, name, name)
    expected = ["an_owl", "ball", "robot", "top_"]
    returned = public_names(module)
    if returned != expected:
        raise NotAsExpected(
            f"for a module with the names {expected}, _hidden and __secret,"
            f" public_names returned {returned!r}; expected {expected!r}" + _hint(returned)
        )


def _hint(returned: object) -> str:
    match returned:
        case None:
            return " (it returned nothing: is there a return?)"
        case [*names] if "_hidden" in names and "__secret" not in names:
            return " (one underscore at the beginning is enough to leave a name out)"
        case [*names] if "__secret" in names:
            return " (leave out the names that begin with an underscore)"
        case [*names] if "an_owl" not in names:
            return " (an underscore within a name does no harm: ask startswith)"
        case [*names] if sorted(map(str, names)) != names:
            return " (sort the list)"
    return ""
