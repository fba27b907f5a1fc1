"""A signal handler that raises while a call waits."""

import signal
import socket
import sys
import traceback

server = socket.create_server(("127.0.0.1", 0))


def interrupted(number, frame):
    raise LookupError("nobody came")


signal.signal(signal.SIGINT, interrupted)


def wait():
    print("waiting", flush=True)
    return server.accept()


try:
    wait()
except LookupError:
    traceback.print_exc(file=sys.stdout)
wait()
