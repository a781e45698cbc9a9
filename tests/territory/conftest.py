"""The administrative map, as every package's tests may use it."""

import pytest

from territory import actions
from tests.conftest import AT


@pytest.fixture
def vietnam(session):
    """The whole reference data, in this test's transaction; gives back what `load` added."""
    return actions.load(at=AT)
