"""Checks of the exercises on the page `sockets/urllib`."""

from urllib.parse import parse_qs

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.http_requests import Request, receive_request, response
from exercise_checks.played_server import PlayedServer, tcp_listener
from exercise_checks.ports import expect_free_tcp
from exercise_checks.program import Program

PORT = 8000
PAGE = b"""<!DOCTYPE html>
<title>Links</title>
<p><a href="/here">Here</a>, <a class="x" href="missing?page=2">missing</a>,
<a name="anchor">no link</a>, <link href="style.css"> and <a href="/gone">gone</a></p>
"""
LINKS = (
    ("/here", "200 OK", "200"),
    ("/folder/missing?page=2", "404 Not Found", "404"),
    ("/gone", "410 Gone", "410"),
)


@program_exercise
def check_upper(attempt: Attempt) -> None:
    expect_free_tcp(PORT)
    with Program(attempt, "client") as client:
        with tcp_listener(PORT) as server:
            for text in ("hello", "Straße & Co=1"):
                _expect_post(client, server, text, "200 OK", text.upper().encode())
                client.expect_line(text.upper(), f"when {text!r} had its answer")
            _expect_post(client, server, "again", "503 Service Unavailable", b"")
            client.expect_line(
                "The server refused: 503 Service Unavailable",
                "when the server had answered 503 Service Unavailable",
            )
        client.type("nobody")
        client.expect_beginning("No answer: ", "when nobody listens on the port")
        client.type("")
        client.expect_end("when an empty line is typed")


@program_exercise
def check_links(attempt: Attempt) -> None:
    with tcp_listener(0) as server:
        base = f"http://127.0.0.1:{server.port}"
        url = f"{base}/folder/page"
        with Program(attempt, "client", (url,)) as client:
            with server.accept(client) as connection:
                _expect_request(connection, client, "GET", "/folder/page")
                connection.send(response("200 OK", PAGE, "text/html"))
            for target, status, _ in LINKS:
                with server.accept(client, f"{url} has a link to {target}; ") as connection:
                    _expect_request(connection, client, "HEAD", target)
                    connection.send(response(status, b""))
            for target, status, number in LINKS:
                when = f"when {base}{target} was answered with {status}"
                client.expect_line(f"{number} {base}{target}", when)
            client.expect_end("when all links were tried")


def _expect_request(connection: Conversation, client: Program, method: str, target: str) -> Request:
    found = receive_request(connection)
    if (found.method, found.target) != (method, target):
        raise client.failure(
            f"{client.name} should have asked for {method} {target}; it asked for"
            f" {found.method} {found.target}",
            "a link counts from the page that it is on: see urllib.parse.urljoin"
            if found.method == method
            else "",
        )
    return found


def _expect_post(
    client: Program, server: PlayedServer, text: str, status: str, body: bytes
) -> None:
    client.type(text)
    with server.accept(client, f"{text!r} was typed; ") as connection:
        found = _expect_request(connection, client, "POST", "/upper")
        form = parse_qs(found.body.decode("latin-1"))
        if form != {"text": [text]}:
            raise client.failure(
                f"when {text!r} is typed, {client.name} should have sent a form with the field"
                f" text; its body was {found.body!r}",
                "urllib.parse.urlencode makes the body of a form",
            )
        connection.send(response(status, body))
