"""The pages as files: HTML without errors, and links that lead somewhere."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from conftest import NOT_FOUND, SITE, pages

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

RULES = Path(__file__).with_name("html_rules.mjs")
WITHOUT_DESCRIPTION = {NOT_FOUND, "search.html"}


class Outline(HTMLParser):
    """What a page consists of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.ids = [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, name: str) -> list[dict[str, str]]:
        """The attributes of each element of this name."""
        return [attributes for tag, attributes in self.elements if tag == name]


@cache
def outline(path: Path) -> Outline:
    return Outline(path.read_text(encoding="utf-8"))


def test_no_page_breaks_a_rule_of_html(node_tool: Callable[..., CompletedProcess[str]]) -> None:
    files = [str(SITE / page) for page in pages()]
    done = node_tool("html-validate", f"--config={RULES}", "--formatter=json", *files)
    assert done.stdout.startswith("["), done.stderr
    found = [
        f"{Path(page['filePath']).relative_to(SITE)}:{{line}}: {{ruleId}}: {{message}}".format(
            **one
        )
        for page in json.loads(done.stdout)
        for one in page["messages"]
    ]
    assert not found, "\n".join([f"{len(found)} in all", *found[:20]])


def test_ids_are_unique_and_pictures_have_words_and_sizes(page_name: str) -> None:
    page = outline(SITE / page_name)
    assert [name for name, times in Counter(page.ids).items() if times > 1] == []
    assert all(one.get("alt") for one in page.all("img"))
    assert all(one.get("width") and one.get("height") for one in page.all("img"))
    assert len(page.all("h1")) == 1
    # Drawings in pages have titles of their own, so one is not all.
    assert page.all("title")


def test_links_within_the_site_lead_somewhere(page_name: str) -> None:
    broken = []
    page = SITE / page_name
    for tag, attributes in outline(page).elements:
        link = attributes.get("href") or attributes.get("src")
        if link is None or urlsplit(link).scheme or urlsplit(link).netloc or tag == "base":
            continue
        parts = urlsplit(link)
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        fragment = unquote(parts.fragment)
        if not target.is_file() or (fragment and fragment not in outline(target).ids):
            broken.append(link)
    assert not broken


def test_each_page_says_what_it_is(page_name: str) -> None:
    if page_name in WITHOUT_DESCRIPTION:
        return
    head = {
        one.get("name") or one.get("property"): one for one in outline(SITE / page_name).all("meta")
    }
    for name in ("description", "og:title", "og:description", "og:type", "og:site_name"):
        assert head[name].get("content")
