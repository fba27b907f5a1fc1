import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for m in (b"one", b"", b"twelve bytes"):
    s.sendto(m, ("127.0.0.1", 50008))
    print(s.recvfrom(100))
c = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
c.connect(("127.0.0.1", 50999))
c.send(b"x")
c.settimeout(1)
try:
    c.recv(10)
except OSError as e:
    print(repr(e))
try:
    s.sendto(b"x" * 70000, ("127.0.0.1", 50008))
except OSError as e:
    print(repr(e))
