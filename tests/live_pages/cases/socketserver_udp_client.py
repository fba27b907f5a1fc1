import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for w in (b"a\n", b"bc\n"):
    s.sendto(w, ("localhost", 9998))
    print(s.recv(100))
