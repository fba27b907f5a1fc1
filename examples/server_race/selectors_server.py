"""Serve all clients in one thread that asks the system whose turn it is."""

import selectors
import socket

from server_program import HOST, QUEUE, announce, run


class Conversation:
    """One connection: reads a piece, answers it, and reads no other before the answer is sent."""

    def __init__(self, server: "Server", sock: socket.socket) -> None:
        self._server = server
        self._sock = sock
        self._unsent = b""
        sock.setblocking(False)
        server.selector.register(sock, selectors.EVENT_READ, self.go_on)

    def go_on(self) -> None:
        """Do what can be done now without waiting."""
        try:
            if self._unsent:
                self._send(self._unsent)
            elif data := self._sock.recv(1024):
                self._send(data.upper())
            else:
                self._server.drop(self._sock)
        except BlockingIOError:
            pass  # The system was mistaken, and will say when there is something.
        except OSError:
            self._server.drop(self._sock)

    def _send(self, data: bytes) -> None:
        try:
            rest = data[self._sock.send(data) :]
        except BlockingIOError:
            rest = data
        has_waited, self._unsent = bool(self._unsent), rest
        if has_waited != bool(rest):
            events = selectors.EVENT_WRITE if rest else selectors.EVENT_READ
            self._server.selector.modify(self._sock, events, self.go_on)


class Server:
    """A listening socket, and the connections that it has accepted.

    Attributes:
        selector: Watches them all; what is registered with a socket is the method to call.
    """

    def __init__(self, listener: socket.socket) -> None:
        self.selector = selectors.DefaultSelector()
        self._listener = listener
        self._accepts = False
        listener.setblocking(False)
        self._listen()

    def serve_forever(self) -> None:
        """Call whoever has something to do."""
        while True:
            for key, _ in self.selector.select():
                key.data()

    def drop(self, sock: socket.socket) -> None:
        """Close a connection; its place may go to a client that waits to be accepted."""
        self.selector.unregister(sock)
        sock.close()
        self._listen()

    def _listen(self) -> None:
        if not self._accepts:
            self.selector.register(self._listener, selectors.EVENT_READ, self._accept)
            self._accepts = True

    def _accept(self) -> None:
        try:
            sock, _ = self._listener.accept()
        except (BlockingIOError, ConnectionError):
            return  # The client has gone again.
        except OSError:
            # Most likely all descriptors are in use: without this, the loop would spin.
            self.selector.unregister(self._listener)
            self._accepts = False
            return
        Conversation(self, sock)


def serve(port: int) -> None:
    """Listen on a port, 0 for any, and serve for ever."""
    with socket.create_server((HOST, port), backlog=QUEUE) as listener:
        announce(listener)
        Server(listener).serve_forever()


if __name__ == "__main__":
    run(serve, __doc__)
