# presses: ^C
import asyncio
import signal


async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, stop.set)
    print("ready")
    await stop.wait()
    print("stopped")


asyncio.run(main())
