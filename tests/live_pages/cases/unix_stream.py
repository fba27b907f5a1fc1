import os
import socket
import stat
import threading

s = socket.socket(socket.AF_UNIX)
print(repr(s.getsockname()))
s.bind("talk.sock")
print(s.getsockname(), os.path.exists("talk.sock"), stat.S_ISSOCK(os.stat("talk.sock").st_mode))
s.listen()


def serve():
    c, address = s.accept()
    accepted.append((address, c.getpeername(), c.getsockname()))
    with c:
        c.sendall(c.recv(100).upper())


accepted = []
t = threading.Thread(target=serve)
t.start()
with socket.socket(socket.AF_UNIX) as c:
    c.connect("talk.sock")
    print(repr(c.getsockname()), c.getpeername())
    c.sendall(b"hello")
    print(c.recv(100), c.recv(100))
t.join()
print(accepted)
again = socket.socket(socket.AF_UNIX)
for action in (
    lambda: again.bind("talk.sock"),
    lambda: again.connect("nothing.sock"),
    lambda: again.connect(("127.0.0.1", 80)),
    lambda: again.bind("x" * 200),
    lambda: s.close(),
    lambda: again.connect("talk.sock"),
    lambda: os.unlink("talk.sock"),
    lambda: again.connect("talk.sock"),
    lambda: os.unlink("talk.sock"),
):
    try:
        print(action())
    except Exception as problem:
        print(type(problem).__name__, problem)
print(os.path.exists("talk.sock"))
