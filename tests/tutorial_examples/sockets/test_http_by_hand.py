"""The web servers and clients made by hand, where things go as the page does not show."""

import http.client
import importlib
import io
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hostile_peers import (
    MISBEHAVIOURS,
    connect,
    exchange,
    receive_all,
    receive_until_the_end,
)

on_windows = sys.platform == "win32"

SERVERS = {
    "naive_server": b"GET /hello.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "web_server": b"GET /hello.txt HTTP/1.1\r\nHost: x\r\n\r\n",
    "upper_web_server": b"POST /upper HTTP/1.1\r\nContent-Length: 6\r\n\r\nreader",
}


@pytest.fixture
def public(tmp_path):
    """The folder that is served, beside the copied listing, with a file above it."""
    folder = tmp_path / "public"
    folder.mkdir()
    (folder / "hello.txt").write_text("Hello, READER\n")
    (folder / "empty.bin").write_bytes(b"")
    (folder / "a b.txt").write_text("spaced\n")
    (folder / "inside").mkdir()
    (tmp_path / "secret.txt").write_text("READER of secrets\n")
    (tmp_path / "public2").mkdir()
    (tmp_path / "public2" / "secret.txt").write_text("READER of secrets\n")
    return folder


@pytest.fixture
def launch(start, public):
    """A function that starts a listing of this page."""
    return lambda name, **options: start(f"http_by_hand/{name}", **options)


def get(server, target, *, version="HTTP/1.1", headers="Host: x\r\n", method="GET"):
    """The status and the body of the response to one request over a connection of its own."""
    head, _, body = exchange(
        server, f"{method} {target} {version}\r\n{headers}\r\n".encode()
    ).partition(b"\r\n\r\n")
    return head.split(b"\r\n")[0].decode().partition(" ")[2], body


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_outlives_its_clients(launch, name):
    server = launch(name)
    for misbehave in MISBEHAVIOURS * 2:
        misbehave(connect(server))
        assert b"READER" in exchange(server, SERVERS[name])
    status, output = server.press_ctrl_c()
    assert (status, "Traceback" in output) == (0, False)


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C does not interrupt accept there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(launch, name):
    server = launch(name)
    with connect(server) as sock:
        sock.sendall(SERVERS[name][:9])
        status, output = server.press_ctrl_c()
        receive_until_the_end(sock)
    assert (status, output.endswith("\nStopped\n"), "Traceback" in output) == (0, True, False)
    assert b"READER" in exchange(launch(name, port=server.port), SERVERS[name])


@pytest.mark.parametrize("name", ["web_server", "upper_web_server"])
def test_a_request_in_single_bytes_is_one_request(launch, name):
    with connect(launch(name)) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in SERVERS[name]:
            sock.sendall(bytes([byte]))
        sock.shutdown(socket.SHUT_WR)
        answer = receive_all(sock)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.count(b"HTTP/1.1") == 1


def test_the_naive_server_serves_what_it_should_not(launch):
    assert b"READER of secrets" in exchange(
        launch("naive_server"), b"GET /../secret.txt HTTP/1.1\r\n\r\n"
    )


OUTSIDE = [
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/%2E%2e%2Fsecret.txt",
    "/inside/../../secret.txt",
    "/../public2/secret.txt",
    "//../secret.txt",
    "..%5csecret.txt",
    "/..\\secret.txt",
    "/link.txt",
    "/linked/secret.txt",
    "/circle",
    "/%00",
    "/hello.txt%00.html",
    "/" + 300 * "x",
    "/" + "x/" * 1500,
    "/inside",
    "/",
    "*",
    "http://elsewhere/hello.txt",
    "/%ff",
]


def test_what_is_not_in_the_folder_is_not_found(launch, public):
    if not on_windows:
        (public / "link.txt").symlink_to("../secret.txt")
        (public / "linked").symlink_to("..")
        (public / "circle").symlink_to("circle")
    server = launch("web_server")
    for target in OUTSIDE:
        assert (target, *get(server, target)) == (target, "404 Not Found", b"No such page\n")


def test_the_secret_is_not_found_by_its_whole_path(launch, public):
    secret = public.with_name("secret.txt").as_posix()
    assert get(launch("web_server"), secret)[0] == "404 Not Found"
    assert get(launch("web_server"), "/" + secret)[0] == "404 Not Found"


