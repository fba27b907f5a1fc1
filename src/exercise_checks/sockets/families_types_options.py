"""Checks of the exercises on the page `sockets/families_types_options`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise


@exercise
def check_host(attempt: Attempt) -> None:
    client_host = attempt.function("client_host", "client_host(address)")
    client_host.expect(
        ("192.0.2.1", 40000),
        returns="192.0.2.1",
        hints={repr(("192.0.2.1", 40000)): "the host is the first of the two"},
    )
    client_host.expect(
        ("::ffff:192.0.2.1", 40000, 0, 0),
        returns="192.0.2.1",
        hints={repr("::ffff:192.0.2.1"): "ipv4_mapped is the IPv4 address in an IPv6 address"},
    )
    client_host.expect(("::ffff:c000:201", 40000, 0, 0), returns="192.0.2.1")
    for host in ("2001:db8::1", "::1", "fe80::1"):
        client_host.expect(
            (host, 40000, 0, 0),
            returns=host,
            hints={repr("None"): "an address without an IPv4 one in it stays as it is"},
        )
