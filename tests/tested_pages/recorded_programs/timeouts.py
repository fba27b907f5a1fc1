"""Calls that wait too long, or that are not to wait at all."""

import selectors
import socket
import traceback

server = socket.create_server(("127.0.0.1", 0))
server.settimeout(0.01)
datagrams = socket.socket(type=socket.SOCK_DGRAM)
datagrams.bind(("127.0.0.1", 0))
datagrams.settimeout(0.01)
waiting = socket.socket(type=socket.SOCK_DGRAM)
waiting.bind(("127.0.0.1", 0))
waiting.setblocking(False)
for call in (server.accept, lambda: datagrams.recvfrom(9), lambda: waiting.recv(9)):
    try:
        call()
    except OSError:
        traceback.print_exc()

client = socket.socket()
client.setblocking(False)
try:
    client.connect(server.getsockname())
except BlockingIOError as error:
    print(error)
with selectors.DefaultSelector() as selector:
    selector.register(client, selectors.EVENT_WRITE)
    selector.register(server, selectors.EVENT_READ)
    print(len(selector.select()) > 0)
connection, _ = server.accept()
print(connection.gettimeout(), client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
closed = socket.socket()
closed.bind(("127.0.0.1", 0))
client = socket.socket()
client.setblocking(False)
print(client.connect_ex(closed.getsockname()) in (0, 111, 115))
with selectors.DefaultSelector() as selector:
    selector.register(client, selectors.EVENT_WRITE)
    selector.select()
print(client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
socket.setdefaulttimeout(0.01)
listening = socket.create_server(("127.0.0.1", 0))
listening.accept()
