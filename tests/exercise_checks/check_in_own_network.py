"""Starts the process of a check in a network of its own, so that the ports it needs are free.

`python check_in_own_network.py PATIENCE PAGE FILE EXERCISE`. Where the system permits no such
network, checks wait for each other.
"""

import sys
from contextlib import nullcontext

from exercise_checks import checking, program
from tested_pages.loopback_network import enter_own_network, own_network_refusal


def main(patience, *arguments):
    program.PATIENCE_SECONDS = float(patience)
    program.START_SECONDS = max(program.START_SECONDS, program.PATIENCE_SECONDS)
    if own_network_refusal():
        turn = turn_of_this_check()
    else:
        enter_own_network()
        turn = nullcontext()
    with turn:
        checking.main(*arguments)


def turn_of_this_check():
    # Seldom needed, and slow to import.
    import tempfile
    from pathlib import Path

    from filelock import FileLock

    return FileLock(Path(tempfile.gettempdir()) / "exercise-checks-ports.lock")


if __name__ == "__main__":
    main(*sys.argv[1:])
