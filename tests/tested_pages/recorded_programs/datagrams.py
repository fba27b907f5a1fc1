"""Datagrams there and back, received in every way, and what sockets look like meanwhile."""

import socket

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
client = socket.socket(type=socket.SOCK_DGRAM)
print(server, client)
for number in range(3):
    print(client.sendto(b"x" * number, server.getsockname()))
print(server.recvfrom(2)[0])
buffer = bytearray(10)
print(server.recvfrom_into(buffer)[0], buffer)
print(server.recvmsg(10)[0])
print(client.sendmsg([b"one", b"two"], [], 0, server.getsockname()))
print(client.sendto(b"three", 0, server.getsockname()))
print(server.recvmsg_into([buffer, memoryview(bytearray(2))])[0], buffer)
print(server.recv(2, socket.MSG_PEEK), server.recv_into(buffer, 3), buffer)
client.connect(server.getsockname())
print(client.send(b"connected"), server.recv(100))
print(type(client), type(client).__mro__[:2], isinstance(client, socket.SocketType))
print(client, client.fileno(), client.family, client.type)
print(socket.socket.recv.__name__, socket.socket.recv.__qualname__, socket.socket.recv.__doc__)
client.close()
print(client, server)
