"""A console for the tests of the command line, and the workspaces of the use cases."""

from __future__ import annotations

import pytest

from tests.cli.running import Console
from tests.usecases.conftest import small, small_origin

__all__ = ["console", "small", "small_origin"]


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """Return a console."""
    return Console(capsys, monkeypatch)
