import itertools
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tested_pages import wire
from tested_pages.socket_calls import (
    SocketCall,
    read_socket_calls,
    recording_environment,
    with_closes_at_exit,
)
from tested_pages.wire_picture import Picture, Row, as_html, names_in, sentence, with_lanes
from tested_pages.wire_rows import wire_rows

SERVER = ("127.0.0.1", 9999)
CLIENT = ("127.0.0.1", 50000)
SECOND = ("127.0.0.1", 50001)


class Tape:
    """Makes up recorded calls, one after another; `waits` ones begin before the others."""

    def __init__(self, kind="SOCK_STREAM", family="AF_INET"):
        self.calls = []
        self.common = {"type": kind, "family": family}
        self.clock = itertools.count(10, 10)
        self.waiting = {}

    def __call__(self, terminal, call, *, began=None, unended=False, **values):
        began = next(self.clock) if began is None else began
        moment = None if unended else next(self.clock)
        number = len(self.calls) + 1
        known = {"terminal": terminal, "pid": hash(terminal), "thread": 1, "number": number,
                 "socket": f"{terminal}.1", "began": began, "ended": moment}  # fmt: skip
        data = values.get("data")
        if data is not None:
            values = {"size": len(data), "asked": len(data), **values, "data": data[:64]}
        self.calls.append(SocketCall(**{**self.common, **known, **values, "call": call}))

    def begin(self):
        """A moment, for the call that began then and is recorded later."""
        return next(self.clock)

    def connect(self, client="client", local=CLIENT, socket="server.2", **values):
        """A connection that is accepted at once."""
        began = self.begin()
        self(client, "connect", address=SERVER, local=local, peer=SERVER)
        self("server", "accept", began=began, local=SERVER, peer=local, accepted=socket, **values)

    def send(self, terminal, data, call="sendall", **values):
        local, peer = (CLIENT, SERVER) if terminal == "client" else (SERVER, CLIENT)
        self(terminal, call, **{"data": data, "local": local, "peer": peer, **values})

    def recv(self, terminal, data, call="recv", **values):
        local, peer = (CLIENT, SERVER) if terminal == "client" else (SERVER, CLIENT)
        self(
            terminal, call, **{"data": data, "asked": 1024, "local": local, "peer": peer, **values}
        )


def sentences(calls, *names):
    picture = wire_rows(calls, names or ("server", "client"))
    return [sentence(picture, row) for row in picture.rows]


# Datagrams


def test_a_datagram_and_its_answer():
    tape = Tape("SOCK_DGRAM")
    tape("server", "socket")
    tape("server", "bind", address=SERVER, local=SERVER)
    server_waits = tape.begin()
    tape("client", "socket")
    tape.send("client", b"hello", "sendto", address=SERVER)
    tape.recv("server", b"hello", "recvfrom", began=server_waits)
    client_waits = tape.begin()
    tape.send("server", b"HELLO", "sendto", address=CLIENT)
    tape.recv("client", b"HELLO", "recvfrom", began=client_waits)
    tape("client", "close")
    assert sentences(tape.calls) == [
        "server: socket(AF_INET, SOCK_DGRAM)",
        "server: bind(('127.0.0.1', 9999))",
        "server: recvfrom(1024) waits",
        "client: socket(AF_INET, SOCK_DGRAM)",
        "client → server: 5 bytes b'hello' (sendto, recvfrom), from port 50000 to port 9999",
        "client: recvfrom(1024) waits",
        "server → client: 5 bytes b'HELLO' (sendto, recvfrom)",
        "client: close()",
    ]


def test_who_waits_is_known_in_every_row():
    tape = Tape("SOCK_DGRAM")
    waits = tape.begin()
    tape("client", "socket")
    tape.send("client", b"hello", "sendto")
    tape.recv("server", b"hello", "recvfrom", began=waits)
    tape("server", "close")
    rows = wire_rows(tape.calls, ["server", "client"]).rows
    assert [(row.waiting, row.returned) for row in rows] == [
        ((), ()),
        ((0,), ()),
        ((), (0,)),
        ((), ()),
    ]
    assert rows[0].outcome == "waits"


