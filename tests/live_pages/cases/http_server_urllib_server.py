from http.server import HTTPServer, BaseHTTPRequestHandler


class H(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"you asked for {self.path}".encode()
        self.send_response(200 if self.path != "/nope" else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        n = int(self.headers["Content-Length"])
        d = self.rfile.read(n)
        self.send_response(201)
        self.end_headers()
        self.wfile.write(d.upper())

    def log_message(self, fmt, *a):
        print("log:", fmt % a)


s = HTTPServer(("127.0.0.1", 8000), H)
for _ in range(3):
    s.handle_request()
s.server_close()
