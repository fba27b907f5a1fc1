"""What readers are told of their answers to the exercises on HTTP, on files and on clients."""

import pytest
from answers import listing, replaced

CHUNKS = listing("sockets/http_by_hand/chunked_body")
UPPER = listing("sockets/http_by_hand/upper_web_server")
NOTES = listing("sockets/http_server/notes_server")
PRIVATE = listing("sockets/http_server/private_file_server")
TALK = listing("sockets/clients/talk")
RPC = listing("sockets/clients/rpc_server")
NUMBER = listing("sockets/files_from_sockets/number_server")
LENGTH = listing("sockets/files_from_sockets/length_prefix")


@pytest.mark.parametrize(
    ("page", "exercise", "source"),
    [
        ("sockets/http_by_hand", "chunks", CHUNKS),
        ("sockets/http_by_hand", "upper", UPPER),
        ("sockets/http_server", "notes", NOTES),
        ("sockets/http_server", "private", PRIVATE),
        ("sockets/clients", "talk", TALK),
        ("sockets/clients", "rpc", RPC),
        ("sockets/files_from_sockets", "number", NUMBER),
        ("sockets/files_from_sockets", "length", LENGTH),
    ],
    ids=["chunks", "upper", "notes", "private", "talk", "rpc", "number", "length"],
)
def test_the_solutions_pass(check_answer, page, exercise, source):
    assert check_answer(page, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[0], 16)", "[0])", "raised ValueError: invalid literal for int() with base 10: b'A"),
        (
            "        body += chunk\n",
            "        return chunk\n",
            "(go on until the chunk of length 0)",
        ),
        ("stream.read(length)", "stream.readline().rstrip()", "raised "),
        (
            "body += chunk",
            "body += chunk + ending",
            "(the ends of lines do not belong to the body)",
        ),
        (
            '            raise EOFError("the stream ended before the last chunk")',
            "            return body",
            (
                "read_chunked(io.BytesIO(b'5\\r\\nHello\\r\\n')) returned b'Hello'; expected it to"
                " raise"
            ),
        ),
    ],
)
def test_wrong_chunks(expect_failure, old, new, message):
    expect_failure("sockets/http_by_hand", "chunks", replaced(CHUNKS, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "receive_text(stream).upper().encode()",
            "receive_text(stream).encode().upper()",
            "your server should have answered a body b'GR\\xc3\\x9cSSE\\n'; it answered b'GR\\xc3",
        ),
        (
            '"411 Length Required"',
            '"400 Bad Request"',
            "a response with the status 411; it answered",
        ),
        (
            "    if not length.isdigit():\n",
            "    if False:\n",
            "the status 400 or 404; it answered nothing within",
        ),
        (
            '            "\\r\\n"',
            '            ""',
            "should then have answered headers and then an empty",
        ),
        ("{len(body)}\\r", "{len(body) + 1}\\r", "should then have answered 9 bytes; it answered"),
        (
            "stream.read(length)",
            "stream.read1(length)",
            "a response with the status 200; it answered",
        ),
    ],
)
def test_wrong_web_services(expect_failure, old, new, message):
    source = UPPER.replace('        "\\r\\n"\n    )', '            "\\r\\n"\n    )')
    expect_failure("sockets/http_by_hand", "upper", replaced(source, (old, new)), message, 2)


