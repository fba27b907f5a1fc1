from pathlib import Path

import pytest

from tested_pages.page_paths import all_pages, page_name, page_path

NAMES = {
    "index": "docs/index.md",
    "sockets/udp": "docs/sockets/udp.md",
    "examples/chat": "examples/chat/README.md",
    "examples/chat/client": "docs/examples/chat/client.md",
}


@pytest.mark.parametrize(("name", "path"), NAMES.items())
def test_a_page_s_path_and_name_belong_together(name, path):
    assert page_path(Path("docs"), name) == Path(path)
    assert page_name(Path(path), Path("docs")) == name
    assert page_name(Path(path).absolute(), Path("docs")) == name


@pytest.mark.parametrize(
    "path", ["README.md", "docs/conf.py", "examples/README.md", "examples/chat/notes/README.md"]
)
def test_other_files_are_no_pages(path):
    assert page_name(Path(path), Path("docs")) is None


def test_all_pages_are_found_wherever_they_are(tmp_path):
    for path in [*NAMES.values(), "README.md", "examples/chat/notes.md"]:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    assert all_pages(tmp_path / "docs") == sorted(NAMES)
