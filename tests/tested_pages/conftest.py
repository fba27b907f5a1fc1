"""What the tests of the page machine share."""

import pytest
from written_pages import WrittenPages


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Where tests write pages, and run them."""
    written = WrittenPages(tmp_path_factory.mktemp("written"))
    yield written
    written.close()
