import socket

a = socket.create_connection(("127.0.0.1", 9997))
b = socket.create_connection(("127.0.0.1", 9997))
a.sendall(b"ann\n")
import time

time.sleep(0.1)
b.sendall(b"bob\n")
time.sleep(0.1)
b.sendall(b"\n")
print(b.makefile().readline().strip())
a.sendall(b"\n")
print(a.makefile().readline().strip())
a.close()
b.close()
