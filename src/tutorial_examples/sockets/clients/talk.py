"""Send what you type to any server of lines, and print what it sends.

Start it with `python talk.py 127.0.0.1 1110`; Ctrl-D ends your side of the conversation.
"""

import socket
import sys
import threading


def show(sock: socket.socket) -> None:
    """Print what comes, until nothing more will come."""
    with sock.makefile(encoding="utf-8", errors="replace", newline="") as incoming:
        try:
            for line in incoming:
                print(line.rstrip("\r\n"), flush=True)
        except OSError as error:
            print(f"Broken off: {error}")
    print("The server has ended the conversation")


def main() -> None:
    """Talk until both sides have ended."""
    address = (sys.argv[1], int(sys.argv[2]))
    with socket.create_connection(address, timeout=10) as sock:
        sock.settimeout(None)
        listener = threading.Thread(target=show, args=[sock], daemon=True)
        listener.start()
        try:
            for line in sys.stdin:
                sock.sendall(line.rstrip("\n").encode() + b"\r\n")
            sock.shutdown(socket.SHUT_WR)
        except OSError as error:
            print(f"Not sent: {error}")
        listener.join()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
