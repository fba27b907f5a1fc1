"""How a recorded call and what it received are put into words and into Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tested_pages.wire_messages import (
    CONNECTS,
    RECEIVES,
    SENDS,
    Message,
    Receipt,
    is_stream,
    port_of,
)

if TYPE_CHECKING:
    from tested_pages.socket_calls import Address, SocketCall

# The longest literal that is shown whole, and about how long it is when something is left out.
MOST_CHARACTERS = 40
CHARACTERS_OF_MORE = 24


def call_as_python(call: SocketCall) -> str:
    """A call as it may stand in a program, as far as it is recorded."""
    arguments: list[str] = []
    if call.call == "socket" and call.family:
        arguments = [call.family, call.type]
    elif call.call in ("bind", *CONNECTS):
        arguments = [repr(call.address)]
    elif call.call == "listen" or (call.call in RECEIVES and "into" not in call.call):
        arguments = [] if call.asked is None else [str(call.asked)]
    elif call.call in SENDS:
        arguments = [bytes_as_python(call)]
        arguments += [repr(call.address)] if call.address else []
    if call.detail.startswith(("SHUT_", "MSG_")):
        arguments.append(call.detail)
    return f"{call.call}({', '.join(arguments)})"


def size_in_words(size: int) -> str:
    """A number of bytes."""
    number = f"{size:,}" if size >= 10_000 else str(size)
    return f"{number} byte" if size == 1 else f"{number} bytes"


def bytes_as_python(call: SocketCall) -> str:
    """What was sent or received, as Python writes it; an ellipsis stands for what is left out."""
    size = call.size if call.size is not None else (call.asked or 0)
    whole = repr(call.data)
    if size == len(call.data) and len(whole) <= MOST_CHARACTERS:
        return whole
    length = len(call.data)
    while len(repr(call.data[:length])) > CHARACTERS_OF_MORE:
        length -= 1
    return f"{call.data[:length]!r}…" if length else ""


def address_as_lane(address: Address | None) -> str:
    """The name of a lane for an address that no recorded program has."""
    port = port_of(address)
    return f"port {port}" if port else str(address or "elsewhere")


def reason_to_close(call: SocketCall) -> str:
    """Why a socket was closed without a call; empty if there was one."""
    if call.call != "close" or not call.detail:
        return ""
    if call.detail == "process ended" or not call.caller:
        return "the program ends"
    return "no reference left"


def received_by(message: Message) -> str:
    """Who has received a message whose arrow ends at none of the calls that did."""
    *names, last = dict.fromkeys(receipt.call.terminal for receipt in message.receipts)
    return f"received by {', '.join(names)} and {last}" if names else "received later"


def result(receipt: Receipt) -> tuple[str, str]:
    """What a call made of the one message that it received: in words, and as Python writes it.

    Both are empty if it received the message.
    """
    call = receipt.call
    message, begin, end = receipt.parts[0]
    if call.error:
        return f"raises {call.exception}", ""
    if message.kind == "end":
        return "returns", repr(b"")
    if end - begin < message.size:
        return f"keeps {size_in_words(end - begin)}, the rest is lost", ""
    return "", ""


def origin(receipt: Receipt) -> str:
    """Where received bytes come from, if they are not just what one call sent."""
    parts = receipt.parts
    if not parts:
        port = port_of(receipt.call.peer)
        return f"from port {port}" if port else ""
    whole = all((begin, end) == (0, message.size) for message, begin, end in parts)
    if len(parts) > 1:
        return f"{len(parts)} sends in one" if whole else f"from {len(parts)} sends"
    message, begin, end = parts[0]
    if whole:
        return ""
    if not is_stream(receipt.call):
        return f"the rest of {size_in_words(message.size)} is lost"
    place = "first" if begin == 0 else "last" if end == message.size else "next"
    return f"the {place} of {size_in_words(message.size)}"
