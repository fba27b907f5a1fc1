import asyncio


async def handle(reader, writer):
    data = await reader.readuntil(b"\n")
    addr = writer.get_extra_info("peername")
    print("Received", data, "from", addr[0])
    await asyncio.sleep(0.05)
    writer.write(data.upper())
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    global n
    n += 1
    if n == 3:
        stop.set()


n = 0


async def main():
    global stop
    stop = asyncio.Event()
    server = await asyncio.start_server(handle, "127.0.0.1", 8888, reuse_address=True)
    print("Serving on", server.sockets[0].getsockname())
    async with server:
        await server.start_serving()
        await stop.wait()


asyncio.run(main())
print("done")
