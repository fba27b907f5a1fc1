"""Checks of the exercises on the page `sockets/concurrency`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import program_exercise
from exercise_checks.sending import expect_whole_sending
from exercise_checks.two_places import expect_two_places

PORT = 9999


@program_exercise
def check_limit(attempt: Attempt) -> None:
    expect_two_places(attempt, PORT)
    expect_whole_sending(attempt)
