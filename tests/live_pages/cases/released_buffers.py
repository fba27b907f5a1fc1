"""A buffer can be resized after a call, whichever way that ended."""

import socket


def outcome(call, *arguments):
    try:
        return call(*arguments)
    except OSError as problem:
        buffer.clear()
        return type(problem).__name__


buffer = bytearray(b"hello")
a, b = socket.socketpair()
a.settimeout(0.01)
for call in (a.recv_into, a.recvfrom_into):
    print(outcome(call, buffer), buffer)
    buffer.extend(b"hello")
print(outcome(lambda: a.recvmsg_into([buffer])), buffer)
buffer.extend(b"hello")
b.close()
for call in (a.send, a.sendall, lambda data: a.sendmsg([data])):
    print(outcome(call, buffer), buffer)
    buffer.extend(b"hello")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    buffer.extend(bytes(70_000))
    print(outcome(sock.sendto, buffer, ("127.0.0.1", 9)), buffer)
    buffer.extend(b"hello")
    print(sock.sendto(buffer, ("127.0.0.1", 9)))
    buffer.clear()
listener = socket.create_server(("127.0.0.1", 0))
near = socket.create_connection(listener.getsockname())
far, _ = listener.accept()
buffer.extend(b"hello")
for call in (near.send, near.sendall):
    print(call(buffer))
    buffer.extend(b"!")
print(far.recv(100))
