import socket

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", 50007))
    s.listen(1)
    conn, addr = s.accept()
    with conn:
        print("Connected by", addr[0])
        while True:
            data = conn.recv(1024)
            if not data:
                break
            conn.sendall(data)
print("closed")
