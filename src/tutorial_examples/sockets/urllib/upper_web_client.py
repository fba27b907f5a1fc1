"""Have each line you type put into upper case by a web server.

Start `practice_server.py` first, then `python upper_web_client.py`.
An empty line or Ctrl-D ends it.
"""

import urllib.error
import urllib.parse
import urllib.request

URL = "http://127.0.0.1:8000/upper"


def main() -> None:
    """Ask and post until an empty line."""
    while text := input("Send: "):
        form = urllib.parse.urlencode({"text": text}).encode()
        try:
            with urllib.request.urlopen(URL, form, timeout=5) as answer:
                print(answer.read().decode())
        except urllib.error.HTTPError as error:
            print(f"The server refused: {error.code} {error.reason}")
        except OSError as error:
            print(f"No answer: {error}")


if __name__ == "__main__":
    try:
        main()
    except EOFError:
        print()
