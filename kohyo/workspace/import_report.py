"""The report of a consolidation (取込結果.xlsx), readable by someone who did not run it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kohyo.messages import wording
from kohyo.model.finding import Finding
from kohyo.model.register import Register
from kohyo.model.submission_status import SubmissionStatus
from kohyo.tables.reports import files_table, findings_table
from kohyo.tables.respondents import departments_table
from kohyo.workspace.session import Session


def write_import_report(
    current: Session,
    register: Register,
    findings: Sequence[Finding],
    statuses: Sequence[SubmissionStatus],
    corrections: Mapping[str, Path],
) -> Path:
    """Write 結果/取込結果.xlsx: a row per department, per file, and per finding with links.

    Raises FileError when it cannot be written.
    """
    path = current.workspace.result("import_report")
    departments = {receipt.file: receipt.department for receipt in register.receipts if receipt.file}
    returns = f"../{wording('workbook.files.returns')}"
    tables = (
        departments_table(statuses, corrections, current.workspace.register),
        files_table(register.receipts, returns),
        findings_table(findings, departments, returns),
    )
    current.put_tables(path, tables)
    return path
