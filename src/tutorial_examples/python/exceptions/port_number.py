"""Read the number of a port.

Use it with `from port_number import port_number`.
"""


def port_number(text):
    """Return the port as an int.

    Raises:
        ValueError: The text is no whole number from 1 to 65535.
    """
    try:
        port = int(text)
    except ValueError as error:
        raise ValueError(f"no port: {text}") from error
    if not 1 <= port <= 65535:
        raise ValueError(f"no port: {text}")
    return port
