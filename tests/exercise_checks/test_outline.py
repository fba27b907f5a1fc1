"""What answers begin with."""

import ast

import pytest

from exercise_checks.exercises import exercises_of, pages_with_exercises
from exercise_checks.outline import outline

EXERCISES = [(page, found) for page in pages_with_exercises() for found in exercises_of(page)]


def outline_of(page, name):
    (found,) = [found for found in exercises_of(page) if found.name == name]
    return outline(found)


@pytest.mark.parametrize(
    ("page", "name", "text"),
    [
        ("python/lists", "queue", "def requeue(queue):\n    ...\n"),
        ("python/lists", "best", "# Write your program here.\n"),
        ("python/classes", "account", "class Account:\n    ...\n"),
        ("python/truth", "predict", "# Write your answer here.\n"),
        ("sockets/tcp", "server", "# Write your program here.\n"),
    ],
)
def test_outlines(page, name, text):
    assert outline_of(page, name) == text


@pytest.mark.parametrize(("page", "found"), EXERCISES)
def test_an_outline_can_be_checked(page, found):
    ast.parse(outline(found))
