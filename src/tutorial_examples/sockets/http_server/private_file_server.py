"""Serve the files of the folder public, but neither lists of them nor hidden ones.

Start it with `python private_file_server.py`; Ctrl-C stops it.
"""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

ADDRESS = ("127.0.0.1", 8000)


# [handler]
class PrivateHandler(SimpleHTTPRequestHandler):
    """Knows only files that lie in its folder and are not hidden."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Open the file that is asked for; or send an error, and return None."""
        if self.is_public():
            return super().send_head()
        self.send_error(404, "File not found")
        return None

    def is_public(self) -> bool:
        """Whether the path leads, links followed, to a place in the folder that is not hidden."""
        folder = Path(self.directory).resolve()
        try:
            place = Path(self.translate_path(self.path)).resolve().relative_to(folder)
        except (OSError, ValueError, RuntimeError):
            return False  # outside, a NUL in the path, links in a circle
        return not any(name.startswith(".") for name in place.parts)

    def list_directory(self, path: str | os.PathLike[str]) -> BytesIO | None:
        """Instead of a list of the folder, send an error."""
        self.send_error(404, "File not found")
        return None


# [/handler]


def main() -> None:
    """Serve until Ctrl-C."""
    handler = partial(PrivateHandler, directory="public")
    with ThreadingHTTPServer(ADDRESS, handler) as server:
        host, port = server.socket.getsockname()
        print(f"Listening on {host} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
