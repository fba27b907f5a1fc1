"""The chat to take home: its rooms, its limits, its end, and the peers it survives."""

import asyncio
import importlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from program_modules import load_modules

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "examples" / "chat"
modules = load_modules("chat")
Chat = modules["chat"].Chat
ChatError = modules["chat_error"].ChatError
commands = modules["commands"]
visible = modules["visible"].visible

sys.path.append(str(PROJECT / "tests" / "tutorial_examples" / "sockets"))
peers = importlib.import_module("hostile_peers")

on_windows = sys.platform == "win32"
needs_signals = pytest.mark.skipif(on_windows, reason="there a program cannot be sent signals")


class Friend:
    """A member who remembers what it was told."""

    def __init__(self):
        self.name = self.room = ""
        self.heard = []

    def tell(self, text):
        self.heard.append(text)

    def hears(self):
        """What it was told since it was last asked."""
        heard, self.heard = self.heard, []
        return heard


@pytest.fixture
def chat():
    return Chat(name_length=10)


def entered(chat, *names):
    friends = []
    for name in names:
        friends.append(Friend())
        chat.enter(friends[-1], name)
    for friend in friends:
        friend.hears()
    return friends


def test_what_is_said_is_heard_in_the_room_and_nowhere_else(chat):
    ann, bob, eve = entered(chat, "ann", "bob", "eve")
    chat.join(eve, "garden")
    assert ann.hears() == bob.hears() == ["* eve has left lobby"]
    assert eve.hears() == ["* eve has joined garden"]
    chat.say(ann, "hello")
    assert ann.hears() == bob.hears() == ["<ann> hello"]
    assert eve.hears() == []
    assert chat.rooms() == [("garden", 1), ("lobby", 2)]
    assert chat.names_in("lobby") == ["ann", "bob"]


def test_an_empty_room_is_forgotten(chat):
    ann, bob = entered(chat, "ann", "bob")
    chat.join(bob, "garden")
    chat.join(bob, "lobby")
    assert chat.rooms() == [("lobby", 2)]
    chat.leave(ann)
    chat.leave(bob)
    assert chat.rooms() == []
    assert chat.names_in("lobby") == []


def test_names_differ_by_more_than_their_case_and_become_free_again(chat):
    (ann,) = entered(chat, "Straße")
    impostor = Friend()
    with pytest.raises(ChatError, match="there is a STRASSE already"):
        chat.enter(impostor, "STRASSE")
    chat.leave(impostor)
    assert chat.names_in("lobby") == ["Straße"]
    chat.leave(ann)
    chat.enter(impostor, "STRASSE")
    assert chat.names_in("lobby") == ["STRASSE"]


@pytest.mark.parametrize("name", ["", " ", "a b", "-a", "_", "a\n", "/who", "<ann>", "a" * 11])
def test_what_is_no_name_is_refused_for_members_and_rooms(chat, name):
    (ann,) = entered(chat, "ann")
    with pytest.raises(ChatError, match="a name "):
        chat.enter(Friend(), name)
    with pytest.raises(ChatError, match="a name "):
        chat.join(ann, name)
    assert chat.rooms() == [("lobby", 1)]


@pytest.mark.parametrize("name", ["a", "7", "a-b_c", "Åsa", "李明", "a" * 10])
def test_names_of_all_languages_are_names(chat, name):
    entered(chat, name)
    assert chat.names_in("lobby") == [name]


def test_one_cannot_join_the_room_where_one_is(chat):
    (ann,) = entered(chat, "ann")
    with pytest.raises(ChatError, match="you are in lobby already"):
        chat.join(ann, "lobby")
    assert ann.hears() == []


def test_the_end_is_told_to_nobody_by_the_chat(chat):
    ann, bob = entered(chat, "ann", "bob")
    chat.end()
    chat.leave(ann)
    chat.leave(bob)
    assert ann.hears() == bob.hears() == []


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("hello", commands.Say("hello")),
        ("  two  words ", commands.Say("two  words")),
        ("either/or", commands.Say("either/or")),
        ("/join garden", commands.Join("garden")),
        ("/rooms", commands.Rooms()),
        ("/who ", commands.Who()),
        ("/help", commands.Help()),
        ("/quit", commands.Quit()),
        ("", None),
        ("   ", None),
    ],
)
def test_lines_are_commands(line, command):
    assert commands.parse(line) == command


