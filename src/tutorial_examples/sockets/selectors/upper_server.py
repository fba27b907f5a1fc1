"""Answer many clients in one thread, each as fast as it reads.

Start it with `python upper_server.py`; Ctrl-C stops it.
"""

import selectors
import socket

HOST = "127.0.0.1"
PORT = 9999
ENOUGH = 1_000_000


# [connection]
class Connection:
    """One client's connection.

    Attributes:
        output: What the client still has to be sent.
        ended: Whether the client's stream has ended.
    """

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self.sock = sock
        self.output = bytearray()
        self.ended = False

    def wanted(self) -> int:
        """The events to wait for; 0 if there is nothing more to do."""
        events = 0
        if not self.ended and len(self.output) < ENOUGH:
            events |= selectors.EVENT_READ
        if self.output:
            events |= selectors.EVENT_WRITE
        return events

    def receive(self) -> None:
        """Take one piece; its answer has to be sent."""
        data = self.sock.recv(65536)
        self.ended = not data
        self.output += data.upper()

    def send(self) -> None:
        """Send as much as there is room for."""
        sent = self.sock.send(self.output)
        del self.output[:sent]


# [/connection]


# [loop]
def accept(selector: selectors.BaseSelector, listener: socket.socket) -> None:
    """Accept one client, and have it watched."""
    try:
        sock, address = listener.accept()
    except (BlockingIOError, ConnectionError):
        return  # the client was gone before it was accepted
    print(f"Connection from {address}")
    selector.register(sock, selectors.EVENT_READ, data=Connection(sock))


def attend(selector: selectors.BaseSelector, connection: Connection, events: int) -> None:
    """Do for one client what can be done without waiting."""
    try:
        if events & selectors.EVENT_READ:
            connection.receive()
        if events & selectors.EVENT_WRITE:
            connection.send()
        wanted = connection.wanted()
    except BlockingIOError:
        return  # a false alarm
    except OSError as error:
        print(f"Broken off: {error}")
        wanted = 0
    if wanted:
        selector.modify(connection.sock, wanted, data=connection)
    else:
        selector.unregister(connection.sock)
        connection.sock.close()
        print("Connection closed")


def main() -> None:
    """Serve all clients until Ctrl-C."""
    with socket.create_server((HOST, PORT)) as listener, selectors.DefaultSelector() as selector:
        host, port = listener.getsockname()
        print(f"Listening on {host} port {port}")
        listener.setblocking(False)
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, events in selector.select():
                if key.fileobj is listener:
                    accept(selector, listener)
                else:
                    attend(selector, key.data, events)


# [/loop]


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
