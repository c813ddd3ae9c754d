"""The guide that the ribbon opens.

1. It names every button and the command that does the same.
2. Where a kit laid the manual beside this Python, it leads there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kohyo.addin.guide import guide_page, installed_manual
from kohyo.addin.tasks import groups


def test_every_button_is_named() -> None:
    """Label and command (1)."""
    page = guide_page()
    tasks = [task for known in groups().values() for task in known]
    assert len(tasks) > 10
    assert [task.label for task in tasks if task.label not in page] == []


def test_the_manual_of_a_kit_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the Python of the kit; without it the page says nothing of it (2)."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "venv"))
    assert installed_manual() is None
    manual = tmp_path / "手引き" / "index.html"
    manual.parent.mkdir()
    manual.write_text("手引き", encoding="utf-8")
    assert manual.as_uri() in guide_page()