def test_a_datagram_that_is_too_long_is_cut():
    tape = Tape("SOCK_DGRAM")
    tape.send("client", b"x" * 2000, "sendto")
    tape.recv("server", b"x" * 1024, "recvfrom")
    assert sentences(tape.calls) == [
        (
            f"client → server: 2000 bytes b'{'x' * 21}'… (sendto, recvfrom keeps 1024 bytes,"
            " the rest is lost), from port 50000 to port 9999"
        )
    ]


def test_datagrams_that_wait_are_received_one_by_one():
    tape = Tape("SOCK_DGRAM")
    for data in (b"one", b"", b"three"):
        tape.send("client", data, "sendto")
    tape("server", "socket")
    for data in (b"one", b"", b"three"):
        tape.recv("server", data, "recvfrom")
    assert sentences(tape.calls) == [
        "client → server: 3 bytes b'one' (sendto), from port 50000 to port 9999, received later",
        "client → server: 0 bytes b'' (sendto), received later",
        "client → server: 5 bytes b'three' (sendto), received later",
        "server: socket(AF_INET, SOCK_DGRAM)",
        "server: recvfrom(1024) returns 3 bytes b'one'",
        "server: recvfrom(1024) returns 0 bytes b''",
        "server: recvfrom(1024) returns 5 bytes b'three'",
    ]


def test_a_lost_datagram_and_one_that_overtook_another():
    tape = Tape("SOCK_DGRAM")
    for data in (b"one", b"two", b"three"):
        tape.send("client", data, "sendto")
    tape.recv("server", b"three", "recvfrom")
    tape.recv("server", b"two", "recvfrom")
    assert [text.split(", from")[0] for text in sentences(tape.calls)] == [
        "client → server: 3 bytes b'one' (sendto)",
        "client → server: 3 bytes b'two' (sendto), received later",
        "client → server: 5 bytes b'three' (sendto, recvfrom)",
        "server: recvfrom(1024) returns 3 bytes b'two'",
    ]
    rows = wire_rows(tape.calls).rows
    assert [row.outcome for row in rows] == ["lost", "kept", "", ""]


def test_a_datagram_for_a_port_that_nobody_has():
    tape = Tape("SOCK_DGRAM")
    tape("client", "connect", address=SERVER, local=CLIENT, peer=SERVER)
    tape.send("client", b"hello", "send")
    refused = {"error": "ConnectionRefusedError", "error_text": "[Errno 111] Connection refused"}
    tape("client", "recv", asked=1024, local=CLIENT, peer=SERVER, **refused)
    picture = wire_rows(tape.calls)
    assert picture.lanes == ("client", "port 9999")
    assert [sentence(picture, row) for row in picture.rows] == [
        "client: connect(('127.0.0.1', 9999))",
        (
            "client → port 9999: 5 bytes b'hello' (send), from port 50000 to port 9999,"
            " no program has it"
        ),
        "client: recv(1024) raises ConnectionRefusedError: [Errno 111] Connection refused",
    ]
    assert [row.outcome for row in picture.rows] == ["", "failed", "failed"]


def test_a_datagram_to_a_group_reaches_each_member():
    tape = Tape("SOCK_DGRAM")
    group = ("224.0.0.1", 5000)
    tape.send("client", b"all", "sendto", peer=group, address=group)
    for member in ("server", "other"):
        tape.recv(member, b"all", "recvfrom", local=("0.0.0.0", 5000), peer=CLIENT)
    assert sentences(tape.calls) == [
        (
            "client → other: 3 bytes b'all' (sendto), from port 50000 to port 5000,"
            " received by server and other"
        ),
        "server: recvfrom(1024) returns 3 bytes b'all'",
        "other: recvfrom(1024) returns 3 bytes b'all'",
    ]


