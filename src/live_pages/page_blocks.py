"""The blocks of a page that a reader can run: what a browser needs to know of each.

A block is what a reader sees as one: a session, a piece of code, a whole listing, or a group of
neighbouring terminals. The classes here are the schema of a page's JSON, through `as_json`.
"""

from __future__ import annotations

import ast
import re
import symtable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

import yaml
from sybil import Example

from live_pages.browser_limits import argv_of, reason_of_command, reason_of_source
from tested_pages.code_folder import FRONT_MATTER, code_folder
from tested_pages.fences import Fence, fences, follows_directly
from tested_pages.page_task import read_page
from tested_pages.pages import PageExample, parse_page
from tested_pages.transcript import Command, Key, Output, Typed, read_transcript

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

BlockKind = Literal["session", "code", "listing", "terminals"]

# What Pyodide is; outputs that only older or newer Pythons print are left to those.
BROWSER_PYTHON = (3, 14)
LARGEST_FILE_BYTES = 200_000
PYTHON_2 = "This is Python 2; the browser has Python 3."
LEFT_OUT = "The page's own run leaves this out too."
GOES_ON = "It goes on from an example above that cannot run in a browser."
TALKS_TO_LOST = "It talks to a program of this page that cannot run in a browser."
PARTIAL_OPTIONS = frozenset(
    {"pyobject", "lines", "start-after", "start-at", "end-before", "end-at", "diff"}
)
# As pages choose them: no privileged ones.
PORT = re.compile(r"\b\d{4,5}\b")
WEATHERS = frozenset({"delay", "jitter", "loss", "duplication", "reordering", "oneByteAtATime"})


@dataclass(frozen=True)
class Piece:
    """One prompt of a session: what is typed, and what the page shows below it."""

    source: str
    output: str


@dataclass(frozen=True)
class PlayedFence:
    """A fence of a terminal.

    Attributes:
        terminal: The terminal's name.
        line: The page's line (1-based) that opens it.
        steps: In order, each with its `kind` ("command", "output", "typed" or "key") and `text`,
            a command with its `argv` too. An output that ends in what somebody types at a prompt
            is one line, as on the page: the program's prompt tells where the answer begins.
    """

    terminal: str
    line: int
    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Block:
    """What a reader sees, and runs, as one.

    Attributes:
        id: Its name on the page, which its HTML element has as `data-live`.
        kind: What sort of block it is.
        line: The page's line (1-based) where it begins.
        reason: Why it cannot run in a browser, in one sentence; empty if it can.
        pieces: The prompts of a session, or the one piece of a block of code.
        file: The name of a listing's file.
        fences: The fences of a group of terminals, in the order in which the page has them.
        continues: The groups of terminals whose programs still run in this one.
        weather: The troubles of a network that the reader may switch on for a group of terminals.
    """

    id: str
    kind: BlockKind
    line: int
    reason: str = ""
    pieces: list[Piece] = field(default_factory=list)
    file: str = ""
    fences: list[PlayedFence] = field(default_factory=list)
    continues: list[str] = field(default_factory=list)
    weather: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What identifies the block among others of its kind: its text as the page has it."""
        if self.kind == "terminals":
            return "\n".join(dict.fromkeys(fence.terminal for fence in self.fences))
        return self.file or "".join(piece.source for piece in self.pieces)

    def as_json(self) -> dict[str, Any]:
        """The block as JSON values; what is empty is left out."""
        values = {
            **vars(self),
            "pieces": [vars(piece) for piece in self.pieces],
            "fences": [vars(fence) for fence in self.fences],
        }
        return {name: value for name, value in values.items() if value or name == "id"}


@dataclass(frozen=True)
class LivePage:
    """What a browser needs to know of a page.

    Attributes:
        docname: The page's name, such as `sockets/udp`.
        files: The text of each file in the folder of its listings, by its name.
        blocks: In page order.
        bodies: The text of each session's or code's fence, by the block's id.
        outlines: What the answers begin with that the reader can write, by exercise.
        unanswerable: Why the other exercises that have a check cannot be answered in the page.
    """

    docname: str
    files: dict[str, str]
    blocks: list[Block]
    bodies: dict[str, str]
    outlines: dict[str, str] = field(default_factory=dict)
    unanswerable: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The page as JSON values."""
        return {
            "docname": self.docname,
            "files": self.files,
            "blocks": [block.as_json() for block in self.blocks],
            "outlines": self.outlines,
        }


