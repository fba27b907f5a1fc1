"""The listings about security, where things go as the page does not show."""

import hmac
import importlib
import os
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import MISBEHAVIOURS, connect, receive_until_the_end

on_windows = sys.platform == "win32"

KEY = b"k" * 32
FOLDER = "tutorial_examples.sockets.security"


def ask(server, line):
    with connect(server) as sock:
        sock.sendall(line)
        return receive_until_the_end(sock)


@pytest.fixture
def limited(start):
    return start("security/limited_server")


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_limited_server_outlives_its_clients(limited, misbehave):
    for _ in range(5):
        misbehave(connect(limited))
        # Only then is its place free for sure.
        assert limited.read_line().startswith(("Broken off: ", "Answered"))
    assert ask(limited, b"still there\n") == b"STILL THERE\n"


def test_a_place_becomes_free_when_a_client_has_ended(limited):
    waiting = [connect(limited) for _ in range(3)]
    assert ask(limited, b"") == b""
    assert limited.read_line() == "Too many clients"
    waiting[0].sendall(b"one\n")
    assert receive_until_the_end(waiting[0]) == b"ONE\n"
    assert limited.read_line() == "Answered"
    assert ask(limited, b"two\n") == b"TWO\n"
    for sock in waiting:
        sock.close()


def test_a_hundred_clients_at_once_are_served_or_turned_away(limited):
    def end_of(_):
        try:
            return ask(limited, b"me\n")
        except ConnectionError:
            return b""

    with ThreadPoolExecutor(20) as pool:
        lines = pool.submit(lambda: [limited.read_line() for _ in range(100)])
        answers = list(pool.map(end_of, range(100)))
        outcomes = lines.result()
    assert set(answers) <= {b"ME\n", b""}
    assert outcomes.count("Answered") >= 1
    assert outcomes.count("Too many clients") <= answers.count(b"")
    assert ask(limited, b"still there\n") == b"STILL THERE\n"


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"x" * 1000 + b"\n", b"X" * 1000 + b"\n"),
        (b"one\ntwo\n", b"ONE\n"),
        (b"\n", b"\n"),
        (b"\xff\n", b"\xff\n"),
        (b"x" * 1025, b""),
        (b"x" * 1001 + b"\n", b""),
    ],
    ids=["longest", "two", "empty", "no text", "endless", "too long"],
)
def test_one_line_is_answered_and_no_longer_one(limited, sent, answer):
    assert ask(limited, sent) == answer


@pytest.mark.parametrize(
    ("name", "function"), [("limited_server", "receive_line"), ("note_server", "receive_name")]
)
def test_the_deadline_does_not_move_with_each_byte(monkeypatch, name, function):
    module = importlib.import_module(f"{FOLDER}.{name}")
    times = iter(range(1000))
    monkeypatch.setattr(module.time, "monotonic", lambda: next(times))
    received = []

    class Drip:
        def settimeout(self, seconds):
            self.seconds = seconds

        def recv(self, size):
            if self.seconds < 1:
                raise TimeoutError
            received.append(self.seconds)
            return b"x"

    with pytest.raises(TimeoutError):
        getattr(module, function)(Drip())
    assert len(received) == module.PATIENCE - 1


def test_who_says_nothing_is_left_when_its_time_is_over(monkeypatch):
    module = importlib.import_module(f"{FOLDER}.limited_server")
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    left, right = socket.socketpair()
    began = time.monotonic()
    with left, right, pytest.raises(TimeoutError):
        module.receive_line(right)
    assert time.monotonic() - began >= 0.1


@pytest.fixture
def start_with_key(start, tmp_path):
    (tmp_path / "key").write_bytes(KEY)
    return start


@pytest.fixture
def sock():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(60)
        yield sock


def sign(message, key=KEY):
    return hmac.digest(key, message, "sha256") + message


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"short",
        b"\0" * 32,
        b"\0" * 32 + b"message",
        sign(b"message")[1:],
        sign(b"message") + b"!",
        sign(b"message")[:-1],
        sign(b"message", b"other key"),
        b"x" * 65507,
    ],
    ids=["empty", "short", "zeros", "no tag", "cut", "longer", "shorter", "other key", "largest"],
)
@pytest.mark.parametrize("name", ["signed_server", "counted_server"])
def test_what_is_not_signed_is_dropped(start_with_key, sock, name, datagram):
    server = start_with_key(f"security/{name}")
    sock.sendto(datagram, ("127.0.0.1", server.port))
    assert server.read_line() == "Dropped: not signed with our key"
    counter = (1).to_bytes(8, "big") if name == "counted_server" else b""
    sock.sendto(sign(counter + b"still there"), ("127.0.0.1", server.port))
    assert sock.recv(1024) == sign(b"STILL THERE")


@pytest.mark.parametrize("message", [b"", b"\xff\n", b"x" * 65475])
def test_any_signed_message_is_answered(start_with_key, sock, message):
    server = start_with_key("security/signed_server")
    sock.sendto(sign(message), ("127.0.0.1", server.port))
    assert sock.recv(65535) == sign(message.upper())


