"""Append lines to the record, whole and without a file descriptor that a program would meet."""

import os
import sys

# Far above what a program's own files and sockets get, below the usual limit of 1024.
HIGH_DESCRIPTOR = 1000


class RecordWriter:
    """Appends to one file from any number of threads and processes.

    Args:
        path: Absolute path of the record.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.descriptor = -1
        self.identity = (-1, -1)

    def append(self, line: bytes) -> None:
        """Write `line` in one piece.

        Raises:
            OSError: If the record cannot be opened or written.
        """
        if sys.platform == "win32":
            self._append_by_handle(line)
            return
        if not self._is_open():
            self._open()
        os.write(self.descriptor, line)

    if sys.platform == "win32":

        def _append_by_handle(self, line: bytes) -> None:
            # Opened for appending alone, a handle writes at the end of the file whatever other
            # processes do, which O_APPEND does not promise here; and it takes no descriptor.
            import _winapi

            file_append_data, share_all, open_always, normal = 0x4, 0x7, 4, 0x80
            handle = _winapi.CreateFile(
                self.path, file_append_data, share_all, 0, open_always, normal, 0
            )
            try:
                _winapi.WriteFile(handle, line)
            finally:
                _winapi.CloseHandle(handle)

    else:

        def _is_open(self) -> bool:
            # A program may have closed all descriptors and opened files of its own since.
            if self.descriptor < 0:
                return False
            try:
                status = os.fstat(self.descriptor)
            except OSError:
                return False
            return (status.st_dev, status.st_ino) == self.identity

        def _open(self) -> None:
            import fcntl

            low = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                self.descriptor = fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR)
            except OSError:  # a lower limit than usual
                self.descriptor = low
            else:
                os.close(low)
            status = os.fstat(self.descriptor)
            self.identity = (status.st_dev, status.st_ino)
