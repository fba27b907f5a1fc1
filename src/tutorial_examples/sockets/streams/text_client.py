"""Send a text of many lines, and print how the answer begins and ends.

Start `text_server.py` first, then `python text_client.py` in a second
terminal.
"""

import socket

SERVER = ("127.0.0.1", 9999)


def receive_all(sock: socket.socket) -> bytes:
    """Receive up to the end of the stream."""
    data = bytearray()
    while piece := sock.recv(4096):
        data += piece
    return bytes(data)


def main() -> None:
    """Send all, say that it is all, receive all."""
    lines = [f"House {number}, Große Straße" for number in range(1, 401)]
    with socket.create_connection(SERVER) as sock:
        sock.sendall("\n".join(lines).encode())
        sock.shutdown(socket.SHUT_WR)
        answer = receive_all(sock).decode().split("\n")
    print(f"Sent {len(lines)} lines, got {len(answer)}")
    print(f"The last: {answer[-1]}")


if __name__ == "__main__":
    main()
