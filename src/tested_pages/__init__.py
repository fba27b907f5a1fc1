"""Runs the examples of the tutorial's pages and shows what happened."""
