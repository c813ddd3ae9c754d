"""The register as it was read (読み込んだ台帳), with what saving it in place needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.messages import severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.register import Change, Register
from kohyo.text.normalise import key

if TYPE_CHECKING:
    from kohyo.excel.register_book.history_digests import Digests
    from kohyo.excel.register_book.last_state import LastState
    from kohyo.excel.register_book.placed import PlacedTable
    from kohyo.excel.register_book.row_columns import Row


@dataclass(frozen=True)
class LoadedRegister:
    """The register as it was read, what is wrong in it, the edits by hand, and what saving in place needs.

    ``edits`` are changes that the caller appends to the history. ``blocking`` are the findings that stop
    saving: a sheet or column that held something is gone, and saving would lose it for good. ``standing`` is the
    copy of the register on the screen that was read in place of the file, if one was. ``joint`` are the joint changes.
    ``history`` are the rows of 変更履歴 to write back where somebody altered them, None where nobody did.
    """

    register: Register
    sha256: str
    findings: tuple[Finding, ...] = ()
    edits: tuple[Change, ...] = ()
    blocking: tuple[Finding, ...] = ()
    tables: Mapping[str, PlacedTable] = field(default_factory=dict)
    last: LastState | None = None
    standing: Path | None = None
    joint: tuple[Finding, ...] = ()
    history: tuple[Row, ...] | None = None
    digests: Digests | None = None
    """The digests of 変更履歴 as it stands, where a last state asked for them."""
    titles: tuple[str, ...] = ()
    """The titles of all its sheets, the secretariat's own among them."""

    @property
    def has_teams(self) -> bool:
        """Whether the sheet ＰＴ stands in it."""
        return key(wording("workbook.sheets.teams")) in map(key, self.titles)

    @property
    def edited(self) -> Register:
        """The register with the edits by hand written into its history, those of leads' rows into their items."""
        if not self.edits:
            return self.register
        from kohyo.excel.register_book.respondent_rows import with_lead_edits  # noqa: PLC0415 - only edits need it

        edited = with_lead_edits(self.register, self.edits, wording("workbook.sheets.contributions"))
        return replace(edited, changes=(*edited.changes, *self.edits))

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings with which no command may go on: something is gone, or contents stand at wrong rows."""
        return (*self.blocking, *(found for found in self.joint if severity(found.code) is Severity.ERROR))
