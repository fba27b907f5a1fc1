"""What readers are told of their answers to the exercises on systems, guards and tests."""

import sys

import pytest
from answers import listing, replaced

HOST = listing("sockets/families_types_options/client_host")
SUPERVISE = listing("sockets/shutting_down/supervise")
OWN_USER = listing("sockets/unix_sockets/own_user_server")
DATAGRAM = listing("sockets/unix_sockets/datagram_server")
REPLAY = listing("sockets/security/counted_server")
NOTES = listing("sockets/security/note_server")
ASK = listing("sockets/testing_network_code/mended_client")
LENGTH = listing("sockets/testing_network_code/length_protocol")

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has abstract names")


@pytest.mark.parametrize(
    ("page", "exercise", "source"),
    [
        pytest.param("families_types_options", "host", HOST, id="host"),
        pytest.param("shutting_down", "supervise", SUPERVISE, id="supervise", marks=on_unix),
        pytest.param("unix_sockets", "own_user", OWN_USER, id="own user", marks=on_linux),
        pytest.param("unix_sockets", "datagram", DATAGRAM, id="datagram", marks=on_unix),
        pytest.param("security", "replay", REPLAY, id="replay"),
        pytest.param("security", "notes", NOTES, id="notes"),
        pytest.param("testing_network_code", "ask", ASK, id="ask"),
        pytest.param("testing_network_code", "length", LENGTH, id="length"),
    ],
)
def test_the_solutions_pass(check_answer, page, exercise, source):
    assert check_answer(f"sockets/{page}", exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "def client_host(address): return address[0]",
            (
                "returned '::ffff:192.0.2.1'; expected '192.0.2.1'"
                " (ipv4_mapped is the IPv4 address in an IPv6 address)"
            ),
        ),
        (
            "def client_host(address): return address[0].removeprefix('::ffff:')",
            "client_host(('::ffff:c000:201', 40000, 0, 0)) returned 'c000:201'; expected",
        ),
        (
            (
                "import ipaddress\ndef client_host(address):\n"
                "    found = ipaddress.ip_address(address[0])\n"
                "    return str(found if found.version == 4 else found.ipv4_mapped)"
            ),
            "returned 'None'; expected '2001:db8::1' (an address without an IPv4 one in it stays",
        ),
    ],
)
def test_wrong_hosts(expect_failure, source, message):
    expect_failure("sockets/families_types_options", "host", source, message)


@on_unix
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("process.terminate()", "process.kill()", "(SIGTERM comes first: terminate, not kill)"),
        ("if status >= 0 else 128 - status", "", "(a shell counts 128 and the signal's number)"),
        ("        input()\n", "        process.wait()\n", "when Enter was pressed and the program"),
        ("*sys.argv[1:]", '"other.py"', "started with a program that prints Working, your client"),
        ("status = process.wait(PATIENCE)", "status = process.poll()", "TypeError"),
    ],
)
def test_wrong_supervisors(expect_failure, old, new, message):
    source = replaced(SUPERVISE, (old, new))
    expect_failure("sockets/shutting_down", "supervise", source, message, patience=1.5)


@on_linux
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return process, user", "return process, group + 1", "had connected, your server should"),
        ("user != os.getuid()", "user == os.getuid()", "answered b'IT IS ME'; it closed the conn"),
        ('"\\0upper"', '"upper.sock"', "should have printed \"Listening on '\\\\x00upper'\""),
        (
            "except OSError",
            "except ZeroDivisionError",
            "a client left in the middle of a message; ... catch ConnectionError",
        ),
    ],
)
def test_wrong_own_user_servers(expect_failure, old, new, message):
    source = replaced(OWN_USER, (old, new))
    expect_failure("sockets/unix_sockets", "own_user", source, message, patience=1.5)


