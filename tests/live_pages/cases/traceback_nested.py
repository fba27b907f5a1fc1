import socket


def connect(port):
    try:
        socket.create_connection(("127.0.0.1", port))
    except ConnectionRefusedError as problem:
        raise RuntimeError("no server") from problem


try:
    connect(1)
except RuntimeError as problem:
    print(repr(problem.__cause__), problem)
import traceback

try:
    {}["key"]
except KeyError:
    print(traceback.format_exc().splitlines()[-1])
