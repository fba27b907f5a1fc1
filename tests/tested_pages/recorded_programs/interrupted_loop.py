"""Ctrl-C while an event loop waits for connections."""

import asyncio


async def main():
    server = await asyncio.start_server(print, "127.0.0.1", 0)
    async with server:
        print("waiting", flush=True)
        await server.serve_forever()


asyncio.run(main())
