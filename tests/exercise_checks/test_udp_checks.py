"""What readers are told of their answers to the exercises on UDP, and on long datagrams."""

import pytest
from answers import listing, replaced

PAGE = "sockets/udp"
MOVED = listing("sockets/udp/moved_server")
CONNECTED = listing("sockets/udp/connected_client")
TEXT = listing("sockets/udp/text_server")
WHOLE = listing("sockets/socketserver/whole_udp_server")


def test_the_solutions_pass(check_answer):
    assert check_answer(PAGE, "move", MOVED).outcome == "solved"
    assert check_answer(PAGE, "connected", CONNECTED).outcome == "solved"
    assert check_answer(PAGE, "text", TEXT).outcome == "solved"
    assert check_answer("sockets/socketserver", "long", WHOLE).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "int(sys.argv[2])",
            "sys.argv[2]",
            (
                "started with localhost 12345, your server should have printed 'Listening on"
                " 127.0.0.1"
                " port 12345'; it printed nothing; your server has ended with TypeError: ... at"
                " answer.py:14 (a port is a number: make an int of the text)"
            ),
        ),
        ("{host} port", "{server[0]} port", "(getsockname says which address it is)"),
        ("sock.bind(server)", "sock.bind(*server)", "(an address is one argument, a tuple"),
        ("sock.bind(server)", 'sock.bind(("127.0.0.1", 12345))', "started with 127.0.0.1 12346"),
        (
            "data.upper()",
            "data",
            (
                "after the datagram b'found you', your server should have answered b'FOUND YOU';"
                " it answered b'found you'"
            ),
        ),
    ],
)
def test_wrong_servers(expect_failure, old, new, message):
    expect_failure(PAGE, "move", replaced(MOVED, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "sock.connect(SERVER)",
            "pass",
            "OSError: [Errno 89] Destination address required at answer.py:19",
        ),
        (
            "            except ConnectionRefusedError:\n",
            "            except ZeroDivisionError:\n",
            (
                "your client should have printed 'Nobody listens there'; it printed 'Send: '; your"
                " client has ended with ConnectionRefusedError: [Errno 111]"
            ),
        ),
        (
            '"Nobody listens there"',
            '"nobody listens there"',
            "; it printed 'Send: nobody listens there'",
        ),
        (
            ".decode()",
            "",
            (
                "after the answer b'AGAIN', your client should have printed 'AGAIN'; it printed"
                " \"Send: b'AGAIN'\" (these are bytes; decode them before you print them)"
            ),
        ),
        ("sock.send(text.encode())", "sock.send(text)", "(what travels is bytes: encode the text)"),
    ],
)
def test_wrong_clients(expect_failure, old, new, message):
    expect_failure(PAGE, "connected", replaced(CONNECTED, (old, new)), message)


def test_a_client_that_connects_not(expect_failure):
    source = replaced(
        CONNECTED,
        ("sock.connect(SERVER)", "pass"),
        ("sock.send(text.encode())", "sock.sendto(text.encode(), SERVER)"),
    )
    message = (
        "; it printed 'Send: No answer in half a second'"
        " (only a connected socket is told that nobody is there)"
    )
    expect_failure(PAGE, "connected", source, message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "sock.settimeout(0.5)",
            "pass",
            (
                "when its server did not answer, your client should have printed 'No answer in"
                " half a"
                " second'; it printed 'Send: '; your client was at answer.py:20, 'print(sock.recv("
            ),
        ),
        (
            "while text := input",
            'while text := "x" or input',
            "should have sent the datagram b'silence'; it sent b'x'",
        ),
        (
            "while text := ",
            "while [text := ",
            "when an empty line is typed, your client should have ended; it still runs",
        ),
    ],
)
def test_clients_that_go_on_for_ever(expect_failure, old, new, message):
    source = replaced(CONNECTED, (old, new))
    if "[text" in source:
        source = replaced(source, ('input("Send: "):', 'input("Send: ")]:'))
    expect_failure(PAGE, "connected", source, message, patience=1.5)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "text.upper().encode()",
            "data.upper()",
            (
                "should have answered b'STRASSE'; it answered b'STRA\\xc3\\x9fE'"
                " (upper of bytes knows only ASCII; decode them first)"
            ),
        ),
        ("text.upper().encode()", "text.upper()", "(what travels is bytes: encode the text)"),
        (
            "UnicodeDecodeError, ",
            "",
            (
                "the datagram b'\\xff' came; after the datagram b'still there', your server"
                " should have"
                " answered b'STILL THERE'; ... UnicodeDecodeError: 'utf-8' codec ... at"
                " answer.py:21"
                " (not all bytes are text: catch the error)"
            ),
        ),
        ("data.decode()", 'data.decode("latin-1")', "; it answered b'STRA"),
        ('"127.0.0.1"', '"192.0.2.1"', "has ended with OSError: [Errno 99] Cannot assign"),
    ],
)
def test_wrong_text_servers(expect_failure, old, new, message):
    expect_failure(PAGE, "text", replaced(TEXT, (old, new)), message)


def test_a_server_that_answers_nobody(expect_failure):
    message = (
        "after the datagram b'Stra\\xc3\\x9fe', your server should have answered b'STRASSE'; no"
        " answer came in ... seconds; your server was at answer.py:19, 'data, address = sock.recv"
    )
    expect_failure(PAGE, "text", replaced(TEXT, ("sock.sendto", "print")), message, patience=1)


def test_a_server_at_another_port(expect_failure):
    message = (
        "your server should receive at 127.0.0.1 port 11111; nobody has that port; your server"
        " printed 'Listening on 127.0.0.1 port 11112'"
    )
    expect_failure(PAGE, "text", replaced(TEXT, ("11111", "11112")), message, patience=1)


def test_a_datagram_that_is_cut_off(expect_failure):
    source = replaced(WHOLE, ("    max_packet_size = 65535", ""))
    message = (
        "after the datagram b'xxxxxxxxxxxxxxxxxxxx'... (10000 bytes), your server should have"
        " answered b'XXXXXXXXXXXXXXXXXXXX'... (10000 bytes); it answered b'XXXXXXXXXXXXXXXXXXXX'..."
        " (8192 bytes) (the library receives no more than the class allows; see max_packet_size)"
    )
    expect_failure("sockets/socketserver", "long", source, message)
