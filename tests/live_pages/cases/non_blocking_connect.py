import errno
import select
import socket

s = socket.create_server(("127.0.0.1", 0))
c = socket.socket()
c.setblocking(False)
code = c.connect_ex(s.getsockname())
print(code in (0, errno.EINPROGRESS))
_, writable, _ = select.select([], [c], [], 5)
print(writable == [c], c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
p, _ = s.accept()
try:
    c.recv(1)
except BlockingIOError as problem:
    print(problem)
p.sendall(b"x")
select.select([c], [], [], 5)
print(c.recv(1))
n = 0
try:
    while True:
        n += c.send(b"x" * 4096)
except BlockingIOError as problem:
    print(problem.errno == errno.EAGAIN, n > 4096)
r = socket.socket()
r.setblocking(False)
code = r.connect_ex(("127.0.0.1", 1))
select.select([], [r], [], 5)
print(
    code in (errno.ECONNREFUSED, errno.EINPROGRESS),
    r.connect_ex(("127.0.0.1", 1)) in (errno.ECONNREFUSED, errno.EINPROGRESS),
)
print(socket.socket().connect_ex(("127.0.0.1", 1)), errno.errorcode[111])
