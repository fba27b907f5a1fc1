"""Tell the kinds of ports apart.

Use it with `from port_kind import port_kind`.
"""


def port_kind(port):
    """Return 'system', 'user' or 'dynamic', or 'no port' for other numbers."""
    if port < 1 or port > 65535:
        return "no port"
    elif port < 1024:
        return "system"
    elif port < 49152:
        return "user"
    else:
        return "dynamic"
