"""The file transfer to take home: what it refuses, how it goes on, and whom it survives."""

import hashlib
import importlib
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from idle_programs import wait_until_idle
from program_modules import load_modules

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "examples" / "file_transfer"
CONTENT = bytes(range(251)) * 1000

modules = load_modules("file_transfer")
Refusal = modules["refusal"].Refusal
Offer = modules["offer"].Offer
receive_message = modules["messages"].receive_message

sys.path.append(str(PROJECT / "tests" / "tutorial_examples" / "sockets"))
peers = importlib.import_module("hostile_peers")

on_windows = sys.platform == "win32"


class Server:
    """The server in a thread of this process.

    Attributes:
        port: Where it listens.
        folder: What it serves.
    """

    def __init__(self, folder, most_bytes=1_000_000, connections=50):
        self.folder = folder
        self._server = modules["transfer_server"].Server(
            ("127.0.0.1", 0), folder, most_bytes, connections
        )
        # So that to close the server waits for the handlers.
        self._server.daemon_threads = False
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


@pytest.fixture
def serve(tmp_path, monkeypatch):
    """A function that starts a server in a thread."""
    servers = []

    def start(**options):
        folder = tmp_path / "inbox"
        folder.mkdir(exist_ok=True)
        servers.append(Server(folder, **options))
        return servers[-1]

    # What is printed between two tests would not be captured.
    monkeypatch.setattr(modules["transfer_server"].TransferHandler, "log", lambda self, text: None)
    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def photo(tmp_path):
    """A file to send."""
    path = tmp_path / "photo.bin"
    path.write_bytes(CONTENT)
    return path


def sha256_of(content):
    return hashlib.sha256(content).hexdigest()


def send(sock, **message):
    modules["messages"].send_message(sock, **message)


def put(server, path):
    """Send a file as the client does; returns from which byte on."""
    with server.connect() as sock:
        return modules["transfer_client"].put(sock, path, lambda count: None, None)[1]


def get(server, name, folder, most=1_000_000):
    """Fetch a file as the client does; returns from which byte on."""
    folder.mkdir(exist_ok=True)
    with server.connect() as sock:
        return modules["transfer_client"].get(sock, name, folder, lambda count: None, most)[1]


def answer_to(server, data):
    """The message that comes back for these bytes."""
    with server.connect() as sock:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        answer = peers.receive_until_the_end(sock)
    return json.loads(answer[4:]) if answer else None


def error_to(server, message):
    data = json.dumps(message).encode()
    return answer_to(server, len(data).to_bytes(4, "big") + data)["error"]


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 65_536, b"x" * 65_537, CONTENT], ids=len)
def test_a_file_goes_there_and_back(serve, tmp_path, content):
    server = serve()
    original = tmp_path / "a file.bin"
    original.write_bytes(content)
    assert put(server, original) == 0
    assert (server.folder / "a file.bin").read_bytes() == content
    assert get(server, "a file.bin", tmp_path / "back") == 0
    assert (tmp_path / "back" / "a file.bin").read_bytes() == content
    assert list((server.folder / ".parts").iterdir()) == []


def test_what_is_there_already_is_not_sent_again(serve, photo):
    server = serve()
    assert [put(server, photo), put(server, photo)] == [0, len(CONTENT)]
    assert get(server, photo.name, photo.parent) == len(CONTENT)


@contextmanager
def suppress_being_received():
    try:
        yield
    except Refusal as refusal:
        if "is being received already" not in str(refusal):
            raise


@pytest.mark.parametrize("leave", [socket.socket.close, peers.reset])
@pytest.mark.parametrize("count", [0, 1, 1000, len(CONTENT) - 1])
def test_an_upload_that_broke_off_goes_on(serve, photo, leave, count):
    server = serve()
    offer = {"put": photo.name, "size": len(CONTENT), "sha256": sha256_of(CONTENT)}
    with server.connect() as sock:
        send(sock, **offer)
        assert receive_message(sock) == {"offset": 0}
        sock.sendall(CONTENT[:count])
        leave(sock)
    assert not (server.folder / photo.name).exists()
    begin = None
    while begin is None:
        # The server may not have noticed yet that the first sender has gone.
        with suppress_being_received():
            begin = put(server, photo)
    # A reset may destroy what was on its way.
    assert begin == count or (leave is peers.reset and begin <= count)
    assert (server.folder / photo.name).read_bytes() == CONTENT


