import array
import socket

a, b = socket.socketpair()
a.sendall(b"0123456789")
buffer = bytearray(4)
print(b.recv_into(buffer), buffer)
view = memoryview(bytearray(8))
print(b.recv_into(view[2:5]), bytes(view))
print(b.recv_into(buffer, 2), buffer)
for arguments in ((buffer, 5), (buffer, -1), (b"fixed",), ("text",)):
    try:
        b.recv_into(*arguments)
    except Exception as problem:
        print(type(problem).__name__)
numbers = array.array("i", [1, 2, 3])
a.sendall(numbers)
print(b.recv(1)[:1], len(b.recv(100)))
print(a.send(memoryview(b"abcdef")[::2]) if False else a.send(memoryview(b"abc")))
for data in ("text", 5, None, [1]):
    try:
        a.sendall(data)
    except TypeError as problem:
        print(problem)
try:
    b.recv(-1)
except ValueError as problem:
    print(problem)
print(b.recv(0), b.recv(3))
