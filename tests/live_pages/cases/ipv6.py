import socket
import threading

s = socket.create_server(("::1", 0), family=socket.AF_INET6)
print(len(s.getsockname()), s.getsockname()[0], s.getsockname()[2:])


def serve():
    c, address = s.accept()
    print("from", address[0], len(address))
    with c:
        c.sendall(b"six")


t = threading.Thread(target=serve)
t.start()
with socket.create_connection(s.getsockname()[:2]) as c:
    print(c.recv(10), c.family.name)
t.join()
d = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
d.bind(("::1", 0))
d.sendto(b"self", d.getsockname())
data, address = d.recvfrom(100)
print(data, address == d.getsockname())
for action in (
    lambda: d.sendto(b"x", ("::1",)),
    lambda: d.sendto(b"x", ("127.0.0.1", 9)),
    lambda: d.sendto(b"x", "::1"),
    lambda: socket.create_connection(("::1", 1)),
    lambda: socket.socket(socket.AF_INET).connect(("::1", 1)),
):
    try:
        print(action())
    except Exception as problem:
        print(type(problem).__name__, problem)
print(socket.has_ipv6, socket.has_dualstack_ipv6())
both = socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True)
c = socket.create_connection(("127.0.0.1", both.getsockname()[1]))
p, address = both.accept()
print(address[0], p.getsockname()[0])
