"""Try all links of a web page, and print what each leads to.

Start `practice_server.py` first, then `python links.py http://127.0.0.1:8000/`.
"""

import sys
import urllib.error
import urllib.request
from html.parser import HTMLParser
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

LONGEST = 1_000_000  # bytes in a page


class LinkFinder(HTMLParser):
    """Collects where the links of a page lead to, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the target of an `<a href=...>`."""
        target = dict(attrs).get("href")
        if tag == "a" and target is not None:
            self.targets.append(target)


def outcome(url: str) -> str:
    """The status that the server answers with, or why there is none."""
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            return "not tried"
        request = urllib.request.Request(url, method="HEAD")
        with urllib.request.urlopen(request, timeout=5) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return str(error.code)
    except (OSError, HTTPException, ValueError) as error:
        return f"no answer ({error})"


def in_full(base: str, target: str) -> str:
    """The address that a link on the page `base` leads to; as it stands if it is no address."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def main() -> None:
    """Read the page, and try its links one after the other."""
    finder = LinkFinder()
    with urllib.request.urlopen(sys.argv[1], timeout=5) as answer:
        finder.feed(answer.read(LONGEST).decode("utf-8", "replace"))
        base = answer.url
    for target in finder.targets:
        url = in_full(base, target)
        print(outcome(url), url)


if __name__ == "__main__":
    main()
