import socket

print(socket.CMSG_LEN(4), socket.CMSG_SPACE(4), socket.CMSG_SPACE(8))
left, right = socket.socketpair()
listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()
print(socket.send_fds(left, [b"one", b"two"], [listener.fileno()]))
left.sendall(b"later")
listener.close()
data, descriptors, flags, peer = socket.recv_fds(right, 6, 3)
print(data, len(descriptors), flags, peer)
print(socket.recv_fds(right, 100, 3))
again = socket.socket(fileno=descriptors[0])
print(again.family.name, again.type.name, again.getsockname() == address)
with socket.create_connection(address) as client:
    sock, _ = again.accept()
    sock.sendall(b"hello")
    print(client.recv(10))
    sock.close()
again.close()
try:
    socket.create_connection(address)
except OSError as error:
    print(error)
