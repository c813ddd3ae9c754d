"""The report of a consolidation (取込結果): who sent what, and one line per finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kohyo.messages import describe, explain, severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.outcome import Outcome
from kohyo.model.table import Cell, Mark, Row, Scalar, Table
from kohyo.tables.report_parts import file_link, report_table

_WEIGHTS = {Severity.ERROR: 0, Severity.CHECK: 1, Severity.INFO: 2}
_MARKS: Mapping[Severity, Mark] = {Severity.ERROR: "title", Severity.CHECK: "", Severity.INFO: "muted"}


@dataclass(frozen=True)
class ReceivedRow:
    """A received file: whose, of which round, what became of it, what its findings weigh."""

    department: str
    outcome: Outcome
    round: int
    received: str
    file: str
    errors: int
    checks: int
    infos: int


def files_table(receipts: Sequence[ReceivedRow], returns: str) -> Table:
    """Return one row per file; ``returns`` leads from 結果 to 回収."""
    records: list[Mapping[str, Scalar]] = [
        {
            "department": one.department,
            "outcome": wording(f"workbook.outcome.{one.outcome.value}"),
            "round": one.round,
            "file": one.file,
            "received": one.received,
            "errors": one.errors,
            "checks": one.checks,
            "infos": one.infos,
        }
        for one in receipts
    ]
    return report_table("files", [_file_row(receipt, returns) for receipt in receipts], records)


def findings_table(findings: Sequence[Finding], departments: Mapping[str, str], returns: str) -> Table:
    """Return one row per finding, the weightiest first; ``departments`` tells whose file is whose."""
    ordered = sorted(
        findings,
        key=lambda one: (_WEIGHTS[severity(one.code)], departments.get(one.place.file, ""), one.place, one.code),
    )
    records = [_record(one, departments.get(one.place.file, "")) for one in ordered]
    rows = [_finding_row(one, record, returns) for one, record in zip(ordered, records, strict=True)]
    return report_table("findings", rows, records)


def _file_row(one: ReceivedRow, returns: str) -> Row:
    return Row(
        (
            Cell(one.department or wording("report.unknown_department"), "title"),
            Cell(wording(f"workbook.outcome.{one.outcome.value}")),
            Cell(one.round or None, "count"),
            Cell(one.file, link=file_link(returns, one.file)),
            Cell(one.received),
            Cell(one.errors or None, "count"),
            Cell(one.checks or None, "count"),
            Cell(one.infos or None, "count"),
        )
    )


def _record(one: Finding, department: str) -> Mapping[str, Scalar]:
    return {
        "severity": wording(f"finding.severity.{severity(one.code).value}"),
        "code": one.code,
        "department": department,
        "file": one.place.file,
        "sheet": one.place.sheet,
        "cell": one.place.cell,
        "open": "",
        "field": one.field,
        "message": describe(one),
        "mend": explain(one.code).mend,
    }


def _finding_row(one: Finding, record: Mapping[str, Scalar], returns: str) -> Row:
    """Return the row of a finding: its place leads to the cell, or to the file where no cell is known."""
    place = one.place
    link = file_link(returns, place.file, place.sheet, place.cell)
    opens = Cell(wording("report.open"), link=link) if link else Cell()
    mark = _MARKS[severity(one.code)]
    cells = (
        opens if key == "open" else Cell(value, mark if key in ("severity", "code") else "")
        for key, value in record.items()
    )
    return Row(tuple(cells))
