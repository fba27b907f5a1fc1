"""Checks of the exercises on the page `sockets/tools`."""

import socket
import time

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import exercise, needs

# A closed end passes through other states until the other system has confirmed its end.
SETTLED_SECONDS = 5.0
DATA = "Größe\nHELLO, SERVER\r\n".encode()
FIRST = "00000000  47 72 c3 b6 c3 9f 65 0a 48 45 4c 4c 4f 2c 20 53  Gr....e.HELLO, S\n"
SECOND = "00000010  45 52 56 45 52 0d 0a                             ERVER..\n"


@needs("/proc/net/tcp")
@exercise
def check_states(attempt: Attempt) -> None:
    count_states = attempt.function("count_states", "count_states(port)")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        count_states.expect(taken.getsockname()[1], returns={})
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = listener.getsockname()
        count_states.expect(
            address[1],
            returns={"LISTEN": 1},
            hints={"Counter({'LISTEN': 1})": "dict(...) makes an ordinary dictionary of it"},
        )
        clients = [socket.create_connection(address) for _ in range(3)]
        count_states.expect(
            address[1],
            returns={"LISTEN": 1, "ESTABLISHED": 6},
            hints={
                repr({"LISTEN": 1, "ESTABLISHED": 3}): (
                    "three clients are connected, and both ends of each are on this machine"
                )
            },
        )
        for client in clients:
            client.close()
        closed = {"LISTEN": 1, "CLOSE_WAIT": 3, "FIN_WAIT2": 3}
        deadline = time.monotonic() + SETTLED_SECONDS
        while count_states(address[1]) != closed and time.monotonic() < deadline:
            time.sleep(0.01)
        count_states.expect(
            address[1],
            returns=closed,
            hints={repr({"LISTEN": 1}): "an end that its program has closed still has a state"},
        )


@exercise
def check_hex(attempt: Attempt) -> None:
    hex_dump = attempt.function("hex_dump", "hex_dump(data)")
    hex_dump.expect(
        DATA[:16],
        returns=FIRST,
        hints={
            repr(FIRST.rstrip("\n")): "each line ends with a newline",
            repr(FIRST.replace("Gr....e.", "GrÃ¶Ã\x9fe.")): "a dot for all that is not ASCII",
        },
    )
    hex_dump.expect(
        DATA,
        returns=FIRST + SECOND,
        hints={
            repr(
                FIRST + "00000010  45 52 56 45 52 0d 0a  ERVER..\n"
            ): "fill the bytes up to 47 characters",
            repr(FIRST + SECOND.replace("00000010", "00000016")): "the position in base 16",
            repr(FIRST + SECOND.replace("00000010", "00000001")): "the position counts bytes",
        },
    )
    hex_dump.expect(b"\x7f ~\x1f", returns=f"00000000  {'7f 20 7e 1f':47}  . ~.\n")
    hex_dump.expect(b"", returns="", hints={repr("\n"): "no bytes, no line"})
