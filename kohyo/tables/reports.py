"""The secretariat's own reports (取込結果, 点検結果): a row per received file, and per finding with a link to its cell.

``respondents`` makes the tables about the departments, in the same layout.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kohyo.messages import describe, explain, section, severity, wording
from kohyo.model.finding import Finding, Place, Severity
from kohyo.model.register import Receipt
from kohyo.model.table import Cell, Chart, Column, Mark, Row, Scalar, Table
from kohyo.tables.building_blocks import heading, nothing

_WEIGHTS = {Severity.ERROR: 0, Severity.CHECK: 1, Severity.INFO: 2}
_MARKS: Mapping[Severity, Mark] = {Severity.ERROR: "title", Severity.CHECK: "", Severity.INFO: "muted"}
_ESCAPED = str.maketrans({sign: f"%{ord(sign):02X}" for sign in '%# "<>[]`^{}'})
"""Signs in the names of files that mean something else in links."""


def files_table(receipts: Sequence[Receipt], returns: str) -> Table:
    """Return one row per received file; ``returns`` leads from 結果 to 回収."""
    records = [_file_record(receipt) for receipt in receipts if receipt.file]
    return report_table("files", [_file_row(record, returns) for record in records], records, landscape=False)


def findings_table(findings: Sequence[Finding], departments: Mapping[str, str], returns: str) -> Table:
    """Return one row per finding, the weightiest first; ``departments`` tells whose file is whose."""

    def weight(finding: Finding) -> tuple[int, str, Place, str]:
        place = finding.place
        return _WEIGHTS[severity(finding.code)], departments.get(place.file, ""), place, finding.code

    ordered = sorted(findings, key=weight)
    records = [_finding_record(finding, departments.get(finding.place.file, "")) for finding in ordered]
    rows = [_finding_row(finding, record, returns) for finding, record in zip(ordered, records, strict=True)]
    return report_table("findings", rows, records)


def report_columns(name: str) -> tuple[Column, ...]:
    """Return the columns of a report's table (``report.<name>.columns``)."""
    layout = section("report")[name]["columns"]
    aligned = {key: entry.get("align", "left") for key, entry in layout.items()}
    return tuple(
        Column(key, entry["label"], entry["width"], aligned[key], "count" if aligned[key] == "right" else "text")
        for key, entry in layout.items()
    )


def file_link(folder: str, file: str, sheet: str = "", cell: str = "") -> str:
    """Return the link from a report to a file below ``folder``, or to a cell in it; no file is no link."""
    if not file:
        return ""
    spelled = f"{folder}/{file}".translate(_ESCAPED)
    doubled = sheet.replace("'", "''")
    return f"external:{spelled}#'{doubled}'!{cell}" if sheet and cell else f"external:{spelled}"


def report_table(
    name: str,
    rows: Sequence[Row],
    records: Sequence[Mapping[str, Scalar]],
    *,
    landscape: bool = True,
    said: str = "",
    chart: Chart | None = None,
) -> Table:
    """Return a table with filters; ``said`` goes into its subtitle, without rows it says that there are none."""
    columns = report_columns(name)
    return Table(
        name=wording(f"report.{name}.name"),
        title=wording(f"report.{name}.title"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(rows) or (nothing(wording(f"report.{name}.none"), len(columns)),),
        record_columns=columns,
        records=tuple(records),
        subtitle=wording(f"report.{name}.subtitle", said=said),
        landscape=landscape,
        filters=bool(rows),
        chart=chart if rows else None,
    )


def _file_record(receipt: Receipt) -> Mapping[str, Scalar]:
    return {
        "department": receipt.department,
        "outcome": wording(f"workbook.outcome.{receipt.outcome.value}"),
        "round": receipt.round,
        "file": receipt.file,
        "received": _moment(receipt.received_at),
        "errors": receipt.errors,
        "checks": receipt.checks,
        "infos": receipt.infos,
    }


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    return wording("report.moment", month=at.month, day=at.day, hour=at.hour, minute=at.minute)


def _file_row(record: Mapping[str, Scalar], returns: str) -> Row:
    file = str(record["file"])
    return Row(
        (
            Cell(record["department"] or wording("report.unknown_department"), "title"),
            Cell(record["outcome"]),
            Cell(record["round"] or None, "count"),
            Cell(file, link=file_link(returns, file)),
            Cell(record["received"]),
            *(Cell(record[key] or None, "count") for key in ("errors", "checks", "infos")),
        )
    )


def _finding_record(finding: Finding, department: str) -> Mapping[str, Scalar]:
    return {
        "severity": wording(f"finding.severity.{severity(finding.code).value}"),
        "code": finding.code,
        "department": department,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "open": "",
        "field": finding.field,
        "message": describe(finding),
        "mend": explain(finding.code).mend,
    }


def _finding_row(finding: Finding, record: Mapping[str, Scalar], returns: str) -> Row:
    """Return the row of a finding: its place leads to the cell, or to the file where no cell is known."""
    place = finding.place
    link = file_link(returns, place.file, place.sheet, place.cell)
    opens = Cell(wording("report.open"), link=link) if link else Cell()
    mark = _MARKS[severity(finding.code)]
    cells = (
        opens if key == "open" else Cell(value, mark if key in ("severity", "code") else "")
        for key, value in record.items()
    )
    return Row(tuple(cells))
