"""Which call received what another call sent: datagrams one by one, streams byte by byte."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tested_pages.socket_calls import Address, SocketCall

Kind = Literal["data", "connection", "end", "reset"]
Endpoint = tuple[object, ...]

SENDS = frozenset({"send", "sendall", "sendto", "sendmsg", "sendfile"})
RECEIVES = frozenset({"recv", "recvfrom", "recvmsg", "recv_into", "recvfrom_into", "recvmsg_into"})
CONNECTS = frozenset({"connect", "connect_ex"})
IN_PROGRESS = "BlockingIOError"
REFUSALS = frozenset({"ConnectionRefusedError", "TimeoutError", "ConnectionResetError"})


@dataclass(eq=False)
class Receipt:
    """What one call received.

    Attributes:
        call: The call.
        parts: The messages that it received from, each with the first byte and the byte behind
            the last one that it took, counted in the message.
    """

    call: SocketCall
    parts: list[tuple[Message, int, int]] = field(default_factory=list)

    @property
    def time(self) -> int:
        """When it was known to the program, in nanoseconds."""
        return self.call.last_moment


@dataclass(eq=False)
class Message:
    """What one call sent: bytes, the wish for a connection, or the end of a stream.

    Attributes:
        call: The call.
        kind: What it sent.
        receipts: Who received it; several for a stream that is read in pieces, and for a datagram
            to a group; none if nobody did.
        to: Terminal of the program it was sent to; None if none in the record has the address.
        error: Class and text of the exception that told the sender that it did not arrive.
    """

    call: SocketCall
    kind: Kind
    receipts: list[Receipt] = field(default_factory=list)
    to: str | None = None
    error: str = ""

    @property
    def size(self) -> int:
        """Bytes of it; if the call did not end well, the most that it can have been."""
        if self.kind != "data":
            return 0
        return (self.call.asked or 0) if self.call.size is None else self.call.size

    @property
    def time(self) -> int:
        """When it was sent, in nanoseconds; never later than it was received.

        That the system has closed a socket for a program is written down a little later.
        """
        return min([self.call.began, *(receipt.time - 1 for receipt in self.receipts)])


@dataclass(frozen=True)
class Exchange:
    """All messages and receipts of a record."""

    messages: list[Message]
    receipts: list[Receipt]


def match(calls: Iterable[SocketCall]) -> Exchange:
    """Find the messages in recorded calls.

    Args:
        calls: The calls of all programs, in order of time.
    """
    return _Matcher(list(calls)).exchange()


def port_of(address: Address | None) -> int | None:
    """The port of an address; None if it has none."""
    if isinstance(address, tuple) and len(address) > 1 and isinstance(address[1], int):
        return address[1]
    return None


def is_stream(call: SocketCall) -> bool:
    """Whether the call was made on a socket without message boundaries."""
    return call.type == "SOCK_STREAM"


class _Matcher:
    def __init__(self, calls: list[SocketCall]) -> None:
        self._calls = calls
        self._messages: list[Message] = []
        self._receipts: list[Receipt] = []
        self._partners: dict[Endpoint, Endpoint] = {}
        self._terminals: dict[Endpoint, str] = {}
        self._users: dict[object, dict[tuple[str, Address], int]] = defaultdict(dict)
        for call in calls:
            self._terminals.setdefault(_endpoint(call), call.terminal)
            if call.local:
                users = self._users[port_of(call.local) or call.local]
                users.setdefault((call.terminal, call.local), call.began)

    def exchange(self) -> Exchange:
        self._match_connections()
        self._match_datagrams([call for call in self._calls if not is_stream(call)])
        self._match_streams([call for call in self._calls if is_stream(call)])
        self._messages.sort(key=lambda message: message.time)
        self._receipts.sort(key=lambda receipt: receipt.time)
        return Exchange(self._messages, self._receipts)

    def _new_message(self, call: SocketCall, kind: Kind, to: str | None) -> Message:
        message = Message(call, kind, to=to)
        self._messages.append(message)
        return message

    def _receive(self, call: SocketCall, *parts: tuple[Message, int, int]) -> None:
        receipt = Receipt(call, list(parts))
        self._receipts.append(receipt)
        for message, _, _ in parts:
            message.receipts.append(receipt)
            message.to = call.terminal

    def _owner(self, address: Address | None, moment: int) -> str | None:
        """Terminal of the program that had an address, at best before a moment."""
        users = [
            (began, terminal)
            for (terminal, local), began in self._users[port_of(address) or address].items()
            if _reaches(address, local)
        ]
        before = [user for user in users if user[0] <= moment]
        return max(before)[1] if before else min(users)[1] if users else None

    # Connections

    def _match_connections(self) -> None:
        accepts = [call for call in self._calls if call.call == "accept" and not call.error]
        accepts = [call for call in accepts if call.ended is not None]
        late_errors = {
            call.socket: call.exception for call in self._calls if call.call == "getsockopt"
        }
        for call in self._calls:
            if call.call not in CONNECTS or not is_stream(call):
                continue
            if call.error and call.error not in {IN_PROGRESS, *REFUSALS}:
                continue
            target = call.peer or call.address
            message = self._new_message(call, "connection", self._owner(target, call.began))
            if call.error == IN_PROGRESS:
                message.error = late_errors.get(call.socket, "")
            elif call.error:
                message.error = call.exception
            accept = next((each for each in accepts if _is_accepted(call, each)), None)
            if message.error or accept is None:
                continue
            accepts.remove(accept)
            self._receive(accept, (message, 0, 0))
            here, there = _endpoint(call), _accepted_endpoint(accept)
            self._partners[here], self._partners[there] = there, here
            self._terminals[there] = accept.terminal
        for call in accepts:
            self._receive(call)

    # Datagrams

    def _match_datagrams(self, calls: list[SocketCall]) -> None:
        sent = [
            self._new_message(call, "data", self._owner(call.peer, call.began))
            for call in calls
            if call.call in SENDS and not call.error
        ]
        for call in _receives(calls):
            message = next((each for each in sent if _is_datagram(each, call)), None)
            if message is None:
                self._receive(call)
                continue
            self._receive(call, (message, 0, call.size or 0))
            if not _is_group(message.call.peer):
                sent.remove(message)
        self._match_unreachable(calls)

    def _match_unreachable(self, calls: list[SocketCall]) -> None:
        """A connected socket is told with its next call that a datagram found no socket."""
        for call in calls:
            if call.error != "ConnectionRefusedError":
                continue
            earlier = [
                message
                for message in self._messages
                if message.call.socket == call.socket
                and message.kind == "data"
                and message.call.began < call.began
                and not message.receipts
            ]
            if earlier:
                earlier[-1].error = call.exception

    # Streams

    def _match_streams(self, calls: list[SocketCall]) -> None:
        by_endpoint: dict[Endpoint, list[SocketCall]] = defaultdict(list)
        for call in calls:
            by_endpoint[_endpoint(call)].append(call)
        for here, sending in by_endpoint.items():
            there = self._partners.get(here) or _opposite(here)
            self._match_direction(here, sending, by_endpoint.get(there, []), there)
        matched = {id(receipt.call) for receipt in self._receipts}
        for call in _receives(calls):
            if id(call) not in matched:
                self._receive(call)

    def _match_direction(
        self,
        here: Endpoint,
        sending: list[SocketCall],
        receiving: list[SocketCall],
        there: Endpoint,
    ) -> None:
        """Match what one end of a connection sends with what the other receives."""
        to = self._terminals.get(there)
        sent = [
            Message(call, "data", to=to or self._owner(call.peer, call.began))
            for call in sending
            if call.call in SENDS and (not call.error or call.call == "sendall")
        ]
        stream = _Stream(sent)
        ends: list[SocketCall] = []
        for call in _receives(receiving):
            if not call.size:
                ends.append(call)
            elif parts := stream.take(call.size):
                self._receive(call, *parts)
        # Of a failed sendall nothing is known but what arrived.
        self._messages += [
            message for message in sent if message.receipts or not message.call.error
        ]
        self._match_end(sending, receiving, ends, to)

    def _match_end(
        self,
        sending: list[SocketCall],
        receiving: list[SocketCall],
        ends: list[SocketCall],
        to: str | None,
    ) -> None:
        resets = [
            call
            for call in receiving
            if call.error == "ConnectionResetError" and call.call in {*SENDS, *RECEIVES}
        ]
        noticed, kind = (ends[0], "end") if ends else (resets[0] if resets else None, "reset")
        if noticed is None:
            return
        moment = noticed.last_moment
        shutdowns = [
            call
            for call in sending
            if call.call == "shutdown"
            and call.detail in ("SHUT_WR", "SHUT_RDWR")
            and not call.error
            and call.began < moment
        ]
        closes = [
            call
            for call in sending
            if call.call == "close" and (call.began < moment or call.detail)
        ]
        cause = (shutdowns[:1] if kind == "end" else []) or closes[-1:]
        if cause:
            message = self._new_message(cause[0], "end" if kind == "end" else "reset", to)
            self._receive(noticed, (message, 0, 0))


class _Stream:
    """The bytes of one direction of a connection, taken in order from what was sent."""

    def __init__(self, sent: list[Message]) -> None:
        self._sent = sent
        self._next = 0
        self._taken = 0

    def take(self, size: int) -> list[tuple[Message, int, int]]:
        """The messages that the next `size` bytes belong to, each with its own range."""
        parts = []
        while size and self._next < len(self._sent):
            message = self._sent[self._next]
            last = min(message.size, self._taken + size)
            if last > self._taken:
                parts.append((message, self._taken, last))
            size -= last - self._taken
            self._taken = last
            if last == message.size:
                self._next, self._taken = self._next + 1, 0
        return parts


def _receives(calls: list[SocketCall]) -> list[SocketCall]:
    """The calls that took bytes out of a socket, in the order in which they did."""
    took = [
        call
        for call in calls
        if call.call in RECEIVES and call.size is not None and call.detail != "MSG_PEEK"
    ]
    return sorted(took, key=lambda call: call.last_moment)


def _is_accepted(connect: SocketCall, accept: SocketCall) -> bool:
    if connect.family != accept.family or accept.last_moment < connect.began:
        return False
    if port_of(connect.local) is None:  # AF_UNIX: first come, first served
        return connect.address == accept.local
    target = connect.peer or connect.address
    return _plain(connect.local) == _plain(accept.peer) and _reaches(target, accept.local)


def _is_datagram(message: Message, receive: SocketCall) -> bool:
    call, size = message.call, message.size
    if call.began >= receive.last_moment:
        return False
    if any(receipt.call.socket == receive.socket for receipt in message.receipts):
        return False
    whole = receive.size == size
    cut = receive.asked is not None and receive.size == receive.asked < size
    length = min(len(call.data), len(receive.data))
    return (
        (whole or cut)
        and call.data[:length] == receive.data[:length]
        and _reaches(call.peer, receive.local)
        and _comes_from(receive.peer, call.local)
    )


def _comes_from(source: Address | None, local: Address | None) -> bool:
    """Whether a datagram may name `source` as its sender if a socket bound to `local` sent it."""
    if _is_group(local):  # never a sender's address: the system puts the host's own in its place
        return port_of(source) == port_of(local)
    return source is None or _reaches(source, local)


def _endpoint(call: SocketCall) -> Endpoint:
    """One end of a connection: its two addresses, or without ports the socket's name."""
    if is_stream(call) and port_of(call.local) and port_of(call.peer):
        return (_plain(call.local), _plain(call.peer))
    return (call.socket,)


