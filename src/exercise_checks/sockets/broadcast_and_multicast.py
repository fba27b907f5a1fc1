"""Checks of the exercises on the page `sockets/broadcast_and_multicast`."""

import socket

from exercise_checks.attempt import Attempt
from exercise_checks.exercises import program_exercise
from exercise_checks.program import Program

GROUP = "239.1.2.3"
PORT = 11111
LOOPBACK = socket.inet_aton("127.0.0.1")
COMMENTS = (
    (b"1 news", "1"),
    (b"2 news", "2"),
    (b"4 news", "3 is missing, 4"),
    (b"3 news", "3 again or late"),
    (b"4 news", "4 again or late"),
    (b"5 news", "5"),
    (b"8 news", "6 to 7 are missing, 8"),
    (b"eight news", "Not numbered"),
    (b"", "Not numbered"),
    (b"\xff", "Not numbered"),
    (b"9", "9"),
)


@program_exercise
def check_gaps(attempt: Attempt) -> None:
    with Program(attempt, "server") as member:
        member.expect_line(f"Listening on {GROUP} port {PORT}", "at the beginning")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, LOOPBACK)
            sent = []
            for datagram, comment in COMMENTS:
                sender.sendto(datagram, (GROUP, PORT))
                sent.append(repr(datagram))
                member.expect_line(comment, f"after the datagrams {', '.join(sent)}")
        member.press_ctrl_c()
