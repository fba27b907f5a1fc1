"""Tell whether a file's name lets it be imported.

Use it with `from importable import importable`.
"""


def importable(file_name):
    """Return whether a file of this name can be imported."""
    return file_name.endswith(".py") and file_name.removesuffix(".py").isidentifier()
