"""Stand between a client and a server on this machine, and be a bad network.

Start it with `python unreliable_network.py udp 12345 11111 --loss 0.5`: clients
send to port 12345, and what is not lost goes on to port 11111. For TCP write
`tcp`; `python unreliable_network.py tcp --help` names all faults. It needs
faults.py, udp_proxy.py and tcp_proxy.py beside it; Ctrl-C stops it.
"""

import argparse
import asyncio
import sys
from collections.abc import Callable, Sequence
from functools import partial

from faults import DatagramFaults, Direction, StreamFaults
from tcp_proxy import serve_tcp
from udp_proxy import serve_udp


def number_up_to(most: float, kind: Callable[[str], float]) -> Callable[[str], float]:
    """A reader for an argument from 0 to `most`."""

    def read(text: str) -> float:
        try:
            number = kind(text)
        except ValueError:
            number = -1
        if not 0 <= number <= most:
            raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to {most:g}")
        return number

    return read


Reader = Callable[[str], float]

port = number_up_to(65535, int)
probability = number_up_to(1, float)
seconds = number_up_to(3600, float)
count = number_up_to(10**9, int)

HELP = {
    "loss": "probability that a datagram is dropped",
    "duplication": "probability that a datagram arrives twice",
    "reordering": "probability that the next datagram overtakes this one",
    "delay": "seconds that everything takes on its way",
    "one-byte-at-a-time": "send each byte by itself",
    "gap": "seconds between two such bytes (0.01)",
    "coalescing": "join what comes until there is silence for so many seconds",
    "stall-after": "let so many bytes pass, and then nothing",
    "reset-after": "let so many bytes pass, and then reset the connection",
    "close-after": "let so many bytes pass, and then close the connection",
    "affected": "probability that a connection has these faults at all (1)",
    "direction": "the stream that has the faults (both)",
    "seed": "a number: with the same one, the same happens again (0)",
}


def parser() -> argparse.ArgumentParser:
    """What the command line may say; what it does not say has no value."""
    top = argparse.ArgumentParser(description="Be a bad network between a client and a server.")
    protocols = top.add_subparsers(dest="protocol", required=True)
    numbers: dict[str, Reader]
    for name, numbers in (
        ("udp", {"loss": probability, "duplication": probability, "reordering": probability}),
        ("tcp", {"gap": seconds, "coalescing": seconds, "affected": probability}),
    ):
        command = protocols.add_parser(name, argument_default=argparse.SUPPRESS)
        command.add_argument("port", type=port, help="where clients find it; 0: any")
        command.add_argument("server_port", type=port, help="where the server is")
        for option, kind in {**numbers, "delay": seconds}.items():
            metavar = "P" if kind is probability else "SECONDS"
            command.add_argument(f"--{option}", type=kind, metavar=metavar, help=HELP[option])
        command.add_argument("--seed", type=int, metavar="N", help=HELP["seed"])
    for option in ("stall-after", "reset-after", "close-after"):
        command.add_argument(f"--{option}", type=count, metavar="BYTES", help=HELP[option])
    option = "one-byte-at-a-time"
    command.add_argument(f"--{option}", action="store_true", help=HELP[option])
    choices = [direction.value for direction in Direction]
    command.add_argument("--direction", choices=choices, help=HELP["direction"])
    return top


def main(arguments: Sequence[str] | None = None) -> None:
    """Carry and spoil until Ctrl-C."""
    given = vars(parser().parse_args(arguments))
    protocol, own_port, server_port = (
        given.pop(name) for name in ("protocol", "port", "server_port")
    )
    report = partial(print, flush=True)

    def ready(port: int) -> None:
        report(f"Listening on 127.0.0.1 port {port}, the server is at port {server_port}")

    if protocol == "udp":
        asyncio.run(serve_udp(own_port, server_port, DatagramFaults(**given), report, ready))
    else:
        if "direction" in given:
            given["direction"] = Direction(given["direction"])
        asyncio.run(serve_tcp(own_port, server_port, StreamFaults(**given), report, ready))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
    except OSError as error:
        sys.exit(f"Cannot listen: {error}")