@pytest.mark.parametrize("group", ["224.0.0.1", "127.255.255.255"])
def test_a_socket_bound_to_a_group_sends_from_the_host_s_own_address(group):
    tape = Tape("SOCK_DGRAM")
    tape.send("server", b"ALL", "sendto", local=(group, 9999), peer=CLIENT, address=CLIENT)
    tape.recv("client", b"ALL", "recvfrom", local=CLIENT, peer=SERVER)
    assert sentences(tape.calls) == [
        "server → client: 3 bytes b'ALL' (sendto, recvfrom), from port 9999 to port 50000"
    ]


def test_what_comes_from_another_port_was_not_sent_by_a_socket_bound_to_a_group():
    tape = Tape("SOCK_DGRAM")
    tape.send("server", b"ALL", "sendto", local=("224.0.0.1", 9998), peer=CLIENT, address=CLIENT)
    tape.recv("client", b"ALL", "recvfrom", local=CLIENT, peer=SERVER)
    assert sentences(tape.calls)[0].endswith("never received")


@pytest.mark.parametrize(
    ("target", "local"),
    [
        (("localhost", 9999), ("127.0.0.1", 9999)),
        (("127.0.0.1", 9999), ("0.0.0.0", 9999)),
        (("127.0.0.1", 9999), ("::ffff:127.0.0.1", 9999, 0, 0)),
        (("::1", 9999, 0, 0), ("::", 9999, 0, 0)),
        (("host.example", 9999), ("127.0.0.1", 9999)),
        ("/tmp/socket", "/tmp/socket"),
    ],
)
def test_addresses_that_mean_the_same_socket(target, local):
    tape = Tape("SOCK_DGRAM")
    tape.send("client", b"hello", "sendto", peer=target, local=("0.0.0.0", 50000))
    tape.recv("server", b"hello", "recvfrom", local=local, peer=None)
    assert sentences(tape.calls)[0].startswith(
        "client → server: 5 bytes b'hello' (sendto, recvfrom"
    )


# Streams


def test_a_connection_from_begin_to_end():
    tape = Tape()
    tape("server", "listen", asked=5, local=SERVER)
    tape.connect()
    server_waits = tape.begin()
    tape.send("client", b"hello")
    tape.recv("server", b"hello", began=server_waits)
    tape("client", "shutdown", detail="SHUT_WR", local=CLIENT, peer=SERVER)
    tape.recv("server", b"")
    tape("server", "close", local=SERVER, peer=CLIENT, socket="server.2")
    tape.recv("client", b"")
    tape("client", "close", local=CLIENT, peer=SERVER)
    tape("server", "close", local=SERVER)
    assert sentences(tape.calls) == [
        "server: listen(5)",
        "server: accept() waits",
        "client → server: connection (connect, accept), from port 50000 to port 9999",
        "server: recv(1024) waits",
        "client → server: 5 bytes b'hello' (sendall, recv)",
        "client → server: end of stream (shutdown, recv returns b'')",
        "server → client: end of stream (close, recv returns b'')",
        "client: close()",
        "server: close(), the listening socket",
    ]


def test_two_sends_may_be_received_in_one():
    tape = Tape()
    tape.connect()
    tape.send("client", b"one")
    tape.send("client", b"two")
    tape.recv("server", b"onetwo")
    assert sentences(tape.calls)[2:] == [
        "client → server: 3 bytes b'one' (sendall), received later",
        "client → server: 3 bytes b'two' (sendall), received later",
        "server: recv(1024) returns 6 bytes b'onetwo', 2 sends in one",
    ]


def test_one_send_may_be_received_in_pieces():
    tape = Tape()
    tape.connect()
    tape.send("client", b"x" * 30)
    for size in (10, 15, 5):
        tape.recv("server", b"x" * size)
    assert [row.note for row in wire_rows(tape.calls).rows][2:] == [
        "received later",
        "the first of 30 bytes",
        "the next of 30 bytes",
        "the last of 30 bytes",
    ]


def test_borders_of_sends_and_receives_may_cross():
    tape = Tape()
    tape.connect()
    tape.send("client", b"abc")
    tape.send("client", b"defg")
    tape.recv("server", b"abcde")
    tape.recv("server", b"fg")
    assert [row.note for row in wire_rows(tape.calls).rows][4:] == [
        "from 2 sends",
        "the last of 4 bytes",
    ]


