"""The report of a consolidation (取込結果): who sent what, and one line per finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kohyo.messages import describe, explain, section, severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.outcome import Outcome
from kohyo.model.table import Cell, Column, Mark, Row, Scalar, Table

_WEIGHTS = {Severity.ERROR: 0, Severity.CHECK: 1, Severity.INFO: 2}
_MARKS: Mapping[Severity, Mark] = {Severity.ERROR: "title", Severity.CHECK: "", Severity.INFO: "muted"}


@dataclass(frozen=True)
class ReceivedRow:
    """A received file, or a respondent without one: whose, what became of it, what its findings weigh."""

    department: str
    outcome: Outcome
    file: str
    errors: int
    checks: int
    infos: int


def summary_table(receipts: Sequence[ReceivedRow], returns: str) -> Table:
    """Return one row per file and per respondent still missing; ``returns`` leads from 結果 to 回収."""
    columns = _columns("summary")
    rows = [_summary_row(receipt, returns) for receipt in receipts]
    records: tuple[Mapping[str, Scalar], ...] = tuple(
        {
            "department": one.department,
            "outcome": wording(f"workbook.outcome.{one.outcome.value}"),
            "file": one.file,
            "errors": one.errors,
            "checks": one.checks,
            "infos": one.infos,
        }
        for one in receipts
    )
    return _table("summary", columns, rows, records)


def findings_table(findings: Sequence[Finding], departments: Mapping[str, str], returns: str) -> Table:
    """Return one row per finding, the weightiest first; ``departments`` tells whose file is whose."""
    ordered = sorted(
        findings,
        key=lambda one: (_WEIGHTS[severity(one.code)], departments.get(one.place.file, ""), one.place, one.code),
    )
    columns = _columns("findings")
    records = tuple(_record(one, departments.get(one.place.file, "")) for one in ordered)
    rows = [_finding_row(one, record, returns) for one, record in zip(ordered, records, strict=True)]
    return _table("findings", columns, rows, records)


def _columns(name: str) -> tuple[Column, ...]:
    layout = section("report")[name]["columns"]
    return tuple(
        Column(key, entry["label"], entry["width"], entry.get("align", "left")) for key, entry in layout.items()
    )


def _table(name: str, columns: tuple[Column, ...], rows: list[Row], records: tuple[Mapping[str, Scalar], ...]) -> Table:
    head = Row(tuple(Cell(column.label, "head") for column in columns))
    body = rows or [
        Row((Cell(wording(f"report.{name}.none"), "muted", across=len(columns)), *[None] * (len(columns) - 1)))
    ]
    return Table(
        name=wording(f"report.{name}.name"),
        title=wording(f"report.{name}.title"),
        columns=columns,
        head=(head,),
        body=tuple(body),
        record_columns=columns,
        records=records,
        subtitle=wording(f"report.{name}.subtitle"),
        landscape=True,
    )


def _summary_row(one: ReceivedRow, returns: str) -> Row:
    return Row(
        (
            Cell(one.department or wording("report.unknown_department"), "title"),
            Cell(wording(f"workbook.outcome.{one.outcome.value}")),
            Cell(one.file, link=_link(returns, one.file)),
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
        "field": one.field,
        "message": describe(one),
        "mend": explain(one.code).mend,
    }


def _finding_row(one: Finding, record: Mapping[str, Scalar], returns: str) -> Row:
    links = {
        "file": _link(returns, one.place.file),
        "cell": _link(returns, one.place.file, one.place.sheet, one.place.cell),
    }
    mark = _MARKS[severity(one.code)]
    return Row(
        tuple(
            Cell(value, mark if key in ("severity", "code") else "", link=links.get(key, ""))
            for key, value in record.items()
        )
    )


def _link(returns: str, file: str, sheet: str = "", cell: str = "") -> str:
    """Return the link to a received file, and to a cell in it; empty where there is none to follow."""
    if not file or (not cell and sheet):
        return ""
    target = f"external:{returns}/{file}"
    doubled = sheet.replace("'", "''")
    return f"{target}#'{doubled}'!{cell}" if cell else target
