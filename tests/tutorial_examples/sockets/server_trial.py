"""What a serving listing must bear: hostile peers, many at once, Ctrl-C, and a restart."""

import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from hostile_peers import MISBEHAVIOURS, receive_until_the_end
from idle_programs import wait_until_idle
from serving_listings import ARGUMENTS, FILES, IN_ONE_PIECE, LIMITED, PORT

PROJECT = Path(__file__).parents[3]
AT_ONCE = 200
PATIENCE = 60
CALL_AGAIN_SECONDS = 10
# Of the beginning: pytest changes its own for each test, and trials start servers meanwhile.
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
LISTENING = re.compile(r"Listening on (\S+) port (\d+)")


def source_of(name):
    """The file of `sockets/tcp/upper_server` or `examples/chat/chat_server`."""
    folder = PROJECT if name.startswith("examples/") else PROJECT / "src" / "tutorial_examples"
    return folder / f"{name}.py"


class Server:
    """A copy of a listing, as a program that can be started again.

    Args:
        name: The listing.
        folder: Where to copy its page's folder to.
    """

    def __init__(self, name, folder):
        source = source_of(name)
        self._name = name
        self._folder = folder / source.parent.name
        shutil.copytree(
            source.parent,
            self._folder,
            ignore=shutil.ignore_patterns("__pycache__", "README.md", "test_*"),
        )
        for file, content in FILES.get(name, {}).items():
            (self._folder / file).write_bytes(content)
        self._text = source.read_text(encoding="utf-8")
        self._program = self._folder / source.name
        self.port = 0
        self.is_limited = name in LIMITED

    def start(self):
        """Start it, at the port that it had before if it had one."""
        arguments = ARGUMENTS.get(self._name, ())
        if not arguments:
            text, count = re.subn(r"\b(?:11111|9999|8000)\b", str(self.port), self._text)
            assert count == 1, f"{self._name} names {count} ports"
            self._program.write_text(text, encoding="utf-8")
        arguments = [str(self.port) if argument == PORT else argument for argument in arguments]
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-S", self._program.name, *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
            env=ENVIRONMENT,
        )
        first = self._process.stdout.readline()
        found = LISTENING.match(first)
        if not found:
            rest = self._process.stdout.read()
            self.kill()
            raise AssertionError(f"it did not say where it listens, but: {first}{rest}")
        port = int(found[2])
        assert self.port in (0, port)
        self.port = port
        # What it prints must be read, or it would wait for room in the pipe.
        self._lines = []
        self._reader = threading.Thread(target=self._lines.extend, args=(self._process.stdout,))
        self._reader.start()

    @property
    def output(self):
        return "".join(self._lines)

    def press_ctrl_c(self):
        """Interrupt it; returns its exit status and what it then printed."""
        wait_until_idle(self._process.pid)
        before = len(self._lines)
        os.killpg(self._process.pid, signal.SIGINT)  # as the key does: children get it too
        status = self._process.wait(timeout=2 * PATIENCE)
        self._reader.join()
        return status, "".join(self._lines[before:])

    def kill(self):
        """End it, whatever state it is in."""
        with self._process, suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)


def talk(sock, *pieces):
    """Send a request in these pieces, say that it is all, and receive all."""
    with sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with suppress(OSError):  # what came before it is still of interest
            for piece in pieces:
                sock.sendall(piece)
            sock.shutdown(socket.SHUT_WR)
        return receive_until_the_end(sock)


def talk_all_at_once(port, request, count=AT_ONCE):
    """The answers to as many clients, none of which waits for another.

    Where the backlog is full, the system drops what completes a connection. The server may then
    wait for a client whose next attempt is far away, and behind it the backlog stays full. So
    clients that hear nothing give up and call again, as those of real servers do.
    """
    answers = []
    with selectors.DefaultSelector() as selector:
        for _ in range(count):
            _call(selector, port)
        last = time.monotonic()
        while selector.get_map():
            if ready := selector.select(timeout=CALL_AGAIN_SECONDS):
                last = time.monotonic()
            elif time.monotonic() < last + PATIENCE:
                waiting = list(selector.get_map().values())
                for key in waiting:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()
                    _call(selector, port)
            else:
                raise AssertionError(f"{len(selector.get_map())} of {count} clients waited in vain")
            for key, events in ready:
                if not _go_on(selector, key, events, request):
                    answers.append(bytes(key.data))
    return answers