def test_messages_that_cross_keep_the_order_of_each_program():
    tape = Tape()
    tape.connect()
    tape.send("client", b"question")
    tape.send("server", b"greeting")
    tape.recv("client", b"greeting")
    tape.recv("server", b"question")
    assert sentences(tape.calls)[2:] == [
        "client → server: 8 bytes b'question' (sendall), received later",
        "server → client: 8 bytes b'greeting' (sendall, recv)",
        "server: recv(1024) returns 8 bytes b'question'",
    ]


def test_a_second_client_waits_in_the_backlog():
    tape = Tape()
    tape.connect()
    second = {"socket": "second.1", "local": SECOND, "peer": SERVER}
    tape("second", "connect", address=SERVER, **second)
    tape("second", "sendall", data=b"me too", **second)
    tape.send("client", b"still here")
    tape.recv("server", b"still here")
    tape("server", "accept", local=SERVER, peer=SECOND, accepted="server.3")
    tape("server", "recv", data=b"me too", asked=9, local=SERVER, peer=SECOND, socket="server.3")
    assert sentences(tape.calls, "server", "client", "second")[2:] == [
        "second → server: connection (connect), from port 50001 to port 9999, accepted later",
        "second → server: 6 bytes b'me too' (sendall), received later",
        "client → server: 10 bytes b'still here' (sendall, recv)",
        "server: accept() returns the connection, from port 50001",
        "server: recv(9) returns 6 bytes b'me too'",
    ]


def test_what_nobody_accepts_or_receives():
    tape = Tape()
    tape("server", "listen", local=SERVER)
    tape("client", "connect", address=SERVER, local=CLIENT, peer=SERVER)
    tape.send("client", b"hello")
    assert sentences(tape.calls)[1:] == [
        "client → server: connection (connect), from port 50000 to port 9999, never accepted",
        "client → server: 5 bytes b'hello' (sendall), never received",
    ]


REFUSED = {"error": "ConnectionRefusedError", "error_text": "[Errno 111] Connection refused"}


@pytest.mark.parametrize("later", [False, True])
def test_a_refused_connection(later):
    tape = Tape()
    if later:  # a socket that does not wait is told when it asks
        tape("client", "connect_ex", address=SERVER, local=CLIENT, error="BlockingIOError")
        tape("client", "getsockopt", detail="SO_ERROR", **REFUSED)
    else:
        tape("client", "connect_ex", address=SERVER, **REFUSED)
    picture = wire_rows(tape.calls)
    assert picture.lanes == ("client", "port 9999")
    assert [sentence(picture, row) for row in picture.rows] == [
        (
            "client → port 9999: connection (connect_ex),"
            " ConnectionRefusedError: [Errno 111] Connection refused"
        )
    ]
    assert picture.rows[0].outcome == "failed"


def test_a_refused_connection_points_at_the_program_that_had_the_port():
    tape = Tape()
    tape("server", "bind", address=SERVER, local=SERVER)
    tape("client", "connect", address=SERVER, **REFUSED)
    assert wire_rows(tape.calls).lanes == ("server", "client")


def test_a_connection_that_is_made_without_waiting():
    tape = Tape()
    tape(
        "client",
        "connect",
        address=SERVER,
        local=CLIENT,
        error="BlockingIOError",
        caller="asyncio.x",
    )
    for caller in ("asyncio.selector_events", "__main__"):
        tape("server", "accept", local=SERVER, error="BlockingIOError", caller=caller)
    tape("server", "accept", local=SERVER, peer=CLIENT, accepted="server.2")
    assert sentences(tape.calls) == [
        "client → server: connection (connect), accepted later",
        "server: accept() raises BlockingIOError",
        "server: accept() returns the connection, from port 50000",
    ]


