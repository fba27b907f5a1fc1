"""From recorded calls to the rows of a picture: in an order that each program would agree with.

A message and its receipt share one row where nothing else happened to the receiver in between.
Else the message has a row where it was sent and another where it was received, since that is
what there is to learn from it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from tested_pages.wire_messages import (
    CONNECTS,
    IN_PROGRESS,
    RECEIVES,
    SENDS,
    Message,
    Receipt,
    is_stream,
    match,
    port_of,
)
from tested_pages.wire_picture import Picture, Row
from tested_pages.wire_words import (
    address_as_lane,
    bytes_as_python,
    call_as_python,
    origin,
    reason_to_close,
    received_by,
    result,
    size_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tested_pages.socket_calls import SocketCall

# Exceptions that end a call which has waited.
INTERRUPTIONS = frozenset({"KeyboardInterrupt", "TimeoutError"})
# Libraries that try a call on the chance that there is something to do.
LOOPS = ("asyncio", "selectors")

# Of a longer run of rows of data in one direction, some at its begin and its end are shown.
LONGEST_RUN = 8
FIRST_OF_RUN = 4
LAST_OF_RUN = 2

Step = Literal["wait", "call", "send", "receive"]


@dataclass(eq=False)
class Event:
    """Something that happens in one lane at one moment, and becomes a row or a part of one."""

    time: int
    step: Step
    call: SocketCall
    message: Message | None = None
    receipt: Receipt | None = None
    is_drawn: bool = False


@dataclass(frozen=True)
class DrawnRow:
    """A row, and what it takes to fold it into others.

    Attributes:
        row: The row.
        socket: Name of the socket that it is about.
        direction: Sender and receiver of data; empty for rows that are about no data.
        sent: Bytes that were sent; None for a row in which nothing was.
    """

    row: Row
    socket: str
    direction: tuple[str | None, ...] = ()
    sent: int | None = None


def wire_rows(calls: Iterable[SocketCall], terminals: Sequence[str] = ()) -> Picture:
    """Draw recorded calls.

    Args:
        calls: The calls of all programs.
        terminals: Names of terminals in the order of their lanes; others follow in the order of
            their first calls, and after them ports that no recorded program has.
    """
    return _Drawing(sorted(calls, key=lambda call: call.began), terminals).picture()


class _Drawing:
    def __init__(self, calls: list[SocketCall], terminals: Sequence[str]) -> None:
        exchange = match(calls)
        self._messages = {id(message.call): message for message in exchange.messages}
        self._receipts = {id(receipt.call): receipt for receipt in exchange.receipts}
        present = dict.fromkeys(call.terminal for call in calls)
        self._lanes = [name for name in terminals if name in present]
        self._lanes += [name for name in present if name not in self._lanes]
        for message in exchange.messages:
            if message.to is None:
                message.to = address_as_lane(message.call.peer or message.call.address)
                if message.to not in self._lanes:
                    self._lanes.append(message.to)
        self._introduced: set[frozenset[int]] = set()
        self._listening = {call.socket for call in calls if call.call in ("listen", "accept")}
        self._waiting: dict[int, int] = {}  # lanes by id() of the calls that wait
        self._events = sorted(self._find_events(calls), key=lambda event: event.time)
        # What is still to be drawn in each lane, the next last. To begin to wait hinders nothing.
        self._upcoming: dict[str, list[Event]] = {lane: [] for lane in self._lanes}
        for event in reversed(self._events):
            if event.step != "wait":
                self._upcoming[event.call.terminal].append(event)

    def picture(self) -> Picture:
        rows = [self._draw(event) for event in self._events if not event.is_drawn]
        return Picture(tuple(self._lanes), tuple(_folded(rows)))

    def _find_events(self, calls: Iterable[SocketCall]) -> Iterable[Event]:
        for call in calls:
            if _is_idle(call):
                continue
            message, receipt = self._messages.get(id(call)), self._receipts.get(id(call))
            if message:
                yield Event(message.time, "send", call, message=message)
                continue
            if _waits(call, receipt):
                yield Event(call.began, "wait", call)
            if receipt:
                yield Event(receipt.time, "receive", call, receipt=receipt)
            elif call.ended is not None or not _waits(call, None):
                yield Event(call.last_moment if call.error else call.began, "call", call)

    def _draw(self, event: Event) -> DrawnRow:
        call, receipt = event.call, event.receipt
        self._mark_drawn(event)
        if event.step == "wait":
            row = Row(self._lane(call), call=call_as_python(call), words="waits", outcome="waits")
            row = replace(row, waiting=self._waiting_lanes())
            self._waiting[id(call)] = row.lane
            return DrawnRow(row, call.socket, self._direction_of_wait(call))
        before = self._waiting_lanes()
        self._waiting.pop(id(call), None)
        if event.message:
            direct = self._direct_receipt(event.message)
            drawn = self._draw_message(event.message, direct)
            if direct:
                self._waiting.pop(id(direct.call), None)
        elif receipt:
            drawn = DrawnRow(self._draw_receipt(receipt), call.socket, _direction(receipt))
        else:
            drawn = DrawnRow(self._draw_call(call), call.socket)
        after = self._waiting_lanes()
        row = replace(drawn.row, waiting=after, returned=tuple(sorted(set(before) - set(after))))
        return replace(drawn, row=row)

    def _mark_drawn(self, event: Event) -> None:
        event.is_drawn = True
        if event.step == "wait":
            return
        upcoming = self._upcoming[event.call.terminal]
        if upcoming[-1] is event:
            upcoming.pop()
        else:
            upcoming.remove(event)

    def _lane(self, call: SocketCall) -> int:
        return self._lanes.index(call.terminal)

    def _waiting_lanes(self) -> tuple[int, ...]:
        return tuple(sorted(set(self._waiting.values())))

    def _direction_of_wait(self, call: SocketCall) -> tuple[str | None, ...]:
        receipt = self._receipts.get(id(call))
        return _direction(receipt) if receipt else ()

    def _draw_call(self, call: SocketCall) -> Row:
        row = Row(self._lane(call), call=call_as_python(call))
        if call.error == "KeyboardInterrupt":  # somebody's wish, no failure
            return replace(row, words=f"ends with {call.exception}")
        if call.error:
            verb = "ends with" if call.error in INTERRUPTIONS else "raises"
            return replace(row, words=f"{verb} {call.exception}", outcome="failed")
        if reason := reason_to_close(call):
            return replace(row, call="", words=f"{reason}: its socket is closed")
        if call.call == "record full":
            return replace(row, call="", words="further calls are not recorded")
        if call.call == "bind" and port_of(call.address) == 0:
            return replace(row, words=f"gets port {port_of(call.local)}")
        if call.call == "close" and call.socket in self._listening:
            return replace(row, note="the listening socket")
        if call.detail == "MSG_PEEK":
            return replace(
                row, words="sees", what=size_in_words(call.size or 0), data=bytes_as_python(call)
            )
        return row

    def _draw_message(self, message: Message, direct: Event | None) -> DrawnRow:
        call, size = message.call, message.size
        assert message.to is not None
        row = Row(self._lane(call), to=self._lanes.index(message.to), call=call.call)
        if reason := reason_to_close(call):
            row = replace(row, call="", words=reason)
        if message.kind == "data":
            row = replace(row, what=size_in_words(size), data=bytes_as_python(call))
            if call.size is not None and call.asked is not None and call.size < call.asked:
                row = replace(row, words=f"takes {call.size} of {call.asked}")
        else:
            what = {"connection": "connection", "end": "end of stream", "reset": "reset"}
            row = replace(row, what=what[message.kind])
        notes = [self._introduction(message)]
        if direct:
            assert direct.receipt
            self._mark_drawn(direct)
            outcome: Literal["failed", ""] = "failed" if direct.call.error else ""
            words, data = result(direct.receipt)
            row = replace(
                row, received=direct.call.call, received_words=words, received_data=data,
                outcome=outcome,
            )  # fmt: skip
        elif message.error:
            row = replace(row, outcome="failed")
            notes.append(message.error if message.kind == "connection" else "no program has it")
        elif message.receipts:
            row = replace(row, outcome="kept")
            notes.append("accepted later" if message.kind == "connection" else received_by(message))
        else:
            row = replace(row, outcome="lost")
            notes.append("never accepted" if message.kind == "connection" else "never received")
        row = replace(row, note=", ".join(filter(None, notes)))
        if message.kind != "data":
            return DrawnRow(row, call.socket)
        return DrawnRow(row, call.socket, (call.terminal, message.to), size)

    def _direct_receipt(self, message: Message) -> Event | None:
        """The next event of the receiver, if that receives all of this message and no other."""
        if len(message.receipts) != 1:
            return None
        (receipt,) = message.receipts
        is_partial = is_stream(message.call) and receipt.parts[0][1:] != (0, message.size)
        if len(receipt.parts) != 1 or is_partial:
            return None
        upcoming = self._upcoming[receipt.call.terminal]
        return upcoming[-1] if upcoming and upcoming[-1].receipt is receipt else None

    def _draw_receipt(self, receipt: Receipt) -> Row:
        call = receipt.call
        row = Row(self._lane(call), call=call_as_python(call))
        if call.error:
            return replace(row, words=f"raises {call.exception}", outcome="failed")
        if call.call == "accept":
            port = port_of(call.peer)
            note = f"from port {port}" if port else ""
            return replace(row, words="returns the connection", note=note)
        row = replace(
            row, words="returns", what=size_in_words(call.size or 0), data=bytes_as_python(call)
        )
        if is_stream(call) and not call.size and call.asked != 0:
            return replace(row, note="the end of the stream")
        return replace(row, note=origin(receipt))

    def _introduction(self, message: Message) -> str:
        """The ports of a pair of sockets, told once."""
        here, there = port_of(message.call.local), port_of(message.call.peer)
        if not here or not there or frozenset({here, there}) in self._introduced:
            return ""
        self._introduced.add(frozenset({here, there}))
        return f"from port {here} to port {there}"


def _is_idle(call: SocketCall) -> bool:
    """Whether a call has no part in a picture: a look at an error, a library's try in vain."""
    if call.call == "getsockopt":
        return True
    in_vain = call.error == IN_PROGRESS and call.call not in CONNECTS
    return in_vain and call.caller.partition(".")[0] in LOOPS


