"""What the tests of the page machine share."""

import pytest
from hypothesis import HealthCheck, settings
from written_pages import WrittenPages

# By default a test fails if one of its examples takes more than 200 ms.
settings.register_profile(
    "slow machines too", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("slow machines too")


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Where tests write pages, and run them."""
    written = WrittenPages(tmp_path_factory.mktemp("written"))
    yield written
    written.close()
