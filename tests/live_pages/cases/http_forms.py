import http.client
import http.server
import threading
import urllib.error
import urllib.request


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/missing":
            self.send_error(404)
            return
        body = f"{self.command} {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.end_headers()
        self.wfile.write(data.upper())

    def log_message(self, *arguments):
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever).start()
    url = f"http://127.0.0.1:{server.server_address[1]}"
    with urllib.request.urlopen(url + "/page?x=1") as answer:
        print(answer.status, answer.headers["Content-Type"], answer.read())
    with urllib.request.urlopen(url + "/", data=b"posted") as answer:
        print(answer.status, answer.read())
    try:
        urllib.request.urlopen(url + "/missing")
    except urllib.error.HTTPError as problem:
        print(problem.code, problem.reason)
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.request("GET", "/direct")
    answer = connection.getresponse()
    print(answer.status, answer.read(), answer.getheader("Content-Length"))
    connection.close()
    server.shutdown()
try:
    urllib.request.urlopen("http://127.0.0.1:1/")
except urllib.error.URLError as problem:
    print(problem)
