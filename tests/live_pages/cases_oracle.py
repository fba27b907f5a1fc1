"""Runs the cases with this Python and real sockets, and records what they print.

    python tests/live_pages/cases_oracle.py [NAME...]

A case is `cases/NAME.py`, or `cases/NAME_server.py` and `cases/NAME_client.py`, of which the
server starts first. Comments at the head of a file say what is done to it: `# types: [LINES]` as
JSON, which gives it a terminal, where Ctrl-D follows the lines; and `# presses: ^C` once its client
is done, or, without a client, once it has printed `ready`.
"""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

CASES = Path(__file__).with_name("cases")
RECORDED = CASES / "oracle.json"
PATIENCE_SECONDS = 60
# As often as a program may ask for what comes after the last line.
END_OF_INPUT = b"\x04" * 5


def main(names: list[str]) -> None:
    """Records the named cases, or all."""
    recorded = json.loads(RECORDED.read_text()) if RECORDED.exists() and names else {}
    for name in names or case_names():
        recorded[name] = record(name)
        RECORDED.write_text(json.dumps(dict(sorted(recorded.items())), indent=1) + "\n")
    print(f"{len(names or recorded)} recorded in {RECORDED}")


def case_names() -> list[str]:
    """The names of all cases."""
    stems = (path.stem for path in CASES.glob("*.py"))
    return sorted({stem.removesuffix("_server").removesuffix("_client") for stem in stems})


def record(name: str) -> dict[str, object]:
    """What the programs of a case print, and their exit statuses, by the part that they play."""
    with tempfile.TemporaryDirectory() as folder:
        if (CASES / f"{name}.py").exists():
            return {"program": Program(name, folder).result()}
        server = Program(f"{name}_server", folder)
        server.wait_for_socket()
        client = Program(f"{name}_client", folder)
        answer = client.result()
        return {"server": server.result(), "client": answer}


class Program:
    """One program of a case, started in a folder of its own copy."""

    def __init__(self, stem: str, folder: str) -> None:
        self.path = CASES / f"{stem}.py"
        source = self.path.read_text()
        self.actions = dict(
            line.removeprefix("# ").split(": ", 1)
            for line in source.splitlines()
            if line.startswith(("# types: ", "# presses: "))
        )
        target = Path(folder, self.path.name)
        target.write_text(source)
        self.keyboard, terminal = quiet_terminal() if "types" in self.actions else (None, None)
        self.process = subprocess.Popen(
            [sys.executable, "-u", target.name],
            cwd=folder,
            env={**os.environ, "PYTHON_COLORS": "0"},
            stdin=terminal or subprocess.DEVNULL,
            stdout=terminal or subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if terminal:
            os.close(terminal)

    def wait_for_socket(self) -> None:
        """Waits until the program has a TCP socket that listens, or a bound UDP or Unix socket."""
        while self.process.poll() is None and not self._has_socket():
            os.sched_yield()

    def _has_socket(self) -> bool:
        inodes = set()
        descriptors = Path(f"/proc/{self.process.pid}/fd")
        for descriptor in descriptors.iterdir():
            try:
                target = descriptor.readlink().as_posix()
            except OSError:
                continue
            inodes.add(target.removeprefix("socket:[").removesuffix("]"))
        for table, state in (("tcp", "0A"), ("tcp6", "0A"), ("udp", "07"), ("udp6", "07")):
            for line in Path(f"/proc/{self.process.pid}/net/{table}").read_text().splitlines()[1:]:
                words = line.split()
                if words[3] == state and words[9] in inodes:
                    return True
        lines = Path(f"/proc/{self.process.pid}/net/unix").read_text().splitlines()[1:]
        return any(len(words := line.split()) > 7 and words[6] in inodes for line in lines)

    def result(self) -> dict[str, object]:
        """Does to it what its head says, waits for its end."""
        if self.keyboard:
            lines = json.loads(self.actions["types"])
            os.write(self.keyboard, "".join(f"{line}\n" for line in lines).encode() + END_OF_INPUT)
            printed = b"".join(iter(lambda: read_terminal(self.keyboard), b""))
            return self._told(printed)
        printed = b""
        if "presses" in self.actions:
            assert self.process.stdout is not None
            if not self.path.stem.endswith("_server"):
                while b"ready" not in printed:
                    printed += self.process.stdout.readline()
            self.process.send_signal(signal.SIGINT)
        output, _ = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self._told(printed + output)

    def _told(self, printed: bytes) -> dict[str, object]:
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        return {"printed": printed.decode(), "status": status}


def quiet_terminal() -> tuple[int, int]:
    """Both ends of a terminal that neither shows what is typed nor changes what is printed."""
    keyboard, terminal = pty.openpty()
    settings = termios.tcgetattr(terminal)
    settings[1] &= ~termios.OPOST
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, settings)
    return keyboard, terminal


def read_terminal(keyboard: int | None) -> bytes:
    """What a program has printed there; nothing once all programs have left it."""
    try:
        return os.read(keyboard, 65536) if keyboard else b""
    except OSError:  # EIO, where others have an end of the file
        return b""


if __name__ == "__main__":
    main(sys.argv[1:])
