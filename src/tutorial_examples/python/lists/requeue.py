"""Move the first of a queue to its end.

Use it with `from requeue import requeue`.
"""


def requeue(queue):
    """Move the first element of a list to its end, in place."""
    queue.append(queue.pop(0))
