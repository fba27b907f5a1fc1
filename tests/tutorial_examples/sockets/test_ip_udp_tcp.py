"""Numbered datagrams and routes, where the page does not go."""

import socket

import pytest

from tutorial_examples.sockets.ip_udp_tcp.flood import receive_numbers, send_numbers
from tutorial_examples.sockets.ip_udp_tcp.losses import losses
from tutorial_examples.sockets.ip_udp_tcp.routes import next_hop


@pytest.fixture
def sockets():
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        receiver.bind(("127.0.0.1", 0))
        yield sender, receiver


def test_few_datagrams_arrive_all_and_in_order(sockets):
    sender, receiver = sockets
    send_numbers(sender, receiver.getsockname(), 10)
    assert receive_numbers(receiver) == list(range(10))


def test_nothing_sent_is_nothing_received(sockets):
    _, receiver = sockets
    assert receive_numbers(receiver) == []


def test_datagrams_without_a_number_are_passed_over(sockets):
    sender, receiver = sockets
    for data in [b"", b"\1", b"\1\2", b"\0\3" + b"x" * 998]:
        sender.sendto(data, receiver.getsockname())
    assert receive_numbers(receiver) == [258, 3]


@pytest.mark.parametrize(
    ("numbers", "sent", "expected"),
    [
        ([], 0, ([], [], [])),
        ([], 2, ([0, 1], [], [])),
        ([0, 1, 2], 3, ([], [], [])),
        ([2, 1, 0], 3, ([], [], [1, 0])),
        ([0, 0, 0], 1, ([], [0, 0], [])),
        ([1, 0, 1, 0], 2, ([], [1, 0], [0])),
    ],
)
def test_losses(numbers, sent, expected):
    assert losses(numbers, sent) == expected


ROUTES = {"10.1.0.0/16": "narrow", "0.0.0.0/0": "any", "10.0.0.0/8": "wide", "::/0": "six"}


@pytest.mark.parametrize(
    ("address", "hop"),
    [
        ("10.1.0.0", "narrow"),
        ("10.1.255.255", "narrow"),
        ("10.2.0.0", "wide"),
        ("11.0.0.0", "any"),
        ("::1", "six"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_the_longest_prefix_wins_in_whatever_order(address, hop, order):
    assert next_hop(address, dict(list(ROUTES.items())[::order])) == hop


def test_an_address_that_no_route_contains():
    with pytest.raises(LookupError, match=r"^no route to 192\.0\.2\.1$"):
        next_hop("192.0.2.1", {"10.0.0.0/8": "wide"})


@pytest.mark.parametrize(
    ("address", "routes"),
    [("10.1", {}), ("10.0.0.1", {"10.0.0.1/8": "host bits"}), ("10.0.0.1", {"ten": "word"})],
)
def test_what_is_no_address_or_network_is_refused(address, routes):
    with pytest.raises(ValueError, match=r"does not appear to be|has host bits set"):
        next_hop(address, routes)
