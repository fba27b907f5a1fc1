"""Checks of the exercises on the page `sockets/ip_udp_tcp`."""

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise

ROUTES = {"0.0.0.0/0": "provider", "10.0.0.0/8": "office", "10.1.2.0/24": "laboratory"}


@exercise
def check_routes(attempt: Attempt) -> None:
    next_hop = attempt.function("next_hop", "next_hop(address, routes)")
    hints = {
        repr("provider"): "every address fits 0.0.0.0/0; the longest prefix wins",
        repr("office"): "both fit, and /24 is longer than /8",
        repr("10.1.2.0/24"): "return what the dictionary says of this network",
    }
    next_hop.expect("10.1.2.3", ROUTES, returns="laboratory", hints=hints)
    upwards = dict(reversed(ROUTES.items()))
    order = {
        repr(hop): "the longest prefix wins, wherever it stands in the dictionary"
        for hop in ("provider", "office")
    }
    next_hop.expect("10.1.2.3", upwards, returns="laboratory", hints=order)
    next_hop.expect("10.9.9.9", upwards, returns="office", hints=hints)
    next_hop.expect("192.0.2.1", ROUTES, returns="provider")
    borders = {"192.0.2.0/26": "a", "192.0.2.64/26": "b"}
    next_hop.expect("192.0.2.63", borders, returns="a")
    next_hop.expect("192.0.2.64", borders, returns="b")
    next_hop.expect("2001:db8::1", {**ROUTES, "2001:db8::/32": "six"}, returns="six")
    next_hop.expect_error(LookupError, "192.0.2.1", {"10.0.0.0/8": "office"})
    next_hop.expect_error(LookupError, "2001:db8::1", ROUTES)


@exercise
def check_losses(attempt: Attempt) -> None:
    losses = attempt.function("losses", "losses(numbers, sent)")
    losses.expect([0, 1, 2], 3, returns=([], [], []), hints={repr([[], [], []]): "a tuple"})
    losses.expect(
        [0, 2],
        4,
        returns=([1, 3], [], []),
        hints={repr(([1], [], [])): "range(4) ends with 3, which is missing too"},
    )
    losses.expect(
        [0, 1, 1, 2],
        3,
        returns=([], [1], []),
    )
    losses.expect(
        [0, 1, 2, 1],
        3,
        returns=([], [1], []),
        hints={repr(([], [1], [1])): "what comes again is not late as well"},
    )
    losses.expect(
        [0, 2, 1],
        3,
        returns=([], [], [1]),
        hints={repr(([], [], [2])): "2 came early, if you like; what came late is 1"},
    )
    losses.expect([0, 2, 1, 2, 5], 6, returns=([3, 4], [2], [1]))
    losses.expect([3, 1, 2], 4, returns=([0], [], [1, 2]))
    losses.expect([], 2, returns=([0, 1], [], []))
