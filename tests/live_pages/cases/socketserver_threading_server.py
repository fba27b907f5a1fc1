import socketserver, threading, time


class H(socketserver.StreamRequestHandler):
    def handle(self):
        name = self.rfile.readline().strip().decode()
        active.append(name)
        print("start", name, "active", len(active), flush=True)
        self.rfile.readline()
        active.remove(name)
        self.wfile.write(
            f"bye {name} from {threading.current_thread() is not threading.main_thread()}\n".encode()
        )


active = []


class S(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


with S(("127.0.0.1", 9997), H) as server:
    t = threading.Thread(target=server.serve_forever, daemon=True)
    t.start()
    print("main continues", threading.active_count())
    while len(active) < 2:
        time.sleep(0.02)
    while active:
        time.sleep(0.02)
    time.sleep(0.1)
    server.shutdown()
    t.join()
    print("shut down", t.is_alive())
