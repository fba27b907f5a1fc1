import socket

a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b = socket.socket(type=socket.SOCK_DGRAM)
print(a.getsockname())
a.bind(("127.0.0.1", 0))
b.bind(("127.0.0.1", 0))
print(b.sendto(b"hello", a.getsockname()), b.sendto(b"", a.getsockname()))
data, address = a.recvfrom(100)
print(data, address == b.getsockname())
print(a.recvfrom(100)[0])
b.sendto(b"0123456789", a.getsockname())
print(a.recv(4))
a.setblocking(False)
try:
    a.recv(4)
except BlockingIOError as problem:
    print(problem)
a.setblocking(True)
b.sendto(b"0123456789", a.getsockname())
print(a.recvmsg(4)[::2])
b.sendto(b"abc", 0, a.getsockname())
buffer = bytearray(10)
print(a.recvfrom_into(buffer)[0], buffer)
b.connect(a.getsockname())
print(b.send(b"xyz"), b.getpeername() == a.getsockname())
print(a.recv(10, socket.MSG_PEEK), a.recv(10))
for action in (
    lambda: a.send(b"x"),
    lambda: a.sendto(b"x", "nowhere"),
    lambda: a.sendto(b"x"),
    lambda: a.sendto("x", ("127.0.0.1", 9)),
    lambda: a.sendto(b"x", ("127.0.0.1", 70000)),
    lambda: a.sendto(b"x" * 65508, b.getsockname()),
    lambda: a.listen(),
    lambda: a.accept(),
    lambda: a.getpeername(),
    lambda: a.bind(("127.0.0.1", 0)),
):
    try:
        print(action())
    except Exception as problem:
        print(type(problem).__name__, problem)
print(a.sendto(b"x" * 65507, b.getsockname()))
