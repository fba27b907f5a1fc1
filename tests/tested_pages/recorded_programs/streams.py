"""A connection that is written and read in every way, closed by halves, and read past its end."""

import io
import os
import socket
import tempfile
import threading

server = socket.create_server(("127.0.0.1", 0), backlog=2)


def serve():
    connection, _ = server.accept()
    with connection, connection.makefile("rwb") as lines:
        for line in lines:
            lines.write(line.upper())
            lines.flush()


client = socket.create_connection(server.getsockname())
thread = threading.Thread(target=serve)
thread.start()
print(client, client.fileno())
client.sendall(b"one\ntwo\n")
answer = b""
while len(answer) < 8:
    answer += client.recv(1)
print(answer)
client.sendmsg([b"three", memoryview(b"\n")])
print(client.makefile().readline())
with tempfile.TemporaryFile() as file:
    file.write(b"four\nfive\n")
    file.flush()
    file.seek(0)
    print(client.sendfile(file))
print(client.sendfile(io.BytesIO(b"six\n")))
client.shutdown(socket.SHUT_WR)
print(client.makefile("rb").read())
print(client.recv(10), client.recv(10))
thread.join()
duplicate = client.dup()
print(duplicate.fileno(), client.detach() == client.fileno(), client)
os.close(duplicate.detach())
