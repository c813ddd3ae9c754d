"""Audit (点検): where definition, register, tables and documents contradict each other; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kohyo.definition.layout import sheet_spec
from kohyo.excel.list_book.list_file import document_lines, read_list_file
from kohyo.excel.register_book.version_book import describe_version
from kohyo.excel.table_book.table_writer import table_book
from kohyo.messages import severity, wording
from kohyo.model.finding import Finding, Place, Severity
from kohyo.register.audit import Places, former_titles, other_titles, register_contradictions
from kohyo.register.document_audit import document_contradictions
from kohyo.register.open_form_findings import team_contradictions
from kohyo.register.plan_list.contradictions import list_contradictions
from kohyo.tables.reports import findings_table
from kohyo.tables.sum_check import sum_findings
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.session import Session, session
from kohyo.workspace.versions import load_version, version_files


@dataclass(frozen=True)
class Audited:
    """What an audit found, and the report."""

    findings: tuple[Finding, ...]
    report: Path | None
    """None where it cannot be written."""

    @property
    def needs_person(self) -> bool:
        """Tell whether anything found is more than a remark."""
        return any(severity(finding.code) is not Severity.INFO for finding in self.findings)


def audit(root: Location, files: Sequence[Name] = ()) -> Audited:
    """Write 結果/点検結果.xlsx: contradictions within the workspace, and in documents where they are given.

    Raises UsageError or FileError when the workspace or a document cannot be read.
    """
    with session(root, "audit", reading=True) as current:
        in_documents = (finding for file in files for finding in _in_document(current, Path(file)))
        findings = (*current.findings, *_in_workspace(current), *in_documents)
        report = current.workspace.result("audit_report")
        table = findings_table(findings, {}, "")
        written = current.files.put_if_possible(report, table_book(current.plan, (table,), created=current.now))
        return Audited(findings, report if written else None)


def _in_workspace(current: Session) -> tuple[Finding, ...]:
    register = current.workspace.register.name
    places = Places(
        goals=Place(current.workspace.definition.name, sheet_spec("goals").tab),
        items=Place(register, wording("workbook.sheets.items")),
        entries=Place(register, wording("workbook.sheets.entries")),
    )
    sums = [finding for data in current.plan.tables for finding in sum_findings(data)]
    teams = team_contradictions(current.plan, current.register, Place(register, wording("workbook.sheets.teams")))
    return (*register_contradictions(current.plan, current.register, places), *_titles(current, places), *teams, *sums)


def _titles(current: Session, places: Places) -> Iterator[Finding]:
    """Yield where the list of teams, or the version that was frozen last, calls an item otherwise."""
    yield from other_titles(current.plan, current.register, places.items)
    files = version_files(current.workspace)
    if files:
        last = max(files, key=lambda path: (describe_version(path, current.plan).frozen_on or date.min, path.name))
        frozen = load_version(current.workspace, current.plan, last.stem)
        yield from former_titles(frozen.register, frozen.version.name, current.register, places.items)


def _in_document(current: Session, file: Path) -> tuple[Finding, ...]:
    lines = document_lines(file)
    found = document_contradictions(current.plan, lines)
    rows, _ = read_list_file(file, current.plan)
    return (*found, *list_contradictions(current.register, rows))
