import asyncio


async def echo(reader, writer):
    async for line in reader:
        writer.write(line.upper())
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        answers = await asyncio.gather(*(client(port, n) for n in range(20)))
    print(answers)
    unix = await asyncio.start_unix_server(echo, "asyncio.sock")
    async with unix:
        r, w = await asyncio.open_unix_connection("asyncio.sock")
        w.write(b"unix\n")
        print(await r.readline())
        w.close()
        await w.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", 1)
    except OSError as problem:
        print(type(problem).__name__, problem.errno)


async def client(port, n):
    r, w = await asyncio.open_connection("127.0.0.1", port)
    w.write(f"hello {n}\n".encode())
    answer = await r.readline()
    w.write_eof()
    end = await r.read()
    w.close()
    await w.wait_closed()
    return answer, end


asyncio.run(main())
