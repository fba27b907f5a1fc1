"""Take part in a chat: show what comes while you type.

Start `chat_server.py` first, then `python chat_client.py` in a second terminal. `/quit` or Ctrl-D
ends it.
"""

import argparse
import asyncio
import sys
import threading
from contextlib import suppress

from visible import visible


def read_keyboard(loop: asyncio.AbstractEventLoop, typed: "asyncio.Queue[str]") -> None:
    """Put each line that is typed into the queue, and at the end of input an empty string.

    A thread does this, for a terminal cannot be waited for on every system's event loop. It opens
    the keyboard anew, as the program may end while it waits, and shall not wait for `sys.stdin`.
    """
    with (
        suppress(RuntimeError),  # the loop has ended
        open(
            sys.stdin.fileno(), encoding=sys.stdin.encoding, errors="replace", closefd=False
        ) as lines,
    ):
        for line in lines:
            loop.call_soon_threadsafe(typed.put_nowait, line.rstrip("\n") + "\n")
        loop.call_soon_threadsafe(typed.put_nowait, "")


async def send(typed: "asyncio.Queue[str]", writer: asyncio.StreamWriter) -> None:
    """Send what is typed, up to the end of input."""
    while line := await typed.get():
        writer.write(line.encode(errors="replace"))
        await writer.drain()
    writer.write_eof()


async def show(reader: asyncio.StreamReader) -> None:
    """Print what comes, up to the end of the stream."""
    while line := await reader.readline():
        print(visible(line), flush=True)


async def take_part(host: str, port: int) -> None:
    """Send and show until the server closes the connection.

    Raises:
        OSError: Nobody listens there, or the connection is lost.
    """
    reader, writer = await asyncio.open_connection(host, port)
    typed: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    threading.Thread(target=read_keyboard, args=(loop, typed), daemon=True).start()
    sending = asyncio.create_task(send(typed, writer))
    try:
        await show(reader)
    finally:
        sending.cancel()
        writer.close()


def main() -> int:
    """Read the arguments, and take part; returns the exit status."""
    parser = argparse.ArgumentParser(description="Take part in a chat.")
    parser.add_argument("--host", default="127.0.0.1", help="of the server (%(default)s)")
    parser.add_argument("--port", type=int, default=9999, help="of the server (%(default)s)")
    arguments = parser.parse_args()
    try:
        asyncio.run(take_part(arguments.host, arguments.port))
    except KeyboardInterrupt:
        print()
        return 130
    except OSError as error:
        print(f"The connection is lost: {error}", file=sys.stderr)
        return 1
    print("The conversation has ended")
    return 0


if __name__ == "__main__":
    sys.exit(main())
