import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.1", 50008))
for _ in range(3):
    data, addr = s.recvfrom(8)
    print("got", data, addr[0])
    s.sendto(data[::-1], addr)
s.settimeout(0.2)
try:
    s.recvfrom(10)
except TimeoutError as e:
    print("timeout", e, type(e).__name__)