def test_names_that_need_quoting_and_queries_are_understood(launch):
    server = launch("web_server")
    assert get(server, "/a%20b.txt") == ("200 OK", b"spaced\n")
    assert get(server, "/hello.txt?a=/../secret.txt")[1] == b"Hello, READER\n"
    assert get(server, "/inside/../hello.txt")[1] == b"Hello, READER\n"
    assert get(server, "/empty.bin") == ("200 OK", b"")


REQUEST_LINES = [
    ("GET /hello.txt", "400 Bad Request"),
    ("GET  /hello.txt HTTP/1.1", "400 Bad Request"),
    ("", "400 Bad Request"),
    ("\u00ff\u00fe", "400 Bad Request"),
    ("GET /hello.txt HTTP/2.0", "505 HTTP Version Not Supported"),
    ("GET /hello.txt http/1.1", "505 HTTP Version Not Supported"),
    ("POST /hello.txt HTTP/1.1", "501 Not Implemented"),
    ("get /hello.txt HTTP/1.1", "501 Not Implemented"),
    ("GET /" + "x" * 5000 + " HTTP/1.1", "400 Bad Request"),
]


def test_what_is_no_request_is_refused(launch):
    server = launch("web_server")
    for request_line, status in REQUEST_LINES:
        with connect(server) as sock:
            sock.sendall(f"{request_line}\r\nHost: x\r\n\r\n".encode())
            answer = receive_until_the_end(sock).decode().split("\r\n")[0]
        assert (request_line, answer) == (request_line, f"HTTP/1.1 {status}")


HEADERS = [
    ("", "400 Bad Request"),
    ("Host: x\r\nno header\r\n", "400 Bad Request"),
    ("Host : x\r\n", "400 Bad Request"),
    ("Host: x\r\n folded\r\n", "400 Bad Request"),
    ("Host: x\r\n: y\r\n", "400 Bad Request"),
    ("Host: x\r\nX: " + "y" * 5000 + "\r\n", "400 Bad Request"),
    ("Host: x\r\n" + "X: y\r\n" * 101, "431 Request Header Fields Too Large"),
    ("Host: x\r\n" + "X: y\r\n" * 98, "200 OK"),
    ("hOST:x\r\n", "200 OK"),
    ("Host:\n", "200 OK"),
]


def test_headers(launch):
    server = launch("web_server")
    for headers, status in HEADERS:
        with connect(server) as sock:
            sock.sendall(f"GET /hello.txt HTTP/1.1\r\n{headers}\r\n".encode())
            # A client that closes its side lets the server end a connection that it would keep.
            sock.shutdown(socket.SHUT_WR)
            answer = receive_until_the_end(sock).decode().split("\r\n")[0]
        assert (headers, answer) == (headers, f"HTTP/1.1 {status}")


def test_a_head_is_sent_alone_and_says_the_length_of_the_body(launch):
    server = launch("web_server")
    browser = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for method, body in [("HEAD", b""), ("GET", b"Hello, READER\n"), ("HEAD", b"")]:
        browser.request(method, "/hello.txt")
        response = browser.getresponse()
        assert response.headers["Content-Length"] == "14"
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.read() == body
    browser.close()


REPEATED = [
    ("GET /hello.txt HTTP/1.1\r\nHost: x\r\n\r\n", 3),
    ("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", 3),
    ("GET /hello.txt HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n", 1),
    ("GET /hello.txt HTTP/1.0\r\n\r\n", 1),
    ("GET /hello.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", 1),
    ("GET /hello.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", 1),
]


def test_how_many_requests_at_once_one_connection_serves(launch):
    server = launch("web_server")
    for request_head, responses in REPEATED:
        with connect(server) as sock:
            sock.sendall(request_head.encode() * 3)
            sock.shutdown(socket.SHUT_WR)
            count = receive_until_the_end(sock).count(b"HTTP/1.1 ")
        assert (request_head, count) == (request_head, responses)


def test_a_silent_client_keeps_nobody_waiting(launch):
    server = launch("web_server")
    with connect(server), connect(server) as half:
        half.sendall(b"GET /hel")
        assert get(server, "/hello.txt")[0] == "200 OK"


def test_a_silent_client_is_given_up(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module("tutorial_examples.sockets.http_by_hand.web_server")
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    left, right = socket.socketpair()
    with left:
        left.sendall(b"GET /hel")
        module.serve(right)
        assert left.recv(1024) == b""
    assert capsys.readouterr().out == "Broken off: timed out\n"


def test_all_of_100_clients_at_once_are_served(launch):
    server = launch("web_server")
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: get(server, "/hello.txt"), range(100)))
    assert answers == [("200 OK", b"Hello, READER\n")] * 100


