"""The listings about broadcast and multicast, where things go as the page does not show."""

import importlib
import socket
import sys
import time

import pytest

if sys.platform != "linux":
    pytest.skip("loopback is tried with broadcasts and groups on Linux", allow_module_level=True)

FOLDER = "broadcast_and_multicast"
BROADCAST, GROUP = "127.255.255.255", "239.1.2.3"
SERVERS = {"broadcast_server": BROADCAST, "group_server": GROUP}
CLIENTS = {"broadcast_client": BROADCAST, "group_client": GROUP}


@pytest.fixture
def sender():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        loopback = socket.inet_aton("127.0.0.1")
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, loopback)
        sock.settimeout(60)
        yield sock


@pytest.fixture
def receiver():
    """A function that makes a socket which hears what is sent to an address, at a free port."""
    opened = []

    def receive_at(host):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        opened.append(sock)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, 0))
        if host == GROUP:
            request = socket.inet_aton(GROUP) + socket.inet_aton("127.0.0.1")
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)
        sock.settimeout(60)
        return sock

    yield receive_at
    for sock in opened:
        sock.close()


@pytest.mark.parametrize("name", SERVERS)
def test_each_of_several_servers_answers_from_its_own_address(start, sender, name):
    first = start(f"{FOLDER}/{name}", "red")
    for color in "green", "blue":
        assert start(f"{FOLDER}/{name}", color, port=first.port).port == first.port
    sender.sendto(b"who?", (SERVERS[name], first.port))
    answers = [sender.recvfrom(65535) for _ in range(3)]
    assert sorted(data for data, _ in answers) == [b"blue: WHO?", b"green: WHO?", b"red: WHO?"]
    assert {address for _, address in answers} == {("127.0.0.1", first.port)}


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize(
    "data", [b"", b"\xff\x00", b"x" * 65507], ids=["empty", "binary", "longest"]
)
def test_a_server_goes_on_after_any_datagram(start, sender, name, data):
    server = start(f"{FOLDER}/{name}", "red")
    sender.sendto(data, (SERVERS[name], server.port))
    assert server.read_line().startswith(f"{len(data)} bytes from ")
    if len(data) < 65_000:
        assert sender.recv(65535) == b"red: " + data.upper()
    else:
        assert server.read_line().startswith("No answer: ")
    sender.sendto(b"still there", (SERVERS[name], server.port))
    assert sender.recv(65535) == b"red: STILL THERE"


@pytest.mark.parametrize("name", SERVERS)
def test_clients_that_are_gone_do_no_harm(start, sender, name):
    server = start(f"{FOLDER}/{name}", "red")
    for _ in range(20):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as hasty:
            hasty.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
            loopback = socket.inet_aton("127.0.0.1")
            hasty.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, loopback)
            hasty.sendto(b"gone", (SERVERS[name], server.port))
    sender.sendto(b"still there", (SERVERS[name], server.port))
    assert sender.recv(65535) == b"red: STILL THERE"


@pytest.mark.parametrize("name", [*SERVERS, "gap_server"])
def test_ctrl_c_stops_a_server_which_starts_again_at_once(start, name):
    arguments = ["red"] if name in SERVERS else []
    server = start(f"{FOLDER}/{name}", *arguments)
    assert server.press_ctrl_c() == (0, "\nStopped\n")
    again = start(f"{FOLDER}/{name}", *arguments, port=server.port)
    assert again.port == server.port


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_asks_once_and_sorts_the_answers(start, receiver, name):
    everybody = receiver(CLIENTS[name])
    client = start(f"{FOLDER}/{name}", "3", port=everybody.getsockname()[1])
    client.type("hello")
    data, address = everybody.recvfrom(65535)
    assert data == b"hello"
    for answer in b"c", b"a", b"b":
        everybody.sendto(answer, address)
    status, output = client.finish()
    assert (status, output.rstrip("\n")) == (0, "Send: a\nb\nc\nSend: ")


@pytest.mark.parametrize("name", CLIENTS)
def test_answers_are_awaited_up_to_a_deadline_and_not_for_ever(monkeypatch, name):
    module = importlib.import_module(f"tutorial_examples.sockets.{FOLDER}.{name}")
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server,
    ):
        sock.bind(("127.0.0.1", 0))
        for answer in b"one", b"two":
            server.sendto(answer, sock.getsockname())
        assert module.receive_answers(sock, 2) == [b"one", b"two"]
        server.sendto(b"three", sock.getsockname())
        began = time.monotonic()
        assert module.receive_answers(sock, 2) == [b"three"]
        assert time.monotonic() - began >= 0.2
        assert module.receive_answers(sock, 0) == []


@pytest.mark.parametrize("name", CLIENTS)
def test_answers_that_never_stop_end_at_the_deadline(monkeypatch, name):
    module = importlib.import_module(f"tutorial_examples.sockets.{FOLDER}.{name}")
    times = iter(range(1000))
    monkeypatch.setattr(module.time, "monotonic", lambda: next(times))
    monkeypatch.setattr(module, "PATIENCE", 10)

    class Flooded:
        def settimeout(self, seconds):
            self.seconds = seconds

        def recvfrom(self, size):
            if self.seconds < 1:
                raise TimeoutError
            return b"more", ("127.0.0.1", 1)

    assert module.receive_answers(Flooded(), 1000) == [b"more"] * 9


def test_the_numbered_sender_sends_in_order(start, receiver):
    member = receiver(GROUP)
    port = member.getsockname()[1]
    sender = start(f"{FOLDER}/numbered_sender", "1", "3", "2", port=port)
    assert [member.recv(1024) for _ in range(3)] == [b"1 news", b"3 news", b"2 news"]
    assert sender.finish() == (0, "Sent 3 datagrams\n")


def test_the_gap_server_takes_any_datagram(start, sender):
    server = start(f"{FOLDER}/gap_server")
    said = {
        b"": "Not numbered",
        b"1": "1",
        b"-1 news": "Not numbered",
        b"1.5": "Not numbered",
        b"\xb2 news": "Not numbered",
        b"9" * 5000: "Not numbered",
        b"3 news": "2 is missing, 3",
        b"2 news": "2 again or late",
        b"0 news": "0 again or late",
        b"4": "4",
        b"999999999": "5 to 999999998 are missing, 999999999",
    }
    for data, line in said.items():
        sender.sendto(data, (GROUP, server.port))
        assert server.read_line() == line


def test_a_group_server_hears_its_group_only(start):
    server = start(f"{FOLDER}/group_server", "red")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as direct:
        direct.settimeout(60)
        direct.connect(("127.0.0.1", server.port))
        direct.send(b"to the host, not to the group")
        with pytest.raises(ConnectionRefusedError):
            direct.recv(1024)
