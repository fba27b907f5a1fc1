"""The listings on urllib, where things go as the page does not show."""

import importlib
import io
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, IncompleteRead
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from hostile_peers import MISBEHAVIOURS, connect, exchange, receive_all

on_windows = sys.platform == "win32"
FOLDER = "tutorial_examples.sockets.urllib"


@pytest.fixture(autouse=True)
def without_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def is_still_there(server):
    with urlopen(f"http://127.0.0.1:{server.port}/upper?text=yes", timeout=60) as answer:
        return answer.read() == b"YES"


def head_and_body(data):
    head, _, body = data.partition(b"\r\n\r\n")
    return head.decode().split("\r\n"), body


def test_the_server_outlives_its_clients_and_stops_quietly(start):
    server = start("urllib/practice_server")
    for misbehave in MISBEHAVIOURS:
        misbehave(connect(server))
        assert is_still_there(server)
    with connect(server):  # a silent one holds up nobody
        assert is_still_there(server)
    if not on_windows:
        status, output = server.press_ctrl_c()
        assert status == 0
        assert "Traceback" not in output


@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_the_server_starts_again_on_its_port_at_once(start):
    server = start("urllib/practice_server")
    with connect(server) as sock:
        assert is_still_there(server)
        server.press_ctrl_c()
        assert sock.recv(1024) == b""
    assert is_still_there(start("urllib/practice_server", port=server.port))


def test_all_of_100_clients_at_once_are_served(start):
    server = start("urllib/practice_server")
    request = b"GET /upper?text=all HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda _: exchange(server, request), range(100)))
    assert {head_and_body(answer)[1] for answer in answers} == {b"ALL"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ("", "411"),
        ("Content-Length: -1\r\n", "411"),
        ("Content-Length: x\r\n", "411"),
        ("Transfer-Encoding: chunked\r\n", "411"),
        ("Content-Length: 100001\r\n", "413"),
        (f"Content-Length: {10**4000}\r\n", "413"),
        ("Content-Length: 5\r\n", None),
    ],
)
def test_a_body_of_a_length_that_is_missing_or_no_length_or_too_long(start, headers, status):
    server = start("urllib/practice_server")
    answer = exchange(server, f"POST /upper HTTP/1.1\r\nHost: x\r\n{headers}\r\ntext".encode())
    if status is None:  # four of five bytes came, and then the end
        assert head_and_body(answer)[0][0] == "HTTP/1.1 200 OK"
    else:
        assert head_and_body(answer)[0][0].split()[1] == status
        assert "Connection: close" in head_and_body(answer)[0]
    assert is_still_there(server)


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("/upper", 200),
        ("/upper?other=1", 200),
        ("/upper?text=%ff", 200),
        ("//127.0.0.1/upper", 404),
        ("/../../etc/passwd", 404),
        ("/upper/", 404),
        ("*", 404),
    ],
)
def test_targets_that_a_browser_would_not_send(start, target, status):
    server = start("urllib/practice_server")
    answer = exchange(server, f"GET {target} HTTP/1.0\r\n\r\n".encode())
    assert int(head_and_body(answer)[0][0].split()[1]) == status


def test_what_a_client_sends_cannot_paint_the_terminal(start):
    server = start("urllib/practice_server")
    exchange(server, b"GET /\x1b[2J HTTP/1.0\r\n\r\n")
    assert server.read_line() == "'GET /\\x1b[2J HTTP/1.0' 404"


def test_head_brings_no_body_and_the_connection_stays(start):
    server = start("urllib/practice_server")
    web = HTTPConnection("127.0.0.1", server.port, timeout=60)
    for method, path, length in [("HEAD", "/", "0"), ("GET", "/upper?text=x", "1")]:
        web.request(method, path)
        with web.getresponse() as answer:
            assert len(answer.read()) == int(length)
    sock = web.sock
    web.request("HEAD", "/numbers")
    with web.getresponse() as answer:
        assert answer.read() == b""
    assert sock is not None


def test_only_ann_gets_in(start):
    server = start("urllib/practice_server")
    for line in ("", "Authorization: Basic YW5uOmd1ZXNz\r\n", "Authorization: ann:secret\r\n"):
        answer = exchange(server, f"GET /private HTTP/1.0\r\n{line}\r\n".encode())
        assert head_and_body(answer)[0][0] == "HTTP/1.1 401 Unauthorized"
        assert 'WWW-Authenticate: Basic realm="practice"' in head_and_body(answer)[0]