def test_a_reset():
    tape = Tape()
    tape.connect()
    tape.send("client", b"hello")
    client_waits = tape.begin()
    tape("server", "close", local=SERVER, peer=CLIENT, socket="server.2")
    reset = {"error": "ConnectionResetError", "error_text": "[Errno 104] Connection reset by peer"}
    tape("client", "recv", began=client_waits, asked=9, local=CLIENT, peer=SERVER, **reset)
    tape("client", "send", data=b"more", local=CLIENT, peer=SERVER, size=None,
         error="BrokenPipeError", error_text="[Errno 32] Broken pipe")  # fmt: skip
    assert sentences(tape.calls)[2:] == [
        "client → server: 5 bytes b'hello' (sendall), never received",
        "client: recv(9) waits",
        (
            "server → client: reset (close, recv raises ConnectionResetError: [Errno 104]"
            " Connection reset by peer)"
        ),
        "client: send(b'more') raises BrokenPipeError: [Errno 32] Broken pipe",
    ]


@pytest.mark.parametrize(
    ("close", "words"),
    [
        ({"detail": "process ended"}, "the program ends"),
        ({"detail": "collected", "caller": ""}, "the program ends"),
        ({"detail": "collected"}, "no reference left"),
    ],
)
def test_sockets_that_are_closed_without_a_call(close, words):
    tape = Tape()
    tape.connect()
    tape.recv("server", b"", began=tape.begin())
    # The system closed it before that was written down.
    tape("client", "close", local=CLIENT, peer=SERVER, **close)
    tape("server", "close", local=SERVER, **close)
    assert sentences(tape.calls)[2:] == [
        "server: recv(1024) waits",
        f"client → server: end of stream ({words}, recv returns b'')",
        f"server: {words}: its socket is closed",
    ]


def test_calls_that_end_otherwise():
    tape = Tape()
    tape("server", "accept", error="KeyboardInterrupt", local=SERVER)
    tape("server", "accept", error="TimeoutError", error_text="timed out", local=SERVER)
    tape("server", "bind", address=SERVER, error="OSError", error_text="[Errno 98] Address in use")
    tape("server", "recv", asked=5, unended=True)
    picture = wire_rows(tape.calls)
    assert [sentence(picture, row) for row in picture.rows] == [
        "server: accept() waits",
        "server: accept() ends with KeyboardInterrupt",
        "server: accept() waits",
        "server: accept() ends with TimeoutError: timed out",
        "server: bind(('127.0.0.1', 9999)) raises OSError: [Errno 98] Address in use",
        "server: recv(5) waits",
    ]
    assert [row.outcome for row in picture.rows] == [
        "waits", "", "waits", "failed", "failed", "waits",
    ]  # fmt: skip


def test_calls_with_more_to_say():
    tape = Tape()
    tape("server", "bind", address=("", 0), local=("0.0.0.0", 50000))
    tape("server", "connect_ex", address=SERVER, local=CLIENT, peer=SERVER)
    tape("server", "recv", data=b"he", asked=2, detail="MSG_PEEK", local=CLIENT, peer=SERVER)
    tape("server", "send", data=b"hel", asked=5, local=CLIENT, peer=SERVER)
    tape("server", "sendmsg", data=b"x", family="AF_UNIX", peer="/tmp/x", type="SOCK_DGRAM")
    tape("server", "record full")
    picture = wire_rows(tape.calls)
    assert [sentence(picture, row) for row in picture.rows] == [
        "server: bind(('', 0)) gets port 50000",
        "server → port 9999: connection (connect_ex), from port 50000 to port 9999, never accepted",
        "server: recv(2, MSG_PEEK) sees 2 bytes b'he'",
        "server → port 9999: 3 bytes b'hel' (send takes 3 of 5), never received",
        "server → /tmp/x: 1 byte b'x' (sendmsg), never received",
        "server: further calls are not recorded",
    ]


def test_a_failed_sendall_counts_for_what_arrived():
    tape = Tape()
    tape.connect()
    broken = {"size": None, "asked": 100, "error": "BrokenPipeError", "error_text": "broken"}
    tape.send("client", b"x" * 100, **broken)
    tape.recv("server", b"x" * 40)
    tape.send("client", b"x" * 100, **broken)
    notes = [row.note for row in wire_rows(tape.calls).rows]
    assert notes[3] == "the first of 100 bytes"
    assert sentences(tape.calls)[-1].startswith("client: sendall(b'x")


