"""Start a listing as its reader does: copied out, as a program, but on a port that is free."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from idle_programs import wait_until_idle

import tutorial_examples

LISTINGS = Path(tutorial_examples.__file__).parent / "sockets"


class Program:
    """A listing that runs.

    Attributes:
        port: Where it listens or sends; of a server, the one that the system chose.
    """

    def __init__(self, path, arguments, port):
        self.port = port
        self._process = subprocess.Popen(
            [sys.executable, "-u", path.name, *arguments],
            cwd=path.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )

    @property
    def process_id(self):
        return self._process.pid

    def type(self, line):
        """Type a line and press Enter."""
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def read_line(self):
        """The next line of output; fails if there is none left."""
        line = self._process.stdout.readline()
        assert line, f"it ended with status {self._process.wait()}"
        return line.rstrip("\n")

    def read_until(self, ending):
        """Output up to `ending`, which need not be a whole line, as a prompt is not."""
        text = ""
        while not text.endswith(ending):
            character = self._process.stdout.read(1)
            assert character, f"it ended; its output was {text!r}"
            text += character
        return text

    def finish(self):
        """Close its input and wait; returns its exit status and the rest of its output."""
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        # A second finish, as the fixture's, finds the output closed.
        output = "" if self._process.stdout.closed else self._process.stdout.read()
        self._process.stdout.close()
        return self._process.wait(), output

    def send_signal(self, number):
        self._process.send_signal(number)

    def press_ctrl_c(self):
        """Interrupt it; returns its exit status and the rest of its output."""
        wait_until_idle(self.process_id)
        self.send_signal(signal.SIGINT)
        return self.finish()

    def kill(self):
        self._process.kill()
        self.finish()


@pytest.fixture
def listener():
    """A listening socket on which a test plays the server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        yield listener


@pytest.fixture
def pair():
    """Two sockets that are connected to each other."""
    left, right = socket.socketpair()
    with left, right:
        left.settimeout(60)
        right.settimeout(60)
        yield left, right


@pytest.fixture
def start(tmp_path):
    """A function that starts a listing: `start("udp/upper_server")`, `start("udp/moved_server",
    "localhost", "0")`. `port` stands in for the one port that the listing's source names; with
    `port=None` it names none, and the test reads the first line itself."""
    programs = []

    def start_program(name, *arguments, port=0):
        source = (LISTINGS / f"{name}.py").read_text(encoding="utf-8")
        source, count = re.subn(r"\b(?:11111|9999|8000)\b", str(port), source)
        assert count == 1 or (count == 0 and (arguments or port is None))
        path = tmp_path / f"{Path(name).name}_{len(programs)}.py"
        path.write_text(source, encoding="utf-8")
        program = Program(path, arguments, port)
        programs.append(program)
        if "server" in Path(name).name and port is not None:
            listening = re.fullmatch(r"Listening on [\d.]+ port (\d+)", program.read_line())
            program.port = int(listening[1])
        return program

    yield start_program
    for program in programs:
        program.kill()
