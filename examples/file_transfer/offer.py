"""What a sender offers: a file by its name, its size, and a checksum of its content."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refusal import Refusal

_SHA256 = re.compile("[0-9a-f]{64}")

# What one system or another takes for the end of a name, or does not allow in it.
_FORBIDDEN = frozenset('/\\:*?"<>|')


@dataclass(frozen=True)
class Offer:
    """A file that could be sent.

    Attributes:
        name: A plain name, without any folder.
        size: In bytes.
        sha256: Of the whole content, as 64 hexadecimal digits.
    """

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "Offer":
        """What there is to say of a file; an OSError if it cannot be read."""
        status = path.stat()
        return cls(check_name(path.name), status.st_size, checksum(path))

    @classmethod
    def from_message(cls, name: object, message: dict[str, Any], most: int) -> "Offer":
        """What the other side has said of a file.

        Args:
            name: What the file is to be called here.
            message: It has `size` and `sha256`.
            most: How many bytes a file may have.

        Raises:
            Refusal: Something is missing, or is not allowed.
        """
        size, sha256 = message.get("size"), message.get("sha256")
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise Refusal("The checksum is no SHA-256.")
        # True is an int, too.
        if type(size) is not int or not 0 <= size <= most:
            raise Refusal(f"A file may have 0 to {most} bytes.")
        return cls(check_name(name), size, sha256)


def check_name(name: object) -> str:
    """The name, if it is a plain name of a file that is not hidden.

    So a name leads to no other folder, on no system; and `.` and `..` are hidden names.

    Raises:
        Refusal: It is not.
    """
    if (
        not isinstance(name, str)
        or not name
        or name.startswith(".")
        or name.endswith((".", " "))
        or _FORBIDDEN.intersection(name)
        or not name.isprintable()
        or len(name.encode()) > 200
    ):
        raise Refusal(f"{name!r} is no plain name of a file.")
    return name


def checksum(path: Path) -> str:
    """The SHA-256 of a file's content, as 64 hexadecimal digits; all of the file is read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