def _accepted_endpoint(accept: SocketCall) -> Endpoint:
    if port_of(accept.peer) is None:
        return (accept.accepted,)
    return (_plain(accept.local), _plain(accept.peer))


def _opposite(endpoint: Endpoint) -> Endpoint:
    return tuple(reversed(endpoint)) if len(endpoint) == 2 else ()


def _plain(address: Address | None) -> Address | None:
    """An address without what differs between the two ends: scope, flow, an IPv4 host as IPv6."""
    if not isinstance(address, tuple) or port_of(address) is None:
        return address
    host = str(address[0])
    names = {"localhost": "127.0.0.1", "": "0.0.0.0"}  # noqa: S104
    return (names.get(host, host.removeprefix("::ffff:").partition("%")[0]), address[1])


def _reaches(target: Address | None, local: Address | None) -> bool:
    """Whether what is sent to `target` arrives at a socket with the address `local`."""
    target, local = _plain(target), _plain(local)
    if target is None or local is None or port_of(target) != port_of(local):
        return False
    if target == local or not isinstance(target, tuple) or not isinstance(local, tuple):
        return target == local
    everywhere = {"0.0.0.0", "::", ""}  # noqa: S104
    return bool(everywhere & {target[0], local[0]}) or _is_group(target) or _is_name(target)


def _is_name(address: tuple[str | int, ...]) -> bool:
    """Whether the host is a name, of which the record does not know what it means."""
    try:
        ipaddress.ip_address(str(address[0]))
    except ValueError:
        return True
    return False


def _is_group(address: Address | None) -> bool:
    """Whether an address may mean several sockets: multicast or broadcast."""
    if not isinstance(address, tuple):
        return False
    host = str(address[0])
    if host.endswith(".255") or host == "<broadcast>":
        return True
    try:
        return ipaddress.ip_address(host).is_multicast
    except ValueError:
        return False
