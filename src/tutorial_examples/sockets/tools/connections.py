"""Show what is going on at a TCP port of this machine, on Linux.

Start it with `python connections.py PORT`. Each line is one end: its state, its own
address and the other one, how many bytes wait to be read by its program, and the program.
"""

import ipaddress
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

STATES = {
    "01": "ESTABLISHED",
    "02": "SYN_SENT",
    "03": "SYN_RECV",
    "04": "FIN_WAIT1",
    "05": "FIN_WAIT2",
    "06": "TIME_WAIT",
    "07": "CLOSE",
    "08": "CLOSE_WAIT",
    "09": "LAST_ACK",
    "0A": "LISTEN",
    "0B": "CLOSING",
}


@dataclass
class End:
    """One end of a TCP connection, or a listening socket.

    Attributes:
        state: Such as `LISTEN`.
        local: Its host and port.
        remote: Host and port of the other end; of a listening socket, zeros.
        unread: Bytes that wait for `recv`; of a listening socket, connections that wait for
            `accept`.
        inode: The number that leads to the processes which hold it; 0 if none does.
    """

    state: str
    local: tuple[str, int]
    remote: tuple[str, int]
    unread: int
    inode: int


# [parse]
def parse_address(text: str) -> tuple[str, int]:
    """The host and port in text such as `0100007F:270F`."""
    digits, _, port = text.partition(":")
    words = [digits[start : start + 8] for start in range(0, len(digits), 8)]
    packed = b"".join(int(word, 16).to_bytes(4, sys.byteorder) for word in words)
    return str(ipaddress.ip_address(packed)), int(port, 16)


def parse_line(line: str) -> End:
    """One line of the system's table."""
    fields = line.split()
    unread = int(fields[4].partition(":")[2], 16)
    local, remote = parse_address(fields[1]), parse_address(fields[2])
    return End(STATES.get(fields[3], fields[3]), local, remote, unread, int(fields[9]))


# [/parse]


def ends_at(port: int) -> list[End]:
    """Both ends of whatever has to do with the port; listening sockets come first.

    Connections in TIME_WAIT, which only the system remembers, are left out.
    """
    ends: list[End] = []
    for table in Path("/proc/net/tcp"), Path("/proc/net/tcp6"):
        with suppress(FileNotFoundError):  # no IPv6 here
            ends += map(parse_line, table.read_text().splitlines()[1:])
    found = [
        end for end in ends if port in (end.local[1], end.remote[1]) and end.state != "TIME_WAIT"
    ]
    return sorted(found, key=lambda end: (end.state != "LISTEN", end.local[1] != port, end.remote))


def programs() -> dict[int, str]:
    """The command line of the process that holds a socket, for each socket's inode.

    Processes of other users are left out, unless root asks.
    """
    found = {}
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        # A process may end while we look, or belong to somebody else.
        with suppress(OSError):
            program, *arguments = (process / "cmdline").read_text(errors="replace").split("\0")
            command = " ".join([Path(program).name, *arguments]).strip()
            for descriptor in (process / "fd").iterdir():
                with suppress(OSError):
                    target = str(descriptor.readlink())
                    if target.startswith("socket:["):
                        found[int(target[8:-1])] = command
    return found


def main(port: int) -> None:
    """Print a line for each end."""
    holders = programs()
    for end in ends_at(port):
        local, remote = f"{end.local[0]}:{end.local[1]}", f"{end.remote[0]}:{end.remote[1]}"
        holder = holders.get(end.inode, "-")
        print(f"{end.state:11} {local:21} {remote:21} {end.unread:6} {holder}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal():
        sys.exit("Usage: python connections.py PORT")
    if not Path("/proc/net/tcp").exists():
        sys.exit("This system has no /proc/net/tcp; try psutil, or netstat -an")
    main(int(sys.argv[1]))
