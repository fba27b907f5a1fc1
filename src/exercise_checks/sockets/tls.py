"""Checks of the exercises on the page `sockets/tls`.

They need the files that the page has made in the folder where the reader is: a server's certificate
and key, and the certificate of the authority that clients trust.
"""

import contextlib
import socket
import ssl
import time
from datetime import UTC, datetime
from pathlib import Path

from exercise_checks import program as programs
from exercise_checks.attempt import Attempt, NotTried
from exercise_checks.exercises import needs, program_exercise
from exercise_checks.played_client import MISBEHAVIOURS, TcpServer, tcp_server
from exercise_checks.ports import HOST, taken_tcp
from exercise_checks.program import Program
from exercise_checks.sending import expect_whole_sending
from exercise_checks.wording import shown

PORT = 9999
NAME = "localhost"
AUTHORITY = "client.pem"
CERTIFICATE, KEY = "server.pem", "server.key"
ANN = Path("ann")


@needs("ssl")
@program_exercise
def check_expiry(attempt: Attempt) -> None:
    _need(Path(), "python -m trustme")
    ours = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ours.load_cert_chain(CERTIFICATE, KEY)
    line = f"Valid until {_last_day(ours)}"
    try:
        listener = socket.create_server((HOST, PORT))
    except OSError as error:
        raise taken_tcp(PORT) from error
    with listener, Program(attempt, "client") as client:
        listener.settimeout(programs.START_SECONDS)
        should = f"{client.name} should have shaken hands with the server at port {PORT}"
        try:
            plain, _ = listener.accept()
        except TimeoutError:
            raise client.failure(f"{should}; it has not called it", is_silent=True) from None
        plain.settimeout(programs.PATIENCE_SECONDS)
        try:
            with plain, ours.wrap_socket(plain, server_side=True) as sock:
                client.expect_line(line, "when it had the server's certificate")
                with contextlib.suppress(OSError):
                    sock.unwrap()
        except OSError as error:
            raise client.failure(f"{should}; the handshake failed: {error}", is_gone=True) from None
        client.expect_end("when the line is printed")


@needs("ssl")
@program_exercise
def check_mutual(attempt: Attempt) -> None:
    _need(Path(), "python -m trustme")
    _need(ANN, "python -m trustme -d ann -i ann.example")
    with tcp_server(attempt, PORT) as server:
        with server.connect():
            pass
        _ask_as_ann(server, "a client closed its connection at once; ")
        answer = _answer(server, _client_context(), "")
        if answer:
            raise server.program.failure(
                "a client without a certificate was connected, and should have been refused;"
                f" {server.program.name} answered {shown(answer)}",
                "verify_mode = ssl.CERT_REQUIRED",
            )
        _ask_as_ann(server, "a client without a certificate was refused; ")
        for text, misbehave in MISBEHAVIOURS.items():
            with server.connect() as rude:
                misbehave(rude)
            _ask_as_ann(server, f"{text}; ")
        server.program.press_ctrl_c()
    expect_whole_sending(attempt)


def _need(folder: Path, command: str) -> None:
    for name in (AUTHORITY, CERTIFICATE, KEY):
        if not (folder / name).is_file():
            raise NotTried(f"there is no {folder / name} in this folder; make it with {command}")


def _last_day(server: ssl.SSLContext) -> str:
    """The day until which the server's certificate is valid, from a handshake with ourselves."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    ours = _client_context().wrap_bio(to_client, to_server, server_hostname=NAME)
    for end in (ours, theirs, ours, theirs):
        with contextlib.suppress(ssl.SSLWantReadError):
            end.do_handshake()
    certificate = ours.getpeercert() or {}
    seconds = ssl.cert_time_to_seconds(str(certificate["notAfter"]))
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _client_context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=AUTHORITY)


def _ask_as_ann(server: TcpServer, before: str) -> None:
    context = _client_context()
    context.load_cert_chain(ANN / CERTIFICATE, ANN / KEY)
    answer = _answer(server, context, before)
    should = f"{before}after b'hello' from Ann, {server.program.name} should have"
    if answer != b"HELLO":
        raise server.program.failure(f"{should} answered b'HELLO'; it answered {shown(answer)}")
    deadline = time.monotonic() + programs.PATIENCE_SECONDS
    while "Connection from ann.example\n" not in server.program.printed:
        if time.monotonic() > deadline:
            raise server.program.failure(f"{should} printed 'Connection from ann.example'")
        time.sleep(programs.PAUSE_SECONDS)


def _answer(server: TcpServer, context: ssl.SSLContext, before: str) -> bytes:
    """What the server answers to `hello`; nothing if it refuses."""
    try:
        plain = socket.create_connection((HOST, PORT), timeout=programs.PATIENCE_SECONDS)
    except OSError as error:
        raise server.program.failure(
            f"{before}a client should have been able to connect to port {PORT}; it could not:"
            f" {error}",
            is_gone=True,
        ) from error
    with plain:
        try:
            with context.wrap_socket(plain, server_hostname=NAME) as sock:
                sock.sendall(b"hello")
                answer = sock.recv(1024)
                sock.unwrap()
                return answer
        except TimeoutError:
            raise server.program.failure(
                f"{before}after a handshake and b'hello', {server.program.name} should have"
                " answered, or refused the client; it has done neither",
                is_silent=True,
            ) from None
        except OSError:
            return b""
