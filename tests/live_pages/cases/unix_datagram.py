import os
import socket

a = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
a.bind("a.sock")
b = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
print(b.sendto(b"anonymous", "a.sock"))
print(a.recvfrom(100))
b.bind("b.sock")
b.sendto(b"named", "a.sock")
print(a.recvfrom(100))
x, y = socket.socketpair(type=socket.SOCK_DGRAM)
x.send(b"one")
x.send(b"two")
print(y.recv(10), y.recv(10))
abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
abstract.bind(b"\0abstract")
print(abstract.getsockname())
b.sendto(b"to nowhere", b"\0abstract")
print(abstract.recv(100))
for name in ("a.sock", "b.sock"):
    os.remove(name)
try:
    b.sendto(b"gone", "a.sock")
except OSError as problem:
    print(problem)
