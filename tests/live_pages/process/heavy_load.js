// @ts-check
/** Programs that keep many threads or connections busy at once. */

/** Prints "40 True" if all went well, and the threads of the server have ended. */
export const THREADS = `
import socket, socketserver, threading
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(line)
class Server(socketserver.ThreadingTCPServer):
    request_queue_size = 100
with Server(("127.0.0.1", 0), Echo) as server:
    threading.Thread(target=server.serve_forever).start()
    done = []
    def client(n):
        with socket.create_connection(server.server_address) as s, s.makefile("rw") as f:
            for i in range(20):
                f.write(f"{n} {i}\\n")
                f.flush()
                assert f.readline() == f"{n} {i}\\n"
        done.append(n)
    threads = [threading.Thread(target=client, args=(n,)) for n in range(40)]
    for t in threads: t.start()
    for t in threads: t.join()
    server.shutdown()
print(len(done), threading.active_count() <= 41)
`;

/** Prints "all" if all went well. */
export const CONNECTIONS = `
import asyncio
async def echo(reader, writer):
    async for line in reader:
        writer.write(line)
        await writer.drain()
    writer.close()
async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for n in range(10):
        writer.write(b"line %d\\n" % n)
        assert await reader.readline() == b"line %d\\n" % n
    writer.close()
    await writer.wait_closed()
async def main():
    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(*(client(port) for _ in range(100)))
    print("all")
asyncio.run(main())
`;
