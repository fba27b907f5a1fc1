"""Print the numbered datagrams of a group, and say which are missing.

Start it with `python gap_server.py`; Ctrl-C stops it.
"""

import socket

GROUP = "239.1.2.3"
PORT = 11111
INTERFACE = "127.0.0.1"


def comment_on(number: int, expected: int) -> str:
    """What to say of a number where another was expected."""
    if number < expected:
        return f"{number} again or late"
    if number == expected:
        return f"{number}"
    if number == expected + 1:
        return f"{expected} is missing, {number}"
    return f"{expected} to {number - 1} are missing, {number}"


def main() -> None:
    """Comment on one datagram after another until Ctrl-C."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((GROUP, PORT))
        request = socket.inet_aton(GROUP) + socket.inet_aton(INTERFACE)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)
        host, port = sock.getsockname()
        print(f"Listening on {host} port {port}")
        expected = 1
        while True:
            data = sock.recv(65535)
            first_word = data.partition(b" ")[0]
            if not first_word.isdigit() or len(first_word) > 9:
                print("Not numbered")
                continue
            number = int(first_word)
            print(comment_on(number, expected))
            expected = max(expected, number + 1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
