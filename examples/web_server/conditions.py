"""Does the client have this file already? ETag, Last-Modified, and what asks for them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from os import stat_result

from request_head import RequestHead

_ETAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')


@dataclass(frozen=True)
class Version:
    """What tells one content of a file from another.

    Attributes:
        etag: In quotation marks, as it stands in a header.
        modified: To the second, as HTTP knows no fractions.
    """

    etag: str
    modified: datetime

    @classmethod
    def of(cls, status: stat_result) -> "Version":
        """The version of a file."""
        modified = datetime.fromtimestamp(int(status.st_mtime), UTC)
        return cls(f'"{status.st_mtime_ns:x}-{status.st_size:x}"', modified)

    def headers(self) -> dict[str, str]:
        """What the client should remember."""
        modified = format_datetime(self.modified, usegmt=True)
        return {"ETag": self.etag, "Last-Modified": modified}


def failed_condition(head: RequestHead, version: Version) -> HTTPStatus | None:
    """The status of the answer if the request's conditions do not hold; None if they do."""
    if "if-match" in head.headers:
        if not _names(head.header("if-match"), version.etag, weak=False):
            return HTTPStatus.PRECONDITION_FAILED
    else:
        date = _date(head.header("if-unmodified-since"))
        if date and version.modified > date:
            return HTTPStatus.PRECONDITION_FAILED
    if "if-none-match" in head.headers:
        # A date is less exact, so it does not count beside an ETag.
        known = _names(head.header("if-none-match"), version.etag, weak=True)
    else:
        date = _date(head.header("if-modified-since"))
        known = date is not None and version.modified <= date
    return HTTPStatus.NOT_MODIFIED if known else None


def range_is_wanted(head: RequestHead, version: Version) -> bool:
    """Whether `If-Range`, if it came, names this version, so that a part fits what they have."""
    if "if-range" not in head.headers:
        return True
    asked = head.header("if-range")
    return asked == version.etag or _date(asked) == version.modified


def _names(etags: str, etag: str, *, weak: bool) -> bool:
    # With W/ in front an ETag stands for a content that is as good, not for the same bytes.
    named = [quoted for prefix, quoted in _ETAG.findall(etags) if weak or not prefix]
    return etags.strip() == "*" or etag in named


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