@pytest.mark.parametrize("line", ["/", "/join", "/join a b", "/who else", "/WHO", "/dance"])
def test_there_are_no_other_commands(line):
    with pytest.raises(ChatError, match="no such command"):
        commands.parse(line)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (b"hello\r\n", "hello"),
        (b"a\tb\n", "a b"),
        (b"\x1b[2J\x07\x00\x9b\n", "�[2J���"),
        ("\u202egnp\n".encode(), "�gnp"),
        ("👩‍👧 می‌روم\n".encode(), "👩‍👧 می‌روم"),
        (b"half\xc3\n", "half�"),
        (b"", ""),
    ],
)
def test_what_could_spoil_a_terminal_is_replaced(line, shown):
    assert visible(line) == shown


class Server:
    """The server in a thread of this process.

    Attributes:
        port: Where it listens.
    """

    def __init__(self, **limits):
        limits = {"pause_seconds": 0.0, "idle_seconds": 60.0, "stop_seconds": 60.0, **limits}
        self._limits = modules["limits"].Limits(**limits)
        self._started = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(),))
        self._thread.start()
        assert self._started.wait(60)

    async def _serve(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with modules["chat_server"].ChatServer("127.0.0.1", 0, self._limits) as server:
            self.port = server.address[1]
            self._started.set()
            await self._stop.wait()

    def begin_to_stop(self):
        self._loop.call_soon_threadsafe(self._stop.set)

    def stop(self):
        if self._thread.is_alive():
            self.begin_to_stop()
        self._thread.join(100)
        assert not self._thread.is_alive()


class Client:
    """A client that speaks the protocol by hand."""

    def __init__(self, server, name=""):
        self.sock = peers.connect(server)
        self._lines = self.sock.makefile("r", encoding="utf-8", newline="\n")
        assert self.hear() == "* what is your name?"
        if name:
            self.say(name)
            assert self.hear() == f"* {name} has joined lobby"

    def say(self, text):
        self.sock.sendall(text.encode() + b"\n")

    def hear(self):
        """The next line, without its end; empty at the end of the stream."""
        return self._lines.readline().removesuffix("\n")

    def hear_all(self):
        """The lines up to the end of the stream."""
        return self._lines.read().splitlines()

    def bare_socket(self):
        """The socket, which is really closed when it is closed: no file is open upon it."""
        self._lines.close()
        return self.sock

    def close(self):
        self._lines.close()
        self.sock.close()


@pytest.fixture
def serve():
    """A function that starts a server with limits: `serve(clients=2)`."""
    servers = []

    def start(**limits):
        servers.append(Server(**limits))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def join():
    """A function that makes clients of a server: `join(server, "ann", "bob")`."""
    clients = []

    def join_all(server, *names):
        new = []
        for name in names:
            new.append(Client(server, name))
            for earlier in new[:-1]:
                assert earlier.hear() == f"* {name} has joined lobby"
        clients.extend(new)
        return new

    yield join_all
    for client in clients:
        client.close()


def test_a_conversation(serve, join):
    server = serve()
    ann, bob = join(server, "ann", "bob")
    ann.say("hello\r")
    assert ann.hear() == bob.hear() == "<ann> hello"
    bob.say("")
    bob.say("/join garden")
    assert ann.hear() == "* bob has left lobby"
    assert bob.hear() == "* bob has joined garden"
    ann.say("/rooms")
    assert [ann.hear(), ann.hear()] == ["* garden: 1", "* lobby: 1"]
    ann.say("/who")
    assert ann.hear() == "* ann"
    ann.say("/dance")
    assert ann.hear() == "! no such command; /help names them all"
    ann.say("/help")
    assert ann.hear().startswith("* /join ROOM")
    ann.say("/quit")
    assert ann.hear() == ""


def test_a_name_is_asked_for_until_it_is_one(serve, join):
    server = serve()
    join(server, "ann")
    (bob,) = join(server, "")
    bob.say("ANN")
    assert bob.hear() == "! there is a ANN already"
    bob.say("b o b")
    assert bob.hear().startswith("! a name begins with")
    bob.say(" bob ")
    assert bob.hear() == "* bob has joined lobby"


def test_a_client_that_ends_its_stream_gets_what_waits_for_it(serve, join):
    (ann,) = join(serve(), "ann")
    ann.sock.sendall(b"one\ntwo\n/who\nhalf a li")
    ann.sock.shutdown(socket.SHUT_WR)
    assert ann.hear_all() == ["<ann> one", "<ann> two", "* ann"]


def test_single_bytes_become_lines(serve, join):
    (ann,) = join(serve(), "ann")
    ann.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in "Größe\n".encode():
        ann.sock.sendall(bytes([byte]))
    assert ann.hear() == "<ann> Größe"


@pytest.mark.parametrize("misbehave", peers.MISBEHAVIOURS)
def test_the_others_outlive_a_misbehaving_client(serve, join, misbehave):
    server = serve()
    ann, bob = join(server, "ann", "bob")
    misbehave(peers.connect(server))
    rude = Client(server, "rude")
    assert ann.hear() == bob.hear() == "* rude has joined lobby"
    misbehave(rude.bare_socket())
    while (line := ann.hear()) != "* rude has left lobby":
        assert line.startswith("<rude> ")
    ann.say("still there?")
    while (line := bob.hear()) != "<ann> still there?":
        assert "rude" in line


def test_a_line_may_be_so_long_and_no_longer(serve, join):
    ann, bob = join(serve(line_bytes=100), "ann", "bob")
    ann.say("x" * 100)
    assert ann.hear() == bob.hear() == "<ann> " + "x" * 100
    ann.say("x" * 101)
    assert ann.hear_all() == ["! a line has at most 100 bytes"]
    assert bob.hear() == "* ann has left lobby"


def test_whoever_is_sent_away_is_told_why_although_it_goes_on_sending(serve, join):
    (ann,) = join(serve(), "ann")
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(ann.sock.sendall, b"x" * 5_000_000)
        assert ann.hear_all() == ["! a line has at most 1000 bytes"]
        sent.result()


def test_whoever_is_silent_is_sent_away(serve, join):
    (ann,) = join(serve(idle_seconds=0.2), "")
    assert ann.hear_all() == ["! you have been silent for too long"]


def test_there_is_room_for_so_many_and_again_when_one_has_left(serve, join):
    server = serve(clients=2)
    ann, bob = join(server, "ann", "bob")
    with peers.connect(server) as sock:
        assert peers.receive_all(sock) == b"! there is no room for you now\n"
    bob.say("/quit")
    assert bob.hear() == ""
    bob.close()
    assert ann.hear() == "* bob has left lobby"
    while True:
        # The server may still be busy with the last of Bob's connection.
        with peers.connect(server) as sock, sock.makefile("r", encoding="utf-8") as lines:
            if lines.readline() == "* what is your name?\n":
                break


def test_who_does_not_read_is_cut_off_and_the_others_get_all(serve, join):
    server = serve(waiting_lines=10)
    ann, bob, eve = join(server, "ann", "bob", "eve")
    line = "x" * 900
    said = 0
    while True:
        ann.say(f"{said} {line}")
        if (heard := ann.hear()) == "* eve has left lobby":
            break
        assert heard == f"<ann> {said} {line}"
        assert bob.hear() == heard
        said += 1
    assert bob.hear() == heard
    eve_heard = peers.receive_until_the_end(eve.sock).count(b"\n")
    assert eve_heard <= said
    assert ann.hear() == bob.hear() == f"<ann> {said} {line}"


def test_who_sends_much_is_slowed_down_and_its_lines_are_all_heard(serve, join):
    ann, bob = join(serve(pause_seconds=0.001, waiting_lines=100_000), "ann", "bob")
    with ThreadPoolExecutor(1) as pool:
        flood = pool.submit(ann.say, "\n".join(str(number) for number in range(300)))
        assert [bob.hear() for _ in range(300)] == [f"<ann> {number}" for number in range(300)]
        flood.result()


def test_a_hundred_talk_at_once(serve):
    server = serve(waiting_lines=100_000)

    def take_part(number):
        sock = peers.connect(server)
        with sock, sock.makefile("r", encoding="utf-8") as lines:
            sock.sendall(f"member{number}\n/join room\nfrom {number}\n/quit\n".encode())
            return f"<member{number}> from {number}\n" in lines.readlines()

    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(take_part, range(100)))


