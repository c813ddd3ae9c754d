"""What every test may use: the shipped plan."""

from __future__ import annotations

import pytest

from kohyo.definition.load import shipped
from kohyo.model.plan import Plan


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Return the plan that ships with the package."""
    return shipped("setagaya-r6")
