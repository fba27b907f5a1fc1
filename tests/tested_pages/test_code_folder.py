"""Where a page's listings are."""

from pathlib import Path

import pytest

from tested_pages.code_folder import code_folder

CODE = Path("listings")


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("# Page\n", "sockets/udp"),
        ("---\nslides: [a]\n---\n# Page\n", "sockets/udp"),
        ("---\nslides: [a]\ncode: sockets/tcp\n---\n# Page\n", "sockets/tcp"),
        ("# Page\n\n---\ncode: sockets/tcp\n---\n", "sockets/udp"),
        ("---\nslides:\n  - encode: this\n---\ncode: sockets/tcp\n", "sockets/udp"),
    ],
)
def test_front_matter_may_name_another_folder(text, folder):
    page = Path("docs", "sockets", "udp.md")
    assert code_folder(text, page, "sockets/udp", CODE) == CODE / folder
