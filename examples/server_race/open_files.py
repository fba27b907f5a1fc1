"""The limit of open files, which is the limit of connections too."""

import sys

# The listening socket, the event loop's own files, standard input and output, modules being read.
SPARE = 50
WINDOWS_MOST = 500


class LimitError(Exception):
    """The system does not allow that many connections; says how many, and what to do."""


def allow_connections(count: int) -> None:
    """Raise the limit of open files, which the programs that are started inherit, if need be.

    Args:
        count: Connections that one process will have open at a time.

    Raises:
        LimitError: The system does not allow it.
    """
    if sys.platform == "win32":
        if count > WINDOWS_MOST:
            raise LimitError(
                f"{count} connections are too many here: select() on Windows watches 512 sockets; "
                f"choose at most {WINDOWS_MOST} with --clients"
            )
        return
    import resource

    needed = count + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
    except (OSError, ValueError):
        raise LimitError(
            f"{count} connections need {needed} open files, and this system allows a program "
            f"{soft}, at most {hard}: choose fewer with --clients, or raise the limit (ulimit -Hn)"
        ) from None
