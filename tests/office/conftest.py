"""What every office test may use: LibreOffice, started once and ended with the tests."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.office.office import Office
from tests.office.real import Real, new_real


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[Office]:
    """Start LibreOffice; each test closes the books that it opens."""
    running = Office(tmp_path_factory.mktemp("office") / "profile")
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def real_origin(tmp_path_factory: pytest.TempPathFactory) -> Real:
    """Make a small workspace on the real plan and send its forms out; never changed afterwards."""
    return new_real(tmp_path_factory.mktemp("real") / "髙橋 作業")


@pytest.fixture
def real(real_origin: Real, tmp_path: Path) -> Real:
    """Return a small workspace on the real plan whose forms went out."""
    return real_origin.copied(tmp_path / "作業")
