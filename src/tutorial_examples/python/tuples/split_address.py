"""Make an address of a text such as 127.0.0.1:11111.

Try it with `from split_address import split_address`.
"""


def split_address(text):
    """Return the host, a string, and the port, a whole number."""
    host, port = text.split(":")
    return host, int(port)
