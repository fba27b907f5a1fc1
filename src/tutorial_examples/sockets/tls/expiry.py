"""Print the day on which a server's certificate expires.

Start `upper_server.py` first, then `python expiry.py` in the same folder.
"""

import socket
import ssl
from datetime import UTC, datetime

SERVER = ("127.0.0.1", 9999)
NAME = "localhost"
AUTHORITY = "client.pem"


def moment(date: str) -> datetime:
    """A date as certificates write it, such as `Jan  1 00:00:00 3000 GMT`."""
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(date), UTC)


def main() -> None:
    """Shake hands, look at the certificate, and take leave."""
    context = ssl.create_default_context(cafile=AUTHORITY)
    with (
        socket.create_connection(SERVER, timeout=60) as plain,
        context.wrap_socket(plain, server_hostname=NAME) as sock,
    ):
        certificate = sock.getpeercert() or {}
        print(f"Valid until {moment(str(certificate['notAfter'])):%Y-%m-%d}")
        sock.unwrap()


if __name__ == "__main__":
    main()
