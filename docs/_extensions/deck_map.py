"""The map from the deck's slides to the pages that cover them: `{deck-map} PART` draws a part.

The slides are in `deck_slides.yaml` beside the page that draws the map. A page covers the slides
that its front matter names under `slides:`. Where the site shows its pages as slides, the map leads
to these too. This is the site's own bookkeeping and of no use to another site, which is why it is
here and not in `tested_pages`.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

SLIDES_FILE = "deck_slides.yaml"
FIELDS = ("id", "title", "part", "page")
OPTIONAL_FIELDS = ("section",)
FRONT_MATTER = re.compile(r"\A---[ ]*\n(?P<yaml>.*?)^---[ ]*$", re.DOTALL | re.MULTILINE)

# Keys of `env.metadata`, which Sphinx itself purges, merges and stores page by page.
SLIDES = "deck_map_slides"
COVERED = "deck_map_covered"
SHOWN = "deck_map_shown"
# By these a page is found too, says the search.
NAMES = "search_names"

logger = logging.getLogger(__name__)


class SlidesFileError(ValueError):
    """A file of slides that cannot be used; the message names file and line."""


@dataclass(frozen=True)
class Slide:
    """One slide of the deck.

    Attributes:
        id: What front matters call it, unique.
        title: As the slide has it; continued slides share theirs.
        part: The part of the deck that it is in.
        page: Name of the page that is to cover it, written already or not.
        section: Id of the section of that page that covers it; empty if it is the whole page.
    """

    id: str
    title: str
    part: str
    page: str
    section: str = ""


@dataclass(frozen=True)
class CoveredSlides:
    """What a page's front matter says under `slides:`.

    Attributes:
        line: The page's line (1-based) that says it; 1 if none does.
        ids: Each slide's id and the line that names it.
        is_list: False if what it says is no list of ids.
    """

    line: int = 1
    ids: tuple[tuple[str, int], ...] = ()
    is_list: bool = True


@dataclass(frozen=True)
class Problem:
    """What is wrong in a front matter: the page, its line (1-based), and a sentence."""

    page: str
    line: int
    message: str


def read_slides(path: Path) -> list[Slide]:
    """All slides of a deck, in its order.

    Args:
        path: A YAML list of mappings with the keys `id`, `title`, `part`, `page`, and, if it is
            known, `section`.

    Raises:
        SlidesFileError: The file is no such list, or an id comes twice.
        OSError: There is no such file.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise SlidesFileError(f"{path}: this is no YAML: {error}") from error
    if not isinstance(root, yaml.SequenceNode):
        raise SlidesFileError(f"{path}:1: a list of slides should be here")
    slides: dict[str, Slide] = {}
    for entry in root.value:
        place = f"{path}:{entry.start_mark.line + 1}"
        fields = {}
        if isinstance(entry, yaml.MappingNode):
            fields = {key.value: value.value for key, value in entry.value}
        if tuple(fields) not in (FIELDS, FIELDS + OPTIONAL_FIELDS) or not all(
            isinstance(text, str) for text in fields.values()
        ):
            keys = f"{', '.join(FIELDS)}, so ordered, and may have {', '.join(OPTIONAL_FIELDS)}"
            raise SlidesFileError(f"{place}: a slide has the keys {keys}")
        slide = Slide(**fields)
        if slide.id in slides:
            raise SlidesFileError(f"{place}: the id {slide.id!r} is already taken by a slide above")
        slides[slide.id] = slide
    return list(slides.values())


