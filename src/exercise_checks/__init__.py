"""Checks of the pages' exercises: what a reader's file was expected to do, and what it did.

Each page has a module of its own here, `exercise_checks.python.lists` for `python/lists`, which
holds one function an exercise, marked `@exercise`. Only the standard library is used, so that the
checks run wherever the reader's Python does.
"""
