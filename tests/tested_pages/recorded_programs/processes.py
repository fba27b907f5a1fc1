"""Processes that are forked, started, and left without ceremony."""

import multiprocessing
import os
import socket
import subprocess
import sys

CHILD = (
    "import socket, os; print(sorted(os.environ) == [], socket.socket()); socket.socket().recv(1)"
)


def ask(address):
    with socket.create_connection(address) as client:
        client.sendall(b"from a child")
        print(client.recv(20), flush=True)
    raise RuntimeError("a child's own failure")


if __name__ == "__main__":
    server = socket.create_server(("127.0.0.1", 0))
    child = multiprocessing.get_context("fork").Process(
        target=ask, args=(server.getsockname(),), name="child"
    )
    child.start()
    connection, _ = server.accept()
    print(connection.recv(20), connection, flush=True)
    connection.sendall(b"from the parent")
    child.join()
    print(child.exitcode, connection.recv(1), flush=True)
    pid = os.fork()
    if not pid:
        connection.close()
        print(socket.socket(), flush=True)
        os._exit(7)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    for environment in (None, dict(os.environ)):
        child = subprocess.run(
            [sys.executable, "-c", CHILD],
            check=False,
            env=environment,
            capture_output=True,
            text=True,
        )
        print(child.returncode, child.stdout, child.stderr, flush=True)
    first, second = socket.socketpair()
    if os.fork():
        second.close()
        print(first.recv(10), first.recv(10), os.wait()[1], flush=True)
        sys.exit(3)
    first.close()
    second.send(b"pair")
