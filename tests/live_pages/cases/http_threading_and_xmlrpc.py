import threading, http.server, urllib.request, xmlrpc.server, xmlrpc.client, http.client


class H(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        b = b"hi"
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b)

    def log_message(self, *a):
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), H) as s:
    threading.Thread(target=s.serve_forever, daemon=True).start()
    c = http.client.HTTPConnection("127.0.0.1", s.server_address[1])
    for i in range(2):
        c.request("GET", "/")
        r = c.getresponse()
        print(r.status, r.read(), r.version)
    c.close()
    s.shutdown()
with xmlrpc.server.SimpleXMLRPCServer(("127.0.0.1", 0), logRequests=False) as x:
    x.register_function(pow)
    threading.Thread(target=x.serve_forever, daemon=True).start()
    with xmlrpc.client.ServerProxy("http://127.0.0.1:%d" % x.server_address[1]) as p:
        print(p.pow(2, 10))
    x.shutdown()
print("ok")
