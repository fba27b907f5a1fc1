# presses: ^C
import socket

s = socket.create_server(("127.0.0.1", 0))
try:
    print("ready")
    s.accept()
except KeyboardInterrupt as problem:
    print(repr(problem))
print("after")
