"""The deck's slides all have a page, and the map of them says what the front matters say."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from deck_map import (
    CoveredSlides,
    Problem,
    Slide,
    SlidesFileError,
    covered_slides,
    find_problems,
    read_slides,
)
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
SLIDES_FILE = DOCS / "appendix" / "deck_slides.yaml"


def pages_in(docs: Path) -> dict[str, CoveredSlides]:
    return {
        path.relative_to(docs).with_suffix("").as_posix(): covered_slides(
            path.read_text(encoding="utf-8")
        )
        for path in sorted(docs.rglob("*.md"))
    }


def test_every_slide_whose_page_is_written_is_covered() -> None:
    problems = find_problems(read_slides(SLIDES_FILE), pages_in(DOCS))
    found = [f"docs/{one.page}.md:{one.line}: {one.message}" for one in problems]
    assert not found, "\n".join(found)


def test_the_inventory_of_the_deck() -> None:
    slides = read_slides(SLIDES_FILE)
    assert len(slides) == 109
    parts = [slide.part for slide in slides]
    assert list(dict.fromkeys(parts)) == ["title", "language", "sockets"]
    assert parts == sorted(parts, key=["title", "language", "sockets"].index)
    for slide in slides:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slide.id)
        assert re.fullmatch(r"index|(python|sockets)/[a-z0-9_]+", slide.page)


def test_the_map_shows_every_part() -> None:
    page = SLIDES_FILE.with_name("deck.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```\{deck-map\} (\w+)$", page, re.MULTILINE)
    assert shown == list(dict.fromkeys(slide.part for slide in read_slides(SLIDES_FILE)))


SLIDES = [
    Slide("lists", "Lists", "language", "python/lists"),
    Slide("lists-more", "Lists", "language", "python/lists"),
    Slide("tuples", "Tuples", "language", "python/tuples"),
]


def test_a_page_covers_what_it_should() -> None:
    pages = {"python/lists": CoveredSlides(2, (("lists", 3), ("lists-more", 4)))}
    assert list(find_problems(SLIDES, pages)) == []


def test_a_slide_that_nobody_covers() -> None:
    pages = {"python/lists": CoveredSlides(2, (("lists", 3),)), "index": CoveredSlides()}
    (problem,) = find_problems(SLIDES, pages)
    assert (problem.page, problem.line) == ("python/lists", 2)
    assert "'lists-more'" in problem.message


def test_a_slide_that_another_page_covers() -> None:
    pages = {
        "python/lists": CoveredSlides(2, (("lists", 3),)),
        "start": CoveredSlides(2, (("lists-more", 3), ("tuples", 4), ("lists", 5))),
    }
    assert list(find_problems(SLIDES, pages)) == []


@pytest.mark.parametrize(
    ("slide_id", "hint"),
    [("list-more", "did you mean 'lists-more'?"), ("zebra", "deck_slides.yaml has them all")],
)
def test_an_unknown_slide(slide_id: str, hint: str) -> None:
    pages = {"start": CoveredSlides(2, ((slide_id, 5),))}
    message = f"the deck has no slide {slide_id!r}; {hint}"
    assert list(find_problems(SLIDES, pages)) == [Problem("start", 5, message)]


def test_a_slide_named_twice() -> None:
    pages = {"start": CoveredSlides(2, (("tuples", 3), ("tuples", 4)))}
    message = "the slide 'tuples' is named twice"
    assert list(find_problems(SLIDES, pages)) == [Problem("start", 4, message)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Title\n", CoveredSlides()),
        ("", CoveredSlides()),
        ("---\ntocdepth: 2\n---\n", CoveredSlides()),
        ("---\n- a\n---\n", CoveredSlides()),
        ("---\nslides: [a\n---\n", CoveredSlides()),
        ("---\nslides: []\n---\n", CoveredSlides(2)),
        ("---\nslides: [a, b]\n---\n", CoveredSlides(2, (("a", 2), ("b", 2)))),
        (
            "---\ntocdepth: 2\nslides:\n  - a\n\n  # why\n  - 'b'\nother: 1\n---\n",
            CoveredSlides(3, (("a", 4), ("b", 7))),
        ),
        ("---\nslides: a\n---\n", CoveredSlides(2, is_list=False)),
        ("---\nslides:\n---\n", CoveredSlides(2, is_list=False)),
        ("---\nslides: [{a: b}]\n---\n", CoveredSlides(2, is_list=False)),
        ("# Title\n\n---\nslides: [a]\n---\n", CoveredSlides()),
    ],
)
def test_reading_a_front_matter(text: str, expected: CoveredSlides) -> None:
    assert covered_slides(text) == expected


def test_slides_that_are_no_list_of_ids() -> None:
    (problem,) = find_problems(SLIDES, {"start": CoveredSlides(2, is_list=False)})
    assert (problem.page, problem.line) == ("start", 2)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "a list of slides should be here"),
        ("lists: Lists\n", 1, "a list of slides should be here"),
        ("# why\n- lists\n", 2, "a slide has the keys id, title, part, page, so ordered"),
        ("- {id: a, title: A, part: p}\n", 1, "a slide has the keys"),
        ("- {id: a, title: A, part: p, page: [x]}\n", 1, "a slide has the keys"),
        (
            "- {id: a, title: A, part: p, page: x}\n- {id: a, title: B, part: p, page: x}\n",
            2,
            "the id 'a' is already taken",
        ),
    ],
)
def test_a_broken_file_of_slides(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "deck_slides.yaml"
    path.write_text(text)
    with pytest.raises(SlidesFileError, match=re.escape(f"{path}:{line}: {message}")):
        read_slides(path)


def test_a_file_of_slides_that_is_no_yaml(tmp_path: Path) -> None:
    path = tmp_path / "deck_slides.yaml"
    path.write_text("- {id: a\n")
    with pytest.raises(SlidesFileError, match="no YAML"):
        read_slides(path)


class Site:
    """A small site, built in two processes: Sphinx uses them from six pages on."""

    def __init__(self, folder: Path) -> None:
        self.docs = folder / "docs"
        self.out = folder / "out"
        self.map = self.out / "html" / "appendix" / "deck.html"
        self.write(
            "conf.py",
            "import sys\n"
            f"sys.path.insert(0, {str(DOCS / '_extensions')!r})\n"
            "extensions = ['myst_parser', 'deck_map']\n"
            "html_theme = 'basic'\n"
            "nitpicky = True\n",
        )
        self.write(
            "index.md",
            "# Home\n\n```{toctree}\n:glob:\nsockets/*\npython/*\nappendix/deck\n```\n",
        )
        self.write("sockets/udp.md", "---\nslides: [datagrams]\n---\n# Datagrams\n")
        self.write("python/lists.md", "---\nslides:\n- lists\n- lists-more\n---\n# Lists\n")
        self.write(
            "appendix/deck.md", "# Map\n\n```{deck-map} one\n```\n\n```{deck-map} two\n```\n"
        )
        for number in range(5):
            self.write(f"sockets/filler{number}.md", f"# Filler {number}\n")
        self.write(
            "appendix/deck_slides.yaml",
            "- {id: lists, title: 'Lists', part: one, page: python/lists}\n"
            "- {id: lists-more, title: 'Lists', part: one, page: python/lists}\n"
            "- {id: tuples, title: 'Tuples: `(2,)`', part: one, page: python/tuples}\n"
            "- {id: datagrams, title: 'Datagrams', part: two, page: sockets/udp}\n",
        )

    def write(self, name: str, text: str) -> None:
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def build(self) -> tuple[list[str], list[str]]:
        """Build what is outdated.

        Returns:
            The warnings, and the pages that were read.
        """
        app = SphinxTestApp("html", srcdir=self.docs, builddir=self.out, parallel=2)
        try:
            read: list[str] = []
            app.connect("env-before-read-docs", lambda _app, _env, pages: read.extend(pages))
            app.build()
            warnings = strip_escape_sequences(app.warning.getvalue())
        finally:
            app.cleanup()
        warnings = warnings.replace(f"{self.docs}{os.sep}", "").replace(os.sep, "/")
        return warnings.splitlines(), read

    def rows(self) -> list[tuple[str, str]]:
        """The rows of the tables on the built map, as HTML without tags but links."""
        cell = r"<t[dh].*?>(.*?)</t[dh]>"
        html = self.map.read_text(encoding="utf-8")
        cells = re.findall(rf"<tr.*?>{cell}\s*{cell}", html, re.DOTALL)
        plain = re.compile(r"<(?!/?a\b)[^>]*>")
        return [(plain.sub("", slide), plain.sub("", page)) for slide, page in cells]


def link(page: str, title: str) -> str:
    return f'<a class="reference internal" href="../{page}.html">{title}</a>'


LISTS = link("python/lists", "Lists")
DATAGRAMS = link("sockets/udp", "Datagrams")
NOT_COVERED = (
    "no page covers the deck's slide 'Lists', which is planned for this one: "
    "name 'lists' under `slides:`, or plan it elsewhere in deck_slides.yaml"
)
HEAD = ("Slide", "Page")


def test_the_map_on_the_site(tmp_path: Path) -> None:
    site = Site(tmp_path)
    warnings, _ = site.build()
    assert warnings == []
    assert site.rows() == [
        HEAD,
        ("Lists (1 of 2)", LISTS),
        ("Lists (2 of 2)", LISTS),
        ("Tuples: `(2,)`", "not written yet: python/tuples"),
        HEAD,
        ("Datagrams", DATAGRAMS),
    ]
    built = site.map.stat().st_mtime_ns

    # Nothing has changed, so nothing is read or written.
    assert site.build() == ([], [])
    assert site.map.stat().st_mtime_ns == built

    # A second page covers a slide; the map's page is written anew, but not read.
    site.write("sockets/udp.md", "---\nslides: [datagrams, lists]\n---\n# Datagrams\n")
    warnings, read = site.build()
    assert (warnings, read) == ([], ["sockets/udp"])
    assert site.rows()[1] == ("Lists (1 of 2)", f"{LISTS}, {DATAGRAMS}")

    # A page gets another title.
    site.write("sockets/udp.md", "---\nslides: [datagrams]\n---\n# Messages\n")
    site.build()
    assert site.rows()[1] == ("Lists (1 of 2)", LISTS)
    assert site.rows()[-1] == ("Datagrams", link("sockets/udp", "Messages"))

    # A page that was only planned is written.
    site.write("python/tuples.md", "---\nslides: [tuples]\n---\n# Tuples\n")
    site.build()
    assert site.rows()[3] == ("Tuples: `(2,)`", link("python/tuples", "Tuples"))

    # A page goes.
    (site.docs / "sockets" / "udp.md").unlink()
    warnings, _ = site.build()
    assert warnings == []
    assert site.rows()[-1] == ("Datagrams", "not written yet: sockets/udp")


def test_problems_are_warnings_until_they_are_mended(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("python/lists.md", "---\nslides:\n- list\n- lists-more\n---\n# Lists\n")
    expected = [
        f"python/lists.md:{line}: WARNING: {message} [deck_map]"
        for line, message in (
            (3, "the deck has no slide 'list'; did you mean 'lists'?"),
            (2, NOT_COVERED),
        )
    ]
    assert site.build()[0] == expected
    assert site.build() == (expected, [])
    site.write("python/lists.md", "---\nslides:\n- lists\n- lists-more\n---\n# Lists\n")
    assert site.build()[0] == []


def test_a_slide_leads_to_the_section_that_covers_it(tmp_path: Path) -> None:
    site = Site(tmp_path)
    slides = site.docs / "appendix" / "deck_slides.yaml"
    slides.write_text(
        slides.read_text().replace("sockets/udp}", "sockets/udp, section: one-by-one}")
    )
    site.write("sockets/udp.md", "---\nslides: [datagrams]\n---\n# Datagrams\n\n## One by `one`\n")
    assert site.build()[0] == []
    there = "../sockets/udp.html#one-by-one"
    title = "Datagrams: One by one"
    internal = '<a class="reference internal" href='
    assert site.rows()[-1] == ("Datagrams", f'{internal}"{there}">{title}</a>')

    # Where the site has slides, they are one link further.
    with (site.docs / "conf.py").open("a") as file:
        file.write("def setup(app):\n    app.add_config_value('slides_ready', True, 'html')\n")
    assert site.build()[0] == []
    html = site.map.read_text(encoding="utf-8")
    slides_there = there.replace("#", "?slides#")
    assert f'{internal}"{slides_there}" title="{title}, as slides">slides</a>' in html
    assert f'{internal}"../python/lists.html?slides" title="Lists, as slides">slides</a>' in html
    assert html.count("As slides") == 2

    # The section is renamed.
    site.write("sockets/udp.md", "---\nslides: [datagrams]\n---\n# Datagrams\n\n## Singly\n")
    (warning,) = site.build()[0]
    assert warning.startswith("sockets/udp.md:1: WARNING: this page has no section 'one-by-one'")
    assert '../sockets/udp.html">Datagrams</a>' in site.map.read_text(encoding="utf-8")


def test_a_broken_file_of_slides_is_reported_on_the_maps_page(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.build()
    slides = site.docs / "appendix" / "deck_slides.yaml"
    good = slides.read_text()
    site.write("appendix/deck_slides.yaml", "- {id: a}\n")
    warnings, read = site.build()
    assert read == ["appendix/deck"]
    keys = "id, title, part, page, so ordered, and may have section"
    text = f"appendix/deck_slides.yaml:1: a slide has the keys {keys}"
    assert [line for line in warnings if text in line] == [
        f"appendix/deck.md:{line}: ERROR: {text} [docutils]" for line in (3, 6)
    ]
    site.write("appendix/deck_slides.yaml", good.replace("two", "three"))
    warnings, _ = site.build()
    assert warnings[0] == (
        "appendix/deck.md:6: ERROR: the deck has no part 'two'; it has one, three [docutils]"
    )
    site.write("appendix/deck_slides.yaml", good)
    assert site.build() == ([], ["appendix/deck"])
