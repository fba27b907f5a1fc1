"""Answer pieces in upper case, on a selector; told to stop, send what is still to be sent.

Start it with `python selector_server.py`; Ctrl-C or SIGTERM stops it.
"""

import selectors
import signal
import socket
import time

HOST = "127.0.0.1"
PORT = 9999
ENOUGH = 1_000_000
DEADLINE = 1.0


class Connection:
    """One client's connection.

    Attributes:
        output: What the client still has to be sent.
        ended: Whether nothing more is to be received.
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


# [stop]
def watch_signals(selector: selectors.BaseSelector) -> tuple[socket.socket, socket.socket]:
    """Have SIGINT and SIGTERM make a socket readable; returns it and the one that is written to."""
    readable, written = socket.socketpair()
    readable.setblocking(False)
    written.setblocking(False)
    signal.set_wakeup_fd(written.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    selector.register(readable, selectors.EVENT_READ)
    return readable, written


def serve(selector: selectors.BaseSelector, listener: socket.socket, told: socket.socket) -> None:
    """Serve all clients until a signal comes."""
    while True:
        for key, events in selector.select():
            if key.fileobj is told:
                return
            elif key.fileobj is listener:
                accept(selector, listener)
            else:
                attend(selector, key.data, events)


def finish(selector: selectors.BaseSelector) -> int:
    """Receive no more, and send what is still to be sent; returns how many clients are late."""
    for key in list(selector.get_map().values()):
        key.data.ended = True
        attend(selector, key.data, 0)
    end = time.monotonic() + DEADLINE
    while selector.get_map() and (left := end - time.monotonic()) > 0:
        for key, events in selector.select(left):
            attend(selector, key.data, events)
    return len(selector.get_map())


def main() -> None:
    """Serve until Ctrl-C or SIGTERM, and end in order."""
    with selectors.DefaultSelector() as selector:
        readable, written = watch_signals(selector)
        with socket.create_server((HOST, PORT)) as listener:
            host, port = listener.getsockname()
            print(f"Listening on {host} port {port}")
            listener.setblocking(False)
            selector.register(listener, selectors.EVENT_READ)
            serve(selector, listener, readable)
            print("\nStopping")
            selector.unregister(listener)
        selector.unregister(readable)
        late = finish(selector)
        print(f"Stopped, {late} cut off")
        signal.set_wakeup_fd(-1)
        readable.close()
        written.close()


# [/stop]


if __name__ == "__main__":
    main()
