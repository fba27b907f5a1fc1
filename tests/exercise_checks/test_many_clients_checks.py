"""What readers are told of their answers to the exercises on servers for many clients."""

import pytest
from answers import listing, replaced

THREADS = listing("sockets/concurrency/limited_server")
SELECTORS = listing("sockets/selectors/limited_server")
GOODBYE = listing("sockets/asyncio/goodbye_server")
RELAY = listing("sockets/asyncio/relay_server")


def test_the_solutions_pass(check_answer):
    assert check_answer("sockets/concurrency", "limit", THREADS).outcome == "solved"
    assert check_answer("sockets/selectors", "limit", SELECTORS).outcome == "solved"
    assert check_answer("sockets/asyncio", "goodbye", GOODBYE).outcome == "solved"
    assert check_answer("sockets/asyncio", "relay", RELAY).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "            places.acquire()\n",
            "",
            "should not have answered anything while two other",
        ),
        (
            "BoundedSemaphore(MOST)",
            "BoundedSemaphore(3)",
            (
                "after b'third', your server should not have answered anything while two other"
                " clients are connected; it answered b'THIRD'"
            ),
        ),
        (
            (
                "            places.acquire()\n            sock, address = listener.accept()\n"
                '            print(f"Connection from {address}")\n'
            ),
            (
                "            sock, address = listener.accept()\n"
                '            print(f"Connection from {address}")\n            places.acquire()\n'
            ),
            (
                "your server printed Connection from a third time while two other clients are"
                " connected (the third should wait in the backlog: accept when there is a place)"
            ),
        ),
    ],
)
def test_wrong_limits_with_threads(expect_failure, old, new, message):
    source = replaced(THREADS, (old, new))
    expect_failure("sockets/concurrency", "limit", source, message, patience=3)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            ('    finally:\n        print("Connection closed")\n        places.release()\n'),
            '    print("Connection closed")\n',
            "after b'third', your server should have answered b'THIRD'; it answered nothing within",
        ),
        (
            "MOST = 2",
            "MOST = 1",
            "after b'second', your server should have answered b'SECOND'; it answered nothing",
        ),
        (
            (
                "except (ConnectionError, TimeoutError) as error:\n"
                '        print(f"Broken off: {error}")\n'
                "    finally:\n"
                '        print("Connection closed")\n'
                "        places.release()\n"
            ),
            (
                "except (ConnectionError, TimeoutError) as error:\n"
                '        print(f"Broken off: {error}")\n'
                "    else:\n"
                '        print("Connection closed")\n'
                "        places.release()\n"
            ),
            "a client reset its connection",
        ),
    ],
)
def test_lost_places(expect_failure, old, new, message):
    source = replaced(THREADS, (old, new))
    expect_failure("sockets/concurrency", "limit", source, message, patience=1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("len(watched) > MOST", "len(watched) > MOST + 1", "should not have answered anything"),
        (
            (
                "            elif listener not in watched and len(watched) < MOST:\n"
                "                selector.register(listener, selectors.EVENT_READ)\n"
            ),
            "",
            "Connection refused",
        ),
    ],
)
def test_wrong_limits_with_selectors(expect_failure, old, new, message):
    source = replaced(SELECTORS, (old, new))
    if not new:
        source = replaced(
            source,
            (
                "        listener.setblocking(False)\n",
                (
                    "        listener.setblocking(False)\n"
                    "        selector.register(listener, selectors.EVENT_READ)\n"
                ),
            ),
        )
        message = "should have answered b'THIRD'; it answered nothing within ... seconds"
    expect_failure("sockets/selectors", "limit", source, message, patience=1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            '            await send(writer, b"GOODBYE\\n")\n',
            "",
            (
                "should then have answered b'GOODBYE\\n'; it closed the connection"
                " (the line comes before the end of the stream)"
            ),
        ),
        ('b"GOODBYE\\n"', 'b"goodbye\\n"', "should then have answered b'GOODBYE\\n'; it answered"),
        (
            "            break\n        if not line:",
            "            pass\n        if not line:",
            "your server has ended with UnboundLocalError: ",
        ),
    ],
)
def test_wrong_goodbyes(expect_failure, old, new, message):
    expect_failure("sockets/asyncio", "goodbye", replaced(GOODBYE, (old, new)), message, 3)


def test_a_server_that_gives_half_a_second_in_all(expect_failure):
    source = replaced(
        GOODBYE,
        (
            "    while True:\n",
            "    end = asyncio.get_running_loop().time() + PATIENCE\n    while 1:\n",
        ),
        ("(PATIENCE):\n                line", "_at(end):\n                line"),
    )
    message = "your server should ... GOODBYE"
    expect_failure("sockets/asyncio", "goodbye", source, message, patience=3)


def test_a_server_that_is_never_impatient(expect_failure):
    source = replaced(GOODBYE, ("PATIENCE = 0.5", "PATIENCE = 50"))
    message = "should then have answered b'GOODBYE\\n'; it answered nothing within ... seconds"
    expect_failure("sockets/asyncio", "goodbye", source, message, patience=1)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "writers - {writer}",
            "set(writers)",
            (
                "when another client had sent b'one\\ntwo\\n', your server should have sent"
                " b'one\\ntwo\\n'; it sent b'Hello, all\\none\\ntwo\\n' (a line goes to the others"
            ),
        ),
        ("send(other, line)", "send(other, line.upper())", "(the line goes on as it is)"),
        (
            '(line := await reader.readline()).endswith(b"\\n")',
            "line := await reader.read(100)",
            "your server should have sent b'whole\\n'; it sent b'half a li",
        ),
        (
            "for other in writers - {writer}",
            "for other in {writer}",
            "when another client had sent b'Hello, all\\n', your server should have sent",
        ),
    ],
)
def test_wrong_relays(expect_failure, old, new, message):
    expect_failure("sockets/asyncio", "relay", replaced(RELAY, (old, new)), message, patience=3)


def test_a_relay_that_waits_for_the_slowest(expect_failure):
    source = replaced(
        RELAY,
        ("def send(", "async def send("),
        ("                send(other", "                await send(other"),
        ("        writer.transport.abort()\n    elif", "        await writer.drain()\n    if"),
    )
    message = "and one did not read, your server should have sent b'0000"
    expect_failure("sockets/asyncio", "relay", source, message, patience=2)
