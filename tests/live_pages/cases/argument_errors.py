import socket


def told(call, *arguments):
    try:
        print(call.__name__, call(*arguments))
    except Exception as problem:
        print(call.__name__, type(problem).__name__, problem)


one, other = socket.socketpair()
for ancillary in (
    [object()],
    [(object(), 0, b"x")],
    [(0, 0, object())],
    [(0, 0)],
    [(0, 0, b"", 4)],
    5,
    [(2**40, 0, b"")],
):
    told(one.sendmsg, [b"x"], ancillary)
told(one.recvmsg, 1, -1)
for buffers in ([b"cannot be written"], [5], [bytearray(2), object()]):
    told(one.recvmsg_into, buffers)
for number in (2**40, -(2**40), 2**70):
    told(one.listen, number)
    told(one.shutdown, number)
for length in (-1, 0, 1, 8, 2**31 - 17, 2**31 - 16, 2**31 - 25, 2**31 - 24):
    told(socket.CMSG_LEN, length)
    told(socket.CMSG_SPACE, length)
numeric = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
for host, scope in (("ff02::1", 1), ("ff02::1", 42), ("fe80::1", 1), ("2001:db8::1", 1)):
    told(socket.getnameinfo, (host, 80, 0, scope), numeric)
told(socket.getnameinfo, ("::1", 80, 2**20, 0), numeric)
for host in ("ff02::1%lo", "fe80::1%7", "ff02::1%nothing"):
    told(socket.getaddrinfo, host, 80, socket.AF_INET6, socket.SOCK_STREAM)
told(socket.getaddrinfo, "localhost", "\ud800")
told(socket.if_indextoname, 5000)