class FrontMatterError(ValueError):
    """The page's front matter asks for what there is not."""


def live_page(docname: str, path: Path, docs: Path, code: Path) -> LivePage:
    """Reads a page's blocks.

    Args:
        docname: The page's name, such as `sockets/udp`.
        path: Its Markdown file.
        docs: The folder of all pages.
        code: The folder that holds a folder of listings for each page.

    Raises:
        FrontMatterError: The front matter's `weather` or `files_from` names what there is not.
    """
    text = read_page(path)
    front_matter = _front_matter(text)
    folder = code_folder(text, path, docname, code)
    files = page_files(folder)
    examples = list(_examples(path))
    found = list(_python_blocks(examples, files))
    bodies = {line: fence.body for fence, block in found if (line := block.line)}
    blocks = [block for _, block in found]
    blocks += _listing_blocks(text, path, docs, folder, files)
    blocks += _with_weather(_weather(front_matter), _terminal_blocks(text, examples, files))
    numbered = [
        replace(block, id=f"live-{number}")
        for number, block in enumerate(sorted(blocks, key=lambda block: block.line), 1)
    ]
    numbered = list(_without_lost_files(_files_from(front_matter, numbered), numbered))
    numbered = list(_without_lost_names(_without_lost_programs(list(_with_continued(numbered)))))
    numbered = list(_without_lost_partners(numbered, files))
    return LivePage(
        docname,
        files,
        numbered,
        {block.id: bodies[block.line] for block in numbered if block.pieces},
    )


def page_files(folder: Path) -> dict[str, str]:
    """The text files below a folder, by their names from there on; hidden folders are left out."""
    files = {}
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder)
        is_hidden = any(part.startswith((".", "__pycache__")) for part in name.parts[:-1])
        if is_hidden or not path.is_file() or path.stat().st_size > LARGEST_FILE_BYTES:
            continue
        try:
            files[name.as_posix()] = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
    return files


def _examples(path: Path) -> Iterator[tuple[PageExample, bool]]:
    """The page's examples, each with whether the page's run leaves it out."""
    is_skipped = False
    for example in parse_page(path):
        match example:
            case Example(parsed=PageExample() as parsed):
                yield parsed, is_skipped
            case Example(parsed=(action, reason)):
                # What is left out on some machines only is tried here.
                is_skipped = action == "start" and not str(reason).startswith("if(")


def _python_blocks(
    examples: list[tuple[PageExample, bool]], files: dict[str, str]
) -> Iterator[tuple[Fence, Block]]:
    found = [item for item in examples if item[0].kind in ("session", "code", "python2")]
    for fence, group in groupby(found, key=lambda item: item[0].fence):
        prompts = list(group)
        first, is_skipped = prompts[0]
        pieces = [Piece(example.source, _want(example)) for example, _ in prompts]
        source = "".join(piece.source for piece in pieces)
        if first.kind == "python2":
            reason = PYTHON_2
        elif is_skipped:
            reason = LEFT_OUT
        else:
            reason = reason_of_source(source, files)
        kind: BlockKind = "code" if first.kind == "code" else "session"
        yield fence, Block("", kind, fence.line, reason, pieces=pieces)


def _want(example: PageExample) -> str:
    for older in example.older:
        if older.before > BROWSER_PYTHON:
            return older.want
    return example.want


def _listing_blocks(
    text: str, path: Path, docs: Path, folder: Path, files: dict[str, str]
) -> Iterator[Block]:
    for fence in fences(text):
        if fence.directive != "literalinclude" or fence.options.keys() & PARTIAL_OPTIONS:
            continue
        included = listing_path(fence.argument, path, docs)
        if not included.is_relative_to(folder.resolve()):
            continue
        name = included.relative_to(folder.resolve()).as_posix()
        if name in files and name.endswith(".py") and is_program(files[name]):
            reason = reason_of_source(files[name], files)
            yield Block("", "listing", fence.line, reason, file=name)


def listing_path(argument: str, path: Path, docs: Path) -> Path:
    """The file that a `literalinclude` names: from the folder of all pages, or the page's own."""
    if argument.startswith("/"):
        return (docs / argument[1:]).resolve()
    return (path.parent / argument).resolve()


