import socket, struct, hashlib


def recvall(c, n):
    b = bytearray()
    while len(b) < n:
        d = c.recv(min(65536, n - len(b)))
        if not d:
            raise EOFError
        b += d
    return bytes(b)


s = socket.create_server(("127.0.0.1", 9600), reuse_port=False)
c, _ = s.accept()
(n,) = struct.unpack("!I", recvall(c, 4))
data = recvall(c, n)
print(n, hashlib.sha256(data).hexdigest()[:16])
c.sendall(struct.pack("!I", n))
print(c.recv(3, socket.MSG_PEEK), c.recv(3), c.recv(5, socket.MSG_WAITALL))
f = c.makefile("rw", encoding="utf-8", newline="\n")
print([l.rstrip() for l in f])
f.write("ok\n")
f.flush()
c.shutdown(socket.SHUT_RDWR)
