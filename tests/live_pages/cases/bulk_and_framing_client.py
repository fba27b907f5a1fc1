import socket, struct, time

c = socket.create_connection(("127.0.0.1", 9600), timeout=10)
data = bytes(range(256)) * 12000
c.sendall(struct.pack("!I", len(data)) + data)
print(struct.unpack("!I", c.recv(4)))
c.sendall(b"PEEK")
time.sleep(0.05)
c.sendall(b"ab")
time.sleep(0.05)
c.sendall(b"cd")
c.sendall("l\u00efne 1\nline 2\n".encode())
c.shutdown(socket.SHUT_WR)
print(c.recv(10))
print(c.recv(10))
