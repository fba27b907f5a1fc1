"""Put the length of a message in front of it, and read such a message.

Use it with `from frame import frame, unframe`.
"""


def frame(text):
    """Return the text in UTF-8, after its length in four bytes."""
    body = text.encode()
    return len(body).to_bytes(4, "big") + body


def unframe(data):
    """Return the text of the first message, or None if it is not all there."""
    if len(data) < 4:
        return None
    end = 4 + int.from_bytes(data[:4], "big")
    if len(data) < end:
        return None
    return data[4:end].decode()
