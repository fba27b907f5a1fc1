"""What a mutant is: a page with one change, and what the machine must say of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """One change to a page or to one of its listings.

    Attributes:
        docname: The page.
        line: Where the change is, in the page or, for a listing, in the listing.
        change: What was changed, in a few words.
        text: The page's text after it.
        right_lines: Lines of `text` where the first failure may be.
        listing: The listing that is changed, relative to the page's code folder; "" if none is.
        source: The listing's text after it.
        is_figure: Whether it only counts for the score, since it may change nothing that shows.
        for_sphinx: Whether only Sphinx can know that it is wrong: an unknown directive.
    """

    docname: str
    line: int
    change: str
    text: str
    right_lines: range
    listing: str = ""
    source: str = ""
    is_figure: bool = False
    for_sphinx: bool = False

    @property
    def id(self):
        """A name for it, the same in every process."""
        place = f"{self.docname}/{self.listing}" if self.listing else self.docname
        return f"{place}:{self.line} {self.change}"


@dataclass(frozen=True)
class Free:
    """A change that a page may have and still be true.

    Attributes:
        docname: The page.
        line: The page's line.
        reason: The rule by which nothing need notice the change.
    """

    docname: str
    line: int
    reason: str


def exactly(line):
    """One right line."""
    return range(line, line + 1)


def lines_between(first, last):
    """Right lines from `first` to `last`, both included."""
    return range(first, last + 1)
