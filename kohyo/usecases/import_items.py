"""Import (取込): items into the register from the plan's own list, in whatever shape it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.definition.seed import shipped_entries
from kohyo.excel.list_book.list_file import read_list_file
from kohyo.excel.register_book import SaveResult
from kohyo.messages import weighty
from kohyo.model.finding import Finding, Place
from kohyo.register.plan_list.import_rows import import_rows
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.session import row_faults, session, stop_if_broken


@dataclass(frozen=True)
class Imported:
    """How many items the list names, and how many of them were added, changed and left alone.

    Then what a person should look at, and where the register was saved.
    """

    listed: int
    added: int
    changed: int
    unchanged: int
    findings: tuple[Finding, ...]
    saved: SaveResult

    @property
    def needs_person(self) -> bool:
        """Tell whether anything in the list must be looked at, or the new register waits beside an open one."""
        return bool(weighty(self.findings)) or self.saved.waiting is not None


def import_items(root: Location, file: Name, now: datetime | None = None) -> Imported:
    """Take the plan's list into the register; importing the same again changes nothing.

    Raises UsageError or FileError when the workspace or the list cannot be used.
    """
    file = Path(file)
    with session(root, "import", now) as current:
        stop_if_broken(current, row_faults(current))
        rows, findings = read_list_file(file, current.plan)
        entries = shipped_entries(current.plan)
        taken = import_rows(current.register, current.plan, rows, entries, current.now, Place(file.name))
        saved = current.save(taken.register)
        every = (*findings, *taken.findings, *saved.findings)
        counts = (len(rows), len(taken.added), len(taken.changed), len(taken.unchanged))
        return Imported(*counts, every, saved)
