"""Errors in threads, and descriptors while many threads make sockets."""

import socket
import threading

closed = socket.socket()
closed.bind(("127.0.0.1", 0))


def connect():
    socket.socket().connect(closed.getsockname())


for _ in range(3):
    thread = threading.Thread(target=connect, name="connecting")
    thread.start()
    thread.join()

server = socket.create_server(("127.0.0.1", 0))
barrier = threading.Barrier(8)
descriptors = []


def talk():
    barrier.wait()
    client = socket.create_connection(server.getsockname())
    client.send(b"hello")
    descriptors.append(client.fileno())
    barrier.wait()
    client.close()


threads = [threading.Thread(target=talk) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(descriptors))