@on_unix
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "            PATH.unlink()\n\n\nif",
            "            pass\n\n\nif",
            "your server has ended and left the file datagrams.sock behind",
        ),
        (
            "                if not address:\n                    continue\n",
            "",
            "a datagram came from nobody; after the datagram b'still there', your server should",
        ),
        (
            "data.upper(), socket.MSG_DONTWAIT, address",
            "data.upper(), address",
            "a client sent many datagrams and read no answer; after the datagram b'my turn', your",
        ),
        (
            "{address!r}",
            "{address}",
            "when these 5 bytes had come, your server should have printed",
        ),
    ],
)
def test_wrong_datagram_servers(expect_failure, old, new, message):
    source = replaced(DATAGRAM, (old, new))
    expect_failure("sockets/unix_sockets", "datagram", source, message, patience=1.5)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("counter <= last", "counter < last", "when the same came again, your server should have"),
        (
            "counter <= last",
            "counter == last",
            "when one with 6 came later, your server should have",
        ),
        (
            "    tag, signed = datagram[:TAG_SIZE], datagram[TAG_SIZE:]\n    if not",
            "    tag, signed = datagram[:TAG_SIZE], datagram[TAG_SIZE:]\n    if False and not",
            "your server should have printed 'Dropped: not signed with our key'; it printed",
        ),
        (
            "signed[COUNTER_SIZE:]",
            "signed",
            "your server should have answered ... PAY 10 ... it answered",
        ),
        (
            "except (ValueError",
            "except (EOFError",
            "ended with ValueError: counter 7 is not above 7",
        ),
    ],
)
def test_wrong_guards(expect_failure, old, new, message):
    expect_failure("sockets/security", "replay", replaced(REPLAY, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "if not path.is_relative_to(folder.resolve()):",
            "if False:",
            (
                "after b'../secret.txt\\n', your server should have answered b'No such note\\n';"
                " it answered b'secret', and closed the connection (this file is not in the folder)"
            ),
        ),
        (
            "path = (folder / name).resolve()\n    if not path.is_relative_to(folder.resolve()):",
            "path = folder / name\n    if '..' in name or name.startswith('/'):",
            (
                "after b'link.txt\\n', your server should have answered b'No such note\\n'; it"
                " answered"
            ),
        ),
        (
            "    if not path.is_file():",
            "    if not path.exists():",
            "after b'.\\n', your server should",
        ),
        (
            'while b"\\n" not in buffer and',
            "while not buffer and",
            "after b'hel' and, a moment later, b'lo.txt' and, a moment later, b'\\n', your server",
        ),
        ("except OSError", "except EOFError", "a client reset its connection"),
    ],
)
def test_wrong_note_servers(expect_failure, old, new, message):
    expect_failure("sockets/security", "notes", replaced(NOTES, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '    while not answer.endswith(b"\\n"):\n        piece',
            '    if not answer.endswith(b"\\n"):\n        piece',
            (
                "returned 'HEL' when the answer came in the pieces [b'HEL', b'LO\\n']; expected"
                " 'HELLO'"
            ),
        ),
        ('.removesuffix("\\n")', "", "; expected 'HELLO' (without the newline)"),
        (
            'raise EOFError(f"the stream ended after {len(answer)} bytes of the answer")',
            "break",
            "returned '' when the stream ended without an answer; expected it to raise EOFError",
        ),
        (
            "raise EOFError",
            "raise ValueError",
            "ValueError: the stream ended ... expected EOFError",
        ),
        ('text.encode() + b"\\n"', "text.encode()", "sent b'hello'; expected b'hello\\n'"),
        ("answer += piece", "answer += piece.decode().encode()", "UnicodeDecodeError"),
    ],
)
def test_wrong_asks(expect_failure, old, new, message):
    expect_failure("sockets/testing_network_code", "ask", replaced(ASK, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "while len(self._buffer) >= 4",
            "if len(self._buffer) >= 4",
            "in pieces of 326 bytes, the",
        ),
        ("len(self._buffer) < 4 + length", "len(self._buffer) <= 4 + length", "came out as"),
        (
            "            if len(self._buffer) < 4 + length:\n                break\n",
            "",
            "receive raised ValueError: a message of",
        ),
        (
            "length > LONGEST",
            "length >= LONGEST",
            "receive raised ValueError: a message of 1000000",
        ),
        ("length > LONGEST", "False", "a length of 1,000,001 should raise a ValueError as soon as"),
        ('"big"', '"little"', "receive raised ValueError"),
    ],
)
def test_wrong_protocols(expect_failure, old, new, message):
    source = replaced(LENGTH, (old, new))
    if "if len(self._buffer) >= 4" in source:
        source = replaced(source, ("                break\n", "                return messages\n"))
    expect_failure("sockets/testing_network_code", "length", source, message)
