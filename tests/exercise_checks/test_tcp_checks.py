"""What readers are told of their answers to the exercises on TCP."""

import pytest
from answers import listing, replaced

PAGE = "sockets/tcp"
SERVER = listing("sockets/tcp/upper_server")
CLIENT = listing("sockets/tcp/whole_client")

LOOP = """\
    while data := sock.recv(1024):
        sock.sendall(data.upper())
"""
LISTEN = "socket.create_server((HOST, PORT)) as listener:\n"


def test_the_solutions_pass(check_answer):
    assert check_answer(PAGE, "server", SERVER).outcome == "solved"
    assert check_answer(PAGE, "whole", CLIENT).outcome == "solved"


def test_a_server_with_threads_passes(check_answer):
    source = """
import socket, threading

def serve(sock):
    with sock:
        try:
            while data := sock.recv(100):
                sock.sendall(data.upper())
        except OSError:
            pass

try:
    listener = socket.create_server(("", 9999))
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=[sock], daemon=True).start()
except KeyboardInterrupt:
    pass
"""
    assert check_answer(PAGE, "server", source).outcome == "solved"


def test_a_server_that_prints_nothing_passes(check_answer):
    assert check_answer(PAGE, "server", replaced(SERVER, ("print(", "str("))).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            LOOP,
            "    sock.sendall(sock.recv(1024).upper())\n",
            (
                "after b'How are you?', your server should have answered b'HOW ARE YOU?'; it ..."
                " (serve each client until recv returns b'')"
            ),
        ),
        ("sendall", "send", "answer.py:15 calls send and ignores what ... so call sendall"),
        (
            "data.upper()",
            "data.decode().upper()",
            (
                "has ended with TypeError: a bytes-like object is required, not 'str' at"
                " answer.py:15"
                " (what travels is bytes: encode the text)"
            ),
        ),
        ("data.upper()", "data", "answered b'HELLO'; it answered b'Hello' (in upper case)"),
        (
            "data.upper()",
            "data.upper() + b'!'",
            (
                "after b'Hello', your server should have answered b'HELLO' and nothing more;"
                " it answered b'HELLO!'"
            ),
        ),
        (
            LOOP,
            "    with sock:\n        data = sock.recv(1024)\n    sock.sendall(data.upper())\n",
            (
                "after b'Hello', your server should have answered b'HELLO'; it closed the"
                " connection;"
                " your server has ended with OSError: [Errno 9] Bad file descriptor at answer.py:16"
                " (the socket has been closed before: talk first, then close)"
            ),
        ),
        (
            "except ConnectionError",
            "except ZeroDivisionError",
            "a client ... catch ConnectionError: it costs the server one client, not its life",
        ),
        (
            "except KeyboardInterrupt",
            "except ZeroDivisionError",
            (
                "Ctrl-C should have ended your server without a traceback; it ended with"
                " KeyboardInterrupt at answer.py ... (write try: main()"
            ),
        ),
        (
            "        while True:\n",
            "        for _ in range(1):\n",
            # The next client is refused, or reset if it came before the server had ended.
            "your server has ended with exit status 0",
        ),
        (
            "def main()",
            "def main(",
            "nobody listens there; your server has ended with SyntaxError: ... at answer.py:18",
        ),
        (
            LISTEN,
            (
                "socket.socket() as listener:\n        listener.bind((HOST, PORT))\n"
                "        listener.listen()\n"
            ),
            "port 9999 cannot be taken for a minute; socket.create_server makes",
        ),
        (
            "PORT = 9999",
            "PORT = 1 / 0",
            "your server has ended with ZeroDivisionError: division by zero at answer.py:9",
        ),
        (
            "    except KeyboardInterrupt:\n",
            "    except KeyboardInterrupt:\n        raise SystemExit('Stopped')\n",
            "after Ctrl-C your server should have ended with exit status 0 or 130; it ended with 1",
        ),
    ],
)
def test_wrong_servers(expect_failure, old, new, message):
    expect_failure(PAGE, "server", replaced(SERVER, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "data := sock.recv(1024)",
            "(data := sock.recv(1024)) is not None",
            (
                "after the end of the stream, your server should have closed the connection; it"
                " has not"
                " ... (recv returns b'' when the client has ended its stream)"
            ),
        ),
        (
            LOOP,
            (
                "    data = b''\n    while piece := sock.recv(1024):\n        data += piece\n"
                "    sock.sendall(data.upper())\n"
            ),
            (
                "after b'Hello', your server should have answered b'HELLO'; it answered nothing"
                " within ... seconds"
                " (it went on when the stream had ended: a recv too many waits for more)"
            ),
        ),
        (
            "while data := sock.recv(1024):",
            (
                "while data := sock.recv(1024):\n        listener = socket.create_server((HOST,"
                " 0))\n"
                "        listener.accept()"
            ),
            (
                "it answered nothing within ... seconds; your server was at answer.py:16,"
                " 'listener.accept()'"
            ),
        ),
        (
            "PORT = 9999",
            "PORT = 9998",
            (
                "your server should listen on 127.0.0.1 port 9999; nobody listens there;"
                " your server printed 'Listening on 127.0.0.1 port 9998'; your server was at"
                " answer.py"
            ),
        ),
        (
            '    except KeyboardInterrupt:\n        print("\\nStopped")\n',
            "    except:\n        while True:\n            pass\n",
            (
                "Ctrl-C should have ended your server; it still runs"
                " (an except that catches everything may have caught the KeyboardInterrupt)"
            ),
        ),
    ],
)
def test_servers_that_let_others_wait(expect_failure, old, new, message):
    expect_failure(PAGE, "server", replaced(SERVER, (old, new)), message, patience=1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "receive_exactly(sock, len(message))",
            "sock.recv(1024)",
            (
                "after an answer in pieces of 1024, 975 and 1 bytes, your client should have"
                " printed"
                " 'Sent 2000 bytes, got 2000 back'; it printed 'Sent 2000 bytes, got 1024 back'"
                " (one recv brings one piece)"
            ),
        ),
        (
            "receive_exactly(sock, len(message))",
            "sock.recv(1024) + sock.recv(1024)",
            "got 1999 back' (go on until all 2000 are there)",
        ),
        (
            'raise EOFError(f"the stream ended after {len(data)} of {count} bytes")',
            "break",
            "after 1500 bytes of the answer, your client should have ended with another status",
        ),
        (
            "after {len(data)} of {count} bytes",
            "early",
            "should have said something with '1500' in it; it said 'EOFError: the stream ended",
        ),
        ("sendall", "send", "calls send and ignores what it returns"),
        (
            'b"x" * 2000',
            '"x" * 2000',
            "should have sent 2000 bytes; it closed the connection; ... encode the text",
        ),
        ('print(f"Sent', 'print(f"sent', "; it printed 'sent 2000 bytes, got 2000 back'"),
        (
            "sock.connect(SERVER)",
            "print('Connecting')",
            "your client should connect to 127.0.0.1 port 9999; it has not; your client has ended",
        ),
    ],
)
def test_wrong_clients(expect_failure, old, new, message):
    expect_failure(PAGE, "whole", replaced(CLIENT, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'b"x" * 2000',
            'b"x" * 200',
            (
                "your client should have sent 2000 bytes; it sent b'xxxxxxxxxxxxxxxxxxxx'..."
                " (200 bytes); your client was at answer.py:"
            ),
        ),
        (
            "            raise EOFError",
            "            continue\n            raise EOFError",
            (
                "when the server's stream had ended after 1500 bytes of the answer, your client"
                " should"
                " have ended; it still runs; your client was at answer.py: ..."
                " (recv returns b'' at the end of the stream, again and again)"
            ),
        ),
        (
            "while len(data) < count:\n        piece = sock.recv(count - len(data))",
            "while True:\n        piece = sock.recv(1024)",
            "; it printed nothing; your client was at answer.py:20, 'piece = sock.recv(1024)'",
        ),
    ],
)
def test_clients_that_wait_for_ever(expect_failure, old, new, message):
    expect_failure(PAGE, "whole", replaced(CLIENT, (old, new)), message, patience=1)
