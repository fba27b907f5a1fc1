"""The exercises of the page on lists."""

from exercise_checks.attempt import Attempt, NotAsExpected
from exercise_checks.exercises import exercise, program_exercise


@exercise
def check_queue(attempt: Attempt) -> None:
    requeue = attempt.function("requeue", "requeue(queue)")
    hints = {
        repr(["Bob", "Cleo", "Ann"]): "this is a new list; change the one that was given",
        repr("Ann"): "end with the append, without return",
    }
    requeue.expect(["Ann", "Bob", "Cleo"], leaves=["Bob", "Cleo", "Ann"], hints=hints)
    requeue.expect([1, 2, 1, 3], leaves=[2, 1, 3, 1])
    requeue.expect(["Ann"], leaves=["Ann"])


@exercise
def check_board(attempt: Attempt) -> None:
    new_board = attempt.function("new_board", "new_board()")
    blank = [[" ", " ", " "], [" ", " ", " "], [" ", " ", " "]]
    new_board.expect(returns=blank)
    board = new_board()
    board[1][1] = "X"
    expected = [[" ", " ", " "], [" ", "X", " "], [" ", " ", " "]]
    if board != expected:
        raise NotAsExpected(
            f"after board = new_board() and board[1][1] = 'X', board is {board!r};"
            f" expected {expected!r} (the rows are one list; make a new one for each)"
        )
    if (another := new_board()) != blank:
        raise NotAsExpected(
            f"the second new_board() returned {another!r}, changed through the first;"
            " make the rows inside the function"
        )


@program_exercise
def check_best(attempt: Attempt) -> None:
    _expect_best(attempt, ["12", "7", "31", "18"], [31, 18, 12])
    _expect_best(attempt, ["5", "40", "30", "40", "5"], [40, 40, 30])
    _expect_best(attempt, ["7", "9"], [9, 7])
    _expect_best(attempt, [], [])


def _expect_best(attempt: Attempt, typed: list[str], best: list[int]) -> None:
    printed = attempt.run(typed).rstrip()
    # Prompts are the reader's own; after the last one there need be no new line.
    if printed.endswith(repr(best)):
        return
    message = f"when {typed} is typed, the output ends with {printed[-60:]!r}; expected {best!r}"
    if repr(sorted(typed, reverse=True)[:3]) in printed:
        message += " (these are texts, and in order as texts; int makes a number of each)"
    elif repr(sorted(best)) in printed:
        message += " (the best comes first: reverse=True)"
    raise NotAsExpected(message)
