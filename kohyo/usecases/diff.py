"""Compare (新旧対照): what became of the items between two versions, as a table for the council and as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.excel.table_book.table_writer import table_book
from kohyo.messages import wording
from kohyo.model.comparison import Comparison, Difference
from kohyo.model.version import Version
from kohyo.register.diff import compare
from kohyo.tables.comparison_details import comparison_tables
from kohyo.text.normalise import key
from kohyo.workspace.folder import Location
from kohyo.workspace.session import Session, session
from kohyo.workspace.versions import LoadedVersion, find_version, load_version


@dataclass(frozen=True)
class Differences:
    """How many items changed in which way, how many did not, the workbook and its twins."""

    old: str
    new: str
    counts: Mapping[Difference, int]
    unchanged: int
    book: Path | None
    """None where it cannot be written."""
    twins: tuple[Path, ...]


def diff(
    root: Location, old: str, new: str = "", *, unchanged: bool = False, now: datetime | None = None
) -> Differences:
    """Write 結果/新旧対照表.xlsx between two versions; without ``new``, between a version and the register as it is.

    ``unchanged`` lists the items that did not change as well. Raises UsageError for a version that there is not.
    """
    with session(root, "diff", now, reading=True) as current:
        before = load_version(current.workspace, current.plan, old)
        after = _newer(current, new)
        plan = after.plan
        compared = Comparison(before.version.name, after.version.name, compare(plan, before.register, after.register))
        tables = comparison_tables(plan, compared, unchanged=unchanged)
        book = current.workspace.result("comparison")
        written = current.files.put_if_possible(book, table_book(plan, tables, created=current.now))
        rest = len(compared.revisions) - len(compared.changed)
        twins = current.put_twins(current.workspace.data, tables) if written else ()
        return Differences(compared.old, compared.new, compared.counts, rest, book if written else None, twins)


def _newer(current: Session, name: str) -> LoadedVersion:
    """Return the version of this name, or the register as it stands, which no version may be called after."""
    register = current.workspace.register
    is_register = key(name.removesuffix(register.suffix)) == key(register.stem)
    if name and not (is_register and find_version(current.workspace, name) is None):
        return load_version(current.workspace, current.plan, name)
    plan, day = current.plan, current.now.date()
    now = Version(wording("comparison.current"), plan.cycle.year, day, plan.plan.name, plan.plan.version)
    return LoadedVersion(now, plan, current.register)
