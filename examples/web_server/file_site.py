"""Answer a request for a file: all of it, a part, or that the client has it already."""

import os
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from byte_range import parse_range
from conditions import Version, failed_condition, range_is_wanted
from http_error import HTTPError
from request_head import RequestHead
from response import FilePart, Response
from safe_path import find, join_path, split_path


def file_response(folder: Path, head: RequestHead) -> Response:
    """Answer GET or HEAD.

    Args:
        folder: What is served; a path without links in it.
        head: The request.

    Raises:
        HTTPError: There is no such file, or it cannot be had that way.
    """
    if head.method not in {"GET", "HEAD"}:
        allow = {"Allow": "GET, HEAD"}
        raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED, "A file can only be read.", allow)
    names = split_path(head.path)
    place = None if names is None else find(folder, names)
    if names is None or place is None:
        raise _not_found()
    wants_folder = head.path.endswith("/")
    if place.is_dir():
        if not wants_folder:
            where = {"Location": join_path(names)}
            return Response(HTTPStatus.MOVED_PERMANENTLY, where)
        place = find(folder, [*names, "index.html"])
    elif wants_folder:
        raise _not_found()
    # A pipe or a device would keep whoever opens it waiting.
    if place is None or not place.is_file():
        raise _not_found()
    return _open_response(place, head)


def _open_response(path: Path, head: RequestHead) -> Response:
    try:
        file = path.open("rb")
    except OSError:
        raise _not_found() from None
    try:
        response = _file_or_part(file, path, head)
    except BaseException:
        file.close()
        raise
    if not isinstance(response.body, FilePart):
        file.close()
    return response


def _file_or_part(file: BinaryIO, path: Path, head: RequestHead) -> Response:
    # Of the file that is open, as another may have taken its name meanwhile.
    status = os.fstat(file.fileno())
    if not S_ISREG(status.st_mode):
        raise _not_found()
    version = Version.of(status)
    headers = {**version.headers(), "Accept-Ranges": "bytes"}
    match failed_condition(head, version):
        case HTTPStatus.NOT_MODIFIED:
            return Response(HTTPStatus.NOT_MODIFIED, headers)
        case HTTPStatus.PRECONDITION_FAILED as failed:
            raise HTTPError(failed, "The file is not as the client supposes.")
    headers |= {"Content-Type": _content_type(path), "X-Content-Type-Options": "nosniff"}
    part = None
    # Only GET has ranges.
    if head.method == "GET" and range_is_wanted(head, version):
        part = parse_range(head.header("range"), status.st_size)
    if part is None:
        return Response(HTTPStatus.OK, headers, FilePart(file, status.st_size))
    if not part:
        size = {"Content-Range": f"bytes */{status.st_size}"}
        raise HTTPError(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The file is shorter than that.", size
        )
    headers["Content-Range"] = f"bytes {part[0]}-{part[-1]}/{status.st_size}"
    file.seek(part[0])
    return Response(HTTPStatus.PARTIAL_CONTENT, headers, FilePart(file, len(part)))


def _content_type(path: Path) -> str:
    kind, encoding = guess_type(path.name)
    if kind is None or encoding is not None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _not_found() -> HTTPError:
    return HTTPError(HTTPStatus.NOT_FOUND, "There is no such file.")
