"""The web server to take home: what it parses, what it serves, and whom it survives."""

import asyncio
import http.client
import importlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from program_modules import load_modules

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "examples" / "web_server"
TEXT = "".join(f"line {number}\n" for number in range(20_000)).encode()

on_windows = sys.platform == "win32"


modules = load_modules("web_server")
HTTPError = modules["http_error"].HTTPError
Limits = modules["limits"].Limits
parse_head = modules["request_head"].parse_head

sys.path.append(str(PROJECT / "tests" / "tutorial_examples" / "sockets"))
peers = importlib.import_module("hostile_peers")


class Server:
    """The server in a thread of this process, with limits of the test's choice.

    Attributes:
        port: Where it listens.
        web_server: The object that serves.
    """

    def __init__(self, folder, limits):
        self._started = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(folder, limits),))
        self._thread.start()
        assert self._started.wait(60)

    async def _serve(self, folder, limits):
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = modules["web_server"].WebServer(folder, "127.0.0.1", 0, Limits(**limits))
        self.web_server = server
        async with server:
            self.port = server.address[1]
            self._started.set()
            await self._stop.wait()

    def wait_for_no_connection(self):
        """Wait until the server has let go of all its clients."""
        deadline = time.monotonic() + 60
        while self.web_server._connections:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def begin_to_stop(self):
        self._loop.call_soon_threadsafe(self._stop.set)

    def stop(self):
        if self._thread.is_alive():
            self.begin_to_stop()
        self._thread.join(60)
        assert not self._thread.is_alive()


