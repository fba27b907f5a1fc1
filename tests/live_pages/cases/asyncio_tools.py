import asyncio
import threading


async def worker(n):
    await asyncio.sleep(0.01 * n)
    if n == 2:
        raise ValueError("two")
    return n


async def main():
    print(await asyncio.gather(worker(0), worker(1)))
    print(await asyncio.gather(worker(0), worker(2), return_exceptions=True))
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(worker(2))
            group.create_task(worker(50))
    except* ValueError as group:
        print(group.exceptions)
    try:
        async with asyncio.timeout(0.02):
            await asyncio.sleep(5)
    except TimeoutError as problem:
        print(repr(problem))
    try:
        await asyncio.wait_for(worker(100), 0.01)
    except TimeoutError:
        print("wait_for")
    meeting = threading.Barrier(4)
    print(sorted(await asyncio.gather(*(asyncio.to_thread(meeting.wait, 60) for _ in range(4)))))
    q = asyncio.Queue(1)
    task = asyncio.create_task(q.get())
    await q.put("item")
    print(await task)
    loop = asyncio.get_running_loop()
    print(type(loop).__name__, await loop.run_in_executor(None, sum, [1, 2]))
    print((await loop.getaddrinfo("127.0.0.1", 80, type=1))[0][4])
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print(task.cancelled())
    lock = asyncio.Lock()
    async with lock:
        print(lock.locked())


asyncio.run(main())
with asyncio.Runner() as runner:
    print(runner.run(worker(1)))
