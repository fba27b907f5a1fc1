"""The directive `{terminal}`: what ran in a terminal, as a terminal; neighbours side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from tested_pages.artifacts import artifact_for
from tested_pages.transcript import ENTER, Command, Key, Output, Typed, read_transcript

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

ELEMENTS = {
    "prompt": ("span", "terminal-prompt"),
    "output": ("span", "terminal-output"),
    "command": ("kbd", "terminal-typed"),
    "typed": ("kbd", "terminal-typed"),
    "key": ("kbd", "terminal-key"),
}


class terminal(nodes.literal_block):  # noqa: N801, docutils names nodes so
    """One terminal.

    Attributes are `name`, `segments` (pairs of kind and text) and `turns`: where in them a fence
    begins, and which of the neighbouring fences that is, from 0 on.
    """


class terminals(nodes.container):  # noqa: N801
    """Neighbouring terminals."""


class TerminalDirective(SphinxDirective):
    """A transcript; see `tested_pages.transcript` for its notation."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Shows what the run printed; the page's own text where it went wrong."""
        segments = artifact_for(self) or _unverified_segments("\n".join(self.content))
        node = terminal("", "".join(text for _, text in segments))
        node["name"] = self.arguments[0]
        node["segments"] = [list(segment) for segment in segments]
        node["turns"] = {}
        node["language"] = "text"
        self.set_source_info(node)
        return [node]


class GroupTerminals(SphinxTransform):
    """Puts neighbouring terminals side by side, and the fences of one name into one pane."""

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        """Wraps each run of neighbours in one node."""
        for first in list(self.document.findall(terminal)):
            parent = first.parent
            if isinstance(parent, terminals) or first not in parent.children:
                continue
            group = terminals()
            position = parent.index(first)
            fences = 0
            while position < len(parent) and isinstance(node := parent[position], terminal):
                parent.remove(node)
                _join(group, node, fences)
                fences += 1
            parent.insert(position, group)


def _join(group: terminals, node: terminal, turn: int) -> None:
    for pane in group.findall(terminal):
        if pane["name"] == node["name"]:
            pane["turns"][len(pane["segments"])] = turn
            pane["segments"] += node["segments"]
            text = pane.astext() + node.astext()
            pane.children = []
            pane.append(nodes.Text(text))
            return
    node["turns"][0] = turn
    group["classes"] += node["classes"]
    group += node


def _unverified_segments(body: str) -> list[tuple[str, str]]:
    segments = []
    for step in read_transcript(body, 1):
        match step:
            case Command(text=text):
                segments += [("prompt", "$ "), ("command", text), ("output", "\n")]
            case Key(name=name):
                segments += [("key", name), ("output", "\n")]
            case Typed(text=text):
                segments += [("typed", text) if text else ("key", ENTER), ("output", "\n")]
            case Output(text=text):
                segments.append(("output", f"{text}\n"))
    return segments


def visit_terminal(self: HTML5Translator, node: terminal) -> None:
    """Writes a terminal as HTML; `data-turn` tells what came first where terminals take turns."""
    name = self.encode(node["name"])
    self.body.append(f'<figure class="terminal"><figcaption class="terminal-name">{name}')
    self.body.append('</figcaption><div class="highlight"><pre tabindex="0">')
    takes_turns = any(len(pane["turns"]) > 1 for pane in node.parent.findall(terminal))
    mark = ""
    for index, (kind, text) in enumerate(node["segments"]):
        element, css_class = ELEMENTS[kind]
        if takes_turns and index in node["turns"]:
            mark = f' data-turn="{node["turns"][index]}"'
        # What is copied must keep the line ends after typed text, so these stand outside.
        first = "\n" if kind == "output" and text.startswith("\n") else ""
        self.body.append(first)
        rest = self.encode(text.removeprefix(first))
        if rest:
            self.body.append(f'<{element} class="{css_class}"{mark}>{rest}</{element}>')
            mark = ""
    self.body.append("</pre></div></figure>\n")
    raise nodes.SkipNode


def visit_terminals(self: HTML5Translator, node: terminals) -> None:
    """Begins a group of terminals."""
    classes = " ".join(("terminals", *node["classes"]))
    self.body.append(f'<div class="{classes}" data-terminals="{len(node.children)}">')


def depart_terminals(self: HTML5Translator, node: terminals) -> None:
    """Ends a group of terminals."""
    self.body.append("</div>\n")


def setup_terminals(app: Sphinx) -> None:
    """Registers the directive."""
    app.add_node(terminal, html=(visit_terminal, None))
    app.add_node(terminals, html=(visit_terminals, depart_terminals))
    app.add_directive("terminal", TerminalDirective)
    app.add_transform(GroupTerminals)
