import select
import selectors
import socket

print(selectors.DefaultSelector.__name__)
a, b = socket.socketpair()
with select.epoll() as e:
    e.register(a, select.EPOLLIN)
    print(e.poll(0.01), e.closed)
    b.send(b"x")
    print(e.poll() == [(a.fileno(), select.EPOLLIN)])
    for action in (
        lambda: e.register(a),
        lambda: e.modify(b, 1),
        lambda: e.unregister(b),
        lambda: e.register(987),
    ):
        try:
            action()
        except OSError as problem:
            print(repr(problem))
    e.modify(a, select.EPOLLIN | select.EPOLLOUT)
    print(e.poll()[0][1] == select.EPOLLIN | select.EPOLLOUT)
print(e.closed)
try:
    e.poll()
except ValueError as problem:
    print(problem)
with selectors.DefaultSelector() as selector:
    key = selector.register(a, selectors.EVENT_READ, "data")
    print(key.data, key.events, key.fd == a.fileno(), len(selector.get_map()))
    print([(k.data, m) for k, m in selector.select()])
    a.recv(10)
    print(selector.select(0.01))
    selector.modify(a, selectors.EVENT_WRITE, "other")
    print([(k.data, m) for k, m in selector.select()])
    for action in (
        lambda: selector.register(a, 1),
        lambda: selector.unregister(b),
        lambda: selector.register(b, 0),
    ):
        try:
            action()
        except (KeyError, ValueError) as problem:
            print(type(problem).__name__)
