"""One style sheet for the site, of which the parent theme's part holds only what pages use.

Own style sheets stay whole, since scripts may add what they style. Of the libraries' style sheets
a rule is kept if each class, id and element that one of its selectors names occurs in some page
(what stands inside `:not()`, `:has()` and `[...]` is not looked at), and a custom property if
something that is kept refers to it.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import tinycss2
from sphinx.errors import ExtensionError

from light_theme import static_files
from light_theme.page_names import Names, names_in_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping, Sequence

    from sphinx.application import Sphinx

BUNDLE = "site_bundle.css"
SYSTEM_DARK = "system_dark.css"
# Beside the doctrees: the words of the last build's style sheets, and what pages had of them.
KEPT = "light_theme_styles.json"
OF_PARENT = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
)
OF_LIBRARIES = (*OF_PARENT, "sphinx-design.min.css", "exercise.css")
OWN = ("light_theme.css", "typography.css")
# Of these, what scripts make and no page holds when it is written: the results of a search.
MADE_BY_SCRIPTS = {"search", "search-page", "search-excerpt"}
# States that no page of ours is ever in and parts of fields that none has, so that rules for them
# are not kept.
NEVER = (
    ":not([data-theme])",
    "[data-bs-theme=dark]",
    ":host",
    "[list]",
    "::-moz-focus-inner",
    "::-webkit-color-swatch",
    "::-webkit-datetime-edit",
    "::-webkit-inner-spin-button",
    "::file-selector-button",
)
# The parent's icons are letters of a font that is not sent.
ICON = re.compile(r"var\(--(pst-icon|fa)-")

# In front of a point it says nothing.
NOUGHT = re.compile(r"(?<![\w.])0(\.\d)")
# What browsers of long ago were told.
OLD_PREFIX = re.compile(r"-(?:moz|ms)-")

# What the copies of the theme's files hold that no page asks for.
UNUSED = ("scripts", "styles", "vendor", "locales", "images", "*.map", "*macros.html")

# For each build, the style sheets that are on every page.
_bundled: MutableMapping[Sphinx, list[str]] = WeakKeyDictionary()

NESTING = {"media", "supports", "layer", "container"}


@dataclass
class Rule:
    """A rule with declarations, or an at-rule with rules in it."""

    prelude: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    rules: list[Rule] | None = None

    def text(self) -> str:
        """The rule as it is written."""
        if self.rules is not None:
            return f"{self.prelude}{{{''.join(rule.text() for rule in self.rules)}}}"
        body = ";".join(f"{name}:{value}" for name, value in self.declarations)
        return f"{self.prelude}{{{body}}}"

    def is_empty(self) -> bool:
        """Whether nothing is left of it."""
        return not (self.declarations if self.rules is None else self.rules)


def parse(css: str, names: Names | None = None) -> list[Rule]:
    """The rules of a style sheet; with names, only those that something in the pages matches."""
    return _rules(tinycss2.parse_stylesheet(css, True, True), names)


def _rules(nodes: Iterable[Any], names: Names | None) -> list[Rule]:
    rules = []
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [one for one in _selectors(node.prelude) if _occurs(one, names)]
            if selectors:
                prelude = ",".join(" ".join(tinycss2.serialize(one).split()) for one in selectors)
                rules.append(Rule(prelude, _declarations(node.content)))
        elif node.type == "at-rule" and node.content is not None:
            prelude = f"@{node.at_keyword} {tinycss2.serialize(node.prelude).strip()}"
            if node.lower_at_keyword in NESTING:
                inner = _rules(tinycss2.parse_blocks_contents(node.content, True, True), names)
                rules.append(Rule(prelude, rules=inner))
            elif node.lower_at_keyword == "font-face":
                continue  # The pages are set in the reader's own fonts.
            elif "keyframes" in node.lower_at_keyword:
                # Of a library, nothing that is used moves.
                if names is None:
                    inner = _rules(tinycss2.parse_blocks_contents(node.content, True, True), None)
                    rules.append(Rule(prelude, rules=inner))
            else:
                rules.append(Rule(prelude, _declarations(node.content)))
    return [rule for rule in rules if not rule.is_empty()]


def _selectors(prelude: Sequence[Any]) -> list[list[Any]]:
    selectors: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            selectors.append([])
        elif part.type != "comment":
            selectors[-1].append(part)
    return selectors


def _occurs(selector: Sequence[Any], names: Names | None) -> bool:
    if names is None:
        return True
    text = tinycss2.serialize(selector)
    if any(state in text for state in NEVER):
        return False
    before: Any = None
    for token in selector:
        if token.type == "hash" and token.value not in names.ids:
            return False
        if token.type == "ident":
            if before == ".":
                if token.value not in names.classes:
                    return False
            elif before != ":" and token.lower_value not in names.elements:
                return False
        if _is_choice(token) and not any(
            _occurs(one, names) for one in _selectors(token.arguments)
        ):
            return False
        before = token
    return True


def _is_choice(token: Any) -> bool:
    return token.type == "function" and token.lower_name in {"is", "where"}


def _declarations(content: Sequence[Any]) -> list[tuple[str, str]]:
    found = []
    for node in tinycss2.parse_blocks_contents(content, True, True):
        if node.type != "declaration":
            raise ExtensionError(
                f"The style sheets must hold no rules in rules: {tinycss2.serialize(content)[:200]}"
            )
        value = NOUGHT.sub(r"\1", " ".join(tinycss2.serialize(node.value).split()))
        if not ICON.match(value) and not OLD_PREFIX.match(node.name):
            found.append((node.name, value + ("!important" if node.important else "")))
    return found


def without_unused_properties(rules: list[Rule], others: str) -> list[Rule]:
    """The rules without custom properties that neither they nor the other texts refer to."""
    while True:
        text = others + "".join(rule.text() for rule in rules)
        used = set(re.findall(r"var\(\s*(--[\w-]+)", text))
        before = len(text)
        rules = _keep_properties(rules, used)
        if len(others) + sum(len(rule.text()) for rule in rules) == before:
            return rules


def _keep_properties(rules: list[Rule], used: set[str]) -> list[Rule]:
    kept = []
    for rule in rules:
        if rule.rules is not None:
            one = Rule(rule.prelude, rules=_keep_properties(rule.rules, used))
        else:
            declarations = [
                (name, value)
                for name, value in rule.declarations
                if not name.startswith("--") or name in used
            ]
            one = Rule(rule.prelude, declarations)
        if not one.is_empty():
            kept.append(one)
    return kept


def without_overridden(rules: list[Rule], others: list[Rule]) -> list[Rule]:
    """The rules without what later rules, or the others, undo for the same elements."""
    undone: dict[str, set[str]] = {}
    kept = []
    for rule in reversed([*rules, *others]):
        if rule.rules is not None or rule.prelude.startswith("@"):
            kept.append(rule)
            continue
        parts = _selectors(tinycss2.parse_component_value_list(rule.prelude))
        later = [undone.setdefault(tinycss2.serialize(one).strip(), set()) for one in parts]
        always = set.intersection(*later)
        # What is important is undone by nothing that is not; there is too little of it to look.
        declarations = [
            (name, value)
            for name, value in rule.declarations
            if name not in always or value.endswith("!important")
        ]
        kept.append(Rule(rule.prelude, declarations))
        for properties in later:
            properties.update(name for name, _ in rule.declarations)
    kept.reverse()
    return [rule for rule in kept[: len(rules)] if not rule.is_empty()]


def system_dark(rules: list[Rule]) -> list[Rule]:
    """The rules for dark pages, as they apply to a page that nobody has switched.

    Without a script a page stays marked as light; what this returns comes behind the other rules
    where the system asks for dark pages, and outdoes them.
    """
    dark = re.compile(r"\[data-theme=[\"']?dark[\"']?\]")
    found = []
    for rule in rules:
        if rule.rules is not None:
            if inner := system_dark(rule.rules):
                found.append(Rule(rule.prelude, rules=inner))
            continue
        parts = _selectors(tinycss2.parse_component_value_list(rule.prelude))
        selectors = [one for one in map(tinycss2.serialize, parts) if dark.search(one)]
        if selectors:
            prelude = ",".join(dark.sub("[data-theme=light]", one) for one in selectors)
            found.append(Rule(prelude, rule.declarations))
    return found


def note_bundled_styles(app: Sphinx) -> None:
    """Notes which style sheets are on every page; what a page adds for itself it links itself."""
    names = [
        *OF_PARENT,
        *(name for name, _ in app.registry.css_files if (name or "").endswith(".css")),
        *(name if isinstance(name, str) else name[0] for name in app.config.html_css_files),
        *OWN,
    ]
    _bundled[app] = [name for name in names if name not in app.config.light_theme_rare_styles]


def styles_of_page(app: Sphinx, files: Iterable[Any], body: str) -> tuple[list[Any], list[str]]:
    """What a page needs besides the site's own: style sheets as Sphinx has them, and rare ones."""
    rare = app.config.light_theme_rare_styles
    of_ours = {f"_static/{name}" for name in (*_bundled[app], *rare)}
    others = [file for file in files if str(getattr(file, "filename", file)) not in of_ours]
    return others, [f"_static/{name}" for name, mark in rare.items() if mark in body]


