# types: ["typed"]
import select
import socket
import sys

a, b = socket.socketpair()
readable, _, _ = select.select([sys.stdin, a], [], [], 5)
print(readable == [sys.stdin], sys.stdin.readline())
b.send(b"x")
print(a in select.select([a], [], [], 5)[0])
