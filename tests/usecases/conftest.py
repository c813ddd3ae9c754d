"""Workspaces for the tests of the use cases: made once, copied for each test that changes one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path

import pytest

from kohyo.excel.ooxml.worker import Reader
from kohyo.workspace.folder import Workspace
from tests.usecases.small import Small, new_small


@pytest.fixture(scope="module", autouse=True)
def one_reader() -> Iterator[None]:
    """Let one worker (読取り係) read for all tests of a file, as it reads all files of a run: its start takes long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "__init__", partialmethod(Reader.__init__, of_ours=True))
        yield


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
