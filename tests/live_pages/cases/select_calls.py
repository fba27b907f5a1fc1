import select
import socket
import time

a, b = socket.socketpair()
print(select.select([a], [], [], 0), [x is a for x in select.select([a], [a], [], 0)[1]])
start = time.monotonic()
print(select.select([a, b], [], [], 0.05), time.monotonic() - start >= 0.05)
b.sendall(b"x")
print(
    select.select([a, b], [], [])[0] == [a], select.select([a.fileno()], [], [])[0] == [a.fileno()]
)
print(select.select([], [], [], 0.01))
for arguments in (
    ([a], [], [], -1),
    (["text"], [], []),
    ([-1], [], []),
):
    try:
        select.select(*arguments)
    except Exception as problem:
        print(type(problem).__name__, problem)
p = select.poll()
p.register(a, select.POLLIN)
p.register(b, select.POLLIN | select.POLLOUT)
print(sorted(p.poll(100)) == [(a.fileno(), select.POLLIN), (b.fileno(), select.POLLOUT)])
p.modify(b, select.POLLIN)
a.recv(10)
print(p.poll(10))
b.close()
print(p.poll(1000)[0] == (a.fileno(), select.POLLIN | select.POLLHUP))
try:
    p.unregister(99)
except KeyError as problem:
    print(repr(problem))
try:
    p.modify(98, 1)
except OSError as problem:
    print(repr(problem))
closed = socket.socket()
closed.close()
try:
    select.select([closed], [], [])
except ValueError as problem:
    print(problem)
