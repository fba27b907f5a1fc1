import asyncio


class P(asyncio.DatagramProtocol):
    def connection_made(self, t):
        t.sendto(b"ping")

    def datagram_received(self, d, a):
        print("reply", d)
        done.set_result(None)


async def main():
    global done
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    t, p = await loop.create_datagram_endpoint(P, remote_addr=("127.0.0.1", 9990))
    await done
    t.close()


asyncio.run(main())
