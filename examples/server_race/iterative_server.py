"""Serve one client after another."""

from server_program import run
from upper_service import UpperServer, serve_with


def serve(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    serve_with(UpperServer, port)


if __name__ == "__main__":
    run(serve, __doc__)
