"""The report of a consolidation (取込結果.xlsx), readable by someone who did not run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from kohyo.excel.table_book.table_writer import write_tables
from kohyo.messages import wording
from kohyo.model.finding import Finding
from kohyo.register.state import Register
from kohyo.tables.import_report import ReceivedRow, files_table, findings_table
from kohyo.tables.respondents import departments_table
from kohyo.usecases.respondents import respondent_rows
from kohyo.usecases.session import Session
from kohyo.usecases.standing import Standing


def write_import_report(
    current: Session,
    register: Register,
    findings: Sequence[Finding],
    standings: Sequence[Standing],
    corrections: Mapping[str, Path],
) -> Path:
    """Write 結果/取込結果.xlsx: a row per department, per file, and per finding with links.

    Raises FileError when it cannot be written.
    """
    path = current.workspace.result("import_report")
    departments = {receipt.file: receipt.department for receipt in register.receipts if receipt.file}
    returns = f"../{wording('workbook.files.returns')}"
    files = [
        ReceivedRow(
            department=one.department,
            outcome=one.outcome,
            round=one.round,
            received=_moment(one.received_at),
            file=one.file,
            errors=one.errors,
            checks=one.checks,
            infos=one.infos,
        )
        for one in register.receipts
        if one.file
    ]
    rows = respondent_rows(standings, corrections, current.workspace.register, path.parent)
    tables = (departments_table(rows), files_table(files, returns), findings_table(findings, departments, returns))
    write_tables(path, current.plan, tables, created=current.now)
    return path


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    return wording("report.moment", month=at.month, day=at.day, hour=at.hour, minute=at.minute)
