"""Event loops: a conversation, a refused connection, and failures in a group of tasks."""

import asyncio
import socket


async def serve(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self):
        self.received = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.received.set_result(data)


async def talk(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    print(type(writer.get_extra_info("socket")), writer.get_extra_info("socket"))
    writer.writelines([b"one\n", b"two\n"])
    print(await reader.readline(), await reader.readline())
    writer.close()
    await writer.wait_closed()


async def main():
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        await asyncio.gather(talk(port), talk(port))
    _, there = await loop.create_datagram_endpoint(Datagrams, ("127.0.0.1", 0))
    address = there.transport.get_extra_info("sockname")
    transport, _ = await loop.create_datagram_endpoint(Datagrams, remote_addr=address)
    transport.sendto(b"a datagram")
    print(await there.received)
    transport.close()
    there.transport.close()
    print(await asyncio.to_thread(socket.gethostbyname, "127.0.0.1"))
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    async with asyncio.TaskGroup() as group:
        group.create_task(talk(closed.getsockname()[1]))


asyncio.run(main())
