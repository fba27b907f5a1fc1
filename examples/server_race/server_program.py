"""What all servers of the race have in common: a port, a first line, an end by Ctrl-C."""

import argparse
import socket
from collections.abc import Callable

HOST = "127.0.0.1"
PORT = 9999
# How many connections may wait to be accepted; a thousand clients come at once.
QUEUE = 1024


def announce(listener: socket.socket) -> None:
    """Print where the server listens, at once, since the race waits for this line."""
    host, port = listener.getsockname()
    print(f"Listening on {host} port {port}", flush=True)


def run(serve: Callable[[int], None], description: str | None) -> None:
    """Serve on the port that the command line names, until Ctrl-C.

    Args:
        serve: The server; gets the port, 0 for any that is free.
        description: What `--help` says about it.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--port", type=int, default=PORT, help="where to listen; 0 for any")
    try:
        serve(parser.parse_args().port)
    except KeyboardInterrupt:
        print("\nStopped")