def test_a_program_that_talks_to_itself():
    tape = Tape("SOCK_DGRAM")
    tape("client", "sendto", data=b"hello", local=CLIENT, peer=SERVER)
    tape("client", "recvfrom", data=b"hello", asked=9, local=SERVER, peer=CLIENT, socket="c.2")
    picture = wire_rows(tape.calls)
    (row,) = picture.rows
    assert sentence(picture, row).startswith(
        "client, to itself: 5 bytes b'hello' (sendto, recvfrom)"
    )
    assert '<li class="wire-call wire-at-1 wire-receives">' in as_html(picture)


def test_unix_sockets_are_matched_in_order():
    tape = Tape(family="AF_UNIX")
    tape("server", "listen", local="/tmp/s")
    for number in (1, 2):
        tape(f"client{number}", "connect", address="/tmp/s", peer="/tmp/s", local="")
        tape("server", "accept", local="/tmp/s", accepted=f"server.{number + 1}")
        tape(f"client{number}", "send", data=b"x" * number, peer="/tmp/s")
        tape("server", "recv", data=b"x" * number, asked=9, local="/tmp/s",
             socket=f"server.{number + 1}")  # fmt: skip
    assert sentences(tape.calls, "server")[1:] == [
        "client1 → server: connection (connect, accept)",
        "client1 → server: 1 byte b'x' (send, recv)",
        "client2 → server: connection (connect, accept)",
        "client2 → server: 2 bytes b'xx' (send, recv)",
    ]


def test_a_record_that_begins_in_the_midst_of_a_connection():
    tape = Tape()
    tape.recv("client", b"from before")
    tape.send("client", b"hello")
    tape.recv("server", b"hello")
    assert sentences(tape.calls) == [
        "client: recv(1024) returns 11 bytes b'from before', from port 9999",
        "client → server: 5 bytes b'hello' (sendall, recv), from port 50000 to port 9999",
    ]


# What is shown of much


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"a" * 37, "b'" + "a" * 37 + "'"),
        (b"a" * 38, "b'" + "a" * 21 + "'…"),
        (bytes(20), "b'" + r"\x00" * 5 + "'…"),
        (b"`it's\"<b>", "b'`it\\'s\"<b>'"),
    ],
)
def test_long_data_is_cut(data, shown):
    tape = Tape("SOCK_DGRAM")
    tape.send("client", data, "sendto")
    (row,) = wire_rows(tape.calls).rows
    assert row.data == shown


def test_many_rows_of_one_direction_are_folded():
    tape = Tape()
    tape.connect()
    for _ in range(1000):
        tape.send("client", b"x" * 5000)
        tape.recv("server", b"x" * 5000)
    tape.send("server", b"thanks")
    tape.recv("client", b"thanks")
    rows = wire_rows(tape.calls).rows
    assert len(rows) == 2 + 4 + 1 + 2 + 1
    assert rows[6].what == "994 more, 4,970,000 bytes"
    assert [row.stands_for_more for row in rows] == [number == 6 for number in range(10)]


def test_a_call_that_is_tried_again_and_again_is_one_row():
    tape = Tape()
    for _ in range(50):
        tape("server", "accept", error="BlockingIOError", error_text="not yet", local=SERVER)
    assert sentences(tape.calls) == ["server: accept() raises BlockingIOError: not yet, 50 times"]


def test_ten_thousand_calls_are_folded_too():
    tape = Tape("SOCK_DGRAM")
    for number in range(5000):
        tape.send("client", b"%d" % number, "sendto")
    for number in range(5000):
        tape.recv("server", b"%d" % number, "recvfrom")
    assert len(wire_rows(tape.calls).rows) == 7


# Pictures


