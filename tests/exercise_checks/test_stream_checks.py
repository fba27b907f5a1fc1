"""What readers are told of their answers to the exercises on streams, framing and handlers."""

import pytest
from answers import listing, replaced

NUMBER = listing("sockets/client_server/number_server")
COUNT = listing("sockets/streams/count_server")
JSON = listing("sockets/framing/json_server")
CUT = listing("sockets/framing/cut")
STOP = listing("sockets/socketserver/stoppable_server")


@pytest.mark.parametrize(
    ("page", "exercise", "source"),
    [
        ("sockets/client_server", "number", NUMBER),
        ("sockets/streams", "count", COUNT),
        ("sockets/framing", "json", JSON),
        ("sockets/framing", "crlf", CUT),
        ("sockets/socketserver", "stop", STOP),
    ],
    ids=["number", "count", "json", "crlf", "stop"],
)
def test_the_solutions_pass(check_answer, page, exercise, source):
    assert check_answer(page, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number += 1", "number = 1", "(the count must outlive each client)"),
        (
            "{number}\\n",
            "{number}",
            (
                "after the connection with a client, your server should have sent b'Your number"
                " is 1\\n';"
                " it sent b'Your number is 1', and closed the connection (a line ends with a"
                " newline)"
            ),
        ),
        (
            "number = 0",
            "number = -1",
            "it sent b'Your number is 0\\n', and ... client is number 1)",
        ),
        ('\\n".encode()', '\\n"', "it closed the connection; ... (what travels is bytes: encode"),
        ("            with sock:\n", "            if sock:\n", "should have closed the connection"),
    ],
)
def test_wrong_numbers(expect_failure, old, new, message):
    expect_failure("sockets/client_server", "number", replaced(NUMBER, (old, new)), message, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    while piece := sock.recv(4096):\n",
            "    if piece := sock.recv(4096):\n",
            (
                "after b'one' and, a moment later, b'\\ntwo\\n' and, a moment later, b't' and"
                " the end"
                " of the stream, your server should have answered b'2 lines, 9 bytes'; it answered"
                " b'0 lines, 3 bytes' ... (this counts the first piece only; go on until"
            ),
        ),
        (
            'bytes".encode()',
            'bytes\\n".encode()',
            "answered b'2 lines, 9 bytes' and nothing more; it answered b'2 lines, 9 bytes\\n'",
        ),
        ("lines = size = 0", "lines, size = 1, 0", "(count newlines; the last one ends a line and"),
        (
            "    lines = size = 0\n    while piece := sock.recv(4096):\n",
            (
                "    data = []\n    while more := sock.recv(4096):\n        data.append(more)\n"
                "    lines = size = 0\n    for piece in [b''.join(data)]:\n"
            ),
            (
                "the server had 12 MB of memory left; after b'a line of 16 by\\na li'... (32000000"
                " bytes) and the end of the stream, your server should have answered b'2000000"
                " lines,"
                " 32000000 bytes'; it ... (use what has come and forget it, piece by piece)"
            ),
        ),
        ("except OSError", "except ZeroDivisionError", "a client reset its connection"),
        ("sock.sendall", "sock.send", "calls send and ignores what it returns"),
    ],
)
def test_wrong_counts(expect_failure, old, new, message):
    expect_failure("sockets/streams", "count", replaced(COUNT, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    for line in receive_lines(sock):\n",
            "    while line := sock.recv(1024):\n",
            (
                'a moment later, ... your server should have answered {"text": "SLOWLY"} as one'
                ' line; it answered b\'{"error": "not a request"}\\n\' (a request has come when its'
            ),
        ),
        (
            '        while b"\\n" in buffer:',
            '        if b"\\n" in buffer:',
            (
                "should then have answered ... it answered nothing within ... seconds; your server"
                " was at"
                " ... 'while piece := sock.recv(1024):' (after each piece, look for more than"
                " one line)"
            ),
        ),
        (
            'return {"error": "not a request"}',
            "raise ValueError('not a request')",
            (
                'should have answered {"error": "not a request"} as one line; it closed the'
                " connection (the connection must go on)"
            ),
        ),
        (
            "TypeError, ",
            "",
            "b'[\"text\"]\\n', your server should have ... TypeError: list indices",
        ),
        ("json.dumps(answer(line))", "str(answer(line))", "it answered b\"{'text': 'HELLO'}\\n\""),
        (' + b"\\n")', ")", 'it answered b\'{"text": "HELLO"}\''),
        (
            "except (OSError, ValueError, EOFError)",
            "except (ConnectionError, ValueError)",
            "a client left in the middle of a message; ... EOFError: the stream ended after",
        ),
    ],
)
def test_wrong_json_servers(expect_failure, old, new, message):
    expect_failure("sockets/framing", "json", replaced(JSON, (old, new)), message, 1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('.removesuffix(b"\\r")', "", "(take off the \\r when a line is complete)"),
        ("return [line", "rest = rest.rstrip()\n    return [line", "(keep the \\r: when the"),
        ("removesuffix", "rstrip", "(one \\r belongs to the end; see removesuffix)"),
        ('removesuffix(b"\\r")', "strip()", "(strip takes spaces away too; see removesuffix)"),
        (
            '*lines, rest = buffer.split(b"\\n")',
            '*lines, rest = buffer.split(b"\\r\\n")',
            "(all complete lines, also those that end with \\n)",
        ),
        (
            '*lines, rest = buffer.split(b"\\n")',
            'lines, rest = buffer.split(b"\\n"), b""',
            "(what has no end yet is no line: the rest)",
        ),
        ('*lines, rest = buffer.split(b"\\n")', '*lines, rest = buffer.split("\\n")', "TypeError"),
    ],
)
def test_wrong_cuts(expect_failure, old, new, message):
    expect_failure("sockets/framing", "crlf", replaced(CUT, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "threading.Thread(target=self.server.shutdown).start()",
            "self.server.shutdown()",
            (
                "after b'sto' and, a moment later, b'p\\r\\n', your server should have closed the"
                " connection; it has not; your server was at ... (shutdown waits for serve_forever,"
            ),
        ),
        (
            "threading.Thread(target=self.server.shutdown).start()",
            "return",
            "when a client has sent the line `stop`, your server should have ended; it still runs",
        ),
        (
            'if text == b"stop"',
            'if b"stop" in text',
            "; your server has ended with exit status 0",
        ),
        ('upper() + b"\\r\\n"', "upper()", "(end the answer with \\r\\n too)"),
        ('allow_reuse_address = os.name == "posix"', "", "cannot be taken for a minute"),
        ("self.server.shutdown).start()", "os._exit, args=[1]).start()", "exit status 0; your"),
    ],
)
def test_wrong_stops(expect_failure, old, new, message):
    expect_failure("sockets/socketserver", "stop", replaced(STOP, (old, new)), message, 1)
