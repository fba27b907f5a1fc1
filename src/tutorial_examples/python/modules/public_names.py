"""List what a module offers to others.

Use it with `from public_names import public_names`.
"""


def public_names(module):
    """Return the module's names that begin with no underscore, sorted."""
    return sorted([name for name in dir(module) if not name.startswith("_")])
