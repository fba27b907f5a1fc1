"""Collect the links of a web page.

Use it with `from links import LinkParser`.
"""

from html.parser import HTMLParser


class LinkParser(HTMLParser):
    """Reads a web page and keeps its links."""

    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attrs):
        """Keep the link, if this tag is one; feed calls this."""
        address = dict(attrs).get("href")
        if tag == "a" and address is not None:
            self.links.append(address)
