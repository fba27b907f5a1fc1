"""Programs that wait for what can no longer come, and those that only seem to."""

import platform
import subprocess
import sys

import pytest
from written_pages import failures, needs_linux

from tested_pages.endless_waiting import CALLS_WITHOUT_END

pytestmark = [
    needs_linux,
    pytest.mark.skipif(
        platform.machine() not in CALLS_WITHOUT_END,
        reason=f"the system calls of {platform.machine()} are not known",
    ),
]

# So long that a test which needs the deadline is ended by its own.
NEVER = 100_000.0
# Asks until the only child rests, and once more.
ASK = """\
import os, signal, subprocess, sys, time
from tested_pages.endless_waiting import endless_waits
command = [sys.executable, "-c", sys.argv[1]]
with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as child:
    def progress():
        with open(f"/proc/{child.pid}/status") as status:
            lines = [line for line in status if line.startswith(("State", "volun", "nonvol"))]
        return lines if "(sleeping)" in lines[0] else None
    before = None
    while (now := progress()) is None or now != before:
        before = now
        time.sleep(0.5)
    waits = endless_waits(os.getpid())
    print(len(waits or []), waits == endless_waits(os.getpid()))
    os.killpg(child.pid, signal.SIGKILL)
"""


def threads_that_wait(code):
    """How many threads of a program wait endlessly, as a process sees it whose only child it is."""
    ended = subprocess.run(
        [sys.executable, "-c", ASK, code], capture_output=True, text=True, check=True
    )
    count, is_equal = ended.stdout.split()
    assert is_equal == "True"
    return int(count)


@pytest.mark.parametrize(
    "code",
    [
        "input()",
        "import signal; signal.pause()",
        "import threading; threading.Event().wait()",
        "import select; select.select([0], [], [])",
        "import selectors as s; q = s.SelectSelector(); q.register(0, s.EVENT_READ); q.select()",
        "import selectors as s; q = s.PollSelector(); q.register(0, s.EVENT_READ); q.select()",
        "import selectors as s; q = s.EpollSelector(); q.register(0, s.EVENT_READ); q.select()",
        "import socket; a, b = socket.socketpair(); a.recv(1)",
        "import socket; a, b = socket.socketpair(); a.sendall(bytes(10_000_000))",
        "import socket; socket.create_server(('127.0.0.1', 0)).accept()",
    ],
)
def test_a_wait_without_a_limit_is_endless(code):
    assert threads_that_wait(code) == 1


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(1000)",
        "import threading; threading.Event().wait(1000)",
        "import select; select.select([0], [], [], 1000)",
        "import selectors as s; q = s.EpollSelector(); q.register(0, s.EVENT_READ); q.select(1000)",
        "import socket; a, b = socket.socketpair(); a.settimeout(1000); a.recv(1)",
        "import threading, time; threading.Thread(target=time.sleep, args=[1000]).start(); input()",
        "import subprocess; subprocess.run(['sleep', '1000'])",
    ],
)
def test_a_wait_with_a_limit_is_not(code):
    assert threads_that_wait(code) == 0


def test_every_thread_counts():
    code = "import threading; threading.Thread(target=threading.Event().wait).start(); input()"
    assert threads_that_wait(code) == 2


SERVER = """\
    import socket

    with socket.create_server(("127.0.0.1", 11111)) as listening:
        print("Listening")
        connection, _ = listening.accept()
        while data := connection.recv(1024):
            {answer}
    """
CLIENT = """\
    import socket

    with socket.create_connection(("127.0.0.1", 11111)) as connection:
        connection.sendall(b"hello")
        print(connection.recv(1024).decode())
    """
CONVERSATION = """\
    ```{terminal} server
    $ python server.py
    Listening
    ```

    ```{terminal} client
    $ python client.py
    HELLO
    ```
    """


def test_programs_that_wait_for_each_other_are_not_waited_for(pages):
    server = SERVER.format(answer="pass")
    listings = {"server.py": server, "client.py": CLIENT}
    failure, *_ = failures(pages.run(CONVERSATION, listings, deadline=NEVER))
    assert failure.line == 8
    assert "and never will: it waits, as does every other program of the page" in failure.message


def test_a_program_that_takes_its_time_is_waited_for(pages):
    server = SERVER.format(answer="time.sleep(5); connection.sendall(data.upper())")
    server = server.replace("import socket\n", "import socket, time\n", 1)
    pages.passes(CONVERSATION, {"server.py": server, "client.py": CLIENT}, count=2)


def test_a_program_that_nobody_ends_is_not_waited_for(pages):
    text = "```{terminal} one\n$ python -c 'input(\"> \")'\n> x\n$ cat\n```\n\nText.\n"
    [failure] = failures(pages.run(text, deadline=NEVER))
    assert failure.line == 4
    assert "the program does not end; end it on the page" in failure.message
