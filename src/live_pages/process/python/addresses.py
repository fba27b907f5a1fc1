"""Names and addresses: what the resolver of a machine without a network would answer."""

from __future__ import annotations

import _socket as original
import os
from operator import index
from typing import TYPE_CHECKING, Any

from pyodide.ffi import JsProxy

from . import errors, waiting

if TYPE_CHECKING:
    from ipaddress import IPv6Address

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST, AI_NUMERICSERV = 1, 2, 4, 0x400
NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM = 1, 2, 8, 16

# What sun_path has room for; a path ends in a zero byte there.
UNIX_PATH_ROOM = 108

HOST_NAME = "localhost"

# The one interface, and the greatest number that C has for one.
LOOPBACK_INDEX, LARGEST_INDEX = 1, 2**32 - 1

LARGEST_FLOW = 2**20 - 1

FAMILY_NAMES = {AF_INET: "AF_INET", AF_INET6: "AF_INET6", AF_UNIX: "AF_UNIX"}

PROTOCOL_NAMES = {6: "tcp", 17: "udp"}

# Ports of services that tutorials name, and the protocols that have them in /etc/services.
SERVICES = {
    "echo": (7, ("tcp", "udp")),
    "discard": (9, ("tcp", "udp")),
    "daytime": (13, ("tcp", "udp")),
    "chargen": (19, ("tcp", "udp")),
    "ftp-data": (20, ("tcp",)),
    "ftp": (21, ("tcp",)),
    "ssh": (22, ("tcp",)),
    "telnet": (23, ("tcp",)),
    "smtp": (25, ("tcp",)),
    "time": (37, ("tcp", "udp")),
    "domain": (53, ("tcp", "udp")),
    "tftp": (69, ("udp",)),
    "http": (80, ("tcp",)),
    "pop3": (110, ("tcp",)),
    "ntp": (123, ("udp",)),
    "imap2": (143, ("tcp",)),
    "imap": (143, ("tcp",)),
    "snmp": (161, ("tcp", "udp")),
    "https": (443, ("tcp", "udp")),
    "submission": (587, ("tcp",)),
    "imaps": (993, ("tcp",)),
    "pop3s": (995, ("tcp",)),
    "postgresql": (5432, ("tcp",)),
}

RESOLVER_TEXTS = {
    original.EAI_NONAME: "Name or service not known",
    original.EAI_SERVICE: "Servname not supported for ai_socktype",
    original.EAI_FAMILY: "ai_family not supported",
    original.EAI_SOCKTYPE: "ai_socktype not supported",
    original.EAI_ADDRFAMILY: "Address family for hostname not supported",
    original.EAI_BADFLAGS: "Bad value for ai_flags",
}


def resolver_error(number: int) -> OSError:
    """The gaierror with the text that Linux gives the number."""
    return original.gaierror(number, RESOLVER_TEXTS[number])


def _ipv6(address: str | bytes) -> IPv6Address:
    # Few programs have such an address, and each would wait for the import.
    from ipaddress import IPv6Address

    return IPv6Address(address)


def inet_pton(address_family: int, ip_string: str, /) -> bytes:
    """Convert an IP address from string format to a packed string."""
    if address_family == AF_INET6:
        try:
            return _ipv6(ip_string).packed
        except ValueError:
            raise OSError("illegal IP address string passed to inet_pton") from None
    return original.inet_pton(address_family, ip_string)


def inet_ntop(address_family: int, packed_ip: bytes, /) -> str:
    """Convert a packed IP address of the given family to string format."""
    if address_family == AF_INET6:
        if len(packed_ip) != 16:
            raise ValueError("invalid length of packed IP address string")
        return str(_ipv6(bytes(packed_ip)))
    return original.inet_ntop(address_family, packed_ip)


def numeric(host: str) -> tuple[int, str] | None:
    """Family and normal form of an address written in numbers, else None."""
    plain, _, scope = host.partition("%")
    if ":" in host:
        try:
            packed = inet_pton(AF_INET6, plain)
        except OSError:
            return None
        return AF_INET6, inet_ntop(AF_INET6, packed) + (scope and f"%{scope}")
    try:
        return AF_INET, original.inet_ntoa(original.inet_aton(host))
    except OSError:
        return None


def resolve(host: str | bytes | bytearray, family: int) -> str:
    """The address in numbers of a host that a socket of this family is to use.

    Raises:
        OSError: a gaierror, if there is no such name, or not in this family.
    """
    text = host.decode("idna") if isinstance(host, bytes | bytearray) else host
    if text == "":
        return "0.0.0.0" if family == AF_INET else "::"
    if text == "<broadcast>" and family == AF_INET:
        return "255.255.255.255"
    found = numeric(text)
    if found is not None:
        if found[0] != family:
            raise resolver_error(original.EAI_ADDRFAMILY)
        return found[1]
    if text.lower() in ("localhost", HOST_NAME):
        return "127.0.0.1" if family == AF_INET else "::1"
    raise resolver_error(original.EAI_NONAME)