class Program:
    """The server as a program of its own."""

    def __init__(self, folder, *arguments, port=0):
        self.process = subprocess.Popen(
            [sys.executable, FOLDER / "web_server.py", folder, "--port", str(port), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        line = self.process.stdout.readline()
        self.port = int(re.fullmatch(r"Listening on 127\.0\.0\.1 port (\d+)\n", line)[1])

    def end_by(self, number):
        """Send a signal; returns the exit status and the rest of the output."""
        self.process.send_signal(number)
        output, _ = self.process.communicate(timeout=120)
        return self.process.returncode, output


@pytest.fixture
def folder(tmp_path):
    """What is served: some files, and things that must not be served."""
    public = tmp_path / "public"
    (public / "inner").mkdir(parents=True)
    (public / "no index").mkdir()
    (public / ".hidden").mkdir()
    (public / ".hidden" / "file.txt").write_text("secret")
    (public / ".dot.txt").write_text("secret")
    (public / "text.txt").write_bytes(TEXT)
    (public / "empty").write_bytes(b"")
    (public / "a b%.txt").write_text("strange name")
    (public / "grüße.txt").write_text("Grüße", encoding="utf-8")
    (public / "index.html").write_text("<p>index")
    (public / "inner" / "index.html").write_text("<p>inner")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "public-too").mkdir()
    (tmp_path / "public-too" / "secret.txt").write_text("secret")
    if not on_windows:
        (public / "text-link").symlink_to("text.txt")
        (public / "secret-link").symlink_to("../secret.txt")
        (public / "up").symlink_to("..")
        (public / "circle").symlink_to("circle")
        os.mkfifo(public / "pipe")
    return public


@pytest.fixture
def serve(folder):
    """A function that starts a server in a thread: `serve(head_seconds=0.1)`."""
    servers = []

    def start(**limits):
        server = Server(folder, limits)
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def start_program(folder):
    """A function that starts the server as a program."""
    programs = []

    def start(*arguments, **options):
        program = Program(folder, *arguments, **options)
        programs.append(program)
        return program

    yield start
    for program in programs:
        if program.process.returncode is None:
            program.process.kill()
            program.process.communicate()


def ask(server, path="/text.txt", method="GET", headers=None, body=None):
    """The response to a request over a connection of its own, and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.putrequest(method, path)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def statuses(server, data, *, end=True):
    """The statuses of all responses to these bytes, sent at once."""
    with peers.connect(server) as sock:
        sock.sendall(data)
        if end:
            sock.shutdown(socket.SHUT_WR)
        answer = peers.receive_until_the_end(sock)
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]


# What a head means


def head(text):
    return parse_head(text.replace("\n", "\r\n").encode("latin-1"), 100)


def test_a_head_is_taken_apart():
    parsed = head("GET /a?b=c HTTP/1.1\nHost: x\nACCEPT:  a \nAccept: b\t\nEmpty:\n\n")
    assert (parsed.method, parsed.target, parsed.path) == ("GET", "/a?b=c", "/a")
    assert parsed.version == (1, 1)
    assert parsed.headers == {"host": "x", "accept": "a, b", "empty": ""}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("\nGET /a HTTP/1.1\nHost: x\n\n", "/a"),
        ("GET http://x/a HTTP/1.1\nHost: x\n\n", "/a"),
        ("GET HTTP://x HTTP/1.1\nHost: x\n\n", "/"),
        ("GET http://x?q HTTP/1.1\nHost: x\n\n", "/?q"),
        ("GET /a HTTP/1.9\nHost: x\n\n", "/a"),
        ("GET /a HTTP/1.0\n\n", "/a"),
    ],
)
def test_other_ways_to_write_a_target(text, target):
    assert head(text).target == target


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("GET / HTTP/1.1\nHost: x\n\n", True),
        ("GET / HTTP/1.1\nHost: x\nConnection: Close\n\n", False),
        ("GET / HTTP/1.1\nHost: x\nConnection: a, close\n\n", False),
        ("GET / HTTP/1.0\n\n", False),
        ("GET / HTTP/1.0\nConnection: keep-alive\n\n", True),
    ],
)
def test_who_keeps_a_connection(text, keeps):
    assert head(text).keeps_alive is keeps


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("\n\n", 400),
        ("GET /\n\n", 400),
        ("GET  / HTTP/1.1\nHost: x\n\n", 400),
        (" GET / HTTP/1.1\nHost: x\n\n", 400),
        ("GET / HTTP/1.1 \nHost: x\n\n", 400),
        ("GET /\xff HTTP/1.1\nHost: x\n\n", 400),
        ("GET /\x00 HTTP/1.1\nHost: x\n\n", 400),
        ("GET /a b HTTP/1.1\nHost: x\n\n", 400),
        ("GET a HTTP/1.1\nHost: x\n\n", 400),
        ("OPTIONS * HTTP/1.1\nHost: x\n\n", 400),
        ("GET ftp://x/ HTTP/1.1\nHost: x\n\n", 400),
        ("G(T / HTTP/1.1\nHost: x\n\n", 400),
        ("SING / HTTP/1.1\nHost: x\n\n", 501),
        ("get / HTTP/1.1\nHost: x\n\n", 501),
        ("GET / HTTP/2.0\nHost: x\n\n", 505),
        ("GET / http/1.1\nHost: x\n\n", 400),
        ("GET / HTTP/1.1\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\nHost: x\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\nno header\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\nA : b\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\n folded\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\n: b\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\nA: b\x00\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\n", 400),
        ("GET / HTTP/1.1\nHost: x\n" + "A: b\n" * 100 + "\n", 431),
    ],
)
def test_what_is_no_head(text, status):
    with pytest.raises(HTTPError) as caught:
        head(text)
    assert caught.value.status == status


@pytest.mark.parametrize(
    "text", [b"GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", b"GET /\r HTTP/1.1\r\n\r\n"]
)
def test_ends_of_lines_within_a_line_are_refused(text):
    with pytest.raises(HTTPError):
        parse_head(text, 100)


# Which bytes a range means


@pytest.mark.parametrize(
    ("header", "size", "expected"),
    [
        ("bytes=0-0", 10, range(1)),
        ("bytes=2-5", 10, range(2, 6)),
        ("bytes=2-99", 10, range(2, 10)),
        ("bytes=9-", 10, range(9, 10)),
        ("bytes=-3", 10, range(7, 10)),
        ("bytes=-99", 10, range(10)),
        ("BYTES= 2-5 ", 10, range(2, 6)),
        ("bytes=5-2", 10, None),
        ("bytes=-", 10, None),
        ("bytes=1-2,4-5", 10, None),
        ("lines=1-2", 10, None),
        ("bytes=a-b", 10, None),
        ("bytes=\u0661-\u0662", 10, None),
        ("", 10, None),
    ],
)
def test_ranges(header, size, expected):
    assert modules["byte_range"].parse_range(header, size) == expected


@pytest.mark.parametrize(("header", "size"), [("bytes=10-", 10), ("bytes=-0", 10), ("bytes=0-", 0)])
def test_ranges_of_nothing(header, size):
    assert modules["byte_range"].parse_range(header, size) == range(size, size)


# Paths


OUTSIDE = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2E./secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e%2fsecret.txt",
    "/..\\secret.txt",
    "/..%5csecret.txt",
    "/inner/../../secret.txt",
    "/inner/../text.txt",
    "/./text.txt",
    "//../secret.txt",
    "/../public-too/secret.txt",
    "/%252e%252e/secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/secret-link",
    "/up/secret.txt",
    "/up/public/text.txt/",
    "/circle",
    "/pipe",
    "/.hidden/file.txt",
    "/.hidden/",
    "/%2ehidden/file.txt",
    "/.dot.txt",
    "/text.txt%00",
    "/text.txt%00.html",
    "/text.txt::$DATA",
    "/C:/secret.txt",
    "/text.txt/",
    "/text.txt/x",
    "/no%20index/",
    "/nothing",
    "/%ff",
    "/" + "x" * 300,
    "/" + "x/" * 3000,
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_outside_or_hidden_is_not_found(serve, folder, method):
    server = serve()
    for path in [*OUTSIDE, str(folder.with_name("secret.txt")), f"/{folder.parent}/secret.txt"]:
        response, body = ask(server, path, method)
        assert (path, response.status) == (path, 404)
        assert b"secret" not in body


def test_a_file_that_may_not_be_read_is_not_found(serve, monkeypatch):
    def refuse(self, mode):
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    assert ask(serve())[0].status == 404


@pytest.mark.parametrize(
    ("path", "content", "kind"),
    [
        ("/text.txt", TEXT, "text/plain; charset=utf-8"),
        ("/text%2Etxt?../secret.txt", TEXT, "text/plain; charset=utf-8"),
        ("//text.txt", TEXT, "text/plain; charset=utf-8"),
        ("/empty", b"", "application/octet-stream"),
        ("/a%20b%25.txt", b"strange name", "text/plain; charset=utf-8"),
        ("/gr%C3%BC%C3%9Fe.txt", "Grüße".encode(), "text/plain; charset=utf-8"),
        ("/", b"<p>index", "text/html; charset=utf-8"),
        ("/inner/", b"<p>inner", "text/html; charset=utf-8"),
    ],
)
def test_what_is_served(serve, path, content, kind):
    server = serve()
    for method, expected in [("GET", content), ("HEAD", b"")]:
        response, body = ask(server, path, method)
        assert (response.status, body) == (200, expected)
        assert response.headers["Content-Length"] == str(len(content))
        assert response.headers["Content-Type"] == kind


@pytest.mark.skipif(on_windows, reason="links need a privilege there")
def test_a_link_within_the_folder_is_followed(serve):
    assert ask(serve(), "/text-link")[1] == TEXT


@pytest.mark.parametrize(
    ("path", "location"),
    [("/inner", "/inner/"), ("/no%20index", "/no%20index/"), ("//inner", "/inner/")],
)
def test_a_folder_without_its_slash_is_elsewhere(serve, path, location):
    response, _ = ask(serve(), path)
    assert (response.status, response.headers["Location"]) == (301, location)


# Conditions and ranges over the wire


def test_a_client_that_has_the_file_is_told_so(serve, folder):
    server = serve()
    first, _ = ask(server)
    etag, date = first.headers["ETag"], first.headers["Last-Modified"]
    early = format_datetime(datetime(2000, 1, 1, tzinfo=UTC), usegmt=True)
    for headers, status in [
        ({"If-None-Match": etag}, 304),
        ({"If-None-Match": f'"other", W/{etag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": date}, 200),
        ({"If-None-Match": etag, "If-Modified-Since": early}, 304),
        ({"If-Modified-Since": date}, 304),
        ({"If-Modified-Since": early}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Match": etag}, 200),
        ({"If-Match": f"W/{etag}"}, 412),
        ({"If-Match": '"other"'}, 412),
        ({"If-Match": "*"}, 200),
        ({"If-Unmodified-Since": date}, 200),
        ({"If-Unmodified-Since": early}, 412),
        ({"If-Match": etag, "If-None-Match": etag}, 304),
    ]:
        for method in ("GET", "HEAD"):
            response, body = ask(server, method=method, headers=headers)
            assert (headers, response.status) == (headers, status)
            if status == 304:
                assert (body, response.headers["ETag"]) == (b"", etag)
                assert "Content-Length" not in response.headers
    later = time.time() + 2
    os.utime(folder / "text.txt", (later, later))
    assert ask(server, headers={"If-None-Match": etag})[0].status == 200
    assert ask(server, headers={"If-Modified-Since": date})[0].status == 200


def test_parts_of_a_file(serve):
    server = serve()
    size = len(TEXT)
    for header, part in [
        ("bytes=0-9", TEXT[:10]),
        ("bytes=100-", TEXT[100:]),
        ("bytes=-7", TEXT[-7:]),
        (f"bytes={size - 1}-{size + 5}", TEXT[-1:]),
        ("bytes=65530-65545", TEXT[65530:65546]),
    ]:
        response, body = ask(server, headers={"Range": header})
        assert (response.status, body) == (206, part)
        begin = (
            TEXT.index(part)
            if len(part) > 10
            else int(response.headers["Content-Range"][6:].split("-")[0])
        )
        assert response.headers["Content-Range"] == f"bytes {begin}-{begin + len(part) - 1}/{size}"
    for header in (f"bytes={size}-", "bytes=-0"):
        response, _ = ask(server, headers={"Range": header})
        assert (response.status, response.headers["Content-Range"]) == (416, f"bytes */{size}")
    for header in ("bytes=9-0", "bytes=0-1,4-5", "lines=1-2"):
        assert ask(server, headers={"Range": header})[0].status == 200
    head_response, _ = ask(server, method="HEAD", headers={"Range": "bytes=0-9"})
    assert (head_response.status, head_response.headers["Content-Length"]) == (200, str(size))


def test_a_part_is_sent_only_of_the_version_that_the_client_has(serve):
    server = serve()
    first, _ = ask(server)
    for known, status in [
        (first.headers["ETag"], 206),
        (first.headers["Last-Modified"], 206),
        ('"other"', 200),
        (f"W/{first.headers['ETag']}", 200),
        (format_datetime(datetime.now(UTC) - timedelta(days=9), usegmt=True), 200),
        ("nonsense", 200),
    ]:
        headers = {"Range": "bytes=0-9", "If-Range": known}
        assert (known, ask(server, headers=headers)[0].status) == (known, status)


# Bodies


@pytest.mark.parametrize(
    ("head_and_body", "status"),
    [
        (b"Content-Length: 5\r\n\r\nhello", 200),
        (b"Content-Length: 0005\r\n\r\nhello", 200),
        (b"\r\n", 200),
        (b"Content-Length: 1\r\n\r\n\xff", 415),
        (b"Content-Length: 101\r\n\r\n", 413),
        (b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 413),
        (b"Content-Length: -1\r\n\r\n", 400),
        (b"Content-Length: +5\r\n\r\nhello", 400),
        (b"Content-Length: 0x5\r\n\r\nhello", 400),
        (b"Content-Length: \r\n\r\n", 400),
        (b"Content-Length: \xb2\r\n\r\nhello", 400),
        (b"Content-Length: 5, 5\r\n\r\nhello", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200),
        (b"Transfer-Encoding: Chunked\r\n\r\n5;a=b\r\nhello\r\n00\r\nTrailer: x\r\n\r\n", 200),
        (b"Transfer-Encoding: chunked\r\n\r\n65\r\n", 413),
        (b"Transfer-Encoding: chunked\r\n\r\n33\r\n" + b"x" * 51 + b"\r\n33\r\n", 413),
        (b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello, world\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n5;" + b"x" * 300 + b"\r\nhello\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n\r\n" + b"5" * 20_000, 400),
        (b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: b\r\n" * 11, 400),
        (b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
        (b"Transfer-Encoding: \r\n\r\n", 501),
    ],
)
def test_bodies(serve, head_and_body, status):
    server = serve(body_bytes=100)
    request = b"POST /upper HTTP/1.1\r\nHost: x\r\n" + head_and_body
    assert statuses(server, request) == [status]


def test_chunked_is_not_for_old_clients(serve):
    old = b"POST /upper HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert statuses(serve(), old) == [400]


@pytest.mark.parametrize("text", ["", "hello", "Größe", "x" * 100_000])
def test_the_upper_case_service(serve, text):
    response, body = ask(serve(), "/upper?query", "POST", body=text.encode())
    assert (response.status, body.decode()) == (200, text.upper())


def test_a_client_that_asks_first_is_told_to_go_on_or_not(serve):
    server = serve(body_bytes=10)
    with peers.connect(server) as sock:
        expect = b"POST /upper HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
        sock.sendall(expect + b"5\r\n\r\n")
        assert sock.recv(1024) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"hello")
        assert sock.recv(1024).endswith(b"\r\n\r\nHELLO")
        sock.sendall(expect + b"11\r\n\r\n")
        assert sock.recv(1024).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "/upper", "POST"),
        ("POST", "/text.txt", "GET, HEAD"),
        ("DELETE", "/text.txt", "GET, HEAD"),
        ("PUT", "/new.txt", "GET, HEAD"),
    ],
)
def test_the_wrong_method_is_told_the_right_ones(serve, folder, method, path, allow):
    response, _ = ask(serve(), path, method, body=b"x")
    assert (response.status, response.headers["Allow"]) == (405, allow)
    assert not (folder / "new.txt").exists()


# Several requests over one connection


def test_requests_sent_at_once_are_answered_in_order(serve):
    requests = b"".join(
        f"POST /upper HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{number:02}".encode()
        for number in range(50)
    )
    with peers.connect(serve()) as sock:
        sock.sendall(requests)
        sock.shutdown(socket.SHUT_WR)
        answers = peers.receive_all(sock)
    assert re.findall(rb"\r\n\r\n(\d\d)", answers) == [b"%02d" % number for number in range(50)]


def test_an_error_within_a_request_ends_the_connection_only_if_it_must(serve):
    server = serve()
    get = b"GET /empty HTTP/1.1\r\nHost: x\r\n"
    assert statuses(server, b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" + get + b"\r\n") == [
        404,
        200,
    ]
    assert statuses(
        server, b"POST /empty HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + get + b"\r\n"
    ) == [405, 200]
    assert statuses(server, get + b"Range: bytes=5-\r\n\r\n" + get + b"\r\n") == [416, 200]
    assert statuses(server, b"GARBAGE\r\n\r\n" + get + b"\r\n") == [400]
    assert statuses(server, get + b"Connection: close\r\n\r\n" + get + b"\r\n") == [200]
    # A body that comes with GET is read, and not taken for a request.
    assert statuses(server, get + b"Content-Length: 9\r\n\r\nGET / HTT" + get + b"\r\n") == [
        200,
        200,
    ]


def test_a_request_in_single_bytes_is_one_request(serve):
    with peers.connect(serve()) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"POST /upper HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc":
            sock.sendall(bytes([byte]))
        sock.shutdown(socket.SHUT_WR)
        assert peers.receive_all(sock).endswith(b"\r\n\r\nABC")


# Limits


def test_a_head_may_not_be_endless(serve):
    server = serve(head_bytes=1000, headers=5)
    begin = b"GET /empty HTTP/1.1\r\nHost: x\r\n"
    assert statuses(server, begin + b"A: " + b"x" * 900 + b"\r\n\r\n") == [200]
    assert statuses(server, begin + b"A: " + b"x" * 1000 + b"\r\n\r\n") == [431]
    assert statuses(server, b"x" * 1_000_000) == [431]
    assert statuses(server, begin + b"A: b\r\n" * 4 + b"\r\n") == [200]
    assert statuses(server, begin + b"A: b\r\n" * 5 + b"\r\n") == [431]


def test_a_client_that_says_nothing_is_left_without_a_word(serve):
    with peers.connect(serve(idle_seconds=0.05)) as sock:
        assert sock.recv(1024) == b""


def test_a_client_that_drips_is_cut_off_however_busy_it_is(serve):
    server = serve(head_seconds=0.3, linger_seconds=0.1)
    with peers.connect(server) as sock:
        sock.sendall(b"GET /empty HTTP/1.1\r\nHost: x\r\n")
        sock.settimeout(0.02)
        answer = b""
        for _ in range(3000):
            try:
                sock.sendall(b"A: b\r\n")
                answer += sock.recv(1024)
            except TimeoutError:
                continue
            except ConnectionError:
                break
            break
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_a_body_may_not_take_for_ever(serve):
    server = serve(body_seconds=0.05)
    slow = b"POST /upper HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel"
    assert statuses(server, slow, end=False) == [408]


def test_a_client_that_does_not_read_is_cut_off(serve, folder):
    size = 200_000_000
    with (folder / "big").open("wb") as big:
        big.truncate(size)
    server = serve(send_seconds=0.1)
    with socket.socket() as sock:
        # More than the systems hold back for the client, however much that is.
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 10_000)
        sock.settimeout(60)
        sock.connect(("127.0.0.1", server.port))
        sock.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        assert sock.recv(1) == b"H"
        server.wait_for_no_connection()
        assert len(peers.receive_until_the_end(sock)) < size
    assert ask(server, "/empty")[0].status == 200


def test_one_client_too_many_is_told_to_come_later(serve):
    server = serve(connections=2)
    with peers.connect(server) as first, peers.connect(server) as second:
        for sock in (first, second):
            sock.sendall(b"GET /empty HTTP/1.1\r\nHost: x\r\n\r\n")
            assert sock.recv(1024).startswith(b"HTTP/1.1 200 ")
        response, _ = ask(server)
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
        first.close()
        deadline = time.monotonic() + 60
        while ask(server)[0].status == 503 and time.monotonic() < deadline:
            pass
        assert ask(server)[0].status == 200


def test_an_answer_of_refusal_survives_what_the_client_still_sends(serve):
    server = serve(body_bytes=10)
    request = b"POST /upper HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n"
    with peers.connect(server) as sock, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(peers.receive_all, sock)
        sock.sendall(request + bytes(4_000_000))
        sock.shutdown(socket.SHUT_WR)
        assert answer.result().startswith(b"HTTP/1.1 413 ")


# Hostile peers, many peers, and errors of ours


def test_the_server_outlives_its_clients(start_program):
    program = start_program()
    for misbehave in peers.MISBEHAVIOURS * 3:
        misbehave(peers.connect(program))
        assert ask(program, "/")[1] == b"<p>index"
    status, output = program.end_by(signal.SIGINT)
    assert (status, "Traceback" in output) == (0, False)


def test_a_client_that_leaves_amid_a_big_file_costs_nothing(serve, folder):
    (folder / "big").write_bytes(bytes(5_000_000))
    server = serve()
    for leave in (socket.socket.close, peers.reset) * 5:
        sock = peers.connect(server)
        sock.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        sock.recv(1000)
        leave(sock)
    assert len(ask(server, "/big")[1]) == 5_000_000


def test_50_clients_with_20_requests_each(serve):
    server = serve()

    def load(number):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for turn in range(10):
            begin = number * 1000 + turn
            connection.request("GET", "/text.txt", headers={"Range": f"bytes={begin}-{begin + 99}"})
            if connection.getresponse().read() != TEXT[begin : begin + 100]:
                return False
            connection.request("POST", "/upper", f"{number}-{turn}-ä".encode())
            if connection.getresponse().read().decode() != f"{number}-{turn}-Ä":
                return False
        connection.close()
        return True

    with ThreadPoolExecutor(50) as pool:
        assert all(pool.map(load, range(50)))


def test_100_silent_clients_keep_nobody_waiting(serve):
    server = serve()
    silent = [peers.connect(server) for _ in range(100)]
    for sock in silent[::2]:
        sock.sendall(b"GET /emp")
    assert ask(server, "/empty")[0].status == 200
    for sock in silent:
        sock.close()


def test_an_error_of_ours_is_a_500_and_the_connection_goes_on(serve, monkeypatch, caplog):
    def fail(head, body):
        raise LookupError("not today")

    monkeypatch.setattr(modules["web_server"], "upper_response", fail)
    server = serve()
    post = b"POST /upper HTTP/1.1\r\nHost: x\r\n\r\n"
    assert statuses(server, post + b"GET /empty HTTP/1.1\r\nHost: x\r\n\r\n") == [500, 200]
    assert "LookupError: not today" in caplog.text


def test_a_file_that_shrinks_while_it_is_sent_ends_early(serve, folder, monkeypatch):
    part = modules["response"].FilePart

    class TooLong(part):
        def __init__(self, file, size):
            super().__init__(file, size + 1)

    monkeypatch.setattr(modules["file_site"], "FilePart", TooLong)
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        ask(serve())


# The end


@pytest.mark.skipif(on_windows, reason="signals cannot be sent to a single process there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_server_ends_cleanly_and_starts_again_at_once(start_program, number):
    program = start_program()
    with peers.connect(program) as idle, peers.connect(program) as used:
        used.sendall(b"GET /empty HTTP/1.1\r\nHost: x\r\n\r\n")
        assert used.recv(1024).startswith(b"HTTP/1.1 200 ")
        status, output = program.end_by(number)
        assert peers.receive_until_the_end(idle) == peers.receive_until_the_end(used) == b""
    assert (status, output) == (0, '127.0.0.1 "GET /empty" 200 0\n\nStopped\n')
    assert ask(start_program(port=program.port), "/empty")[0].status == 200


def test_a_request_under_way_is_answered_before_the_server_ends(serve):
    server = serve()
    with peers.connect(server) as sock:
        sock.sendall(
            b"POST /upper HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
        )
        assert sock.recv(1024).startswith(b"HTTP/1.1 100 ")
        server.begin_to_stop()
        deadline = time.monotonic() + 60
        while server.web_server._server.is_serving() and time.monotonic() < deadline:
            time.sleep(0.01)
        with pytest.raises(ConnectionRefusedError):
            peers.connect(server)
        sock.sendall(b"hello")
        answer = peers.receive_all(sock)
    assert answer.endswith(b"\r\n\r\nHELLO")
    assert b"Connection: close\r\n" in answer
    server.stop()


def test_a_request_that_takes_too_long_does_not_keep_the_server_from_ending(serve):
    server = serve(stop_seconds=0.05)
    with peers.connect(server) as sock:
        sock.sendall(
            b"POST /upper HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
        )
        assert sock.recv(1024).startswith(b"HTTP/1.1 100 ")
        server.stop()
        assert peers.receive_until_the_end(sock) == b""


def test_what_cannot_be_served_is_said_in_a_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, FOLDER / "web_server.py", tmp_path / "missing"],
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert "missing is no folder: name one that is to be served" in done.stderr


def test_each_limit_is_an_option(start_program):
    program = start_program("--head-bytes", "200", "--headers", "3")
    assert statuses(program, b"x" * 300) == [431]


# Other people's client


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not here")
def test_curl(serve, tmp_path):
    server = serve()

    def curl(*arguments, path="/text.txt"):
        address = f"http://127.0.0.1:{server.port}{path}"
        command = ["curl", "--silent", "--noproxy", "*", "--max-time", "60", *arguments, address]
        done = subprocess.run(command, capture_output=True, check=False)
        return done.returncode, done.stdout

    assert curl() == (0, TEXT)
    assert curl("--http1.0") == (0, TEXT)
    assert curl("--range", "5-9") == (0, TEXT[5:10])
    assert curl("--location", path="/inner") == (0, b"<p>inner")
    assert curl("--data", "hello", path="/upper") == (0, b"HELLO")
    chunked = ("--header", "Transfer-Encoding: chunked", "--data", "hello")
    assert curl(*chunked, path="/upper") == (0, b"HELLO")
    assert b"HTTP/1.1 200 OK\r\n" in curl("--head")[1]
    assert b"404" in curl("--path-as-is", path="/../secret.txt")[1]
    big = tmp_path / "big"
    big.write_bytes(b"x" * 900_000)
    assert curl("--data-binary", f"@{big}", path="/upper") == (0, b"X" * 900_000)
    big.write_bytes(b"x" * 3_000_000)
    assert curl("--data-binary", f"@{big}", path="/upper")[1].startswith(b"413 ")
    etag = tmp_path / "etag"
    assert curl("--etag-save", str(etag)) == (0, TEXT)
    again = curl("--etag-compare", str(etag), "--write-out", "%{http_code}")
    assert again == (0, b"304")
    half = tmp_path / "half"
    half.write_bytes(TEXT[:1000])
    assert curl("--continue-at", "-", "--output", str(half))[0] == 0
    assert half.read_bytes() == TEXT
    counted = curl(
        "--write-out", "%{num_connects}", f"http://127.0.0.1:{server.port}/empty", path="/empty"
    )
    assert counted == (0, b"10")
