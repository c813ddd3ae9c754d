"""What the corpus works on: a small workspace whose forms went out, and a console."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kohyo.workspace.folder import Workspace
from tests.cli.running import Console
from tests.usecases.small import Small, new_small


@pytest.fixture(scope="session")
def clerk_origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a small workspace and send its forms out; never changed afterwards."""
    small = new_small(tmp_path_factory.mktemp("clerk") / "作業")
    small.distribute()
    return small.root


@pytest.fixture
def small(clerk_origin: Path, tmp_path: Path) -> Small:
    """Return a small workspace whose forms went out."""
    return Small(Workspace(Path(shutil.copytree(clerk_origin, tmp_path / "作業"))))


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """Return a console to run commands on."""
    return Console(capsys, monkeypatch)