def is_program(source: str) -> bool:
    """Whether a module does something when it is run, besides defining names."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    defining = (
        ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef,
        ast.Assign, ast.AnnAssign,
    )  # fmt: skip
    return any(
        not isinstance(statement, defining)
        and not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in body
    )


def _terminal_blocks(
    text: str, examples: list[tuple[PageExample, bool]], files: dict[str, str]
) -> Iterator[Block]:
    lines = text.split("\n")
    group: list[Fence] = []
    is_group_skipped = False
    for example, is_skipped in examples:
        if example.kind != "terminal":
            continue
        fence = example.fence
        if group and not follows_directly(fence, group[-1], lines):
            yield _terminal_block(group, files, is_skipped=is_group_skipped)
            group = []
        is_group_skipped = is_skipped if not group else is_group_skipped or is_skipped
        group.append(fence)
    if group:
        yield _terminal_block(group, files, is_skipped=is_group_skipped)


def _terminal_block(group: list[Fence], files: dict[str, str], *, is_skipped: bool) -> Block:
    played = [PlayedFence(fence.argument, fence.line, list(_steps(fence))) for fence in group]
    commands = (
        step["text"] for fence in played for step in fence.steps if step["kind"] == "command"
    )
    reasons = (reason_of_command(command, files) for command in commands)
    reason = LEFT_OUT if is_skipped else next(filter(None, reasons), "")
    return Block("", "terminals", group[0].line, reason, fences=played)


def _steps(fence: Fence) -> Iterator[dict[str, Any]]:
    for step in read_transcript(fence.body, fence.body_line):
        match step:
            case Command(text=text):
                yield {"kind": "command", "text": text, "argv": argv_of(text)}
            case Key(name=name):
                yield {"kind": "key", "text": name}
            case Typed(text=text):
                yield {"kind": "typed", "text": text}
            case Output(text=text):
                yield {"kind": "output", "text": text}


def _without_lost_names(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; those that use names of what cannot run get that as their reason."""
    lost: set[str] = set()
    for block in blocks:
        if block.kind not in ("session", "code") or block.reason == PYTHON_2:
            yield block
            continue
        bound, used = _names(block)
        reason = block.reason or (GOES_ON if used & lost else "")
        lost = lost | bound if reason else lost - bound
        yield replace(block, reason=reason)


