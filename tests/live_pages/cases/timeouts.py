import socket

s = socket.create_server(("127.0.0.1", 0))
print(s.gettimeout(), s.getblocking(), socket.getdefaulttimeout())
s.settimeout(0.05)
print(s.gettimeout(), s.getblocking(), s.timeout)
try:
    s.accept()
except TimeoutError as problem:
    print(repr(problem), problem.errno, problem.args)
s.setblocking(False)
print(s.gettimeout(), s.getblocking())
try:
    s.accept()
except BlockingIOError as problem:
    print(repr(problem), problem.errno)
for value in (-1, "1", [], 1e300):
    try:
        s.settimeout(value)
    except Exception as problem:
        print(type(problem).__name__)
socket.setdefaulttimeout(0.05)
c = socket.create_connection(s.getsockname())
print(c.gettimeout(), socket.socket().gettimeout())
try:
    c.recv(10)
except TimeoutError as problem:
    print(problem)
c.settimeout(None)
socket.setdefaulttimeout(None)
p, _ = s.accept() if s.setblocking(True) is None else (None, None)
print(p.gettimeout(), p.getblocking())
p.settimeout(0.05)
try:
    while True:
        p.send(b"x" * 65536)
except TimeoutError as problem:
    print("full:", problem)
try:
    p.sendall(b"x" * 10_000_000)
except TimeoutError as problem:
    print("sendall:", problem)
