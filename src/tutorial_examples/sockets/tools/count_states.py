"""Count the states of the connections at a TCP port of this machine, on Linux.

Use it with `from count_states import count_states`, with connections.py beside it.
"""

from collections import Counter

from connections import ends_at


def count_states(port: int) -> dict[str, int]:
    """How many ends at the port are in which state."""
    return dict(Counter(end.state for end in ends_at(port)))
