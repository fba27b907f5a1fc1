import socket
import threading

s = socket.create_server(("127.0.0.1", 0))


def serve():
    c, _ = s.accept()
    with c:
        data = b""
        while part := c.recv(3):
            data += part
        print("server got", data)
        c.sendall(data[::-1])


t = threading.Thread(target=serve)
t.start()
c = socket.create_connection(s.getsockname())
c.sendall(b"all of it")
c.shutdown(socket.SHUT_WR)
try:
    c.sendall(b"more")
except BrokenPipeError as problem:
    print(repr(problem))
data = b""
while part := c.recv(100):
    data += part
print(data)
t.join()
c.close()
c.close()
for action in (
    lambda: c.recv(1),
    lambda: c.send(b""),
    lambda: c.getsockname(),
    lambda: c.shutdown(0),
):
    try:
        action()
    except OSError as problem:
        print(problem)
try:
    socket.socket().shutdown(socket.SHUT_RDWR)
except OSError as problem:
    print(problem)
