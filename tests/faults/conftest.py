"""The library that meddles, built once; the process that runs commands; the workspaces that they run in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.commands import Workspaces
from tests.faults.compiler import build
from tests.faults.harness import Meddled


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the library that meddles with what a process writes."""
    return build(tmp_path_factory.mktemp("meddle"))


@pytest.fixture(scope="session")
def meddled(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meddled]:
    """Start the process that runs commands."""
    with closing(Meddled(library, tmp_path_factory.mktemp("said"))) as started:
        yield started


@pytest.fixture(scope="session")
def workspaces(tmp_path_factory: pytest.TempPathFactory) -> Workspaces:
    """Return the workspaces of the commands."""
    return Workspaces(tmp_path_factory.mktemp("faults"))
