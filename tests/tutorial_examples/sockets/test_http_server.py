"""The servers made with http.server and wsgiref, where things go as the page does not show."""

import importlib
import io
import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest
from hostile_peers import (
    MISBEHAVIOURS,
    connect,
    exchange,
    receive_until_the_end,
    reset,
)

on_windows = sys.platform == "win32"

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REQUESTS = {
    "file_server": ("/hello.txt", b"Hello, reader\n"),
    "private_file_server": ("/hello.txt", b"Hello, reader\n"),
    "upper_web_server": ("/upper?text=hello", b'{"text": "HELLO"}'),
    "wsgi_server": ("/upper?text=hello", b"HELLO\n"),
    "notes_server": ("/notes", b"[]"),
}


@pytest.fixture
def public(tmp_path):
    """The folder that is served, beside the copied listing."""
    folder = tmp_path / "public"
    (folder / "inside" / ".hidden").mkdir(parents=True)
    (folder / "hello.txt").write_bytes(b"Hello, reader\n")
    (folder / "inside" / ".hidden" / "plain.txt").write_text("hidden\n")
    (tmp_path / "secret.txt").write_text("secret\n")
    return folder


@pytest.fixture
def launch(start, public):
    """A function that starts a listing of this page."""
    return lambda name, **options: start(f"http_server/{name}", **options)


def ask(server, method, path, body=None, headers=FORM):
    """The status and the body of the response."""
    browser = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        browser.request(method, path, body, headers)
        response = browser.getresponse()
        return response.status, response.read()
    finally:
        browser.close()


@pytest.mark.parametrize("name", REQUESTS)
def test_a_server_outlives_its_clients(launch, name):
    path, answer = REQUESTS[name]
    server = launch(name)
    for misbehave in MISBEHAVIOURS * 2:
        misbehave(connect(server))
        assert ask(server, "GET", path) == (200, answer)


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.skipif(on_windows, reason="Ctrl-C cannot be sent to a single process there")
def test_ctrl_c_stops_a_server_which_starts_again_at_once(launch, name):
    path, answer = REQUESTS[name]
    server = launch(name)
    assert ask(server, "GET", path) == (200, answer)
    with connect(server) as sock:
        status, output = server.press_ctrl_c()
        receive_until_the_end(sock)
    assert (status, output.endswith("\nStopped\n"), "Traceback" in output) == (0, True, False)
    assert ask(launch(name, port=server.port), "GET", path) == (200, answer)


@pytest.mark.parametrize("name", ["upper_web_server", "notes_server"])
def test_all_of_100_clients_at_once_are_served(launch, name):
    path, answer = REQUESTS[name]
    server = launch(name)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(server, "GET", path), range(100)))
    assert answers == [(200, answer)] * 100


def test_a_client_that_goes_away_is_one_line_in_the_log(launch):
    server = launch("upper_web_server")
    sock = connect(server)
    sock.sendall(b"GET /upper?text=x HTTP/1.1\r\nHo")
    reset(sock)
    assert server.read_line().startswith("ERROR 127.0.0.1 broken off: ")
    assert ask(server, "GET", "/upper?text=x") == (200, b'{"text": "X"}')
    assert server.read_line() == 'INFO 127.0.0.1 "GET /upper?text=x HTTP/1.1" 200 -'


def test_what_a_stranger_sends_reaches_the_log_without_its_control_characters(launch):
    server = launch("upper_web_server")
    exchange(server, b"GET /\x1b[2J\xff HTTP/1.1\r\nHost: x\r\n\r\n")
    line = server.read_line() + server.read_line()
    assert "/\\x1b[2J\\xff" in line
    assert "\x1b" not in line


def test_an_exception_of_ours_is_logged_with_its_traceback(caplog):
    module = importlib.import_module("tutorial_examples.sockets.http_server.upper_web_server")
    with module.Server(("127.0.0.1", 0), module.UpperHandler) as server:
        try:
            raise LookupError("not today")
        except LookupError:
            server.handle_error(None, ("127.0.0.1", 1))
        try:
            raise ConnectionResetError("gone")
        except ConnectionResetError:
            server.handle_error(None, ("127.0.0.1", 2))
    ours, theirs = caplog.records
    assert (ours.getMessage(), bool(ours.exc_info)) == ("127.0.0.1 broken off: not today", True)
    assert (theirs.getMessage(), bool(theirs.exc_info)) == ("127.0.0.1 broken off: gone", False)


