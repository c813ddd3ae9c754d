"""Tables about the respondents (部ごとの状況): what came from whom, and what is to be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kohyo.messages import wording
from kohyo.model.table import Cell, Chart, Mark, Row, Scalar, Table
from kohyo.tables.report_parts import report_columns, report_table

_MARKS: dict[str, Mark] = {"department": "title", "next": "", "state": "", "deadline": "", "overdue": "title"}


@dataclass(frozen=True)
class RespondentRow:
    """One respondent; ``link`` leads to the file that is to be sent or opened next."""

    department: str
    state: str
    round: int
    files: int
    errors: int
    checks: int
    conflicts: int
    come: int
    mend: int
    absent: int
    deadline: str
    overdue: str
    next: str
    link: str = ""


def departments_table(rows: Sequence[RespondentRow]) -> Table:
    """Return one row per respondent as a consolidation left them (取込結果)."""
    return _table("departments", rows, landscape=True)


def status_table(rows: Sequence[RespondentRow], counts: str) -> Table:
    """Return one row per respondent with its item sheets by what became of them, and a chart (回収状況)."""
    words = "report.status.chart"
    chart = Chart(
        name=wording(f"{words}.name"),
        title=wording(f"{words}.title"),
        category="department",
        series=(("come", "done"), ("mend", "alarm"), ("absent", "pale")),
    )
    return _table("status", rows, landscape=False, said=counts, chart=chart)


def _table(
    name: str, rows: Sequence[RespondentRow], *, landscape: bool, said: str = "", chart: Chart | None = None
) -> Table:
    keys = [column.key for column in report_columns(name)]
    records: list[Mapping[str, Scalar]] = [{key: getattr(row, key, "") for key in keys} for row in rows]
    shown = [_row(row, record) for row, record in zip(rows, records, strict=True)]
    return report_table(name, shown, records, landscape=landscape, said=said, chart=chart)


def _row(row: RespondentRow, record: Mapping[str, Scalar]) -> Row:
    opens = Cell(wording("report.open"), link=row.link) if row.link else Cell()
    quiet = record["next"] == wording("report.next.done")
    marks: Mapping[str, Mark] = {**_MARKS, "next": "muted"} if quiet else _MARKS
    return Row(
        tuple(opens if key == "open" else Cell(value or None, marks.get(key, "count")) for key, value in record.items())
    )
