"""Be a hundred clients at once, and count those that got the right answer.

Start `upper_server.py` first, then `python many_clients.py` in a second
terminal.
"""

import asyncio

HOST = "127.0.0.1"
PORT = 9999


async def ask(number: int) -> bool:
    """Send one line over a connection of its own; returns whether the answer is right."""
    reader, writer = await asyncio.open_connection(HOST, PORT)
    try:
        writer.write(f"client {number}\n".encode())
        await writer.drain()
        answer = await reader.readline()
        return answer == f"CLIENT {number}\n".encode()
    finally:
        writer.close()
        await writer.wait_closed()


async def main() -> None:
    """Ask a hundred times at once."""
    async with asyncio.timeout(60), asyncio.TaskGroup() as group:
        tasks = [group.create_task(ask(number)) for number in range(100)]
    right = sum(task.result() for task in tasks)
    print(f"{right} of {len(tasks)} answers are right")


if __name__ == "__main__":
    asyncio.run(main())
