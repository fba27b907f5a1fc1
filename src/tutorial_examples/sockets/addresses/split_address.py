"""Take a host and its port apart.

Start it with `python split_address.py localhost:9999`.
"""

import sys


def split_address(text: str) -> tuple[str, int]:
    """Split text such as `127.0.0.1:9999`, `localhost:9999` or `[::1]:9999`.

    Raises:
        ValueError: The host or the port is missing or wrong, or the brackets are.
    """
    host, colon, digits = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"{text!r}: put an IPv6 address in brackets")
    if not colon or not host or "[" in host or "]" in host:
        raise ValueError(f"{text!r} is not of the form HOST:PORT")
    if not (digits.isascii() and digits.isdigit() and int(digits) <= 65535):
        raise ValueError(f"{digits!r} is no port: it must be a number up to 65535")
    return host, int(digits)


if __name__ == "__main__":
    try:
        print(*split_address(sys.argv[1]))
    except ValueError as error:
        sys.exit(str(error))
