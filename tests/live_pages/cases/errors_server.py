import socket, time

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 9700))
s.listen()
c, a = s.accept()
c.recv(1)
c.close()  # unread data -> RST
c, a = s.accept()
c.close()  # clean close -> FIN, later RST
c, a = s.accept()
try:
    print("got", c.recv(10))
    print(c.recv(10))
    print("eof")
except ConnectionResetError as e:
    print(repr(e))
c.close()
s.close()
