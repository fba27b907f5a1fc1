"""Send each text that you type as a form, and print what comes back.

Start `upper_web_server.py` first, then `python upper_web_client.py` in a second terminal. An empty
line or Ctrl-D ends it.
"""

import json
from http.client import HTTPConnection
from urllib.parse import urlencode

SERVER = ("127.0.0.1", 8000)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    """Ask until an empty line, over one connection."""
    browser = HTTPConnection(*SERVER, timeout=10)
    while text := input("Text: "):
        browser.request("POST", "/upper", urlencode({"text": text}), FORM)
        response = browser.getresponse()
        print(response.status, json.load(response)["text"])
    browser.close()


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