def _names(block: Block) -> tuple[set[str], set[str]]:
    """The global names that a block binds, and those that it uses before it binds them itself."""
    bound: set[str] = set()
    used: set[str] = set()
    for piece in block.pieces:
        try:
            table = symtable.symtable(piece.source, block.id, "exec")
        except SyntaxError:
            continue
        used |= set(_global_names_used(table)) - bound
        bound |= {symbol.get_name() for symbol in table.get_symbols() if _binds(symbol)}
    return bound, used


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _global_names_used(table: symtable.SymbolTable) -> Iterator[str]:
    is_module = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_referenced() and (is_module or symbol.is_global()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from _global_names_used(child)


def _with_continued(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; groups of terminals know which others they go on from."""
    latest: dict[str, list[str]] = {}
    for block in blocks:
        if block.kind != "terminals":
            yield block
            continue
        continues: dict[str, None] = {}
        first_of_each = {fence.terminal: fence for fence in reversed(block.fences)}
        for name, fence in first_of_each.items():
            if fence.steps[0]["kind"] != "command":
                continues |= dict.fromkeys(latest.get(name, ()))
        earlier = sorted(continues, key=lambda name: int(name.rpartition("-")[2]))
        latest |= {name: [*earlier, block.id] for name in first_of_each}
        yield replace(block, continues=earlier)


def _without_lost_programs(blocks: list[Block]) -> Iterator[Block]:
    """The blocks; those that go on with programs that cannot run get that as their reason.

    These are the groups of terminals whose programs ran on in them, and all that names a port of
    such a program while the page has it running.
    """
    last_use = {name: at for at, block in enumerate(blocks) for name in block.continues}
    lost: dict[str, set[str]] = {}
    for at, block in enumerate(blocks):
        taken = {port for name in lost if last_use.get(name, -1) >= at for port in lost[name]}
        goes_on = bool(lost.keys() & set(block.continues) or taken & _ports(block))
        reason = block.reason or (GOES_ON if goes_on else "")
        if reason and block.kind == "terminals":
            lost[block.id] = _ports(block)
        yield replace(block, reason=reason)


def _without_lost_files(makers: Mapping[str, str], blocks: list[Block]) -> Iterator[Block]:
    """The blocks; those whose programs find no files, since their maker cannot run, get a reason.

    Args:
        makers: The terminal from whose programs a program has files, by the program.
        blocks: The page's, in its order.
    """
    lost: set[str] = set()
    for block in blocks:
        words = _words(block)
        finds_nothing = any(program in words and makers[program] in lost for program in makers)
        reason = block.reason or (GOES_ON if finds_nothing else "")
        if reason:
            lost |= {fence.terminal for fence in block.fences}
        yield replace(block, reason=reason)


def _without_lost_partners(blocks: list[Block], files: Mapping[str, str]) -> Iterator[Block]:
    """The blocks; listings get a reason if the page starts them only with what cannot run."""
    for block in blocks:
        groups = [group for group in blocks if block.file and block.file in _words(group)]
        is_lost = groups and all(_is_partner_lost(group, block.file, files) for group in groups)
        reason = block.reason or (TALKS_TO_LOST if is_lost else "")
        yield replace(block, reason=reason)


def _is_partner_lost(group: Block, program: str, files: Mapping[str, str]) -> bool:
    """Whether it is not the program itself, or its own terminal, for which the group cannot run."""
    own = {fence.terminal for fence in group.fences if program in _words(group, fence)}
    others = [fence for fence in group.fences if fence.terminal not in own]
    commands = [step["text"] for fence in others for step in fence.steps if "argv" in step]
    return group.reason == GOES_ON or any(reason_of_command(each, files) for each in commands)


def _words(group: Block, *fences: PlayedFence) -> set[str]:
    """The words of the commands in the fences, or in all of the group."""
    steps = (step for fence in fences or group.fences for step in fence.steps)
    return {word for step in steps for word in step.get("argv", ())}


def _ports(block: Block) -> set[str]:
    """The numbers of ports that a block's code, or its terminals, name."""
    texts = [piece.source for piece in block.pieces]
    texts += [step["text"] for fence in block.fences for step in fence.steps]
    return {port for text in texts for port in PORT.findall(text)}


def _with_weather(weather: dict[str, list[str]], groups: Iterable[Block]) -> Iterator[Block]:
    """The groups of terminals; those that run a program of the front matter have its weather.

    Raises:
        FrontMatterError: No terminal runs a program that the front matter names.
    """
    unused = set(weather)
    for block in groups:
        words = _words(block)
        unused -= words
        names = (name for program in sorted(words & set(weather)) for name in weather[program])
        yield replace(block, weather=list(dict.fromkeys(names)))
    if unused:
        programs = ", ".join(sorted(unused))
        raise FrontMatterError(f"weather names programs that no terminal runs: {programs}")


def _front_matter(text: str) -> dict[str, Any]:
    """The values at the head of a page."""
    found = FRONT_MATTER.match(text)
    values = yaml.safe_load(found[1]) if found else None
    return values if isinstance(values, dict) else {}


def _weather(front_matter: dict[str, Any]) -> dict[str, list[str]]:
    """What `weather` says: the troubles to offer, by the program they befall."""
    weather = front_matter.get("weather", {})
    lists = list(weather.values()) if isinstance(weather, dict) else [None]
    if not all(isinstance(names, list) and set(map(str, names)) <= WEATHERS for names in lists):
        known = ", ".join(sorted(WEATHERS))
        message = f"weather gives a program a list of some of these: {known}; not {weather!r}"
        raise FrontMatterError(message)
    return {str(program): [str(name) for name in names] for program, names in weather.items()}


def _files_from(front_matter: dict[str, Any], blocks: list[Block]) -> dict[str, str]:
    """What `files_from` says: the terminal from whose programs a program has files.

    Raises:
        FrontMatterError: There is no such terminal, or no terminal runs the program.
    """
    makers = front_matter.get("files_from", {})
    if not isinstance(makers, dict):
        message = f"files_from gives a program the terminal that makes its files; not {makers!r}"
        raise FrontMatterError(message)
    words = {word for block in blocks for word in _words(block)}
    terminals = {fence.terminal for block in blocks for fence in block.fences}
    if missing := [str(program) for program in makers if program not in words]:
        programs = ", ".join(sorted(missing))
        raise FrontMatterError(f"files_from names programs that no terminal runs: {programs}")
    if missing := [str(maker) for maker in makers.values() if maker not in terminals]:
        names = ", ".join(sorted(missing))
        raise FrontMatterError(f"files_from names terminals that the page does not have: {names}")
    return makers
