"""What departments still owe (まだの個票): item sheets that stand in none of their returns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from kohyo.model.returned_file import ReturnedFile
    from kohyo.returns.correction_requests import CorrectionRequest
    from kohyo.returns.supersede import Respondent

Owed: TypeAlias = "Mapping[Respondent, Sequence[CorrectionRequest]]"
_BETWEEN = "\n"
"""Stands between a department and its survey in the names of the record; a department's name is one line."""


def owed_by_department(files: Sequence[ReturnedFile]) -> dict[Respondent, tuple[CorrectionRequest, ...]]:
    """Return the sheets that no return holds, for each department that sent any, by survey."""
    from kohyo.returns.correction_requests import absent  # noqa: PLC0415 - who looks at the record reads no returns
    from kohyo.returns.supersede import by_department, respondent_of  # noqa: PLC0415 - likewise

    return {respondent_of(latest): tuple(absent(latest, group)) for _, latest, group in by_department(files)}


def absent_tabs(owed: Owed, survey: str) -> dict[str, list[str]]:
    """Return the tabs of the missing sheets of one survey, by department."""
    return {name: [wish.finding.value for wish in wishes] for (name, of), wishes in owed.items() if of == survey}


def owed_bytes(owed: Owed) -> bytes:
    """Return what is kept of the missing sheets: their tabs by department and survey."""
    tabs = {
        f"{name}{_BETWEEN}{survey}" if survey else name: [wish.finding.value for wish in wishes]
        for (name, survey), wishes in owed.items()
        if wishes
    }
    return json.dumps(tabs, ensure_ascii=False, indent=1).encode("utf-8")


def load_owed(path: Path, survey: str = "") -> dict[str, tuple[str, ...]]:
    """Return the tabs of a survey's missing sheets by department; nothing where no consolidation told any."""
    try:
        tabs = json.loads(path.read_text(encoding="utf-8"))
        split = [(*str(name).partition(_BETWEEN)[::2], tuple(map(str, found))) for name, found in tabs.items()]
        return {name: found for name, of, found in split if of == survey}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
