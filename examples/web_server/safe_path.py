"""From the path in a request to a file below one folder, and to no other."""

from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

# What one system or another takes for the end of a name.
_SEPARATORS = frozenset("/\\:\0")


def split_path(path: str) -> list[str] | None:
    """The names in a path of a request, unquoted; None if one of them can be no public name.

    A path is cut at its slashes first and unquoted then, so that `%2f` makes no new names; and a
    name that begins with a dot is hidden, which settles `.` and `..` in all their disguises.

    Args:
        path: Quoted, as it came: `/poems/a%20b.txt`. Empty names count for nothing.
    """
    names = []
    for quoted in filter(None, path.split("/")):
        try:
            name = unquote_to_bytes(quoted).decode()
        except UnicodeDecodeError:
            return None
        if name.startswith(".") or _SEPARATORS.intersection(name):
            return None
        names.append(name)
    return names


def find(folder: Path, names: list[str]) -> Path | None:
    """The file or folder of these names; None if there is none below `folder`, links followed.

    Args:
        folder: A path without links in it, as `Path.resolve` returns it.
        names: What `split_path` returned.
    """
    try:
        place = folder.joinpath(*names).resolve(strict=True)
    except (OSError, RuntimeError):
        return None  # nothing there, too long a name, links in a circle
    return place if place.is_relative_to(folder) else None


def join_path(names: list[str]) -> str:
    """The quoted path of a folder, with a slash at its end."""
    return "".join(f"/{quote(name)}" for name in names) + "/"
