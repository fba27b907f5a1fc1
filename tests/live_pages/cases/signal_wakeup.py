# presses: ^C
import select
import signal
import socket

a, b = socket.socketpair()
a.setblocking(False)
signal.set_wakeup_fd(a.fileno())
signal.signal(signal.SIGINT, lambda *_: None)
print("ready")
print(select.select([b], [], [])[0] == [b], b.recv(10))
print(signal.set_wakeup_fd(-1) == a.fileno())
