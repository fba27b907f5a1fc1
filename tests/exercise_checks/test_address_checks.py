"""What readers are told of their answers to the exercises on addresses and on groups."""

import pytest
from answers import listing, replaced

PAGE = "sockets/addresses"
SPLIT = listing("sockets/addresses/split_address")
LOOKUP = listing("sockets/addresses/lookup")
GAPS = listing("sockets/broadcast_and_multicast/gap_server")


def test_the_solutions_pass(check_answer):
    assert check_answer(PAGE, "split", SPLIT).outcome == "solved"
    assert check_answer(PAGE, "lookup", LOOKUP).outcome == "solved"
    assert check_answer("sockets/broadcast_and_multicast", "gaps", GAPS).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("return host, int(digits)", "return host, digits", "(a port is a number)"),
        ("return host, int(digits)", "return [host, int(digits)]", "makes a tuple of the two)"),
        ("host = host[1:-1]", "pass", "ValueError"),
        ("        host = host[1:-1]\n", "        return host, int(digits)\n", "(the brackets bel"),
        (" and int(digits) <= 65535", "", "split_address('localhost:70000') returned"),
        (
            "not colon or not host or ",
            "",
            "split_address(':9999') returned ('', 9999); expected it",
        ),
        ("text.rpartition", "text.partition", "raised ValueError: "),
    ],
)
def test_wrong_splits(expect_failure, old, new, message):
    expect_failure(PAGE, "split", replaced(SPLIT, (old, new)), message)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "        if line not in lines:\n            lines.append(line)\n",
            "        lines += [line] * 3\n",
            (
                "started with ::1 9999, answer.py printed 'IPv6 ::1 port 9999' more than once"
                " (getaddrinfo has an entry for each kind of socket)"
            ),
        ),
        ('"IPv6"', '"six"', "should have printed 'IPv6 ::1 port 9999'; it printed 'six ::1 port"),
        (
            "except (socket.gaierror, UnicodeError)",
            "except ZeroDivisionError",
            (
                "started with 127.0.0.1 upper, your client should have said what is wrong; it left"
                " that to a traceback: gaierror: "
            ),
        ),
        ("sys.exit(f", "print(f", "your client should have ended with another status than 0"),
        (
            "host, port = sys.argv[1:]",
            "host, port = input().split()",
            "it printed nothing; your client was at answer.py:",
        ),
    ],
)
def test_wrong_lookups(expect_failure, old, new, message):
    expect_failure(PAGE, "lookup", replaced(LOOKUP, (old, new)), message, patience=3)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "expected = max(expected, number + 1)",
            "expected = number + 1",
            (
                "b'4 news', b'3 news', b'4 news', your server should have printed '4 again or"
                " late';"
                " it printed '4'"
            ),
        ),
        (
            "    if number == expected + 1:",
            "    if False:",
            "should have printed '3 is missing, 4'; it printed '3 to 3 are missing, 4'",
        ),
        (
            (
                "            if not first_word.isdigit() or len(first_word) > 9:\n"
                '                print("Not numbered")\n                continue\n'
            ),
            "",
            (
                "b'eight news', your server should have printed 'Not numbered'; it printed nothing;"
                " your server has ended with ValueError: invalid literal for int()"
            ),
        ),
        (
            "        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)\n",
            "",
            (
                "after the datagrams b'1 news', your server should have printed '1'; it printed"
                " nothing"
            ),
        ),
    ],
)
def test_wrong_gaps(expect_failure, old, new, message):
    source = replaced(GAPS, (old, new))
    expect_failure("sockets/broadcast_and_multicast", "gaps", source, message, patience=1.5)
