"""The report of a consolidation (取込結果.xlsx), readable by someone who did not run it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.write.table_book import write_tables
from kohyo.messages import wording
from kohyo.model.finding import Finding
from kohyo.register.state import Register
from kohyo.tables.import_report import ReceivedRow, findings_table, summary_table
from kohyo.usecases.session import Session


def write_import_report(current: Session, register: Register, findings: Sequence[Finding]) -> Path:
    """Write 結果/取込結果.xlsx: a row per file and respondent, then a row per finding with links."""
    path = current.workspace.result("import_report")
    departments = {receipt.file: receipt.department for receipt in register.receipts if receipt.file}
    returns = f"../{wording('workbook.files.returns')}"
    rows = [
        ReceivedRow(one.department, one.outcome, one.file, one.errors, one.checks, one.infos)
        for one in register.receipts
    ]
    tables = (summary_table(rows, returns), findings_table(findings, departments, returns))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_tables(path, current.plan, tables, created=current.now)
    except OSError as error:
        raise FileError("unwritable", path=path) from error
    return path
