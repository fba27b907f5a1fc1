import asyncio


async def one(i):
    r, w = await asyncio.open_connection("127.0.0.1", 8888)
    w.write(f"msg {i}\n".encode())
    d = await r.read(100)
    w.close()
    await w.wait_closed()
    return d


async def main():
    async with asyncio.TaskGroup() as tg:
        ts = [tg.create_task(one(i)) for i in range(3)]
    print([t.result() for t in ts])
    try:
        async with asyncio.timeout(0.1):
            await asyncio.sleep(5)
    except TimeoutError:
        print("timeout")
    try:
        await asyncio.open_connection("127.0.0.1", 8889)
    except OSError as e:
        print(type(e).__name__, e.errno)
    print(await asyncio.to_thread(lambda: 6 * 7))


asyncio.run(main())