def test_failures_on_purpose(start):
    url = f"http://127.0.0.1:{start('urllib/practice_server').port}"
    with pytest.raises(HTTPError) as caught:
        urlopen(f"{url}/busy", timeout=60)
    assert (caught.value.code, caught.value.read()) == (503, b"Come back later\n")
    with urlopen(f"{url}/broken", timeout=60) as answer, pytest.raises(IncompleteRead):
        answer.read()


def test_whoever_gives_up_a_slow_answer_leaves_no_trace(start):
    server = start("urllib/practice_server")
    with connect(server) as sock:
        sock.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        sock.shutdown(socket.SHUT_WR)
        assert receive_all(sock) == b""
    assert is_still_there(server)
    assert server.read_line() == "'GET /upper?text=yes HTTP/1.1' 200"


@pytest.fixture
def listing(monkeypatch):
    """A function that imports a listing of this page and sets its command line."""

    def import_it(name, *arguments):
        monkeypatch.setattr(sys, "argv", [f"{name}.py", *arguments])
        return importlib.import_module(f"{FOLDER}.{name}")

    return import_it


@pytest.fixture
def serve():
    """A function that serves bytes at every path, and returns the URL."""
    servers = []

    def serve_it(body, kind="text/html"):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=[0.01]).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve_it
    for server in servers:
        server.shutdown()
        server.server_close()


def test_links_that_are_none_or_lead_elsewhere(listing, serve, tmp_path, capsys):
    (tmp_path / "secret.txt").write_text("secret")
    page = f"""<a>none</a><a href>empty</a><A HREF='?x'>up<a href="{tmp_path.as_uri()}/secret.txt">
        <a href="mailto:ann@example.com"><a href="http://[::1"><link href="/no"><a href="/a b">
        <a href="http://127.0.0.1:port/"><a href="//"><p"""
    url = serve(page.encode())
    listing("links", url).main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"501 {url}?x"
    assert lines[1].startswith("not tried file:")
    assert lines[2] == "not tried mailto:ann@example.com"
    assert lines[3] == "no answer (Invalid IPv6 URL) http://[::1"
    assert lines[4].startswith("no answer (URL can't contain control characters.")
    assert lines[5].startswith("no answer (nonnumeric port: 'port')")


def test_a_page_that_is_no_utf_8(listing, serve, capsys):
    url = serve('grüße <a href="/x">'.encode("latin-1"), "text/html; charset=no-such")
    listing("links", url).main()
    assert capsys.readouterr().out == f"501 {url}x\n"


def test_a_download_that_gets_too_much_is_given_up(listing, serve, tmp_path, monkeypatch):
    download = listing("download", serve(b"x" * 2000), str(tmp_path / "file"))
    monkeypatch.setattr(download, "LARGEST", 2000)
    download.main()
    assert (tmp_path / "file").stat().st_size == 2000
    monkeypatch.setattr(download, "LARGEST", 1999)
    with pytest.raises(ValueError, match="has more than 1999 bytes"):
        download.main()


def test_the_upper_case_client_goes_on_after_errors(listing, start, serve, monkeypatch, capsys):
    client = listing("upper_web_client")
    server = start("urllib/practice_server")
    base = f"http://127.0.0.1:{server.port}"
    urls = [f"{base}/upper", f"{base}/missing", serve(b""), f"{base}/upper"]
    lines = ["a&b=c", "x", "y", "Größe", ""]

    def type_line(_):
        if urls:
            monkeypatch.setattr(client, "URL", urls.pop(0))
        return lines.pop(0)

    monkeypatch.setattr("builtins.input", type_line)
    client.main()
    assert capsys.readouterr().out.splitlines() == [
        "A&B=C",
        "The server refused: 404 Not Found",
        "The server refused: 501 Unsupported method ('POST')",
        "GRÖSSE",
    ]


def test_the_private_client_without_the_right_password(listing, start, monkeypatch):
    client = listing("private_client")
    server = start("urllib/practice_server")
    monkeypatch.setattr(client, "URL", f"http://127.0.0.1:{server.port}/private")
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    client.main()
    assert output.getvalue() == "Ann's page\n"
    monkeypatch.setattr(client, "URL", f"http://127.0.0.1:{server.port}/missing")
    with pytest.raises(HTTPError, match="404"):
        client.main()
