"""Ctrl-C while a connection is awaited."""

import socket

with socket.create_server(("127.0.0.1", 0)) as server:
    print("waiting", flush=True)
    connection, address = server.accept()
