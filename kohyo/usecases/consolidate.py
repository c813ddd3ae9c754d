"""Consolidate (取込): everything in 回収 into the register, once, and nothing lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from kohyo.definition.departments import now_called
from kohyo.errors import UsageError
from kohyo.excel.ooxml.worker import Reader, ReadResult
from kohyo.excel.register_book import SaveResult
from kohyo.messages import weighty, wording
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.returned_file import Claim, ReturnedFile
from kohyo.register.merge import conflict_findings, merge, orphan_findings
from kohyo.register.receipts import receive
from kohyo.returns.former_departments import under_todays_names
from kohyo.returns.submission_status import submission_statuses
from kohyo.returns.supersede import judge, received_times
from kohyo.workspace.corrections import Desk, mark_sent_back, send_back
from kohyo.workspace.import_report import write_import_report
from kohyo.workspace.issued_forms import load_bases, stop_if_bases_are_gone
from kohyo.workspace.missing_sheets import owed_by_department, save_owed
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.received_files import received_files, understand
from kohyo.workspace.session import Session, session, stop_if_broken


@dataclass(frozen=True)
class Consolidated:
    """What a consolidation did: outcomes by file, findings, conflicts that wait, changes made, files written."""

    outcomes: Mapping[Outcome, int]
    missing: tuple[str, ...]
    skipped: int
    findings: tuple[Finding, ...]
    open_conflicts: int
    changes: int
    saved: SaveResult
    report: Path
    sent_back: tuple[Path, ...] = ()
    """The corrections that wait to be sent and to come back."""

    @property
    def needs_person(self) -> bool:
        """Tell whether somebody must look: something to mend or decide, or a return that has not come."""
        waits = bool(self.open_conflicts) or bool(self.missing) or self.saved.waiting is not None
        return waits or bool(weighty(self.findings))


def consolidate(
    root: Path, now: datetime | None = None, progress: Progress = silent, mend_by: date | None = None
) -> Consolidated:
    """Read 回収 into the register, write 結果/取込結果.xlsx and 差戻し; doing it twice is the same as once.

    ``mend_by`` is the day by which corrections are to be back, by default the form's own deadline or in a week.

    Raises UsageError when no forms went out or nothing came back, FileError when the register cannot be read
    or written. One unreadable file never stops the others.
    """
    with session(root, now) as current:
        stop_if_broken(current)
        issues = load_bases(current.workspace.bases, current.plan)
        found, skipped = _read_all(current, issues, progress)
        before = under_todays_names(current.register, current.plan)
        times = received_times(before, found, current.now)
        files = judge(found, times)
        merged = _merged(before, _new_claims(files, before), current)
        sent = send_back(Desk(current, merged, issues, times, mend_by), files, progress)
        files = mark_sent_back(files, sent)
        register = receive(merged, _expected(current.plan, issues), files, current.now)
        saved = current.save(register)
        owed = owed_by_department(files)
        save_owed(current.workspace.owed, owed)
        findings = (
            *current.findings,
            *_findings(files, register, current.plan),
            *sent.findings,
            *(wish.finding for wishes in owed.values() for wish in wishes),
            *saved.findings,
        )
        known = {**issues, **{issue.control: issue for issue in sent.issues.values()}}
        absent = {name: [wish.finding.value for wish in wishes] for name, wishes in owed.items()}
        statuses = submission_statuses(current.plan, register, known, absent, current.now.date())
        return Consolidated(
            outcomes=Counter(receipt.outcome for receipt in register.receipts if receipt.file),
            missing=tuple(one.department for one in register.receipts if one.outcome is Outcome.MISSING),
            skipped=skipped,
            findings=findings,
            open_conflicts=len(register.open_conflicts),
            changes=len(register.changes) - len(before.changes),
            saved=saved,
            report=write_import_report(current, register, findings, statuses, sent.paths),
            sent_back=tuple(sent.paths.values()),
        )


def _read_all(
    current: Session, issues: Mapping[str, IssuedForm], progress: Progress
) -> tuple[tuple[ReturnedFile, ...], int]:
    """Read every file of 回収; return what was understood, and how many were skipped by name."""
    stop_if_bases_are_gone(current.workspace.bases, issues, current.register.receipts)
    if not issues:
        raise UsageError("no_forms")
    folder = current.workspace.returns
    paths = received_files(folder)
    if not paths:
        raise UsageError("no_returns", path=folder)
    first: dict[str, ReturnedFile] = {}
    files: list[ReturnedFile] = []
    with Reader() as reader:
        shown = progress(paths, wording("cli.progress.returns"))
        for path, result in zip(shown, reader.read_many(paths), strict=True):
            if not result.skipped:
                one = _understood(result, path.relative_to(folder).as_posix(), current, issues, first)
                first.setdefault(result.sha256, one)
                files.append(one)
    return tuple(files), len(paths) - len(files)


def _understood(
    result: ReadResult,
    file: str,
    current: Session,
    issues: Mapping[str, IssuedForm],
    known: Mapping[str, ReturnedFile],
) -> ReturnedFile:
    same = known.get(result.sha256)
    if same is None or same.outcome is Outcome.UNREADABLE:
        return understand(result, file, current.plan, issues)
    finding = Finding("K156", Place(file), value=same.file)
    return replace(same, file=file, outcome=Outcome.DUPLICATE, claims=(), offers=(), seen=(), findings=(finding,))


def _new_claims(files: Sequence[ReturnedFile], register: Register) -> list[Claim]:
    """Return the claims of files that were not merged before: what was merged once stays as people left it."""
    merged = {receipt.sha256 for receipt in register.receipts if receipt.outcome in READABLE}
    return [claim for one in files if one.sha256 not in merged for claim in one.claims]


def _merged(register: Register, claims: Sequence[Claim], current: Session) -> Register:
    """Merge round by round: what a correction changes is changed against what the rounds before it said."""
    for number in sorted({claim.round for claim in claims}):
        of_round = [claim for claim in claims if claim.round == number]
        register = merge(register, of_round, current.now, partial(now_called, current.plan))
    return register


def _findings(files: Sequence[ReturnedFile], register: Register, plan: Plan) -> tuple[Finding, ...]:
    """Return what every file shows, and what waits for a decision."""
    found = [finding for one in files for finding in one.findings]
    claims = [claim for one in files for claim in one.claims]
    return (*found, *orphan_findings(register, plan, claims), *conflict_findings(register, plan))


def _expected(plan: Plan, issues: Mapping[str, IssuedForm]) -> tuple[str, ...]:
    sent_to = {issue.department for issue in issues.values()}
    return tuple(entry.name for entry in plan.departments if entry.name in sent_to)
