"""Which listings serve TCP or UDP, how a good client talks to each, and which are not tried."""

import hmac
import xmlrpc.client

PORT = "PORT"

# A request, and a regular expression for its answer.
UPPER = (b"hello\n", rb"HELLO\r?\n")
HTTP = (b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n", rb"HTTP/1\.[01] [234].*")
KEY = b"a key of the tests"
CALL = xmlrpc.client.dumps(("a",), "upper").encode()
SIGNED = hmac.digest(KEY, b"hello", "sha256") + b"hello"

TCP = {
    "examples/chat/chat_server": (b"ann\n", rb".+\n"),
    "examples/file_transfer/transfer_server": (b'{"do": "nothing"}\n', rb".*"),
    "examples/server_race/asyncio_server": UPPER,
    "examples/server_race/forking_server": UPPER,
    "examples/server_race/iterative_server": UPPER,
    "examples/server_race/pooled_server": UPPER,
    "examples/server_race/selectors_server": UPPER,
    "examples/server_race/threaded_server": UPPER,
    "examples/web_server/web_server": HTTP,
    "sockets/addresses/upper_server": UPPER,
    "sockets/asyncio/goodbye_server": UPPER,
    "sockets/asyncio/loop_server": UPPER,
    "sockets/asyncio/upper_server": UPPER,
    "sockets/asyncio/relay_server": (b"hello\n", rb"(hello\n)*"),
    "sockets/client_server/address_server": (b"", rb"You are .*\n"),
    "sockets/client_server/number_server": (b"", rb"Your number is \d+\n"),
    "sockets/clients/rpc_server": (
        b"POST / HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s" % (len(CALL), CALL),
        rb"HTTP/1\.0 200 .*<string>A</string>.*",
    ),
    "sockets/clients/upper_server": UPPER,
    "sockets/concurrency/count_server": UPPER,
    "sockets/concurrency/fork_count_server": UPPER,
    "sockets/concurrency/fork_server": UPPER,
    "sockets/concurrency/limited_server": UPPER,
    "sockets/concurrency/mixin_server": UPPER,
    "sockets/concurrency/pool_server": UPPER,
    "sockets/concurrency/thread_server": UPPER,
    "sockets/email_and_ftp/pop3_server": (b"QUIT\r\n", rb"\+OK.*\r\n\+OK.*\r\n"),
    "sockets/errors_and_timeouts/deadline_server": UPPER,
    "sockets/errors_and_timeouts/upper_server": UPPER,
    "sockets/families_types_options/option_server": UPPER,
    "sockets/files_from_sockets/forgetful_server": UPPER,
    "sockets/files_from_sockets/number_server": (b"hello\n", rb"1 hello\n"),
    "sockets/files_from_sockets/receive_server": (b"5\nhello", rb"5 bytes\n"),
    "sockets/files_from_sockets/upper_server": UPPER,
    "sockets/framing/buffer_server": (b"hello\n", rb""),
    "sockets/framing/json_server": (b'{"text": "hello"}\n', rb'\{"text": "HELLO"\}\n'),
    "sockets/framing/naive_server": (b"hello\n", rb""),
    "sockets/framing/upper_line_server": UPPER,
    "sockets/http_by_hand/naive_server": HTTP,
    "sockets/http_by_hand/upper_web_server": HTTP,
    "sockets/http_by_hand/web_server": HTTP,
    "sockets/http_server/file_server": HTTP,
    "sockets/http_server/notes_server": HTTP,
    "sockets/http_server/private_file_server": HTTP,
    "sockets/http_server/upper_web_server": HTTP,
    "sockets/http_server/wsgi_server": HTTP,
    "sockets/security/limited_server": UPPER,
    "sockets/security/note_server": (b"none\n", rb"No such note\n"),
    "sockets/selectors/hasty_server": UPPER,
    "sockets/selectors/limited_server": UPPER,
    "sockets/selectors/upper_server": UPPER,
    "sockets/shutting_down/asyncio_server": (b"0 hello\n", rb"HELLO\n"),
    "sockets/shutting_down/hasty_server": (b"0 hello\n", rb"HELLO\n"),
    "sockets/shutting_down/selector_server": UPPER,
    "sockets/shutting_down/upper_server": (b"0 hello\n", rb"HELLO\n"),
    "sockets/socketserver/line_server": UPPER,
    "sockets/socketserver/stoppable_server": UPPER,
    "sockets/socketserver/upper_tcp_server": UPPER,
    "sockets/streams/count_server": (b"hello\n", rb"1 lines, 6 bytes"),
    "sockets/streams/spinning_server": UPPER,
    "sockets/streams/text_server": UPPER,
    "sockets/streams/upper_server": UPPER,
    "sockets/tcp/upper_server": UPPER,
    "sockets/testing_network_code/async_server": UPPER,
    "sockets/testing_network_code/upper_server": UPPER,
    "sockets/tools/upper_server": UPPER,
    "sockets/urllib/practice_server": HTTP,
}

UDP = {
    "examples/unreliable_network/sum_server": (b"1 5", rb"1 5"),
    "sockets/asyncio/udp_server": UPPER,
    "sockets/security/signed_server": (SIGNED, rb".{32}HELLO"),
    "sockets/socketserver/upper_udp_server": UPPER,
    "sockets/socketserver/whole_udp_server": UPPER,
    "sockets/udp/moved_server": UPPER,
    "sockets/udp/text_server": UPPER,
    "sockets/udp/upper_server": UPPER,
    "sockets/udp/whole_server": UPPER,
}

# Of those whose source names no port; the others take it from there.
ARGUMENTS = {
    "examples/chat/chat_server": ("--port", PORT),
    "examples/file_transfer/transfer_server": ("files", "--port", PORT),
    "examples/server_race/asyncio_server": ("--port", PORT),
    "examples/server_race/forking_server": ("--port", PORT),
    "examples/server_race/iterative_server": ("--port", PORT),
    "examples/server_race/pooled_server": ("--port", PORT),
    "examples/server_race/selectors_server": ("--port", PORT),
    "examples/server_race/threaded_server": ("--port", PORT),
    "examples/web_server/web_server": ("public", "--port", PORT),
    "sockets/addresses/upper_server": ("127.0.0.1", PORT),
    "sockets/email_and_ftp/pop3_server": ("mail", PORT),
    "sockets/families_types_options/option_server": (PORT, "1"),
    "sockets/udp/moved_server": ("127.0.0.1", PORT),
}

# Files that a server needs beside those of its page.
FILES = {"sockets/security/signed_server": {"key": KEY}}

# These may turn some of many clients away: they have a limit, or let only five wait.
LIMITED = {
    "examples/chat/chat_server",
    "sockets/http_server/file_server",
    "sockets/http_server/notes_server",
    "sockets/http_server/private_file_server",
    "sockets/http_server/wsgi_server",
    "sockets/security/limited_server",
}

# These take a piece for a message, which is the mistake that their pages show.
IN_ONE_PIECE = {
    "sockets/http_by_hand/naive_server",
    "sockets/streams/spinning_server",
}

TRIED_ELSEWHERE = "it is tried with the same peers in {}"
PRESSES_ENTER = "it waits for Enter between two steps, for a single client"
ONLY_A_PART = "it is a part of {}, and no program"
A_PATH = "its socket is a path, not TCP or UDP"
FOR_ITSELF = "it listens for itself alone, for a moment"
ONLY_LISTENS = "it answers nobody; {} sends it what is no good"

EXCUSED = {
    "examples/server_race/running_server": "it starts servers, and is none itself",
    "examples/server_race/upper_service": ONLY_A_PART.format("five servers of the race"),
    "examples/server_race/uvloop_server": TRIED_ELSEWHERE.format("test_server_race.py"),
    "examples/unreliable_network/tcp_proxy": ONLY_A_PART.format("unreliable_network"),
    "examples/unreliable_network/udp_proxy": ONLY_A_PART.format("unreliable_network"),
    "examples/unreliable_network/test_line_service": FOR_ITSELF,
    "sockets/addresses/ipv6_here": FOR_ITSELF,
    "sockets/broadcast_and_multicast/broadcast_server": TRIED_ELSEWHERE.format(
        "test_broadcast_and_multicast.py"
    ),
    "sockets/broadcast_and_multicast/gap_server": ONLY_LISTENS.format(
        "test_broadcast_and_multicast.py"
    ),
    "sockets/broadcast_and_multicast/group_server": TRIED_ELSEWHERE.format(
        "test_broadcast_and_multicast.py"
    ),
    "sockets/families_types_options/small_pieces": FOR_ITSELF,
    "sockets/security/counted_server": "it takes each counter once; test_security.py counts",
    "sockets/selectors/asking_server": PRESSES_ENTER,
    "sockets/socketserver/spinning_server": "it spins when its client leaves, as its page shows",
    "sockets/tcp/silent_server": "it answers nobody, which is the mistake that its page shows",
    "sockets/tcp/step_server": PRESSES_ENTER,
    "sockets/testing_network_code/test_async_server": FOR_ITSELF,
    "sockets/testing_network_code/test_upper_server": FOR_ITSELF,
    "sockets/tls/mutual_server": TRIED_ELSEWHERE.format("test_tls.py"),
    "sockets/tls/upper_server": TRIED_ELSEWHERE.format("test_tls.py"),
    "sockets/tools/busy_server": PRESSES_ENTER,
    "sockets/tools/tap": TRIED_ELSEWHERE.format("test_tools.py"),
    "sockets/unix_sockets/datagram_client": A_PATH,
    "sockets/unix_sockets/datagram_server": A_PATH,
    "sockets/unix_sockets/own_user_server": A_PATH,
    "sockets/unix_sockets/successor_server": A_PATH,
    "sockets/unix_sockets/upper_server": A_PATH,
}