def _call(selector, port):
    sock = socket.socket()
    sock.setblocking(False)
    sock.connect_ex(("127.0.0.1", port))
    selector.register(sock, selectors.EVENT_WRITE, bytearray())


def _go_on(selector, key, events, request):
    """Do what one client can do now; returns whether it has more to do."""
    sock = key.fileobj
    try:
        if events & selectors.EVENT_WRITE:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            selector.modify(sock, selectors.EVENT_READ, key.data)
            return True
        piece = sock.recv(65536)
    except OSError:
        piece = b""
    key.data.extend(piece)
    if not piece:
        selector.unregister(sock)
        sock.close()
    return bool(piece)


def fits(pattern, answer):
    """Whether an answer is what a good client expects."""
    return re.fullmatch(pattern, answer, re.DOTALL) is not None


def try_tcp(name, request, pattern, folder):
    """Everything that a TCP server must bear, in one start and a second one."""
    server = Server(name, folder)
    server.start()
    try:
        _expect_answer(server, request, pattern, "at first")
        for misbehave in MISBEHAVIOURS:
            misbehave(server.connect())
            _expect_answer(server, request, pattern, misbehave.__name__)
        answer = talk(server.connect(), *(bytes([byte]) for byte in request))
        assert fits(pattern, answer) or name in IN_ONE_PIECE, f"single bytes: {answer!r}"
        answers = talk_all_at_once(server.port, request)
        wrong = [answer for answer in answers if not fits(pattern, answer)]
        assert not wrong or (server.is_limited and not any(wrong)), f"at once: {wrong[:3]}"
        _expect_answer(server, request, pattern, f"{AT_ONCE} at once")
        with server.connect() as amid:
            amid.sendall(request[:2])
            _expect_end(server)
            # The server's end closes first, and the system remembers its port.
            receive_until_the_end(amid)
        server.start()
        _expect_answer(server, request, pattern, "a restart")
        _expect_end(server)
    finally:
        server.kill()


def try_udp(name, request, pattern, folder):
    """Everything that a UDP server must bear."""
    server = Server(name, folder)
    server.start()
    try:
        _expect_datagram(server, request, pattern, "at first")
        for datagram in (b"", b"x" * 65507, b"\xff\xfe\x00", request[:2]):
            _send_and_go(server, datagram)
            _expect_datagram(server, request, pattern, f"a datagram of {len(datagram)} bytes")
        for _ in range(AT_ONCE // 10):
            for _ in range(10):
                _send_and_go(server, request)
            _expect_datagram(server, request, pattern, "clients that have gone")
        _expect_end(server)
        server.start()
        _expect_datagram(server, request, pattern, "a restart")
        _expect_end(server)
    finally:
        server.kill()


def _expect_answer(server, request, pattern, after):
    deadline = time.monotonic() + PATIENCE
    answer = talk(server.connect(), request)
    while server.is_limited and not answer and time.monotonic() < deadline:
        # It has not yet noticed that those before have gone.
        answer = talk(server.connect(), request)
    assert fits(pattern, answer), f"after {after}: {answer!r}; it printed {server.output[-2000:]}"


def _send_and_go(server, datagram):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.sendto(datagram, ("127.0.0.1", server.port))


def _expect_datagram(server, request, pattern, after):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(PATIENCE)
        sock.sendto(request, ("127.0.0.1", server.port))
        try:
            answer = sock.recv(65535)
        except TimeoutError:
            answer = b""
    assert fits(pattern, answer), f"after {after}: {answer!r}; it printed {server.output[-2000:]}"


def _expect_end(server):
    status, output = server.press_ctrl_c()
    assert status in (0, 130), f"status {status}: {output}"
    assert "Traceback" not in output, output
