"""Checks of the exercises on the page `sockets/shutting_down`."""

import sys
import tempfile
from pathlib import Path

from exercise_checks.attempt import Attempt, NotTried
from exercise_checks.exercises import needs, program_exercise
from exercise_checks.program import Program

SLEEPER = """\
import signal, sys, time
signal.signal(signal.SIGTERM, {action})
print("Working", *sys.argv[1:], flush=True)
time.sleep(600)
"""
ENDINGS = (
    ("lambda *_: sys.exit(0)", "0", "ends with status 0"),
    ("lambda *_: sys.exit(3)", "3", "ends with status 3"),
    ("signal.SIG_DFL", "143", "is ended by the signal"),
)


@needs("subprocess")
@program_exercise
def check_supervise(attempt: Attempt) -> None:
    if sys.platform == "win32":
        raise NotTried("there is no SIGTERM on Windows")
    for action, status, what in ENDINGS:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "worker.py").write_text(SLEEPER.format(action=action))
            with Program(attempt, "client", ("worker.py",), Path(folder)) as supervisor:
                supervisor.expect_line("Working", "started with a program that prints Working")
                supervisor.type("")
                when = f"when Enter was pressed and the program {what} after SIGTERM"
                supervisor.expect_line(
                    f"Exit status {status}",
                    when,
                    {
                        "Exit status -15": "a shell counts 128 and the signal's number",
                        "Exit status -9": "SIGTERM comes first: terminate, not kill",
                        "Exit status 137": "SIGTERM comes first: terminate, not kill",
                        "Exit status None": "wait until the program has ended",
                    },
                )
                supervisor.expect_end(when)