def test_a_download_that_broke_off_goes_on(serve, photo, tmp_path):
    server = serve()
    put(server, photo)
    back = tmp_path / "back"
    (back / ".parts").mkdir(parents=True)
    (back / ".parts" / sha256_of(CONTENT)).write_bytes(CONTENT[:777])
    assert get(server, photo.name, back) == 777
    assert (back / photo.name).read_bytes() == CONTENT


def test_the_part_of_another_content_is_not_continued(serve, photo):
    server = serve()
    with server.connect() as sock:
        send(sock, put=photo.name, size=len(CONTENT), sha256=sha256_of(b"old"))
        receive_message(sock)
        sock.sendall(b"old beginning")
        sock.shutdown(socket.SHUT_WR)
        assert peers.receive_all(sock) == b""
    assert put(server, photo) == 0
    assert (server.folder / photo.name).read_bytes() == CONTENT


@pytest.mark.parametrize("part", [b"spoilt" * 100, CONTENT + b"too long", b"x" * len(CONTENT)])
def test_a_spoilt_part_is_noticed_and_thrown_away(serve, photo, part):
    server = serve()
    (server.folder / ".parts").mkdir()
    (server.folder / ".parts" / sha256_of(CONTENT)).write_bytes(part)
    if part.startswith(CONTENT):
        assert put(server, photo) == len(CONTENT)
    else:
        with pytest.raises(Refusal, match="does not fit its checksum"):
            put(server, photo)
        assert put(server, photo) == 0
    assert (server.folder / photo.name).read_bytes() == CONTENT


def test_nothing_is_overwritten(serve, photo):
    server = serve()
    (server.folder / photo.name).write_bytes(b"precious")
    with pytest.raises(Refusal, match=r"There is another photo\.bin already"):
        put(server, photo)
    assert (server.folder / photo.name).read_bytes() == b"precious"
    get_from = server.folder / photo.name
    assert get(server, photo.name, photo.parent / "back") == 0
    get_from.write_bytes(b"changed")
    with pytest.raises(Refusal, match=r"There is another photo\.bin already"):
        get(server, photo.name, photo.parent / "back")


def test_a_folder_of_the_same_name_is_in_the_way(serve, photo):
    server = serve()
    (server.folder / photo.name).mkdir()
    with pytest.raises(Refusal, match=r"There is another photo\.bin already"):
        put(server, photo)


def test_two_who_send_the_same_file_do_not_spoil_it(serve, photo):
    server = serve()
    offer = {"put": photo.name, "size": len(CONTENT), "sha256": sha256_of(CONTENT)}
    with server.connect() as sock:
        send(sock, **offer)
        assert receive_message(sock) == {"offset": 0}
        for name in (photo.name, "other name"):
            assert "is being received already" in error_to(server, {**offer, "put": name})
        sock.sendall(CONTENT)
        assert receive_message(sock) == {"done": True}


BAD_NAMES = [
    "",
    ".",
    "..",
    ".hidden",
    "../up",
    "a/b",
    "/etc/passwd",
    "a\\b",
    "..\\up",
    "C:",
    "C:up",
    "a:stream",
    "a\0b",
    "a\nb",
    "a\x9bb",
    "a\u202eb",
    "\ud800",
    "a.",
    "a ",
    "x" * 201,
    "ä" * 101,
    "*",
    7,
    None,
    ["a"],
]


def test_bad_names_are_refused_by_the_server_and_the_client(serve, tmp_path):
    server = serve()
    (tmp_path / "up").write_bytes(b"secret")
    for name in BAD_NAMES:
        message = {"put": name, "size": 1, "sha256": "0" * 64}
        assert error_to(server, message).endswith("is no plain name of a file.")
        assert error_to(server, {"get": name}).endswith("is no plain name of a file.")
        with pytest.raises(Refusal):
            modules["transfer_client"].get(None, name, tmp_path, None, 1)
    assert list(server.folder.iterdir()) == []


