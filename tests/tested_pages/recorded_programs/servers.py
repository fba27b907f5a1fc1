"""The servers of the standard library: one whose handler fails, and one for the web."""

import http.server
import socket
import socketserver
import threading
import urllib.error
import urllib.request


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        print(self.request.recv(100))
        self.request.settimeout(0.01)
        self.request.recv(100)


class Web(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"hello")
        else:
            self.send_error(404)

    def log_date_time_string(self):
        return "now"


def run(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    return thread


with socketserver.TCPServer(("127.0.0.1", 0), Handler) as server:
    server.handle_error = lambda request, address: socketserver.BaseServer.handle_error(
        server, request, "somebody"
    )
    thread = run(server)
    with socket.create_connection(server.server_address) as client:
        client.sendall(b"hello")
        print(client.recv(10))
    server.shutdown()
    thread.join()

with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web) as server:
    thread = run(server)
    host = "http://{}:{}".format(*server.server_address)
    with urllib.request.urlopen(host + "/") as answer:
        print(answer.status, answer.read())
    try:
        urllib.request.urlopen(host + "/missing")
    except urllib.error.HTTPError as error:
        print(error, len(error.read()))
    server.shutdown()
    thread.join()

urllib.request.urlopen(host)
