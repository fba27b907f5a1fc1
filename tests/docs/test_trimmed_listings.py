"""A listing loses the blank lines at its end, and nothing else."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document
from trimmed_listings import trim


def test_only_the_end_of_a_listing_changes() -> None:
    code = "\ndef main():\n\n    pass\n"
    document = new_document("page")
    listing = nodes.literal_block(code + "\n\n", code + "\n\n", source="upper_server.py")
    typed = nodes.literal_block(code, code)
    document += [listing, typed]
    trim(None, document)  # type: ignore[arg-type]
    assert listing.astext() == listing.rawsource == "\ndef main():\n\n    pass"
    assert typed.astext() == code


def test_an_empty_listing_is_left_to_sphinx() -> None:
    document = new_document("page")
    document += nodes.literal_block("", "", source="empty.py")
    trim(None, document)  # type: ignore[arg-type]
    assert document.astext() == ""
