# presses: ^C
import socketserver


class MyTCPHandler(socketserver.BaseRequestHandler):
    def handle(self):
        self.data = self.request.recv(1024).strip()
        print(f"Received from {self.client_address[0]}:", self.data.decode())
        self.request.sendall(self.data.upper())


socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(("localhost", 9999), MyTCPHandler) as server:
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("stopped by Ctrl-C")
