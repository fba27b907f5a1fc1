"""Checks of the exercises on the page `python/interpreter`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import program_exercise

NOT_PRINTED = "in a file a value is not shown by itself; print it"


@program_exercise
def check_countdown(attempt: Attempt) -> None:
    attempt.expect_output(
        "3 - 2 - 1 - go!",
        hints={
            "": NOT_PRINTED,
            "0 go!": "3 - 2 - 1 is a sum; give print the three numbers with commas between them",
            "3 2 1 go!": "sep says what stands between the arguments",
            "3": "each call of print ends its line; call it once, with four arguments",
        },
    )


@program_exercise
def check_card(attempt: Attempt) -> None:
    attempt.expect_output(
        "Ada Lovelace\nAnalyst, London\nYears of practice: 7\nPlease ring twice",
        hints={
            "": NOT_PRINTED,
            "Analyst London": "keep sep, which says what stands between the arguments",
            "Years of practice:, 3 + 4": "only the words belong between the quotes",
        },
    )


@program_exercise
def check_quotes(attempt: Attempt) -> None:
    attempt.expect_output(
        "3 + 7\n'3 + 7'\nprint(3 + 7)",
        hints={
            "": NOT_PRINTED,
            "10": "what stands without quotes is worked out",
            "3 + 7": "the quotes around a string are not printed; put double ones around these",
            '"3 + 7"': "single quotes are asked for; put double ones around them",
        },
    )
