"""What names refer to at one point of a page's run: recorded, and said in words.

A snapshot holds objects by identity, never by value: the same object is recorded once, however
many names and slots refer to it. It consists of JSON values, so it outlives the process.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import re
import types
from collections import deque
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tested_pages.fences import Fence

MAX_DEPTH = 6
MAX_OBJECTS = 60
MAX_SLOTS = 12
MAX_TEXT = 32

Shape = Literal["value", "sequence", "set", "mapping", "attributes"]

_ATOMS = (
    types.NoneType,
    types.EllipsisType,
    types.NotImplementedType,
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    range,
    slice,
    Enum,
    Decimal,
    Fraction,
    date,
    time,
    timedelta,
    PurePath,
    re.Pattern,
)
_STARS: dict[object, str] = {
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")


class ReferencesError(ValueError):
    """The picture that a page asks for cannot be drawn; the message says why and what to do."""


class Slot(TypedDict):
    """One reference that an object holds.

    Attributes:
        label: Index, key, attribute or parameter, as the picture shows it; empty in a set.
        path: How to get there from the holder, with `{}` for the holder: `{}[0]`, `{}.name`.
        object: Position in the snapshot's `objects`; None if the object was left out.
        text: The type of an object that was left out, else empty.
    """

    label: str
    path: str
    object: int | None
    text: str


class ObjectRecord(TypedDict):
    """One object.

    Attributes:
        type: The name of its type, in words where Python's own name helps nobody.
        shape: How it holds what it holds.
        text: What is written in it: a value's repr, a function's name and parameters.
        mutable: Whether it can be changed in place.
        slots: What it refers to, in order.
        omitted: How many more slots there are than `slots` shows.
    """

    type: str
    shape: Shape
    text: str
    mutable: bool
    slots: list[Slot]
    omitted: int


class NameRecord(TypedDict):
    """A name, or a simple expression, and the position of its object in `objects`."""

    name: str
    object: int


class Snapshot(TypedDict):
    """Names in the order asked for, objects in the order of their discovery."""

    names: list[NameRecord]
    objects: list[ObjectRecord]


class _Child(NamedTuple):
    label: str
    path: str
    value: object


class _Description(NamedTuple):
    """An object before its children have positions."""

    type: str
    shape: Shape
    text: str = ""
    mutable: bool = True
    children: Iterable[_Child] = ()
    size: int | None = None


def snapshot(
    namespace: Mapping[str, object], expressions: list[str], depth: int = MAX_DEPTH
) -> Snapshot:
    """Record what the expressions refer to, by identity, without changing any of it.

    Args:
        namespace: The page's names; built-in names are found as well.
        expressions: Names, or names followed by attributes and constant subscripts:
            `x`, `f.__defaults__`, `rows[0]`.
        depth: How many references to follow from a name: 1 records only the objects that the
            expressions themselves refer to. Plain values such as numbers and strings are
            recorded one step further, since they are written into the slots that hold them.

    Raises:
        ReferencesError: If an expression names nothing, or is more than a way to an object.
    """
    if not expressions:
        raise ReferencesError("no name is given: say what to draw, as in `{references} x y`")
    if depth < 1:
        raise ReferencesError(f"the depth is {depth}: it must be 1 or more")
    walk = _Walk(depth)
    names = [
        NameRecord(name=expression, object=walk.position(_resolve(expression, namespace), 1))
        for expression in expressions
    ]
    walk.finish()
    return Snapshot(names=names, objects=walk.objects)


def snapshot_for_fence(namespace: Mapping[str, object], fence: Fence) -> Snapshot:
    """Record what a page's references fence asks for.

    Raises:
        ReferencesError: If the fence asks for something that cannot be drawn.
    """
    unknown = fence.options.keys() - {"caption", "depth"}
    if unknown:
        raise ReferencesError(
            f"there is no option `:{min(unknown)}:`; the options are `:caption:` and `:depth:`"
        )
    if fence.body.strip():
        raise ReferencesError("a references fence has no text: name what to draw on its first line")
    depth = fence.options.get("depth", str(MAX_DEPTH))
    if not depth.isdecimal():
        raise ReferencesError(f"the depth is `{depth}`: it must be a number")
    return snapshot(namespace, fence.argument.split(), int(depth))


class _Walk:
    """Breadth first, so that the bound on the number of objects cuts off the farthest."""

    def __init__(self, depth: int) -> None:
        self.objects: list[ObjectRecord] = []
        self._depth = depth
        self._positions: dict[int, int] = {}
        # An id means something only while its object lives, and attributes may be made on demand.
        self._kept: list[object] = []
        self._waiting: deque[tuple[ObjectRecord, _Description, int]] = deque()

    def position(self, value: object, depth: int) -> int:
        """The position of `value` among the objects, recording it if it is new."""
        known = self._positions.get(id(value))
        if known is not None:
            return known
        description = _describe(value)
        record = ObjectRecord(
            type=description.type,
            shape=description.shape,
            text=description.text,
            mutable=description.mutable,
            slots=[],
            omitted=0,
        )
        self._kept.append(value)
        self._positions[id(value)] = len(self.objects)
        self.objects.append(record)
        self._waiting.append((record, description, depth))
        return len(self.objects) - 1

    def finish(self) -> None:
        """Follow all references within the bounds."""
        while self._waiting:
            record, description, depth = self._waiting.popleft()
            shown = list(islice(description.children, MAX_SLOTS))
            size = len(shown) if description.size is None else description.size
            record["omitted"] = size - len(shown)
            record["slots"] = [self._slot(child, depth + 1) for child in shown]

    def _slot(self, child: _Child, depth: int) -> Slot:
        known = id(child.value) in self._positions
        within = depth <= self._depth and len(self.objects) < MAX_OBJECTS
        if known or within or isinstance(child.value, _ATOMS):
            position = self.position(child.value, depth)
            return Slot(label=child.label, path=child.path, object=position, text="")
        left_out = _describe(child.value).type
        return Slot(label=child.label, path=child.path, object=None, text=left_out)


def _resolve(expression: str, namespace: Mapping[str, object]) -> object:
    try:
        tree = ast.parse(expression, mode="eval").body
    except SyntaxError:
        raise ReferencesError(
            f"`{expression}` is no Python expression: give names separated by spaces"
        ) from None
    try:
        return _value(tree, namespace)
    except _NoSuchNameError as error:
        raise ReferencesError(
            f"`{expression}` cannot be drawn: the page has no name `{error}` at this point; "
            "define it in a fence above, or correct the name"
        ) from None
    except (AttributeError, LookupError, TypeError) as error:
        raise ReferencesError(
            f"`{expression}` cannot be drawn: {type(error).__name__}: {error}"
        ) from error


class _NoSuchNameError(Exception):
    """A name that neither the page nor Python defines."""


def _value(tree: ast.expr, namespace: Mapping[str, object]) -> Any:
    # Walked rather than evaluated: a picture that called a function could change what it shows.
    match tree:
        case ast.Name(id=name):
            if name in namespace:
                return namespace[name]
            if hasattr(builtins, name):
                return getattr(builtins, name)
            raise _NoSuchNameError(name)
        case ast.Attribute(value=holder, attr=attribute):
            return getattr(_value(holder, namespace), attribute)
        case ast.Subscript(value=holder, slice=ast.expr() as key):
            return _value(holder, namespace)[_constant(key)]
        case _:
            raise ReferencesError(
                f"`{ast.unparse(tree)}` cannot be drawn: use names, attributes and constant "
                "subscripts, or give the object a name in a fence above"
            )


def _constant(key: ast.expr) -> Any:
    try:
        return ast.literal_eval(key)
    except ValueError:
        raise ReferencesError(
            f"the subscript `{ast.unparse(key)}` is not a constant: "
            "give the object a name in a fence above"
        ) from None


def _describe(value: Any) -> _Description:
    """Dispatch on what the object is; the order matters, since many types are subclasses."""
    kind = type(value).__name__
    match value:
        case _ if isinstance(value, _ATOMS):
            return _Description(kind, "value", _clipped_repr(value), mutable=False)
        case bytearray() | memoryview():
            return _Description(kind, "value", _clipped_repr(value))
        case list() | deque() | tuple():
            mutable = not isinstance(value, tuple)
            return _Description(kind, "sequence", "", mutable, _items(value), len(value))
        case set() | frozenset():
            mutable = isinstance(value, set)
            return _Description(kind, "set", "", mutable, _elements(value), len(value))
        case dict():
            return _Description(kind, "mapping", "", True, _entries(value), len(value))
        case types.FunctionType():
            text = _heading(value)
            return _Description("function", "attributes", text, True, _function_slots(value))
        case types.MethodType() | types.BuiltinMethodType() | types.MethodWrapperType():
            return _method(value)
        case types.CellType():
            return _Description("cell", "attributes", "", True, _cell_slots(value))
        case types.ModuleType():
            return _Description("module", "value", value.__name__)
        case type():
            return _Description("class", "attributes", value.__name__, True, _class_slots(value))
        case _:
            return _instance(value, kind)


def _clipped_repr(value: object) -> str:
    try:
        text = repr(value)
    except Exception as error:
        return f"(its repr raises {type(error).__name__})"
    text = _ADDRESS.sub("", text)
    if len(text) <= MAX_TEXT:
        return text
    head = MAX_TEXT * 2 // 3
    return f"{text[:head]}…{text[head + 1 - MAX_TEXT :]}"


def _items(value: Any) -> Iterator[_Child]:
    # The base type's own iterator: a subclass's could print, or never end.
    base = next(base for base in (list, tuple, deque) if isinstance(value, base))
    fields: tuple[str, ...] = getattr(type(value), "_fields", ())
    for index, item in enumerate(base.__iter__(value)):
        if fields:
            yield _Child(fields[index], f"{{}}.{fields[index]}", item)
        else:
            yield _Child(str(index), f"{{}}[{index}]", item)


def _elements(value: Any) -> Iterator[_Child]:
    # Strings hash differently in each process; a picture should not differ from run to run.
    base = set if isinstance(value, set) else frozenset
    elements = base.__iter__(value)
    ordered = sorted(elements, key=lambda item: (type(item).__name__, _sort_key(item)))
    for number, item in enumerate(ordered, 1):
        yield _Child("", f"element {number} of {{}}", item)


def _sort_key(item: object) -> tuple[float, str]:
    number = item if isinstance(item, int | float) else 0.0
    return (number, _clipped_repr(item))


def _entries(value: dict[object, object]) -> Iterator[_Child]:
    for key, item in dict.items(value):
        text = _clipped_repr(key)
        yield _Child(text, f"{{}}[{_escaped(text)}]", item)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _heading(function: types.FunctionType) -> str:
    parameters = []
    for parameter in inspect.signature(function, follow_wrapped=False).parameters.values():
        prefix = _STARS.get(parameter.kind, "")
        parameters.append(prefix + parameter.name)
    listed = ", ".join(parameters)
    if function.__name__ == "<lambda>":
        return f"lambda {listed}" if listed else "lambda"
    return f"{function.__name__}({listed})"


def _function_slots(function: types.FunctionType) -> Iterator[_Child]:
    code = function.__code__
    defaults = function.__defaults__ or ()
    positional = code.co_varnames[: code.co_argcount]
    given = dict(zip(positional[len(positional) - len(defaults) :], defaults, strict=True))
    for parameter, default in {**given, **(function.__kwdefaults__ or {})}.items():
        yield _Child(f"{parameter}=", f"the default of {parameter} in {{}}", default)
    for name, cell in zip(code.co_freevars, function.__closure__ or (), strict=True):
        yield _Child(name, f"{name} in {{}}", cell)
    yield from _attributes(function)


def _cell_slots(cell: types.CellType) -> Iterator[_Child]:
    try:
        contents = cell.cell_contents
    except ValueError:
        return
    yield _Child("contents", "the contents of {}", contents)


def _class_slots(cls: type) -> Iterator[_Child]:
    # What instances share by accident is data; methods would only crowd the picture.
    for name, value in vars(cls).items():
        behaviour = callable(value) or hasattr(type(value), "__get__")
        if not name.startswith("__") and not name.startswith("_abc_") and not behaviour:
            yield _Child(name, f"{{}}.{name}", value)


def _method(method: Any) -> _Description:
    owner = method.__self__
    if owner is None or isinstance(owner, types.ModuleType):
        return _Description("built-in function", "value", method.__name__, mutable=False)
    slots = [_Child("__self__", "{}.__self__", owner)]
    if isinstance(method, types.MethodType) and not isinstance(method.__func__, types.FunctionType):
        slots.append(_Child("__func__", "{}.__func__", method.__func__))
    name = getattr(method, "__name__", "")
    return _Description("method", "attributes", name, mutable=False, children=slots)


def _instance(value: object, kind: str) -> _Description:
    slots = list(_attributes(value))
    own_repr = type(value).__repr__ is not object.__repr__
    text = _clipped_repr(value) if own_repr and not slots else ""
    frozen = getattr(getattr(type(value), "__dataclass_params__", None), "frozen", False)
    shape: Shape = "value" if text else "attributes"
    return _Description(kind, shape, text, not frozen, slots)


def _attributes(value: object) -> Iterator[_Child]:
    stored = getattr(value, "__dict__", None)
    names = [name for name in stored if isinstance(name, str)] if isinstance(stored, dict) else []
    for base in type(value).__mro__:
        declared = base.__dict__.get("__slots__", ())
        names += [declared] if isinstance(declared, str) else list(declared)
    for name in dict.fromkeys(names):
        if not name.startswith("__"):
            try:
                attribute = object.__getattribute__(value, name)
            except AttributeError:
                continue
            yield _Child(name, f"{{}}.{name}", attribute)


def written_in_slots(recorded: Snapshot) -> frozenset[int]:
    """The positions of objects that need no box of their own.

    Those are plain immutable values to which no name refers: that two slots share one makes no
    difference that a program could see. A value that a name refers to has a box and arrows,
    since there the picture is about the name.
    """
    named = {name["object"] for name in recorded["names"]}
    return frozenset(
        position
        for position, record in enumerate(recorded["objects"])
        if record["shape"] == "value" and not record["mutable"] and position not in named
    )


def in_words(recorded: Snapshot) -> str:
    """Say what the picture of a snapshot shows, in sentences a screen reader can read."""
    return _Words(recorded).text()


class _Words:
    def __init__(self, recorded: Snapshot) -> None:
        self._recorded = recorded
        self._written = written_in_slots(recorded)
        self._first_path: dict[int, str] = {}
        self._types_seen: set[str] = set()

    def text(self) -> str:
        # Names first, breadth first after that: the order in which the eye meets the boxes.
        references = deque((name["name"], name["object"]) for name in self._recorded["names"])
        claims: list[tuple[list[str], str]] = []
        while references:
            path, position = references.popleft()
            record = self._recorded["objects"][position]
            if position in self._first_path:
                target = f"the same {record['type']} as {self._first_path[position]}"
                if claims and claims[-1][1] == target:
                    claims[-1][0].append(path)
                else:
                    claims.append(([path], target))
                continue
            self._first_path[position] = path
            claims.append(([path], self._described(record)))
            references.extend(
                (slot["path"].format(path), slot["object"])
                for slot in record["slots"]
                if slot["object"] is not None and slot["object"] not in self._written
            )
        return " ".join(_sentence(paths, target) for paths, target in claims)

    def _described(self, record: ObjectRecord) -> str:
        kind, text = record["type"], record["text"]
        if kind in ("NoneType", "bool", "ellipsis"):
            return text
        again = kind in self._types_seen
        self._types_seen.add(kind)
        article = "another" if again else "an" if kind[0].lower() in "aeiou" else "a"
        if text:
            beginning = f"{'another' if again else 'the'} {kind} {text}"
        elif record["shape"] == "attributes":
            beginning = f"{article} {kind}"
        elif record["slots"]:
            beginning = f"{article} {kind} of {len(record['slots']) + record['omitted']}"
        else:
            beginning = f"{'another' if again else 'an'} empty {kind}"
        held = [self._slot(record, slot) for slot in record["slots"]]
        if record["omitted"]:
            held.append(f"and {record['omitted']} more")
        return f"{beginning}: {', '.join(held)}" if held else beginning

    def _slot(self, record: ObjectRecord, slot: Slot) -> str:
        position = slot["object"]
        if position is None:
            value = f"a reference to a {slot['text']} that is not drawn"
        elif position in self._written:
            value = self._recorded["objects"][position]["text"]
        else:
            value = "a reference"
        if slot["label"].endswith("="):
            return f"{slot['label'][:-1]} by default {value}"
        if record["shape"] in ("mapping", "attributes"):
            return f"{slot['label']}: {value}"
        return value


def _sentence(paths: list[str], target: str) -> str:
    start, verb = paths[0], "refers"
    if len(paths) > 1:
        start, verb = f"{', '.join(paths[:-1])} and {paths[-1]}", "refer"
    if start.startswith(("the ", "element ")):
        start = start[0].upper() + start[1:]
    return f"{start} {verb} to {target}."
