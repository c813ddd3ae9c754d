"""Joint changes (まとまった食い違い) as findings: which rows they are about, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kohyo.excel.register_book.book_sheet import CONTRIBUTIONS, ITEMS
from kohyo.excel.register_book.edit_guard import Joint, JointChange, SheetEdit, joint_changes
from kohyo.excel.register_book.last_state import LastState, row_key
from kohyo.excel.register_book.placed import PlacedTable
from kohyo.excel.register_book.row_columns import Column
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.raised import WithRows, finding_of

_TEXTS = ("text", "multiline")
_ORIGIN = (Column.FILE, Column.SHEET, Column.CELL)
_WHOSE = Column.DEPARTMENT
_SHOWN = 6
_CODES: Mapping[Joint, WithRows] = {
    Joint.ROWS: Code.K527,
    Joint.COLUMN: Code.K528,
    Joint.NUMBER: Code.K529,
    Joint.RENUMBERED: Code.K530,
    Joint.TITLE: Code.K545,
}


def joint_findings(tables: Mapping[str, PlacedTable], last: LastState, file: str) -> Iterator[Finding]:
    """Yield what nobody means among items, what owners answer and submissions; a renumbering is told too."""
    for key, table in tables.items():
        if key in (ITEMS, CONTRIBUTIONS) or table.sheet.kinds:
            for change in joint_changes(_edit(table, last)):
                yield _finding(change, table, file)


def _edit(table: PlacedTable, last: LastState) -> SheetEdit:
    sheet = table.sheet
    known = set(last.columns.get(sheet.key, ())) & table.columns.keys()
    fields = [column for column in sheet.columns if column.field and column.name in known and column.name != "number"]
    texts = [column.name for column in fields if column.field and column.field.type in _TEXTS]
    others = [column.name for column in fields if column.name not in texts]
    now = {row_key(sheet, row.values): row.values for row in table.rows}
    return SheetEdit(last.by_id(sheet), now, texts, others, _ORIGIN if sheet.kinds else ())


def _finding(change: JointChange, table: PlacedTable, file: str) -> Finding:
    placed = {row_key(table.sheet, row.values): row for row in table.rows}
    rows = sorted((placed[identity] for identity in change.ids), key=lambda row: row.row)
    field = table.sheet.column(change.column).label if change.column else ""
    cell = rows[0].place(change.column or table.sheet.identity or _WHOSE).cell
    numbers = [wording("workbook.joint.row", row=row.row + 1) for row in rows]
    place, value = Place(file, table.title, cell), change.value or _sources(change)
    return finding_of(_CODES[change.kind], place, field, value, rows=_listed(numbers))


def _listed(rows: list[str]) -> str:
    shown = wording("workbook.joint.joiner").join(rows[:_SHOWN])
    return shown if len(rows) <= _SHOWN else wording("workbook.joint.more", rows=shown, count=len(rows))


def _sources(change: JointChange) -> str:
    """Return whose contents stand at which IDs, the first few."""
    pairs = list(zip(change.ids, change.sources, strict=False))
    told = [wording("workbook.joint.source", id=identity, source=source) for identity, source in pairs[:_SHOWN]]
    shown = wording("text.list.joiner").join(told)
    return shown if len(pairs) <= _SHOWN else wording("workbook.joint.sources_more", sources=shown)
