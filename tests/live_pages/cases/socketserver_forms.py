import socket
import socketserver
import threading


class Lines(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Datagrams(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        sock.sendto(data[::-1], self.client_address)


for kind in (socketserver.TCPServer, socketserver.ThreadingTCPServer):
    with kind(("127.0.0.1", 0), Lines) as server:
        t = threading.Thread(target=server.serve_forever)
        t.start()
        with socket.create_connection(server.server_address) as c:
            c.sendall(b"one\ntwo\n")
            c.shutdown(socket.SHUT_WR)
            print(kind.__name__, c.makefile().read().split())
        server.shutdown()
        t.join()
for kind in (socketserver.UDPServer, socketserver.ThreadingUDPServer):
    with kind(("127.0.0.1", 0), Datagrams) as server:
        t = threading.Thread(target=server.serve_forever)
        t.start()
        with socket.socket(type=socket.SOCK_DGRAM) as c:
            c.sendto(b"abc", server.server_address)
            print(kind.__name__, c.recv(10))
        server.shutdown()
        t.join()
with socketserver.UnixStreamServer("server.sock", Lines) as server:
    t = threading.Thread(target=server.handle_request)
    t.start()
    with socket.socket(socket.AF_UNIX) as c:
        c.connect("server.sock")
        c.sendall(b"unix\n")
        c.shutdown(socket.SHUT_WR)
        print(c.recv(10))
    t.join()
with socketserver.TCPServer(("127.0.0.1", 0), Lines) as server:
    server.timeout = 0.01
    server.handle_timeout = lambda: print("timeout")
    server.handle_request()
    try:
        socketserver.TCPServer(server.server_address, Lines)
    except OSError as problem:
        print(problem)
