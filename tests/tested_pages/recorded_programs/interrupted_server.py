"""Ctrl-C while a server of the standard library waits for work."""

import socketserver

with socketserver.TCPServer(("127.0.0.1", 0), socketserver.StreamRequestHandler) as server:
    print("waiting", flush=True)
    server.serve_forever(1000)
