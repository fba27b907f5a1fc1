"""The exercises of the page on copying."""

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise


@exercise
def check_predict(attempt: Attempt) -> None:
    hints = {
        repr([[1, 9], [8]]): "a[1] = [8] moves an arrow of a; b has arrows of its own",
        repr([[1], [2]]): "b is a shallow copy, so a[0] and b[0] are one list",
        repr([[1], [8]]): "append changes a list that both share; a[1] = [8] changes a alone",
    }
    attempt.expect_value("b", [[1, 9], [2]], hints=hints)
    shared = {
        repr([[1, 9], [2]]): "c is a deep copy and shares no list with a",
        repr([[1, 9], [8]]): "c is a deep copy and shares no list with a",
        repr([[1], [8]]): "c is a deep copy and shares no list with a",
    }
    attempt.expect_value("c", [[1], [2]], hints=shared)


@exercise
def check_rows(attempt: Attempt) -> None:
    copy_rows = attempt.function("copy_rows", "copy_rows(grid)")
    copy_rows.expect([["X", " "], [" ", "O"]], returns=[["X", " "], [" ", "O"]])
    copy_rows.expect([[], [1, 2, 3]], returns=[[], [1, 2, 3]])
    copy_rows.expect([], returns=[])
    grid = [["X", " "], [" ", "O"]]
    new = copy_rows(grid)
    if new is grid:
        raise NotAsExpected("copy_rows(grid) returned grid itself; expected a new list")
    for number, row in enumerate(grid):
        if new[number] is row:
            raise NotAsExpected(
                f"after new = copy_rows(grid), new[{number}] is grid[{number}];"
                " expected a new row (the list is new, but its rows are shared; copy each)"
            )


@exercise
def check_seat(attempt: Attempt) -> None:
    seat = attempt.function("seat", "seat(tables, table, guest)")
    hints = {
        repr({"door": ["Ann"]}): "the guest has no seat in what was returned",
        repr({"door": ["Bob"]}): "Ann has lost her seat",
        repr({"door": None}): "append changes a list and returns None",
    }
    seat.expect({"door": ["Ann"]}, "door", "Bob", returns={"door": ["Ann", "Bob"]}, hints=hints)
    seat.expect({"door": ["Ann"]}, "window", "Bob", returns={"door": ["Ann"], "window": ["Bob"]})
    seat.expect({}, "door", "Ann", returns={"door": ["Ann"]})
