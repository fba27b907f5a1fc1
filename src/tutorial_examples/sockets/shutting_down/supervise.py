"""Start a program, stop it when Enter is pressed, and say how it ended.

Start it with `python supervise.py upper_server.py`.
"""

import subprocess
import sys
from contextlib import suppress

PATIENCE = 10.0


def stop(process: "subprocess.Popen[bytes]") -> int:
    """Ask a process to end, then insist; returns the exit status as a shell does."""
    process.terminate()
    try:
        status = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        status = process.wait()
    return status if status >= 0 else 128 - status


def main() -> None:
    """Run the program named on the command line until Enter is pressed."""
    process = subprocess.Popen([sys.executable, *sys.argv[1:]])
    try:
        input()
    finally:
        print(f"Exit status {stop(process)}")


if __name__ == "__main__":
    with suppress(EOFError, KeyboardInterrupt):
        main()
