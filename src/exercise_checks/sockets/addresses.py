"""Checks of the exercises on the page `sockets/addresses`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise, program_exercise
from exercise_checks.program import Program

WRONG = (
    "127.0.0.1",
    "::1:9999",
    "[::1]",
    "[::1:9999",
    "::1]:9999",
    ":9999",
    "[]:9999",
    "localhost:",
    "localhost:http",
    "localhost:-1",
    "localhost:70000",
    "",
)


@exercise
def check_split(attempt: Attempt) -> None:
    split_address = attempt.function("split_address", "split_address(text)")
    split_address.expect(
        "127.0.0.1:9999",
        returns=("127.0.0.1", 9999),
        hints={
            repr(("127.0.0.1", "9999")): "a port is a number",
            repr(["127.0.0.1", "9999"]): "a port is a number; and return host, port makes a tuple",
            repr(["127.0.0.1", 9999]): "return host, port makes a tuple of the two",
        },
    )
    split_address.expect("localhost:80", returns=("localhost", 80))
    split_address.expect(
        "[::1]:9999",
        returns=("::1", 9999),
        hints={repr(("[::1]", 9999)): "the brackets belong to the notation, not to the address"},
    )
    split_address.expect("[2001:db8::17]:443", returns=("2001:db8::17", 443))
    for text in WRONG:
        split_address.expect_error(ValueError, text)


@program_exercise
def check_lookup(attempt: Attempt) -> None:
    for host, port, line in (
        ("::1", "9999", "IPv6 ::1 port 9999"),
        ("127.0.0.1", "443", "IPv4 127.0.0.1 port 443"),
        ("127.1", "80", "IPv4 127.0.0.1 port 80"),
    ):
        when = f"started with {host} {port}"
        with Program(attempt, "client", (host, port)) as client:
            client.expect_line(line, when)
            client.expect_end(when)
            if client.printed.count(line) > 1:
                raise client.failure(
                    f"{when}, {attempt.path.name} printed {line!r} more than once",
                    "getaddrinfo has an entry for each kind of socket",
                )
    when = "started with 127.0.0.1 upper"
    with Program(attempt, "client", ("127.0.0.1", "upper")) as client:
        client.expect_end(when, "failure")
        client.expect_no_traceback(when)