def look_for_other_names(app: Sphinx, error: Exception | None) -> None:
    """Has the static files copied after all, if the pages hold what needs other style sheets.

    It comes before what others do to the copies.
    """
    if error is None and app.builder.name == "html" and static_files.are_left(app):
        kept = Path(app.doctreedir, KEPT)
        known = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else None
        if not known or known["names"] != _of_styles(_names(app), known["words"]):
            static_files.bring_back(app)


def write_stylesheets(app: Sphinx, error: Exception | None) -> None:
    """Writes the site's style sheet and its dark part, from what the pages hold by now.

    Making them takes about as long as all else that a build does for one edited page.
    """
    if error is not None or app.builder.name != "html" or static_files.are_left(app):
        return
    names = _names(app)
    static = Path(app.outdir, "_static")
    on_every_page = _read(static, dict.fromkeys(_bundled[app]))
    rare = _read(static, app.config.light_theme_rare_styles)
    words = sorted(set(re.findall(r"[\w-]+", "".join(on_every_page.values()))))
    sheets = make_sheets(on_every_page, rare, names)
    for name, css in sheets.items():
        (static / name).write_text(css, encoding="utf-8")
    for pattern in UNUSED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    text = json.dumps({"words": words, "names": _of_styles(names, words)})
    Path(app.doctreedir, KEPT).write_text(text, encoding="utf-8")


