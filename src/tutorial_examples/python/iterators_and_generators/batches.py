"""Hand out items in lists of a certain size.

Use it with `from batches import batches`.
"""


def batches(items, size):
    """Yield lists of size items; the last one may be shorter."""
    batch = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
