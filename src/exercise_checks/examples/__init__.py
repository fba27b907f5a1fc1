"""Checks of the exercises on the pages of the examples."""
