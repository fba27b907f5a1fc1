"""Choose pauses between attempts, so that many clients do not all come back at once.

Import it: `from pauses import pauses`.
"""

import random
from collections.abc import Iterator


def pauses(count: int, longest: float) -> Iterator[float]:
    """Yield `count` pauses in seconds, each up to twice the one before, and up to `longest`."""
    limit = min(0.1, longest)
    for _ in range(count):
        yield random.uniform(limit / 2, limit)
        limit = min(2 * limit, longest)