def test_the_client_believes_signed_answers_only(start_with_key, sock):
    sock.bind(("127.0.0.1", 0))
    client = start_with_key("security/signed_client", port=sock.getsockname()[1])
    for answer in sign(b"YES"), b"YES", sign(b"YES", b"other key"):
        client.type("sure?")
        datagram, address = sock.recvfrom(1024)
        assert datagram == sign(b"sure?")
        sock.sendto(answer, address)
    status, output = client.finish()
    assert status == 0
    assert output.split("Send: ")[1:4] == [
        "YES\n",
        "An answer that is not signed\n",
        "An answer that is not signed\n",
    ]


def test_each_counter_is_good_once_and_gaps_do_no_harm(start_with_key, sock):
    server = start_with_key("security/counted_server")

    def send(counter):
        sock.sendto(sign(counter.to_bytes(8, "big") + b"pay"), ("127.0.0.1", server.port))
        return server.read_line()

    assert send(0) == "Dropped: counter 0 is not above 0"
    assert send(5) == "b'pay'"
    assert send(5) == "Dropped: counter 5 is not above 5"
    assert send(4) == "Dropped: counter 4 is not above 5"
    assert send(2**64 - 1) == "b'pay'"


def test_a_forged_counter_does_not_lock_out_the_friend(start_with_key, sock):
    server = start_with_key("security/counted_server")
    forged = sign((2**64 - 1).to_bytes(8, "big") + b"pay", b"other key")
    sock.sendto(forged, ("127.0.0.1", server.port))
    assert server.read_line() == "Dropped: not signed with our key"
    sock.sendto(sign((1).to_bytes(8, "big") + b"pay"), ("127.0.0.1", server.port))
    assert server.read_line() == "b'pay'"


@pytest.fixture
def notes(start, tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "hello.txt").write_bytes(b"welcome")
    (folder / "größe.txt").write_bytes(b"viel")
    (folder / "long.txt").write_bytes(b"x" * 200_000)
    (folder / "sub").mkdir()
    (tmp_path / "secret.txt").write_bytes(b"the safe is open")
    (tmp_path / "notes_too").mkdir()
    (tmp_path / "notes_too/secret.txt").write_bytes(b"the safe is open")
    return start("security/note_server")


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (b"hello.txt\n", b"welcome"),
        (b"hello.txt\r\n", b"welcome"),
        (b"sub/../hello.txt\n", b"welcome"),
        ("größe.txt\n".encode(), b"viel"),
        (b"long.txt\n", b"x" * 100_000),
    ],
)
def test_a_note_is_sent(notes, line, note):
    assert ask(notes, line) == note


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b".\n",
        b"..\n",
        b"sub\n",
        b"none.txt\n",
        b"../secret.txt\n",
        b"../notes_too/secret.txt\n",
        b"sub/../../secret.txt\n",
        b"/etc/passwd\n",
        b"hello.txt\0\n",
        b"hello.txt/x\n",
        b"\xff\n",
        b"x" * 100 + b"\n",
        b"x" * 101 + b"\n",
        b"..\\secret.txt\n",
    ],
)
def test_what_is_no_note_is_refused_and_the_log_keeps_its_lines(notes, line):
    assert ask(notes, line) == b"No such note\n"
    assert notes.read_line().startswith("Refused: ")
    assert ask(notes, b"hello.txt\n") == b"welcome"
    assert notes.read_line() == "Sent 7 bytes"


@pytest.mark.skipif(on_windows, reason="links need a right of their own there")
def test_a_link_leads_nowhere_else(notes, tmp_path):
    (tmp_path / "notes/link").symlink_to("../secret.txt")
    (tmp_path / "notes/way").symlink_to("..")
    (tmp_path / "notes/again").symlink_to("hello.txt")
    os.mkfifo(tmp_path / "notes/pipe")
    for name in b"link", b"way/secret.txt", b"pipe":
        assert ask(notes, name + b"\n") == b"No such note\n"
    assert ask(notes, b"again\n") == b"welcome"


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS)
def test_the_note_server_outlives_its_clients(notes, misbehave):
    for _ in range(3):
        misbehave(connect(notes))
    assert ask(notes, b"hello.txt\n") == b"welcome"


@pytest.mark.parametrize(
    "name", ["limited_server", "signed_server", "counted_server", "note_server"]
)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt a waiting call there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(start_with_key, name):
    server = start_with_key(f"security/{name}")
    assert server.press_ctrl_c() == (0, "\nStopped\n")
    assert start_with_key(f"security/{name}", port=server.port).port == server.port


@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
@pytest.mark.parametrize("name", ["limited_server", "note_server"])
def test_ctrl_c_stops_a_server_amid_a_connection(start, name):
    server = start(f"security/{name}")
    with connect(server) as sock:
        sock.sendall(b"half a l")
        status, output = server.press_ctrl_c()
        assert receive_until_the_end(sock) == b""
    assert status == 0
    assert output.endswith("\nStopped\n")
    assert "Traceback" not in output
    again = start(f"security/{name}", port=server.port)
    assert again.port == server.port