@pytest.mark.skipif(on_windows, reason="links need a privilege there")
def test_links_are_neither_read_nor_written_through(serve, photo, tmp_path):
    server = serve()
    (tmp_path / "secret").write_bytes(b"secret")
    (server.folder / "link").symlink_to("../secret")
    (server.folder / photo.name).symlink_to("../new")
    with pytest.raises(Refusal, match=r"There is no link\."):
        get(server, "link", tmp_path / "back")
    with pytest.raises(Refusal, match=r"There is another photo\.bin already"):
        put(server, photo)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"size": -1}, "A file may have 0 to 1000000 bytes."),
        ({"size": 1_000_001}, "A file may have 0 to 1000000 bytes."),
        ({"size": 1.5}, "A file may have 0 to 1000000 bytes."),
        ({"size": True}, "A file may have 0 to 1000000 bytes."),
        ({"size": None}, "A file may have 0 to 1000000 bytes."),
        ({"sha256": "0" * 63}, "The checksum is no SHA-256."),
        ({"sha256": "../" + "0" * 61}, "The checksum is no SHA-256."),
        ({"sha256": "0" * 64 + "\n"}, "The checksum is no SHA-256."),
        ({"sha256": 0}, "The checksum is no SHA-256."),
    ],
)
def test_offers_that_cannot_be(serve, change, complaint):
    assert error_to(serve(), {"put": "a", "size": 1, "sha256": "0" * 64, **change}) == complaint


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\xff\xff\xff\xff", "A message may have 10000 bytes, not 4294967295."),
        (b"GET / HTTP/1.1\r\n\r\n", "A message may have 10000 bytes, not 1195725856."),
        (b"\0\0\0\0", "A message is a JSON object."),
        (b"\0\0\0\x02[]", "A message is a JSON object."),
        (b"\0\0\0\x01\xff", "A message is a JSON object."),
        (b"\0\0\x27\x10" + b"[" * 10_000, "A message is a JSON object."),
        (b"\0\0\0\x02{}", "A request begins with put or get."),
        (b'\0\0\0\x0f{"error": "no"}', "no"),
        (b"\0\0\0\x09half", None),
        (b"\0\0", None),
        (b"", None),
    ],
)
def test_what_is_no_request(serve, data, complaint):
    answer = answer_to(serve(), data)
    assert answer == (complaint and {"error": complaint})


def test_a_message_in_single_bytes_is_a_message(serve, photo):
    server = serve()
    data = json.dumps({"get": "missing"}).encode()
    with server.connect() as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in len(data).to_bytes(4, "big") + data:
            sock.sendall(bytes([byte]))
        with pytest.raises(Refusal, match=r"There is no missing\."):
            receive_message(sock)


def test_what_a_stranger_complains_of_is_printable():
    left, right = socket.socketpair()
    with left, right:
        send(left, error="no\x1b[2J\n way")
        with pytest.raises(Refusal, match=r"^no\[2J way$"):
            receive_message(right)


def test_a_message_that_drips_has_a_deadline():
    left, right = socket.socketpair()
    with left, right:
        left.sendall(b"\0\0")
        with pytest.raises(TimeoutError):
            receive_message(right, seconds=0.05)
        with pytest.raises(TimeoutError):
            receive_message(right, seconds=0)


@pytest.mark.parametrize("offset", [-1, len(CONTENT) + 1, 0.5, None, True])
def test_a_sender_sends_only_what_there_is(photo, offset):
    left, right = socket.socketpair()
    with left, right:
        send(right, offset=offset)
        with pytest.raises(Refusal, match="bytes that the file does not have"):
            modules["sending"].send_file(left, photo, Offer.of(photo), None)


def test_a_file_that_becomes_shorter_is_not_sent_to_its_end(photo):
    offer = Offer.of(photo)
    photo.write_bytes(b"short")
    left, right = socket.socketpair()
    with left, right:
        send(right, offset=0)
        with pytest.raises(EOFError, match=r"photo\.bin has become shorter"):
            modules["sending"].send_file(left, photo, offer, lambda count: None)


