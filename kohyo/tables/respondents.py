"""Tables about the respondents (部ごとの状況): where each stands, and what the secretariat does next.

The layout is that of ``reports``; where a respondent stands is ``model.submission_status``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kohyo.messages import wording
from kohyo.model.submission_status import State, SubmissionStatus
from kohyo.model.table import Cell, Chart, Mark, Row, Scalar, Table
from kohyo.tables.reports import file_link, report_columns, report_table

_MARKS: dict[str, Mark] = {"department": "title", "next": "", "state": "", "deadline": "", "overdue": "title"}


def departments_table(statuses: Sequence[SubmissionStatus], corrections: Mapping[str, Path], register: Path) -> Table:
    """Return one row per respondent as a consolidation left them (取込結果).

    Links lead from 結果, which lies beside the ``register``, to it or to the department's correction.
    """
    return report_table("departments", *_rows("departments", statuses, corrections, register), landscape=False)


def status_table(
    statuses: Sequence[SubmissionStatus], corrections: Mapping[str, Path], register: Path, subtitle: str
) -> Table:
    """Return one row per respondent with its item sheets by what became of them, and a chart (回収状況)."""
    words = "report.status.chart"
    chart = Chart(
        name=wording(f"{words}.name"),
        title=wording(f"{words}.title"),
        category="department",
        series=(("come", "done"), ("mend", "alarm"), ("absent", "pale")),
    )
    rows, records = _rows("status", statuses, corrections, register)
    return report_table("status", rows, records, landscape=False, said=subtitle, chart=chart)


def _rows(
    name: str, statuses: Sequence[SubmissionStatus], corrections: Mapping[str, Path], register: Path
) -> tuple[list[Row], list[Mapping[str, Scalar]]]:
    """Return a row and a record per respondent."""
    keys = [column.key for column in report_columns(name)]
    rows: list[Row] = []
    records: list[Mapping[str, Scalar]] = []
    for status in statuses:
        correction = corrections.get(status.department)
        values = _values(status, correction)
        records.append({key: values.get(key, "") for key in keys})
        rows.append(_row(records[-1], _link(status, correction, register)))
    return rows, records


def _values(status: SubmissionStatus, correction: Path | None) -> Mapping[str, Scalar]:
    return {
        "department": status.department,
        "state": wording(f"result.state.{status.state}"),
        "round": status.round,
        "files": status.received,
        "errors": status.errors,
        "checks": status.checks,
        "conflicts": status.conflicts,
        **status.sheets,
        "deadline": wording("report.day", month=status.deadline.month, day=status.deadline.day),
        "overdue": wording("report.overdue") if status.overdue else "",
        "next": "\n".join(_next_steps(status, correction)) or wording("report.next.done"),
    }


def _row(record: Mapping[str, Scalar], link: str) -> Row:
    opens = Cell(wording("report.open"), link=link) if link else Cell()
    quiet = record["next"] == wording("report.next.done")
    marks: Mapping[str, Mark] = {**_MARKS, "next": "muted"} if quiet else _MARKS
    return Row(
        tuple(opens if key == "open" else Cell(value or None, marks.get(key, "count")) for key, value in record.items())
    )


def _next_steps(status: SubmissionStatus, correction: Path | None) -> Iterator[str]:
    """Yield a sentence for everything that the row counts and somebody has to see to."""
    late = "_overdue" if status.overdue else ""
    if status.state is State.MISSING:
        yield wording(f"report.next.missing{late}")
    elif status.state is State.SENT_BACK:
        file = correction.name if correction else wording("workbook.files.sent_back")
        yield wording(f"report.next.sent_back{late}", file=file, count=status.errors)
    elif status.state is State.DEFECTIVE:
        yield wording("report.next.defective", errors=status.errors)
    elif status.errors:
        yield wording("report.next.errors", errors=status.errors)
    if status.absent:
        yield wording("report.next.absent", sheets=wording("text.list.joiner").join(status.absent))
    if status.conflicts:
        yield wording("report.next.conflicts", count=status.conflicts)
    if status.checks:
        yield wording("report.next.checks", count=status.checks)


def _link(status: SubmissionStatus, correction: Path | None, register: Path) -> str:
    """Return the link to the file that is to be sent or opened next, empty where there is none."""
    target = correction if status.state is State.SENT_BACK else register if status.conflicts else None
    return file_link("..", target.relative_to(register.parent).as_posix()) if target else ""