def covered_slides(text: str) -> CoveredSlides:
    """What a page says that it covers.

    Args:
        text: The page's source.
    """
    front_matter = FRONT_MATTER.match(text)
    if front_matter is None:
        return CoveredSlides()
    try:
        root = yaml.compose(front_matter["yaml"], Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return CoveredSlides()  # MyST reports it
    if not isinstance(root, yaml.MappingNode):
        return CoveredSlides()
    for key, value in root.value:
        if key.value == "slides":
            line = _page_line(key)
            is_list = isinstance(value, yaml.SequenceNode) and all(
                isinstance(item, yaml.ScalarNode) for item in value.value
            )
            ids = tuple((item.value, _page_line(item)) for item in value.value) if is_list else ()
            return CoveredSlides(line, ids, is_list)
    return CoveredSlides()


def _page_line(node: yaml.Node) -> int:
    # One for counting from 1, one for the line of dashes above the YAML.
    return node.start_mark.line + 2


def find_problems(slides: Sequence[Slide], pages: Mapping[str, CoveredSlides]) -> Iterator[Problem]:
    """Front matters that name no slide of the deck, and slides that nobody covers.

    A slide whose page is not written yet is no problem.

    Args:
        slides: The deck.
        pages: All pages there are, by name.
    """
    ids = [slide.id for slide in slides]
    for page, covered in pages.items():
        if not covered.is_list:
            yield Problem(page, covered.line, "`slides:` should be a list of ids of slides")
        named: set[str] = set()
        for slide_id, line in covered.ids:
            if slide_id not in ids:
                near = difflib.get_close_matches(slide_id, ids, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"{SLIDES_FILE} has them all"
                yield Problem(page, line, f"the deck has no slide {slide_id!r}; {hint}")
            elif slide_id in named:
                yield Problem(page, line, f"the slide {slide_id!r} is named twice")
            named.add(slide_id)
    covering = _covering(pages)
    for slide in slides:
        if slide.page in pages and slide.id not in covering:
            message = (
                f"no page covers the deck's slide {slide.title!r}, which is planned for this one: "
                f"name {slide.id!r} under `slides:`, or plan it elsewhere in {SLIDES_FILE}"
            )
            yield Problem(slide.page, pages[slide.page].line, message)


def _covering(pages: Mapping[str, CoveredSlides]) -> dict[str, list[str]]:
    """The pages that cover each slide, by its id."""
    covering: dict[str, list[str]] = {}
    for page in sorted(pages):
        for slide_id, _ in pages[page].ids:
            covering.setdefault(slide_id, []).append(page)
    return covering


class DeckMap(nodes.General, nodes.Element):
    """Where the table of its `slides` will be, once all pages are read."""


class DeckMapDirective(SphinxDirective):
    """`{deck-map} PART`: a table of the part's slides and the pages that cover them."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Leave the place for the table; the other pages may not be read yet."""
        path = Path(self.env.doc2path(self.env.docname)).with_name(SLIDES_FILE)
        self.env.note_dependency(str(path))
        try:
            slides = read_slides(path)
        except (OSError, SlidesFileError) as error:
            raise self.error(str(error)) from error
        part = self.arguments[0]
        slides_of_part = [slide for slide in slides if slide.part == part]
        if not slides_of_part:
            parts = ", ".join(sorted({slide.part for slide in slides}))
            raise self.error(f"the deck has no part {part!r}; it has {parts}")
        self.env.metadata[self.env.docname][SLIDES] = slides
        return [DeckMap(slides=slides_of_part)]


def draw_maps(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Puts the tables in their places, now that all pages are read."""
    places = list(doctree.findall(DeckMap))
    if not places:
        return
    covering = _covering(_pages(app.env))
    # A book has no slides, nor has a site that was built without what makes them.
    has_slides = app.builder.name == "html" and getattr(app.config, "slides_ready", False)
    heads = ["Slide", "Page", "As slides"] if has_slides else ["Slide", "Page"]
    for node in places:
        rows = []
        for slide, title in zip(node["slides"], _numbered_titles(node["slides"]), strict=True):
            found = [_place(slide, page, app.env) for page in covering.get(slide.id, [])]
            page_cell = nodes.paragraph(
                "", "", *_separated(_link(app, docname, one) for one in found)
            )
            if not found:
                page_cell += nodes.Text("not written yet: ")
                page_cell += nodes.literal("", slide.page)
            cells = [nodes.paragraph("", title), page_cell]
            if has_slides:
                links = (_link_to_slides(app, docname, one) for one in found)
                cells.append(nodes.paragraph("", "", *_separated(links)))
            rows.append(_row(*cells))
        node.replace_self(_table(heads, rows))


def _link(app: Sphinx, docname: str, place: Place) -> nodes.reference:
    uri = app.builder.get_relative_uri(docname, place.page) + place.address()
    return nodes.reference("", place.title, internal=True, refuri=uri)


def _link_to_slides(app: Sphinx, docname: str, place: Place) -> nodes.reference:
    uri = app.builder.get_relative_uri(docname, place.page) + place.address("?slides")
    title = f"{place.title}, as slides"
    return nodes.reference("", "slides", internal=True, refuri=uri, reftitle=title)


@dataclass(frozen=True)
class Place:
    """Where a slide is covered.

    Attributes:
        page: Name of the page.
        section: Id of its section; empty if it is the whole page.
        title: What the place is called.
    """

    page: str
    section: str
    title: str

    def address(self, query: str = "") -> str:
        """What follows the page's own address."""
        return query + (f"#{self.section}" if self.section else "")


def _place(slide: Slide, page: str, env: BuildEnvironment) -> Place:
    title = env.titles[page].astext()
    section = slide.section if page == slide.page else ""
    known = _sections(env, page)
    if section not in known:
        return Place(page, "", title)
    return Place(page, section, f"{title}: {known[section]}")


def _sections(env: BuildEnvironment, page: str) -> dict[str, str]:
    """Titles of a page's sections, by id; the page itself is not among them."""
    links = env.tocs[page].findall(nodes.reference)
    sections = {link["anchorname"].removeprefix("#"): link.astext() for link in links}
    sections.pop("", None)
    return sections


def _separated(links: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    for index, link in enumerate(links):
        if index:
            yield nodes.Text(", ")
        yield link


def _table(heads: Sequence[str], rows: Sequence[nodes.row]) -> nodes.table:
    head = _row(*(nodes.paragraph("", text) for text in heads))
    columns = [nodes.colspec(colwidth=1) for _ in heads]
    body = nodes.tbody("", *rows)
    group = nodes.tgroup("", *columns, nodes.thead("", head), body, cols=len(columns))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def _numbered_titles(slides: Sequence[Slide]) -> Iterator[str]:
    """The titles, with `(2 of 3)` behind those that are not the only ones."""
    all_of_title = Counter(slide.title for slide in slides)
    so_far: Counter[str] = Counter()
    for slide in slides:
        so_far[slide.title] += 1
        if all_of_title[slide.title] > 1:
            yield f"{slide.title} ({so_far[slide.title]} of {all_of_title[slide.title]})"
        else:
            yield slide.title


def _pages(env: BuildEnvironment) -> dict[str, CoveredSlides]:
    return {
        page: env.metadata.get(page, {}).get(COVERED, CoveredSlides()) for page in env.found_docs
    }


def _remember_covered_slides(app: Sphinx, docname: str, source: list[str]) -> None:
    covered = covered_slides(source[0])
    if covered != CoveredSlides():
        app.env.metadata[docname][COVERED] = covered


def _update_maps(_: Sphinx, env: BuildEnvironment) -> list[str]:
    """Report the problems, in each build anew, and have a map written again that has changed.

    Returns:
        Names of the pages whose map is not what it was when they were last written.
    """
    pages = _pages(env)
    covering = _covering(pages)
    titles = {page: env.titles[page].astext() for of_one in covering.values() for page in of_one}
    changed = []
    for docname in sorted(page for page in pages if SLIDES in env.metadata.get(page, {})):
        metadata = env.metadata[docname]
        _name_pages(env, metadata[SLIDES], covering)
        for problem in find_problems(metadata[SLIDES], pages):
            location = (problem.page, problem.line)
            logger.warning(problem.message, location=location, type="deck_map")
        sections = {}
        for slide in metadata[SLIDES]:
            if slide.section and slide.page in env.found_docs:
                known = _sections(env, slide.page)
                sections[slide.id] = known.get(slide.section)
                if slide.section not in known:
                    message = (
                        f"this page has no section {slide.section!r}, in which {SLIDES_FILE} has"
                        f" the deck's slide {slide.id!r}: correct one of the two"
                    )
                    logger.warning(message, location=(slide.page, 1), type="deck_map")
        if metadata.get(SHOWN) != (covering, titles, sections):
            metadata[SHOWN] = (covering, titles, sections)
            changed.append(docname)
    return changed


def _name_pages(
    env: BuildEnvironment, slides: Sequence[Slide], covering: Mapping[str, Sequence[str]]
) -> None:
    """Have the search find a page by the titles of the slides that it covers."""
    for metadata in env.metadata.values():
        metadata.pop(NAMES, None)
    for slide, title in zip(slides, _numbered_titles(slides), strict=True):
        for page in covering.get(slide.id, []):
            env.metadata[page].setdefault(NAMES, {})[title] = "a slide of the old deck"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what keeps its tables true."""
    app.add_node(DeckMap)
    app.add_directive("deck-map", DeckMapDirective)
    app.connect("doctree-resolved", draw_maps)
    app.connect("source-read", _remember_covered_slides)
    app.connect("env-updated", _update_maps)
    return {
        "version": "1",
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
