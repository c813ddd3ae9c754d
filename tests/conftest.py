"""What every test may use: the shipped plan; and what becomes of office tests where LibreOffice is missing."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from kohyo.definition.load import shipped
from kohyo.model.plan import Plan
from tests.office import presence

_NOT_RUN = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Return the plan that ships with the package."""
    return shipped("setagaya-r6")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip an office test where something that it needs is missing, or fail it where an office is required."""
    if item.get_closest_marker("office") is None or not presence.missing():
        return
    item.config.stash.setdefault(_NOT_RUN, []).append(item.nodeid)
    if presence.is_required():
        pytest.fail(presence.reason(), pytrace=False)
    pytest.skip(presence.reason())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say after everything else, the summary included, how many office tests did not run."""
    yield
    count = len(session.config.stash.get(_NOT_RUN, []))
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if count and reporter is not None:
        reporter.write_line(presence.loud_line(count), red=True, bold=True)
