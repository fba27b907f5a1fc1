"""The errors that socket calls raise, each in its traceback, and the one that nobody caught."""

import logging
import socket
import sys
import traceback

logging.basicConfig(format="%(levelname)s %(message)s")
logging.raiseExceptions = True


def report(call, *arguments, **keywords):
    try:
        call(*arguments, **keywords)
    except Exception:
        traceback.print_exc(file=sys.stdout)


closed_port = socket.socket()
closed_port.bind(("127.0.0.1", 0))
address = closed_port.getsockname()

with socket.socket() as client:
    report(client.connect, address)
    print(client.connect_ex(address))
    report(client.send, b"not connected")
    report(client.sendall, b"not connected")
    report(client.recv, 10)
    report(client.shutdown, socket.SHUT_RDWR)
    report(client.accept)
    report(client.connect, "an address of another family")
    report(client.connect, ("127.0.0.1", 99999))
    report(client.bind, ("192.0.2.1", 0))
    report(client.bind, address)
report(client.recv, 10)
report(client.close)

with socket.socket() as client:
    for wrong in (
        client.bind, client.connect, client.connect_ex, client.send, client.sendall, client.sendto,
        client.recv, client.recvfrom, client.recv_into, client.recvfrom_into, client.recvmsg,
        client.sendmsg, client.shutdown, client.detach, client.getsockopt,
    ):  # fmt: skip
        report(wrong, *([1, 2, 3, 4, 5, 6] if wrong == client.detach else []))
        report(wrong, None, None, None, None, None, None)
        report(wrong, nonsense=1)
    report(client.listen, "many")
    report(client.accept, 1)
    report(client.close, 1)
    report(client.send, "text")
    report(client.recv, -1)
report(socket.socket, 999)
report(socket.socket, "AF_INET")
report(socket.socket, nonsense=1)
report(socket.socket, fileno=987)
report(socket.create_connection, address)

try:
    socket.create_connection(address)
except OSError:
    logging.exception("could not connect")

try:
    try:
        socket.socket().connect(address)
    except ConnectionRefusedError as error:
        raise RuntimeError("no server") from error
except RuntimeError:
    traceback.print_exc()

try:
    try:
        socket.socket().connect(address)
    except ConnectionRefusedError:
        socket.socket().recv(1)
except OSError as error:
    traceback.print_exc()
    print(repr(error.__context__), error.__cause__, len(traceback.extract_tb(error.__traceback__)))


def ask(address):
    client = socket.socket()
    client.connect(
        address,
    )


ask(address)
