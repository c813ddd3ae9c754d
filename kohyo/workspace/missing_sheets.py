"""What departments still owe (まだの個票): item sheets that stand in none of their returns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from kohyo.model.returned_file import ReturnedFile
from kohyo.returns.correction_requests import CorrectionRequest, absent
from kohyo.returns.supersede import by_department


def owed_by_department(files: Sequence[ReturnedFile]) -> dict[str, tuple[CorrectionRequest, ...]]:
    """Return the sheets that no return holds, for each department that sent any."""
    return {name: tuple(absent(latest, group)) for name, latest, group in by_department(files)}


def owed_bytes(owed: Mapping[str, Sequence[CorrectionRequest]]) -> bytes:
    """Return what is kept of the missing sheets: their tabs by department."""
    tabs = {name: [wish.finding.value for wish in wishes] for name, wishes in owed.items() if wishes}
    return json.dumps(tabs, ensure_ascii=False, indent=1).encode("utf-8")


def load_owed(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the tabs of the missing sheets by department; nothing where no consolidation told any."""
    try:
        tabs = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): tuple(map(str, found)) for name, found in tabs.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
