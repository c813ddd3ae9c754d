"""Check (点検): the findings of returned forms, without a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kohyo.definition.load import shipped
from kohyo.errors import FileError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.list_book.data_sheets import data_sheets
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.tables.open_data_rules import rule_findings
from kohyo.usecases.new import DEFAULT_PLAN
from kohyo.workspace.passwords import kept_passwords
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.received_files import check_alone


@dataclass(frozen=True)
class Checked:
    """The findings of the files, in the order of the files."""

    files: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def needs_person(self) -> bool:
        """Tell whether anything must be mended or looked at."""
        return any(severity(finding.code) is not Severity.INFO for finding in self.findings)


def check(
    paths: Sequence[Path],
    definition: Path | None = None,
    progress: Progress = silent,
    passwords: Sequence[str] = (),
) -> Checked:
    """Return what is wrong with returned forms; ``definition`` is a 計画定義.xlsx, else the shipped plan.

    Locked files are opened with the passwords that are kept, and with ``passwords``.
    Raises FileError for a path that is no file. Values are not compared with what went out: for that,
    consolidate.
    """
    for path in paths:
        if not path.is_file():
            raise FileError("unreadable", path=path)
    plan = read_definition(definition) if definition else shipped(DEFAULT_PLAN)
    findings: list[Finding] = []
    with Reader(passwords=(*kept_passwords(), *passwords)) as reader:
        shown = progress(paths, wording("cli.progress.returns"))
        for path, result in zip(shown, reader.read_many(paths), strict=True):
            findings.extend(check_alone(result, path.name, plan))
    return Checked(tuple(path.name for path in paths), tuple(findings))


def check_rules(paths: Sequence[Path], progress: Progress = silent) -> Checked:
    """Return where any workbooks or CSVs do not keep the rules for machine-readable tables (総務省の統一ルール).

    Raises FileError for a path that is no file, or is neither text nor a workbook.
    """
    findings: list[Finding] = []
    for path in progress(paths, wording("cli.progress.rules")):
        for sheet in data_sheets(path):
            findings.extend(rule_findings(sheet))
    return Checked(tuple(path.name for path in paths), tuple(findings))