def a_picture():
    return Picture(
        ("server", "client", "other"),
        (
            Row(0, call="accept()", words="waits", outcome="waits"),
            Row(1, to=0, call="send", what="5 bytes", data="b'<&>'", received="recv",
                note="a note", returned=(0,), waiting=(2,)),
            Row(2, to=1, call="send", what="1 byte", outcome="lost"),
            Row(0, call="recv(5)", words="returns", what="5 bytes", data="b''", note="the end"),
        ),
    )  # fmt: skip


def test_the_html_is_made_of_sentences():
    html = as_html(a_picture())
    assert html.splitlines()[0] == (
        '<p class="wire-lanes"><span class="wire-glue">Programs: </span>'
        '<span class="wire-lane">server</span><span class="wire-glue">, </span>'
        '<span class="wire-lane">client</span><span class="wire-glue">, </span>'
        '<span class="wire-lane">other</span></p>'
    )
    assert html.splitlines()[2:5] == [
        (
            '<li class="wire-call wire-at-1 wire-waits"><span class="wire-who">server</span>'
            '<span class="wire-glue">: </span><span class="wire-box"><code>accept()</code>'
            " waits</span></li>"
        ),
        (
            '<li class="wire-message wire-from-2 wire-to-1 wire-leftwards wire-waiting-3'
            ' wire-returned-1"><span class="wire-who">client → server</span>'
            '<span class="wire-glue">: </span><span class="wire-what">5 bytes <code>'
            "b'&lt;&amp;&gt;'"
            '</code></span><span class="wire-glue"> (</span><span class="wire-sent">'
            '<code>send</code></span><span class="wire-glue">, </span><span class="wire-received">'
            '<code>recv</code></span><span class="wire-glue">)</span>'
            '<span class="wire-glue">, </span><span class="wire-note">a note</span></li>'
        ),
        (
            '<li class="wire-message wire-from-3 wire-to-2 wire-leftwards wire-lost">'
            '<span class="wire-who">other → client</span><span class="wire-glue">: </span>'
            '<span class="wire-what">1 byte</span><span class="wire-glue"> (</span>'
            '<span class="wire-sent"><code>send</code></span><span class="wire-glue">)</span></li>'
        ),
    ]


def test_some_programs_in_another_order():
    picture = with_lanes(a_picture(), ["client", "server"])
    assert picture.lanes == ("client", "server")
    assert [(row.lane, row.to, row.waiting, row.returned) for row in picture.rows] == [
        (1, None, (), ()),
        (0, 1, (), (1,)),
        (1, None, (), ()),
    ]
    with pytest.raises(ValueError, match="'clinet'; there are: server, client, other"):
        with_lanes(a_picture(), ["server", "clinet"])
    assert names_in("server  client") == ["server", "client"]
    assert names_in("server, first client,") == ["server", "first client"]


# From real programs to a page


UPPER_SERVER = """
import socket
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
for _ in range(2):
    connection, _ = server.accept()
    with connection:
        while data := connection.recv(1024):
            connection.sendall(data.upper())
"""
UPPER_CLIENT = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as client:
    for text in (b"Hello", b"How are you?"):
        client.sendall(text)
        client.recv(1024)
"""


def converse(folder):
    """What two programs of two terminals did to each other, in order."""
    record_file = folder / "record"

    def start(terminal, *arguments):
        variables = {**os.environ, **recording_environment(record_file, terminal, {})}
        command = [sys.executable, "-c", *arguments]
        return subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)

    with start("server", UPPER_SERVER) as server:
        port = server.stdout.readline().strip()
        for name in ("first client", "second client"):
            with start(name, UPPER_CLIENT, port) as client:
                assert client.wait() == 0
        assert server.wait() == 0
    calls = read_socket_calls(record_file)
    return with_closes_at_exit(calls, {}), int(port)


def test_a_real_conversation(tmp_path):
    calls, port = converse(tmp_path)
    picture = wire_rows(calls, ["server", "first client", "second client"])
    assert picture.lanes == ("server", "first client", "second client")
    shown = [sentence(picture, row) for row in picture.rows if row.to is not None]
    expected = []
    for name in picture.lanes[1:]:
        ephemeral = next(call.local[1] for call in calls if call.terminal == name and call.local[1])
        expected += [
            f"{name} → server: connection (connect, accept), from port {ephemeral} to port {port}",
            f"{name} → server: 5 bytes b'Hello' (sendall, recv)",
            f"server → {name}: 5 bytes b'HELLO' (sendall, recv)",
            f"{name} → server: 12 bytes b'How are you?' (sendall, recv)",
            f"server → {name}: 12 bytes b'HOW ARE YOU?' (sendall, recv)",
            f"{name} → server: end of stream (close, recv returns b'')",
        ]
    assert shown == expected


PAGE = """
# A page