@pytest.mark.parametrize("posted", ["text=a+b%26", "lang=en&text=a+b%26&text=c"])
def test_a_form_is_taken_apart(launch, posted):
    assert ask(launch("upper_web_server"), "POST", "/upper", posted) == (200, b'{"text": "A B&"}')


def test_what_the_upper_web_server_does_not_take(launch):
    server = launch("upper_web_server")
    long = "text=" + "x" * 99_995
    assert ask(server, "POST", "/upper", long)[0] == 200
    assert ask(server, "POST", "/upper", None, {**FORM, "Content-Length": "100001"})[0] == 413
    assert ask(server, "POST", "/upper", "text=x", {"Content-Type": "text/plain"})[0] == 415
    assert ask(server, "POST", "/lower", "text=x")[0] == 404
    assert ask(server, "POST", "/upper", "txt=x")[0] == 400
    assert ask(server, "POST", "/upper", b"\xff")[0] == 400
    assert ask(server, "GET", "/")[0] == 404
    assert ask(server, "HEAD", "/upper")[0] == 501
    for length in ("-1", "+1", "1_0", "", "1 1", "9" * 5000):
        headers = {**FORM, "Content-Length": length}
        assert (length, ask(server, "POST", "/upper", "", headers)[0]) == (
            length,
            413 if length.isdecimal() else 411,
        )
    chunked = {**FORM, "Transfer-Encoding": "chunked"}
    assert ask(server, "POST", "/upper", None, chunked)[0] == 411


def test_a_refused_request_ends_its_connection_so_that_its_body_is_no_request(launch):
    server = launch("upper_web_server")
    smuggled = b"GET /upper?text=smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    with connect(server) as sock:
        sock.sendall(
            b"POST /upper HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
            b"Content-Length: %d\r\n\r\n" % len(smuggled) + smuggled
        )
        assert b"SMUGGLED" not in receive_until_the_end(sock)


def test_the_body_of_a_get_is_taken_for_the_next_request_as_the_page_says(launch):
    server = launch("upper_web_server")
    smuggled = b"GET /upper?text=smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with connect(server) as sock:
        sock.sendall(
            b"GET /upper?text=x HTTP/1.1\r\nHost: x\r\n"
            b"Content-Length: %d\r\n\r\n" % len(smuggled) + smuggled
        )
        assert b"SMUGGLED" in receive_until_the_end(sock)


def test_a_silent_client_is_given_up(monkeypatch):
    module = importlib.import_module("tutorial_examples.sockets.http_server.upper_web_server")
    monkeypatch.setattr(module.UpperHandler, "timeout", 0.05)
    with (
        module.Server(("127.0.0.1", 0), module.UpperHandler) as server,
        socket.create_connection(server.server_address, timeout=60) as sock,
    ):
        sock.sendall(b"GET /upper?te")
        server.handle_request()
        assert sock.recv(1024) == b""


def test_the_private_server_serves_no_more_than_it_should(launch, public):
    if not on_windows:
        (public / "link.txt").symlink_to("../secret.txt")
        (public / "circle").symlink_to("circle")
    server = launch("private_file_server")
    for path in (
        "/inside/",
        "/inside/.hidden/plain.txt",
        "/inside/%2ehidden/plain.txt",
        "/inside/../inside/.hidden/plain.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/link.txt",
        "/circle",
        "/%00",
        "/nothing.txt",
    ):
        assert (path, ask(server, "GET", path)[0]) == (path, 404)


@pytest.mark.skipif(on_windows, reason="links need a privilege there")
def test_the_file_server_serves_more_as_the_page_says(launch, public):
    (public / "link.txt").symlink_to("../secret.txt")
    server = launch("file_server")
    assert ask(server, "GET", "/link.txt") == (200, b"secret\n")
    assert ask(server, "GET", "/inside/.hidden/plain.txt") == (200, b"hidden\n")
    assert b".hidden" in ask(server, "GET", "/inside/")[1]
    assert ask(server, "GET", "/../secret.txt")[0] == 404