def test_a_web_service_that_waits_for_the_end_of_the_stream(expect_failure):
    source = replaced(UPPER, ("stream.read(length)", "stream.read()"))
    message = (
        "should have answered a response with the status 200; it answered nothing within ..."
        " seconds (it went on when the stream had ended: a recv too many waits for more)"
    )
    expect_failure("sockets/http_by_hand", "upper", source, message, patience=1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number = len(notes)", "number = len(notes) + 1", "the JSON value {'number': 0}; it answ"),
        ("self.send_json(201", "self.send_json(200", "a response with the status 201; it answered"),
        (
            "        if not isinstance(note, str):",
            "        if note is None:",
            "should have answered a response with a status from 400 to 499; it answered b'HTTP/1.0",
        ),
        ("TypeError, ", "", "it closed the connection; your server complained of TypeError: "),
        (
            '"error": "not found"',
            '"missing": "not found"',
            "a JSON object with a key error; it answ",
        ),
        (
            "json.dumps(content).encode()",
            "str(content).encode()",
            "a body that is JSON; it answered",
        ),
    ],
)
def test_wrong_notes(expect_failure, old, new, message):
    expect_failure("sockets/http_server", "notes", replaced(NOTES, (old, new)), message, 3)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('+ b"\\r\\n"', '+ b"\\n"', "(the line ends with \\r\\n)"),
        ("print(line.rstrip(", "print(repr(line).strip(", "should have printed '+OK Who are you?'"),
        (
            "            sock.shutdown(socket.SHUT_WR)\n",
            "",
            (
                "should have closed the connection; it has not ... (shutdown says that nothing more"
                " will"
            ),
        ),
        (
            "sock.shutdown(socket.SHUT_WR)",
            "sock.shutdown(socket.SHUT_RDWR)",
            "when the input has ended, and the server goes on, your client should have printed",
        ),
        (
            "listener.start()",
            "listener.run()",
            "should have sent b'USER ann\\r\\n'; it sent nothing within",
        ),
        ('    print("The server has ended the conversation")\n', "", "it printed nothing"),
    ],
)
def test_wrong_talks(expect_failure, old, new, message):
    expect_failure("sockets/clients", "talk", replaced(TALK, (old, new)), message, patience=1.5)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "register_function(upper)",
            "register_function(upper, 'up')",
            "should have returned 'HELLO'",
        ),
        ("str(text.upper())", "str(text)", "should have returned 'HELLO'; it gave 'Hello'"),
        (
            "text.upper()",
            "str(text).upper()",
            "the call upper(7) should have been a Fault; it gave",
        ),
        ("9999", "9998", "your server should listen on 127.0.0.1 port 9999; nobody listens there;"),
    ],
)
def test_wrong_rpc_servers(expect_failure, old, new, message):
    expect_failure("sockets/clients", "rpc", replaced(RPC, (old, new)), message, patience=2)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "            file.flush()\n",
            "",
            "should have answered b'1 Hello\\n'; it answered nothing within ... seconds",
        ),
        ("number = 0", "number = -1", "(each client begins with 1)"),
        ("LONGEST + 1", "100 * LONGEST", "(a line of more than 1000 bytes ends the connection)"),
        ('b"%d %b" % (number, line)', "f'{number} {line}'.encode()", "it answered b\"1 b'Hello"),
        (
            "file.readline(LONGEST + 1)",
            "sock.recv(LONGEST + 1)",
            # With a reset, if the second piece has come before it closes.
            "your server should have answered b'2 How are you?\\n'; it ... the connection",
        ),
    ],
)
def test_wrong_numbers(expect_failure, old, new, message):
    source = replaced(NUMBER, (old, new))
    expect_failure("sockets/files_from_sockets", "number", source, message, patience=1.5)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    file.flush()\n",
            "",
            (
                "write_message(file, b'two\\nlines') sent b''; expected"
                " b'\\x00\\x00\\x00\\ttwo\\nlines'"
                " (flush sends what is in the buffer)"
            ),
        ),
        ('struct.pack("!I"', 'struct.pack("<I"', "sent b'\\t\\x00\\x00\\x00two\\nlines'; expected"),
        ('struct.unpack("!I"', 'struct.unpack("<I"', "raised ValueError: a message of"),
        (
            "        raise EOFError(f",
            "        print(f",
            "expected EOFError",
        ),
        (
            "return read_exactly(file, length)",
            "return file.readline()",
            "read_message(file) returned b'two\\n' where the next message was b'two\\nlines'",
        ),
    ],
)
def test_wrong_lengths(expect_failure, old, new, message):
    source = replaced(LENGTH, (old, new))
    expect_failure("sockets/files_from_sockets", "length", source, message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "    def list_directory(",
            "    def keep_to_myself(",
            "(a folder without index.html is not listed)",
        ),
        (
            "        return not any(",
            "        return True or any(",
            "the name of a hidden file begins",
        ),
        (
            'any(name.startswith(".") for name in place.parts)',
            "place.name.startswith('.')",
            "(what lies in a hidden folder is hidden, too)",
        ),
        (
            "Path(self.translate_path(self.path)).resolve()",
            "Path(self.translate_path(self.path)).absolute()",
            "(look where the path leads when its links are followed)",
        ),
        (
            "        return super().send_head()",
            "        return None",
            "a response with the status 200",
        ),
        (
            "    def send_head(self) -> BytesIO | BinaryIO | None:",
            (
                "    def do_GET(self):\n        body = self.send_only_public()\n"
                "        if body:\n            self.copyfile(body, self.wfile)\n\n"
                "    def send_only_public(self):"
            ),
            "after b'HEAD /papers/.passwo",
        ),
    ],
)
def test_wrong_private_servers(expect_failure, old, new, message):
    source = replaced(PRIVATE, (old, new))
    expect_failure("sockets/http_server", "private", source, message, patience=3)
