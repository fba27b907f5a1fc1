import fcntl
import os
import socket

s = socket.socket()
print(s.get_inheritable(), fcntl.fcntl(s, fcntl.F_GETFD) == fcntl.FD_CLOEXEC)
s.set_inheritable(True)
print(s.get_inheritable(), fcntl.fcntl(s, fcntl.F_GETFD))
print(os.get_blocking(s.fileno()))
for timeout in (0, 5, None):
    s.settimeout(timeout)
    print(timeout, os.get_blocking(s.fileno()), s.getblocking())
copy = s.dup()
print(copy.get_inheritable())
copy.close()
fcntl.fcntl(s, fcntl.F_SETFL, os.O_NONBLOCK)
s.bind(("127.0.0.1", 0))
s.listen()
try:
    s.accept()
except BlockingIOError as problem:
    print(problem)
number = s.fileno()
s.close()
with socket.socket() as other:
    print(other.fileno() == number, other.get_inheritable(), os.get_blocking(number))
for change in (lambda: s.settimeout(1), lambda: s.setblocking(True)):
    try:
        change()
    except OSError as problem:
        print(problem)
first = socket.socket()
second = socket.socket(fileno=first.fileno())
first.close()
for use in (lambda: second.setblocking(False), second.close):
    try:
        use()
    except OSError as problem:
        print(problem)
