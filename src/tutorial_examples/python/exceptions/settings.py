"""Look up where a server is to listen.

Start it with `python settings.py`, and it fails.
"""

SETTINGS = {"host": "127.0.0.1", "port": "http"}


def port():
    """Return the port from the settings.

    Raises:
        ValueError: It is no number.
    """
    try:
        return int(SETTINGS["port"])
    except ValueError as error:
        raise ValueError("the setting 'port' is no number") from error


if __name__ == "__main__":
    print(port())
