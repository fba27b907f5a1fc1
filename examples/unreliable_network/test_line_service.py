"""Test the line server of the page on framing behind a bad network.

Start it with `python -m pytest test_line_service.py`. It needs pytest, the package
tutorial_examples, and faults.py, running.py, tcp_proxy.py beside it.
"""

import socket
import threading
from collections.abc import Iterator

import pytest
from faults import StreamFaults
from running import in_background
from tcp_proxy import serve_tcp

from tutorial_examples.sockets.framing import upper_line_server


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A listening socket, at a port that the system chose."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        yield listener


def exchange(port: int, request: bytes) -> bytes:
    """Send a request, end the stream, and receive up to the end of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
        sock.sendall(request)
        sock.shutdown(socket.SHUT_WR)
        with sock.makefile("rb") as answer:
            return answer.read()


@pytest.mark.parametrize(
    "faults",
    [
        StreamFaults(),
        StreamFaults(one_byte_at_a_time=True, gap=0.001),
        StreamFaults(coalescing=0.05),
        StreamFaults(delay=0.05),
    ],
    ids=str,
)
def test_the_answer_is_whole(listener: socket.socket, faults: StreamFaults) -> None:
    """However the network cuts and joins, each line has its answer."""

    def serve_one() -> None:
        sock, _ = listener.accept()
        with sock:
            sock.settimeout(10)
            upper_line_server.serve(sock)

    server = threading.Thread(target=serve_one)
    server.start()
    with in_background(serve_tcp, listener.getsockname()[1], faults) as port:
        assert exchange(port, "Hello\nGroße Straße\n".encode()) == b"HELLO\nGROSSE STRASSE\n"
    server.join()
