"""What readers are told of their answers to the exercises on headers, routes and losses."""

import pytest
from answers import listing, replaced

LAYERS = "sockets/layers"
ROUTES = "sockets/ip_udp_tcp"
IP = listing("sockets/layers/ip_header")
CHECKSUM = listing("sockets/layers/internet_checksum")
NEXT_HOP = listing("sockets/ip_udp_tcp/routes")
LOSSES = listing("sockets/ip_udp_tcp/losses")


def test_the_solutions_pass(check_answer):
    assert check_answer(LAYERS, "ip", IP).outcome == "solved"
    assert check_answer(LAYERS, "checksum", CHECKSUM).outcome == "solved"
    assert check_answer(ROUTES, "routes", NEXT_HOP).outcome == "solved"
    assert check_answer(ROUTES, "losses", LOSSES).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("dotted(source), dotted(destination)", "source, destination", "(write addresses with"),
        ("packet[length:total]", "packet[20:total]", "(the header says itself how long it is;"),
        ("packet[length:total]", "packet[length:]", "(the total length says where the packet"),
        ("packet[length:total]", "packet", "(the payload begins after the header)"),
        ("total <= len(packet)", "total", "returned ... expected it to raise ValueError"),
        ("words * 4", "words", "raised ValueError: a header of 5 bytes"),
        ('        raise ValueError(f"{len', '        print(f"{len', "raised error: unpack_from"),
    ],
)
def test_wrong_headers(expect_failure, old, new, message):
    expect_failure(LAYERS, "ip", replaced(IP, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0xFFFF - total", "total", "returned 0; expected 65535 (in the end it is taken from"),
        ("0xFFFF - total", "~total", "returned -1; expected 65535"),
        ('"big"', '"little"', "(the network writes the greater half of a number first)"),
        ("    while total > 0xFFFF:", "    while False:", "(what exceeds 16 bits is added to the"),
        ("while total > 0xFFFF", "if total > 0xFFFF", "expected 0"),
        ("(total & 0xFFFF) + (total >> 16)", "total & 0xFFFF", "is added, not thrown away)"),
        (
            'int.from_bytes(data[index : index + 2], "big")',
            "data[index] + data[index + 1]",
            "numbers of 16 bits, which are two",
        ),
    ],
)
def test_wrong_checksums(expect_failure, old, new, message):
    expect_failure(LAYERS, "checksum", replaced(CHECKSUM, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (" and network.prefixlen > longest", "", "the longest prefix wins, wherever it stands"),
        ("            chosen = hop", "            chosen = text", "(return what the dictionary"),
        (
            "        if wanted in network and network.prefixlen > longest:\n",
            "        if wanted in network:\n            return hop\n",
            "returned 'provider'; expected 'laboratory' (every address fits 0.0.0.0/0",
        ),
        ("raise LookupError", "print", "returned ''; expected it to raise LookupError"),
        ("    wanted = ipaddress.ip_address(address)", "    wanted = address", "raised "),
    ],
)
def test_wrong_routes(expect_failure, old, new, message):
    expect_failure(ROUTES, "routes", replaced(NEXT_HOP, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("range(sent)", "range(greatest + 1)", "(range(4) ends with 3, which is missing too)"),
        ("        elif number", "        if number", "(what comes again is not late as well)"),
        ("return missing, again, late", "return [missing, again, late]", "(a tuple)"),
        ("late.append(number)", "late.append(greatest)", "(2 came early, if you like;"),
    ],
)
def test_wrong_losses(expect_failure, old, new, message):
    expect_failure(ROUTES, "losses", replaced(LOSSES, (old, new)), message)