def call(query, path="/upper"):
    """Call the application as a strict server would."""
    app = importlib.import_module("tutorial_examples.sockets.http_server.wsgi_server").app
    environ = {"SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query}
    setup_testing_defaults(environ)
    environ["wsgi.errors"] = io.StringIO()
    seen = []
    body = validator(app)(environ, lambda status, headers: seen.append((status, dict(headers))))
    content = b"".join(body)
    body.close()
    [(status, headers)] = seen
    assert int(headers["Content-Length"]) == len(content)
    return status, content.decode()


@pytest.mark.parametrize(
    ("query", "text"),
    [("text=hello", "HELLO"), ("text=Gr%C3%BC%C3%9Fe", "GRÜSSE"), ("text=a&text=b", "A")],
)
def test_the_application_keeps_to_wsgi(query, text):
    assert call(query) == ("200 OK", f"{text}\n")


@pytest.mark.parametrize(("query", "path"), [("", "/upper"), ("text=", "/upper"), ("text=x", "/")])
def test_the_application_says_what_to_ask_for(query, path):
    assert call(query, path) == ("404 Not Found", "Ask for /upper?text=hello\n")


def test_no_two_notes_get_the_same_number(launch):
    server = launch("notes_server")
    with ThreadPoolExecutor(4) as pool:
        added = list(
            pool.map(
                lambda n: ask(server, "POST", "/notes", json.dumps({"note": f"n{n}"})), range(60)
            )
        )
    assert {status for status, _ in added} == {201}
    numbers = [json.loads(body)["number"] for _, body in added]
    assert sorted(numbers) == list(range(60))
    listed = json.loads(ask(server, "GET", "/notes")[1])
    assert [listed[number] for number in numbers] == [f"n{n}" for n in range(60)]


def test_what_is_no_note(launch):
    server = launch("notes_server")
    for body in (b"", b"milk", b"\xff", b"7", b"{}", b'{"note": 7}', b'["note"]', b"[" * 1000):
        assert (body, ask(server, "POST", "/notes", body)[0]) == (body, 400)
    # Bodies that are not read are not sent either, or the end might come as a reset.
    assert ask(server, "POST", "/notes", None, {"Content-Length": "1001"})[0] == 413
    assert ask(server, "POST", "/notes", None, {"Content-Length": "-1"})[0] == 413
    assert ask(server, "POST", "/notes", None, {"Transfer-Encoding": "chunked"})[0] == 413
    assert ask(server, "POST", "/other", b"")[0] == 404
    assert ask(server, "GET", "/other")[0] == 404
    assert ask(server, "GET", "/notes") == (200, b"[]")


def test_there_is_an_end_to_notes(launch, monkeypatch):
    module = importlib.import_module("tutorial_examples.sockets.http_server.notes_server")
    answers = []
    monkeypatch.setattr(module, "notes", [])
    monkeypatch.setattr(module, "MOST_NOTES", 1)
    monkeypatch.setattr(module.NotesHandler, "__init__", lambda self: None)
    monkeypatch.setattr(
        module.NotesHandler, "send_json", lambda self, *answer: answers.append(answer)
    )
    for _ in range(2):
        module.NotesHandler().add_note(b'{"note": "milk"}')
    assert answers == [(201, {"number": 0}), (507, {"error": "no room for more notes"})]


def test_the_client_sends_forms_over_one_connection(launch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)
        client = launch("upper_web_client", port=listener.getsockname()[1])
        client.type("a&b")
        sock, _ = listener.accept()
        with sock, sock.makefile("rb") as stream:
            for text, form in [("one", b"text=a%26b"), ("two", b"text=next")]:
                while stream.readline() != b"\r\n":
                    pass
                assert stream.read(len(form)) == form
                body = json.dumps({"text": text}).encode()
                sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                if text == "one":
                    client.type("next")
            assert client.finish() == (0, "Text: 200 one\nText: 200 two\nText: \n")
            assert sock.recv(1024) == b""
