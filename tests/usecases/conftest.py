"""Workspaces for the tests of the use cases: made once, copied for each test that changes one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kohyo.workspace.folder import Workspace
from tests.usecases.small import Small, new_small


@pytest.fixture(scope="session")
def small_origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the small workspace and send its forms out; never changed afterwards."""
    small = new_small(tmp_path_factory.mktemp("small") / "作業")
    small.distribute()
    return small.root


@pytest.fixture
def small(small_origin: Path, tmp_path: Path) -> Small:
    """Return a small workspace whose forms went out."""
    return Small(Workspace(Path(shutil.copytree(small_origin, tmp_path / "作業"))))