def test_the_end_is_told_to_all_who_have_entered_or_not(serve, join):
    server = serve()
    clients = join(server, "ann", "bob")
    clients += join(server, "")
    clients[0].say("last words")
    assert clients[0].hear() == clients[1].hear() == "<ann> last words"
    server.begin_to_stop()
    for client in clients:
        assert client.hear_all() == ["* the server stops"]
        client.close()
    server.stop()


def test_nobody_can_keep_the_server_from_ending(serve, join):
    server = serve(stop_seconds=0.1, waiting_lines=100_000)
    join(server, "ann")
    (deaf,) = join(server, "")
    deaf.say("deaf")
    peers.send_until_full(deaf.sock, (b"x" * 900 + b"\n") * 20)
    server.stop()


class Program:
    """A program of the chat on a pipe."""

    def __init__(self, name, port):
        command = [sys.executable, FOLDER / name, "--port", str(port)]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )

    def read_line(self):
        return self.process.stdout.readline().removesuffix("\n")

    def type(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self, number=None):
        """Send a signal, or end its input; returns exit status and the rest of the output."""
        if number is not None:
            self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=100)
        return self.process.returncode, output


@pytest.fixture
def start():
    """A function that starts a program: `start("chat_client.py", port)`."""
    programs = []

    def start_program(name, port=0):
        programs.append(Program(name, port))
        if name == "chat_server.py":
            line = programs[-1].read_line()
            programs[-1].port = int(re.fullmatch(r"Listening on 127\.0\.0\.1 port (\d+)", line)[1])
        return programs[-1]

    yield start_program
    for program in programs:
        program.process.kill()
        program.process.communicate()


