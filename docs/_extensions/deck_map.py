"""The map from the deck's slides to the pages that cover them: `{deck-map} PART` draws a part.

The slides are in `deck_slides.yaml` beside the page that draws the map. A page covers the slides
that its front matter names under `slides:`. This is the site's own bookkeeping and of no use to
another site, which is why it is here and not in `tested_pages`.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

SLIDES_FILE = "deck_slides.yaml"
FIELDS = ("id", "title", "part", "page")
FRONT_MATTER = re.compile(r"\A---[ ]*\n(?P<yaml>.*?)^---[ ]*$", re.DOTALL | re.MULTILINE)

# Keys of `env.metadata`, which Sphinx itself purges, merges and stores page by page.
SLIDES = "deck_map_slides"
COVERED = "deck_map_covered"
SHOWN = "deck_map_shown"

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
    """

    id: str
    title: str
    part: str
    page: str


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
        path: A YAML list of mappings with the keys `id`, `title`, `part`, `page`.

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
        if tuple(fields) != FIELDS or not all(isinstance(text, str) for text in fields.values()):
            raise SlidesFileError(f"{place}: a slide has the keys {', '.join(FIELDS)}, so ordered")
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


class DeckMapTransform(SphinxPostTransform):
    """Put the table in its place, before Sphinx resolves the references in it."""

    default_priority = 5

    def run(self, **_: Any) -> None:
        """Replace each placeholder of the page."""
        covering = _covering(_pages(self.env))
        for place in list(self.document.findall(DeckMap)):
            place.replace_self(_table(place["slides"], covering, self.env.docname))


def _table(
    slides: Sequence[Slide], covering: Mapping[str, Sequence[str]], docname: str
) -> nodes.table:
    rows = []
    for slide, title in zip(slides, _numbered_titles(slides), strict=True):
        page_cell = nodes.paragraph()
        for page in covering.get(slide.id, []):
            if page_cell.children:
                page_cell += nodes.Text(", ")
            page_cell += _link(page, docname)
        if not page_cell.children:
            page_cell += nodes.Text("not written yet: ")
            page_cell += nodes.literal("", slide.page)
        rows.append(_row(nodes.paragraph("", title), page_cell))
    head = _row(nodes.paragraph("", "Slide"), nodes.paragraph("", "Page"))
    columns = [nodes.colspec(colwidth=1), nodes.colspec(colwidth=1)]
    body = nodes.tbody("", *rows)
    group = nodes.tgroup("", *columns, nodes.thead("", head), body, cols=len(columns))
    return nodes.table("", group, classes=["colwidths-auto"])


def _row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", cell) for cell in cells))


def _link(page: str, docname: str) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        nodes.inline(),
        refdomain="std",
        reftype="doc",
        reftarget=f"/{page}",
        refdoc=docname,
        refexplicit=False,
        refwarn=True,
    )


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
        for problem in find_problems(metadata[SLIDES], pages):
            location = (problem.page, problem.line)
            logger.warning(problem.message, location=location, type="deck_map")
        if metadata.get(SHOWN) != (covering, titles):
            metadata[SHOWN] = (covering, titles)
            changed.append(docname)
    return changed


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what keeps its tables true."""
    app.add_node(DeckMap)
    app.add_directive("deck-map", DeckMapDirective)
    app.add_post_transform(DeckMapTransform)
    app.connect("source-read", _remember_covered_slides)
    app.connect("env-updated", _update_maps)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
