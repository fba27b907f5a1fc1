"""The upper-case service: the body of a POST request comes back in upper case."""

from http import HTTPStatus

from http_error import HTTPError
from request_head import RequestHead
from response import Response, text_response


def upper_response(head: RequestHead, body: bytes) -> Response:
    """Answer POST.

    Raises:
        HTTPError: It is another method, or the body is no text in UTF-8.
    """
    if head.method != "POST":
        allow = {"Allow": "POST"}
        raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED, "Send a text by POST.", allow)
    try:
        return text_response(HTTPStatus.OK, body.decode().upper())
    except UnicodeDecodeError:
        raise HTTPError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is no UTF-8.") from None