def _waits(call: SocketCall, receipt: Receipt | None) -> bool:
    """Whether a call began before there was anything for it to return."""
    if call.ended is None:
        return call.call in {"accept", *RECEIVES, *CONNECTS, *SENDS}
    if call.call != "accept" and call.call not in RECEIVES:
        return False
    if call.error in INTERRUPTIONS:
        return True
    return bool(receipt and receipt.parts and call.began < receipt.parts[0][0].time)


def _direction(receipt: Receipt) -> tuple[str | None, ...]:
    """Sender and receiver of received data; empty for what is no data."""
    if not receipt.parts or receipt.parts[0][0].kind != "data":
        return ()
    return (receipt.parts[0][0].call.terminal, receipt.call.terminal)


def _folded(rows: Iterable[DrawnRow]) -> Iterable[Row]:
    """The rows, where one stands for many that follow one another and are alike."""
    for direction, group in groupby(rows, key=lambda drawn: drawn.direction):
        alike = list(group)
        if direction and len(alike) > LONGEST_RUN:
            yield from (drawn.row for drawn in alike[:FIRST_OF_RUN])
            yield _summary(alike[FIRST_OF_RUN:-LAST_OF_RUN])
            yield from (drawn.row for drawn in alike[-LAST_OF_RUN:])
        elif direction:
            yield from (drawn.row for drawn in alike)
        else:
            for (row, _), repeated in groupby(alike, key=lambda drawn: (drawn.row, drawn.socket)):
                times = len(list(repeated))
                note = f"{times} times" if times > 1 else row.note
                yield replace(row, note=note, stands_for_more=times > 1)


def _summary(rows: Sequence[DrawnRow]) -> Row:
    """One row for many of one direction."""
    sends = [drawn for drawn in rows if drawn.sent is not None]
    if not sends:
        return replace(
            rows[0].row, call="", words=f"{len(rows)} more like this", what="", data="", note="",
            outcome="", stands_for_more=True,
        )  # fmt: skip
    size = size_in_words(sum(drawn.sent or 0 for drawn in sends))
    return replace(
        sends[0].row,
        what=f"{len(sends)} more, {size}",
        data="",
        words="",
        received_words="",
        received_data="",
        received=next((drawn.row.received for drawn in sends if drawn.row.received), ""),
        note="",
        outcome="",
        stands_for_more=True,
    )
