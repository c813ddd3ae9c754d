"""Corrections (差戻し) of the small workspace: where they lie, what is kept of them, and how they come back."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from kohyo.model.issued_form import IssuedForm
from kohyo.workspace.issued_forms import load_bases
from tests.usecases.small import NOW, Small, opened, tab_of, type_into

WRONG: Mapping[str, Any] = {"state": "だめ", "tick_finance": "?!", "saving": "約３百万", "schedule_2030": None}
LATER = NOW + timedelta(days=3)
COVER = "表紙・記入要領"
RIGHT: Mapping[str, Any] = {"state": "順調", "tick_finance": "－", "saving": 300, "schedule_2030": "検討する。"}


def correction(small: Small, department: str = "企画財政局", number: int = 2) -> Path:
    """Return where a correction lies."""
    return small.workspace.sent_back / f"差戻し_{department}_第{number}回.xlsx"


def issue(small: Small, department: str = "企画財政局", number: int = 2) -> IssuedForm:
    """Return what the workspace keeps of a form."""
    issues = load_bases(small.workspace).values()
    return next(one for one in issues if (one.department, one.round) == (department, number))


def send_correction(small: Small, typed: Mapping[str, Mapping[str, Any]], *, number: int = 2, name: str = "") -> Path:
    """Type into the correction and put it into 回収."""
    path = small.workspace.returns / (name or f"直し{number}.xlsx")
    shutil.copy(correction(small, number=number), path)
    with opened(path) as book:
        for item, values in typed.items():
            type_into(book[tab_of(item)], values)
    return path
