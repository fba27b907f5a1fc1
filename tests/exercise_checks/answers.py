"""Answers to exercises, made of the tutorial's listings."""

from pathlib import Path

import tutorial_examples

LISTINGS = Path(tutorial_examples.__file__).parent


def listing(name):
    """The source of a listing: `listing("sockets/tcp/upper_server")`."""
    return (LISTINGS / f"{name}.py").read_text(encoding="utf-8")


def replaced(source, *changes):
    """The source with each `(old, new)` replaced; `old` must stand in it."""
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    return source
