"""Send one request, and print what comes back.

    python ask.py GET /poems/spring.txt "Range: bytes=0-9"
    python ask.py POST /upper hello

What stands behind the path is a header if there is a colon in it, and else the body.
"""

import sys
from http.client import HTTPConnection

SERVER = ("127.0.0.1", 8000)


def main() -> None:
    """Ask for what the arguments say."""
    method, path, *rest = sys.argv[1:]
    headers = dict(text.split(": ", 1) for text in rest if ":" in text)
    body = next((text for text in rest if ":" not in text), None)
    connection = HTTPConnection(*SERVER, timeout=10)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    print(response.status, response.reason)
    for name, value in response.getheaders():
        print(f"{name}: {value}")
    text = response.read().decode().rstrip()
    if text:
        print(f"\n{text}")
    connection.close()


if __name__ == "__main__":
    main()
