"""Send a file, from the byte on that the receiver asks for."""

import socket
import time
from collections.abc import Callable
from pathlib import Path

from messages import receive_message
from offer import Offer
from refusal import Refusal

PIECE = 65_536
CHECK_SECONDS = 120


def send_file(
    sock: socket.socket,
    path: Path,
    offer: Offer,
    report: Callable[[int], None],
    rate: float | None = None,
) -> int:
    """Send what an offer has promised, and wait until the receiver has checked it.

    Args:
        sock: The connection; the offer has been sent over it.
        path: The file.
        offer: What has been said of the file.
        report: Is told how many bytes of the file are sent, at the beginning and after each piece.
        rate: Bytes a second at most.

    Returns:
        From which byte on the file was sent.

    Raises:
        Refusal: The receiver does not want it, or not all of it has arrived well.
        EOFError: The receiver has gone, or the file is shorter than it was.
        OSError: The connection is broken, or the file cannot be read.
    """
    begin = receive_message(sock).get("offset")
    if type(begin) is not int or not 0 <= begin <= offer.size:
        raise Refusal("The receiver asks for bytes that the file does not have.")
    with path.open("rb") as file:
        file.seek(begin)
        report(begin)
        for sent in range(begin, offer.size, PIECE):
            wanted = min(PIECE, offer.size - sent)
            piece = file.read(wanted)
            if len(piece) < wanted:
                raise EOFError(f"{path.name} has become shorter while it was sent")
            sock.sendall(piece)
            report(sent + len(piece))
            if rate:
                time.sleep(len(piece) / rate)
    # The receiver reads all of the file again for its checksum first.
    receive_message(sock, seconds=CHECK_SECONDS)
    return begin
