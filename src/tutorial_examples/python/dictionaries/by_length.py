"""Group words by how long they are.

Use it with `from by_length import by_length`.
"""


def by_length(words):
    """Return a dictionary of lists: under each length its words, in their order."""
    groups = {}
    for word in words:
        groups.setdefault(len(word), []).append(word)
    return groups
