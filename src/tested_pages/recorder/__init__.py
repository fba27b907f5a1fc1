"""A folder for `PYTHONPATH`: what it holds makes a Python program record its socket calls.

Nothing here is imported by the rest of `tested_pages`. A program that is started with the variables
of `tested_pages.socket_calls.recording_environment` finds `sitecustomize` here while it starts.
"""