```{wire}
:caption: What *crossed* the wire
```

```{wire}
:programs: client, server
```

```{wire}
:programs: server, clinet
```
"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Builds one page with given recorded calls; returns the output folder and the warnings."""

    def make(builder, calls, page=PAGE):
        recorded = None if calls is None else [call.as_json() for call in calls]
        monkeypatch.setattr(wire, "artifact_for", lambda directive: recorded)
        source, output = tmp_path / "source", tmp_path / builder
        source.mkdir(exist_ok=True)
        (source / "index.md").write_text(page)
        (source / "conf.py").write_text(
            "from tested_pages.ladder import setup_ladder\n"
            "from tested_pages.wire import setup_wire\n"
            "extensions = ['myst_parser']\n"
            "project = 'A book'\n"
            "version = '1'\n"
            "def setup(app):\n    setup_wire(app)\n    setup_ladder(app)\n"
        )
        warnings = (tmp_path / "warnings").open("w+")
        with docutils_namespace(), warnings:
            app = Sphinx(source, source, output, tmp_path / "doctrees", builder,
                         status=None, warning=warnings, freshenv=True)  # fmt: skip
            app.build()
            warnings.seek(0)
            return output, warnings.read()

    return make


def some_calls():
    tape = Tape()
    tape("server", "listen", local=SERVER)
    tape.connect()
    tape.send("client", b"hello")
    tape.recv("server", b"hello")
    return tape.calls


def test_a_page_with_wires(build):
    output, warnings = build("html", some_calls())
    html = (output / "index.html").read_text()
    assert html.count('<figure class="wire wire-of-2">') == 1
    assert html.count('<figure class="wire wire-of-2" data-programs="client, server">') == 1
    assert "<figcaption>What <em>crossed</em> the wire</figcaption>" in html
    assert html.count("listen()") == 3
    assert '<li class="wire-message wire-from-1 wire-to-2 wire-rightwards' in html
    assert warnings.count("WARNING") == 1
    assert (
        "index.md:12: WARNING: wire: no program is called 'clinet'; there are: server, client"
        in (warnings.replace("\x1b[31m", "").replace("\x1b[39;49;00m", ""))
    )


def test_a_page_that_did_not_run(build):
    output, warnings = build("html", None)
    html = (output / "index.html").read_text()
    assert html.count("Not recorded: the programs above did not run") == 3
    assert warnings == ""


@pytest.mark.parametrize(
    ("builder", "name", "caption", "row"),
    [
        (
            "text",
            "index.txt",
            "What *crossed* the wire",
            '5 bytes "b\'hello\'" ("sendall", "recv")',
        ),
        (
            "latex",
            "abook.tex",
            r"\sphinxstyleemphasis{crossed}",
            r"\(\rightarrow\) server: 5 bytes",
        ),
        ("epub", "index.xhtml", "What <em>crossed</em> the wire", "client → server: 5 bytes"),
    ],
)
def test_other_formats_get_the_sentences(build, builder, name, caption, row):
    output, _ = build(builder, some_calls())
    text = (output / name).read_text()
    assert caption in text
    assert row in text
    assert "<figure" not in text


def test_too_many_lanes_are_a_list(build):
    calls = [replace(some_calls()[0], terminal=f"server{number}") for number in range(5)]
    output, _ = build("html", calls, "# A page\n\n```{wire}\n```\n")
    assert '<figure class="wire">' in (output / "index.html").read_text()
