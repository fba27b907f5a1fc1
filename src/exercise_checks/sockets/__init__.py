"""Checks of the exercises of part 2."""
