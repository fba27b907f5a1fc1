import asyncio


class P(asyncio.DatagramProtocol):
    def connection_made(self, t):
        self.t = t

    def datagram_received(self, d, a):
        print("got", d)
        self.t.sendto(d[::-1], a)
        done.set()


async def main():
    global done
    done = asyncio.Event()
    t, p = await asyncio.get_running_loop().create_datagram_endpoint(
        P, local_addr=("127.0.0.1", 9990)
    )
    await done.wait()
    await asyncio.sleep(0.05)
    t.close()


asyncio.run(main())