@needs_signals
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_which_starts_again_at_once(start, join, number):
    server = start("chat_server.py")
    (ann,) = join(server, "ann")
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(server.end, number)
        assert ann.hear_all() == ["* the server stops"]
        ann.close()
        status, output = ended.result()
    assert status == 0
    assert re.fullmatch(
        r"\nStopping\n127\.0\.0\.1:\d+ ann was told that the server stops\nStopped\n", output
    )
    join(start("chat_server.py", server.port), "bob")


def test_two_client_programs_talk(start, serve):
    server = serve()
    ann, bob = start("chat_client.py", server.port), start("chat_client.py", server.port)
    for client, name in ((ann, "ann"), (bob, "bob")):
        assert client.read_line() == "* what is your name?"
        client.type(name)
        assert client.read_line() == f"* {name} has joined lobby"
    assert ann.read_line() == "* bob has joined lobby"
    ann.type("Grüße\x1b[2J")
    assert ann.read_line() == bob.read_line() == "<ann> Grüße�[2J"
    bob.type("/quit")
    assert bob.end() == (0, "The conversation has ended\n")
    assert ann.read_line() == "* bob has left lobby"
    assert ann.end() == (0, "The conversation has ended\n")


def test_the_client_does_not_trust_its_server(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        client = start("chat_client.py", listener.getsockname()[1])
        sock, _ = listener.accept()
        with sock:
            sock.sendall(b"\x1b]0;owned\x07\n\xff\n")
            assert [client.read_line(), client.read_line()] == ["�]0;owned�", "�"]
            peers.reset(sock)
    status, output = client.end()
    assert status == 1
    assert output.startswith("The connection is lost: ")


def test_the_client_says_that_nobody_listens(start):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    status, output = start("chat_client.py", port).end()
    assert status == 1
    assert output.startswith("The connection is lost: ")
    assert output.count("\n") == 1


@needs_signals
def test_ctrl_c_ends_the_client_though_it_waits_for_the_keyboard(start, serve):
    client = start("chat_client.py", serve().port)
    assert client.read_line() == "* what is your name?"
    client.process.send_signal(signal.SIGINT)
    assert client.process.wait(60) == 130
    assert client.process.stdout.read() == "\n"


def test_the_client_ends_with_the_server_though_it_waits_for_the_keyboard(start, serve):
    server = serve()
    client = start("chat_client.py", server.port)
    assert client.read_line() == "* what is your name?"
    server.begin_to_stop()
    assert client.read_line() == "* the server stops"
    assert client.read_line() == "The conversation has ended"
    assert client.process.wait(60) == 0
