"""Ctrl-C while a datagram is awaited."""

import socket

server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
try:
    print("waiting", flush=True)
    server.recvfrom(1024)
finally:
    print("the end", flush=True)
