"""Lets the examples of a page run in the reader's browser."""
