"""What saving the register did (保存の結果)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kohyo.model.finding import Finding


@dataclass(frozen=True)
class SaveResult:
    """What a save did: whether anything changed, the copy of the old register, where the new one waits, if it does.

    ``findings`` name the values that a workbook cannot hold; the register keeps the old ones.
    """

    changed: bool
    backup: Path | None = None
    waiting: Path | None = None
    findings: tuple[Finding, ...] = ()