def _names(app: Sphinx) -> Names:
    names = names_in_pages(app)
    names.classes.update(MADE_BY_SCRIPTS)
    return names


def _of_styles(names: Names, words: Iterable[str]) -> list[list[str]]:
    """Those of the names on which it depends what the style sheets hold."""
    known = set(words)
    return [sorted(found & known) for found in (names.elements, names.classes, names.ids)]


def _read(folder: Path, names: Iterable[str]) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


def make_sheets(
    on_every_page: dict[str, str], rare: dict[str, str], names: Names
) -> dict[str, str]:
    """The site's style sheet, its dark part and the rare ones, by name, from those of all."""
    libraries: list[Rule] = []
    own: list[Rule] = []
    for name, css in on_every_page.items():
        if name in OF_LIBRARIES:
            libraries += parse(css, names)
        else:
            own += parse(css)
    rare_rules = {name: parse(css) for name, css in rare.items()}
    all_rare = [rule for rules in rare_rules.values() for rule in rules]
    libraries = without_overridden(libraries, own)
    rules = without_unused_properties(libraries, _text(own + all_rare)) + own
    # Pictures for dark pages, which a rule with `!important` hides on light ones.
    pictures = Rule('html[data-theme="light"] .only-dark', [("display", "revert!important")])
    return {
        **{name: _text(sheet) for name, sheet in rare_rules.items()},
        BUNDLE: _text(rules),
        SYSTEM_DARK: _text([*system_dark(rules + all_rare), pictures]),
    }


def _text(rules: Iterable[Rule]) -> str:
    return "".join(rule.text() for rule in rules)
