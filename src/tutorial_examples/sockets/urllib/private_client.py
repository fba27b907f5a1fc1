"""Fetch a page that only Ann may read.

Start `practice_server.py` first, then `python private_client.py`.
"""

import urllib.request

URL = "http://127.0.0.1:8000/private"


def main() -> None:
    """Ask, with a name and a password at hand for when they are wanted."""
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, URL, "ann", "secret")
    opener = urllib.request.build_opener(urllib.request.HTTPBasicAuthHandler(passwords))
    with opener.open(URL, timeout=5) as answer:
        print(answer.read().decode(), end="")


if __name__ == "__main__":
    main()