def test_a_server_that_lies_cannot_lead_the_client_astray(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        client = socket.create_connection(listener.getsockname(), timeout=60)
        sock, _ = listener.accept()
        with client, sock:
            fetched = pool.submit(
                modules["transfer_client"].get, client, "a", tmp_path, lambda count: None, 10
            )
            assert receive_message(sock) == {"get": "a"}
            send(sock, size=11, sha256="0" * 64)
            with pytest.raises(Refusal, match="0 to 10 bytes"):
                fetched.result()
    assert list(tmp_path.iterdir()) == []


def test_one_client_too_many_is_told_so(serve):
    server = serve(connections=1)
    with server.connect() as first:
        offer = {"put": "a", "size": 2, "sha256": sha256_of(b"ab")}
        send(first, **offer)
        assert receive_message(first) == {"offset": 0}
        assert error_to(server, offer) == "There are too many clients; try again later."
        first.sendall(b"ab")
        assert receive_message(first) == {"done": True}


def test_20_clients_at_once(serve, tmp_path):
    server = serve()

    def there_and_back(number):
        path = tmp_path / f"file {number}"
        path.write_bytes(CONTENT[number:])
        put(server, path)
        get(server, path.name, tmp_path / "back")
        return (tmp_path / "back" / path.name).read_bytes() == CONTENT[number:]

    (tmp_path / "back").mkdir()
    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(there_and_back, range(20)))


@pytest.fixture
def start_program(tmp_path):
    """A function that starts the server as a program, in a folder that it has to make."""
    processes = []

    def start(port=0):
        process = subprocess.Popen(
            [sys.executable, FOLDER / "transfer_server.py", tmp_path / "box", "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        line = process.stdout.readline()
        process.port = int(re.fullmatch(r"Listening on 127\.0\.0\.1 port (\d+)\n", line)[1])
        return process

    yield start
    for process in processes:
        if process.returncode is None:
            process.kill()
            process.communicate()


def run_client(server, *arguments, cwd):
    """Exit status and output of the client as a program."""
    done = subprocess.run(
        [sys.executable, FOLDER / "transfer_client.py", *arguments, "--port", str(server.port)],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
    )
    return done.returncode, done.stdout


@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_a_stopped_server_goes_on_where_it_was_after_a_restart(start_program, photo, tmp_path):
    server = start_program()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as sock:
        send(sock, put=photo.name, size=len(CONTENT), sha256=sha256_of(CONTENT))
        assert receive_message(sock) == {"offset": 0}
        sock.sendall(CONTENT[:100_000])
        wait_until_idle(server.pid)
        server.send_signal(signal.SIGINT)
        output, _ = server.communicate(timeout=60)
        assert (server.returncode, output) == (0, "\nStopped\n")
    again = start_program(port=server.port)
    status, output = run_client(again, "put", photo.name, cwd=tmp_path)
    begin = int(output.split()[0])
    assert (status, begin <= 100_000) == (0, True)
    ending = f"photo.bin is complete: {len(CONTENT) - begin} of {len(CONTENT)} bytes were sent\n"
    assert output.endswith(ending)
    assert (tmp_path / "box" / photo.name).read_bytes() == CONTENT


def test_the_server_outlives_its_clients(start_program, photo, tmp_path):
    server = start_program()
    for misbehave in peers.MISBEHAVIOURS * 2:
        misbehave(peers.connect(server))
    assert run_client(server, "put", photo.name, cwd=tmp_path)[0] == 0
    (tmp_path / "back").mkdir()
    assert run_client(server, "get", photo.name, "--folder", "back", cwd=tmp_path)[0] == 0
    assert (tmp_path / "back" / photo.name).read_bytes() == CONTENT
    server.kill()
    assert "Traceback" not in server.communicate()[0]


def test_what_fails_is_said_in_a_sentence(start_program, photo, tmp_path):
    server = start_program()
    for arguments, complaint in [
        (("get", "missing"), "get failed: There is no missing.\n"),
        (("get", "../x"), "get failed: '../x' is no plain name of a file.\n"),
        (("put", "missing"), "put failed: [Errno 2] No such file or directory: 'missing'\n"),
    ]:
        assert run_client(server, *arguments, cwd=tmp_path) == (1, complaint)
    done = subprocess.run(
        [sys.executable, FOLDER / "transfer_server.py", photo],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert "cannot be the folder: File exists; name another" in done.stderr
