"""Receive files into a folder. What breaks off is kept, and continued the next time."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from messages import send_message
from offer import Offer, checksum
from refusal import Refusal

PIECE = 65_536


class Inbox:
    """A folder that receives files, several at a time.

    The beginning of a file that is not complete lies in the hidden folder `.parts`, under its
    checksum as its name. So it is continued only by the very same content, whoever sends it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = folder / ".parts"
        self._busy: set[str] = set()
        self._lock = threading.Lock()

    def receive(self, sock: socket.socket, offer: Offer, report: Callable[[int], None]) -> int:
        """Receive a file that has been offered, or what is missing of it.

        Args:
            sock: The connection over which the offer came.
            offer: The file.
            report: Is told how many bytes are there, at the beginning and after each piece.

        Returns:
            From which byte on it was received; the file's size if it was there already.

        Raises:
            Refusal: Another file has the name, somebody else is sending this one, or the content
                does not fit its checksum.
            EOFError: The stream ended before the file did.
            OSError: The connection is broken, or the file cannot be written.
        """
        place = self._folder / offer.name
        with self._reserved(offer):
            if place.exists() or place.is_symlink():
                begin = self._check_present(place, offer)
                send_message(sock, offset=begin)
                report(begin)
            else:
                part = self._parts / offer.sha256
                begin = self._continue(sock, part, offer, report)
                self._finish(part, place, offer)
        # Whoever has been told may offer the same file again.
        send_message(sock, done=True)
        return begin

    @contextmanager
    def _reserved(self, offer: Offer) -> Iterator[None]:
        # Two that write into one part, or take one name, would spoil each other's work.
        keys = {offer.name, offer.sha256}
        with self._lock:
            if self._busy & keys:
                raise Refusal(f"{offer.name} is being received already.")
            self._busy |= keys
        try:
            yield
        finally:
            with self._lock:
                self._busy -= keys

    def _check_present(self, place: Path, offer: Offer) -> int:
        if place.is_symlink() or not place.is_file() or checksum(place) != offer.sha256:
            raise Refusal(f"There is another {offer.name} already.")
        return offer.size

    def _continue(
        self, sock: socket.socket, part: Path, offer: Offer, report: Callable[[int], None]
    ) -> int:
        self._parts.mkdir(exist_ok=True)
        with part.open("ab") as file:
            begin = count = min(file.tell(), offer.size)
            # The size that was offered the last time may have been a lie.
            file.truncate(begin)
            send_message(sock, offset=begin)
            report(begin)
            while count < offer.size:
                piece = sock.recv(min(PIECE, offer.size - count))
                if not piece:
                    raise EOFError(f"the stream ended at byte {count} of {offer.size}")
                file.write(piece)
                count += len(piece)
                report(count)
            file.flush()
            os.fsync(file.fileno())
        return begin

    def _finish(self, part: Path, place: Path, offer: Offer) -> None:
        if checksum(part) != offer.sha256:
            part.unlink()
            raise Refusal(f"What came of {offer.name} does not fit its checksum.")
        part.replace(place)
