import socket

for word in ("hello", "again"):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        sock.connect(("localhost", 9999))
        sock.sendall(bytes(word + "\n", "utf-8"))
        print("Received:", str(sock.recv(1024), "utf-8"))
