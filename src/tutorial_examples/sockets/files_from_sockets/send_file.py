"""Send a file to the server that receives files.

Start a server first, then `python send_file.py PATH` in a second terminal.
"""

import shutil
import socket
import sys
from pathlib import Path

SERVER = ("127.0.0.1", 9999)


def main() -> None:
    """Send the file that the command line names, and print the server's answer."""
    path = Path(sys.argv[1])
    with (
        path.open("rb") as source,
        socket.create_connection(SERVER, timeout=60) as sock,
        sock.makefile("rwb") as file,
    ):
        file.write(b"%d\n" % path.stat().st_size)
        shutil.copyfileobj(source, file)
        file.flush()
        print(file.readline().decode().strip() or "The server closed the connection")


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"Broken off: {error}")