POSTED = [
    (b"POST /upper HTTP/1.1\r\nContent-Length: 2\r\n\r\nok", b"200 OK"),
    (b"POST /upper HTTP/1.0\ncontent-length: 2\n\nok", b"200 OK"),
    (b"POST /upper HTTP/1.1\r\nContent-Length: 0\r\n\r\n", b"200 OK"),
    (b"POST /upper HTTP/1.1\r\nContent-Length: 3\r\n\r\nok", b"400 Bad Request"),
    (b"POST /upper HTTP/1.1\r\nContent-Length: 1\r\n\r\n\xff", b"400 Bad Request"),
    (b"POST /upper HTTP/1.1\r\nContent-Length: +2\r\n\r\nok", b"400 Bad Request"),
    (b"POST /upper HTTP/1.1\r\nContent-Length: 1_0\r\n\r\nok", b"400 Bad Request"),
    (b"POST /upper HTTP/1.1\r\nContent-Length:\r\n\r\n", b"400 Bad Request"),
    (b"POST /upper HTTP/1.1\r\nContent-Le", b"400 Bad Request"),
    (b"POST /upper HTTP/1.1\r\n\r\nok", b"411 Length Required"),
    (b"POST /upper HTTP/1.1\r\nContent-Length: 100001\r\n\r\n", b"413 Content Too Large"),
    (
        b"POST /upper HTTP/1.1\r\nContent-Length: " + b"9" * 4000 + b"\r\n\r\n",
        b"413 Content Too Large",
    ),
    (
        b"POST /upper HTTP/1.1\r\n" + b"X: y\r\n" * 101,
        b"431 Request Header Fields Too Large",
    ),
    (b"GET /upper HTTP/1.1\r\n\r\n", b"404 Not Found"),
    (b"", b"404 Not Found"),
]


def test_what_the_upper_web_server_takes(launch):
    server = launch("upper_web_server")
    for request_bytes, status in POSTED:
        with connect(server) as sock:
            sock.sendall(request_bytes)
            sock.shutdown(socket.SHUT_WR)
            answer = receive_until_the_end(sock).split(b"\r\n")[0]
        assert (request_bytes, answer) == (request_bytes, b"HTTP/1.1 " + status)


def test_the_longest_text_comes_back(launch):
    server = launch("upper_web_server")
    body = b"x" * 100_000
    answer = exchange(server, b"POST /upper HTTP/1.1\r\nContent-Length: 100000\r\n\r\n" + body)
    assert answer.endswith(b"\r\n\r\n" + body.upper())


@pytest.mark.parametrize(
    ("response", "received"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP", ("HTTP/1.1 200 OK", b"ok")),
        (b"HTTP/1.1 200 OK\nContent-Length:2\n\nok", ("HTTP/1.1 200 OK", b"ok")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", ("HTTP/1.1 204 No Content", b"")),
    ],
)
def test_a_response_has_the_length_that_its_head_says(response, received):
    module = importlib.import_module("tutorial_examples.sockets.http_by_hand.fetch_client")
    assert module.receive_response(io.BytesIO(response)) == received


@pytest.mark.parametrize("response", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok"])
def test_a_response_that_breaks_off_is_none(response):
    module = importlib.import_module("tutorial_examples.sockets.http_by_hand.fetch_client")
    with pytest.raises(EOFError, match="ended within a response"):
        module.receive_response(io.BytesIO(response))


def test_the_fetch_client_ends_with_its_input_and_with_the_server(launch, listener):
    client = launch("fetch_client", port=listener.getsockname()[1])
    sock, _ = listener.accept()
    with sock:
        client.type("/x")
        assert sock.recv(1024).startswith(b"GET /x HTTP/1.1\r\n")
    status, output = client.finish()
    assert (status, output) == (0, "Path: the stream ended within a response\n")


def test_the_request_client_sends_lines_with_the_right_ends(launch, listener):
    client = launch("request_client", port=listener.getsockname()[1])
    for line in ("GET / HTTP/1.1", "Host: x", ""):
        client.type(line)
    sock, _ = listener.accept()
    with sock:
        assert sock.recv(1024) == b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        sock.sendall("Grüße".encode())
    assert client.finish() == (0, "> > > Grüße\n")
