"""The clients of several pages that ask their user for one line after the other over TCP."""

# What is typed, and what the server then receives.
TYPING_CLIENTS = {
    "asyncio/upper_client": ("hello", b"hello\n"),
    "concurrency/upper_client": ("hello", b"hello"),
    "files_from_sockets/upper_client": ("hello", b"hello\n"),
    "selectors/upper_client": ("hello", b"hello"),
    "streams/typing_client": (r"a\r\n", b"a\r\n"),
    "tcp/upper_client": ("hello", b"hello"),
}
