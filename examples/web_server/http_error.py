"""Why a request is not fulfilled, in the words of HTTP."""

from http import HTTPStatus


class HTTPError(Exception):
    """A request that is answered with an error.

    Attributes:
        status: The status of the answer.
        headers: Headers that belong to this status, such as `Allow` to 405.
        reason: One sentence for the client.
    """

    def __init__(
        self, status: HTTPStatus, reason: str = "", headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(f"{status.value} {status.phrase}: {reason}")
        self.status = status
        self.reason = reason or status.description or status.phrase
        self.headers = headers or {}
