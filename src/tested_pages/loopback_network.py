"""A network of one's own with nothing in it but the loopback interface (Linux namespaces).

A page that runs in one may listen on any port, whatever else listens on this machine, and can
reach nothing outside. Source: user_namespaces(7), network_namespaces(7), netdevice(7).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1
IFF_RUNNING = 0x40
LINUX_CAPABILITY_VERSION_3 = 0x20080522
PERMITTED = b"permitted"

# Programs run as an ordinary user, so that ports below 1024 and raw sockets are refused
# to them on every machine alike, also where the build itself runs as root.
ORDINARY_USER = 1000


def enter_own_network() -> None:
    """Moves this process, which must have one thread only, into a network of its own.

    Raises:
        OSError: The system does not have it or does not permit it. The process is then as before,
            or, if the refusal came late, fit for nothing but to end.
    """
    if sys.platform != "linux":
        raise OSError("only Linux has network namespaces")
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"unshare: {os.strerror(number)}")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{ORDINARY_USER} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{ORDINARY_USER} {group} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as interfaces:
        request = struct.pack("16sh14x", b"lo", IFF_UP | IFF_RUNNING)
        fcntl.ioctl(interfaces, SIOCSIFFLAGS, request)
    _drop_capabilities(libc)


def own_network_refusal() -> str:
    """Why this machine permits no network of one's own; empty if it does. Costs one fork."""
    if sys.platform != "linux":
        return "only Linux has network namespaces"
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            os.close(reading)
            try:
                enter_own_network()
                os.write(writing, PERMITTED)
            except Exception as error:
                os.write(writing, f"{error}".encode() or b"no reason given")
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if answer == PERMITTED:
        return ""
    code = os.waitstatus_to_exitcode(status)
    return answer.decode() or f"a process that tried ended with status {code}"


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    header = struct.pack("Ii", LINUX_CAPABILITY_VERSION_3, 0)
    none = struct.pack("6I", *[0] * 6)
    if libc.capset(header, none) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"capset: {os.strerror(number)}")
