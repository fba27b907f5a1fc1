import socketserver


class H(socketserver.DatagramRequestHandler):
    def handle(self):
        line = self.rfile.readline()
        print("got", line)
        self.wfile.write(line.upper())


with socketserver.UDPServer(("localhost", 9998), H) as server:
    for _ in range(2):
        server.handle_request()
