"""Run a client of this tutorial against another port than its own.

Start it with `python client_at.py 12345 sockets/udp/timeout_client`. It needs
the package tutorial_examples.
"""

import importlib
import sys
from typing import Any


def main() -> None:
    """Import the client, change its server's port, and start it."""
    port, name = int(sys.argv[1]), sys.argv[2]
    client: Any = importlib.import_module(f"tutorial_examples.{name.replace('/', '.')}")
    client.SERVER = (client.SERVER[0], port)
    client.main()


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