def for_kernel(caller: str, family: int, address: Any) -> Any:
    """An address that a program gave to a call, as the kernel takes it.

    Raises:
        TypeError: It is none of this family.
        OverflowError: The port is not in 0..65535.
        OSError: The host cannot be found, or the path is too long.
    """
    if family == AF_UNIX:
        return _unix_path(address)
    name = FAMILY_NAMES[family]
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): {name} address must be tuple, not {type(address).__name__}")
    if family == AF_INET and len(address) != 2:
        raise TypeError("AF_INET address must be a pair (host, port)")
    if family == AF_INET6 and not 2 <= len(address) <= 4:
        raise TypeError("AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
    host, port = address[0], index(address[1])
    if not isinstance(host, str | bytes | bytearray):
        raise TypeError(f"str, bytes or bytearray expected, not {type(host).__name__}")
    number = resolve(host, family)
    if not 0 <= port <= 65535:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    if family == AF_INET:
        return waiting.for_javascript([number, port])
    flow, scope = (*(index(part) for part in address[2:]), 0, 0)[:2]
    if not 0 <= flow <= LARGEST_FLOW:
        raise OverflowError(f"{caller}(): flowinfo must be 0-1048575.")
    return waiting.for_javascript([number, port, flow, scope])


def _unix_path(address: Any) -> Any:
    if isinstance(address, str):
        path = os.fsencode(address)
    else:
        try:
            path = bytes(memoryview(address))
        except TypeError:
            name = type(address).__name__
            raise TypeError(f"a bytes-like object is required, not '{name}'") from None
    if len(path) > UNIX_PATH_ROOM - (not path.startswith(b"\0")):
        raise OSError("AF_UNIX path too long")
    return waiting.for_javascript(path) if path.startswith(b"\0") else os.fsdecode(path)


def from_kernel(address: Any) -> Any:
    """An address of the kernel's as a program sees it: a tuple, a path, or None."""
    if isinstance(address, str):
        return address
    if not isinstance(address, JsProxy):
        return None
    if hasattr(address, "to_bytes"):
        return address.to_bytes()
    return tuple(address.to_py())


def _port(service: Any, flags: int) -> tuple[int, tuple[str, ...]]:
    """Number of a service, and the protocols that have it."""
    both = ("tcp", "udp", "")
    if service is None:
        return 0, both
    if isinstance(service, int):
        return service & 0xFFFF, both
    text = (service if isinstance(service, bytes) else service.encode()).decode()
    if text.isdigit():
        return int(text) & 0xFFFF, both
    if flags & AI_NUMERICSERV:
        raise resolver_error(original.EAI_NONAME)
    if text not in SERVICES:
        raise resolver_error(original.EAI_SERVICE)
    return SERVICES[text]


def _hosts(host: str | None, family: int, flags: int) -> list[tuple[int, str]]:
    """Families and addresses of a host, in the order in which they are to be tried."""
    if host is None:
        passive = [(AF_INET, "0.0.0.0"), (AF_INET6, "::")]
        return passive if flags & AI_PASSIVE else [(AF_INET6, "::1"), (AF_INET, "127.0.0.1")]
    found = numeric(host)
    if found is not None:
        if family not in (0, found[0]):
            raise resolver_error(original.EAI_ADDRFAMILY)
        return [found]
    if flags & AI_NUMERICHOST or host.lower() not in ("localhost", HOST_NAME):
        raise resolver_error(original.EAI_NONAME)
    # Many hosts files name localhost for IPv4 alone, and who does not ask for IPv6 gets that.
    return [(AF_INET6, "::1")] if family == AF_INET6 else [(AF_INET, "127.0.0.1")]


def getaddrinfo(
    host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
) -> list[tuple[int, int, int, str, Any]]:
    """Resolve host and port into addrinfo struct."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("idna")
    if host is None and port is None:
        raise resolver_error(original.EAI_NONAME)
    if family not in (0, AF_INET, AF_INET6):
        raise resolver_error(original.EAI_FAMILY)
    kinds = [
        (kind, number, name)
        for kind, number, name in ((1, 6, "tcp"), (2, 17, "udp"), (3, proto, ""))
        if type in (0, kind) and (kind == SOCK_RAW or proto in (0, number))
    ]
    if not kinds:
        raise resolver_error(original.EAI_SOCKTYPE)
    number, protocols = _port(port, flags)
    kinds = [kind for kind in kinds if kind[2] in protocols]
    if not kinds:
        raise resolver_error(original.EAI_SERVICE)
    answers: list[tuple[int, int, int, str, Any]] = []
    for found, address in _hosts(host or None, family, flags):
        if family in (0, found):
            plain, _, zone = address.partition("%")
            whole = (plain, number) if found == AF_INET else (plain, number, 0, _zone_number(zone))
            answers += [(found, kind, protocol, "", whole) for kind, protocol, _ in kinds]
    if flags & AI_CANONNAME and answers:
        answers[0] = (*answers[0][:3], host or "", answers[0][4])
    return answers


def _zone_number(zone: str) -> int:
    if not zone or zone.isdigit():
        return int(zone or 0)
    try:
        return if_nametoindex(zone)
    except OSError:
        raise resolver_error(original.EAI_NONAME) from None


def gethostbyname(host: str, /) -> str:
    """Return the IP address (a string of the form '255.255.255.255') for a host."""
    return resolve(host, AF_INET)


def gethostbyname_ex(host: str, /) -> tuple[str, list[str], list[str]]:
    """Return the true host name, a list of aliases, and a list of IP addresses, for a host."""
    return host, [], [resolve(host, AF_INET)]


def gethostbyaddr(host: str, /) -> tuple[str, list[str], list[str]]:
    """Return the true host name, a list of aliases, and a list of IP addresses, for a host."""
    family = AF_INET6 if ":" in host else AF_INET
    address = resolve(host, family)
    if address == "::1" or address.startswith("127."):
        return "localhost", [], [address]
    raise original.herror(1, "Unknown host")


def gethostname() -> str:
    """Return the current host name."""
    return HOST_NAME


def getnameinfo(sockaddr: tuple[Any, ...], flags: int, /) -> tuple[str, str]:
    """Get host and port for a sockaddr."""
    if not isinstance(sockaddr, tuple):
        raise TypeError("getnameinfo() argument 1 must be a tuple")
    if len(sockaddr) > 2 and not 0 <= index(sockaddr[2]) <= LARGEST_FLOW:
        raise OverflowError("getnameinfo(): flowinfo must be 0-1048575.")
    found = numeric(sockaddr[0])
    if found is None:
        raise resolver_error(original.EAI_NONAME)
    host = found[1]
    if len(sockaddr) > 3 and sockaddr[3]:
        host = f"{host.partition('%')[0]}%{_zone(host, sockaddr[3])}"
    if not flags & NI_NUMERICHOST:
        try:
            host = gethostbyaddr(host)[0]
        except OSError:
            if flags & NI_NAMEREQD:
                raise resolver_error(original.EAI_NONAME) from None
    port = sockaddr[1]
    if flags & NI_NUMERICSERV:
        return host, str(port)
    try:
        return host, getservbyport(port, "udp" if flags & NI_DGRAM else "tcp")
    except OSError:
        return host, str(port)


def _zone(host: str, number: int) -> str:
    """What follows the % of an address: the interface's name where the address needs one."""
    address = _ipv6(host.partition("%")[0])
    is_of_link = address.is_link_local or address.packed.startswith(b"\xff\x02")
    return "lo" if is_of_link and number == LOOPBACK_INDEX else str(number)


def getservbyname(servicename: str, protocolname: str | None = None, /) -> int:
    """Return a port number from a service name and protocol name."""
    port, protocols = SERVICES.get(servicename, (0, ()))
    if not port or (protocolname and protocolname not in protocols):
        raise OSError("service/proto not found")
    return port


def getservbyport(port: int, protocolname: str | None = None, /) -> str:
    """Return the service name from a port number and protocol name."""
    if not 0 <= port <= 65535:
        raise OverflowError("getservbyport: port must be 0-65535.")
    for name, (number, protocols) in SERVICES.items():
        if number == port and (not protocolname or protocolname in protocols):
            return name
    raise OSError("port/proto not found")


def if_nameindex() -> list[tuple[int, str]]:
    """Returns a list of network interface information (index, name) tuples."""
    return [(LOOPBACK_INDEX, "lo")]


def if_nametoindex(if_name: str, /) -> int:
    """Returns the interface index corresponding to the interface name if_name."""
    if os.fsdecode(if_name) != "lo":
        raise errors.error("ENODEV")
    return LOOPBACK_INDEX


def if_indextoname(if_index: int, /) -> str:
    """Returns the interface name corresponding to the interface index if_index."""
    if index(if_index) < 0:
        raise ValueError("Cannot convert negative int")
    if if_index > LARGEST_INDEX:
        raise OverflowError("Python int too large for C unsigned int")
    if if_index != LOOPBACK_INDEX:
        raise errors.error("ENXIO")
    return "lo"


FUNCTIONS = (
    getaddrinfo,
    gethostbyname,
    gethostbyname_ex,
    gethostbyaddr,
    gethostname,
    getnameinfo,
    getservbyname,
    getservbyport,
    if_nameindex,
    if_nametoindex,
    if_indextoname,
    inet_pton,
    inet_ntop,
)
