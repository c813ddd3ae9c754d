"""Consolidate (取込): everything in 回収 into the register, once, and nothing lost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from kohyo.definition.surveys import survey_name
from kohyo.errors import UsageError
from kohyo.excel.ooxml.file_status import sha256_if_any
from kohyo.excel.register_book import SaveResult
from kohyo.messages import weighty, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.item import ItemId
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.model.returned_file import ReturnedFile
from kohyo.register.conflict_resolution import decided_by_edits
from kohyo.register.endings import with_proposed
from kohyo.register.issued_numbers import with_issued
from kohyo.register.merge import Said, merge
from kohyo.register.notes import keep_notes
from kohyo.register.open_form_findings import late_forms
from kohyo.register.questions import conflict_findings, orphan_findings
from kohyo.register.receipts import receive
from kohyo.returns.after_end import missed_after_all
from kohyo.returns.deadlines import stop_if_past
from kohyo.returns.effective_answers import effective_answers
from kohyo.returns.former_departments import under_todays_names
from kohyo.returns.in_survey import narrowed, under_way, with_surveys
from kohyo.returns.reworded import reworded_files, reworded_forms
from kohyo.returns.sent_forms import SentForms
from kohyo.returns.submission_status import submission_statuses
from kohyo.returns.supersede import judge
from kohyo.workspace.answer_store import keep_answers, load_answers, load_copied_answers, reading_of, renamed
from kohyo.workspace.corrections import CorrectionContext, SentBack, mark_sent_back, send_back
from kohyo.workspace.folder import Location, open_workspace
from kohyo.workspace.garbage import seldom_collected
from kohyo.workspace.given_day import Day, given_day, moment_of
from kohyo.workspace.import_report import write_import_report
from kohyo.workspace.issued_forms import load_bases, stop_if_bases_are_gone
from kohyo.workspace.lock import working
from kohyo.workspace.missing_sheets import absent_tabs, owed_by_department, owed_bytes
from kohyo.workspace.nothing_new import NothingNew, Told
from kohyo.workspace.passwords import kept_passwords
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.reading import ReturnsReader
from kohyo.workspace.received_files import understand
from kohyo.workspace.returns_folder import closed_folders, received_files
from kohyo.workspace.session import Session, session, stop_if_broken

_PASSING = (Code.K104, Code.K146, Code.K148)
"""What passes by itself: a file in use, too slow, its reader lost."""

_NOT_FOR_GOOD = (*_PASSING, Code.K123, Code.K124, Code.K170)
"""What a file may be found with one time and not the next: these, a lock whose password may come, who read it."""


@dataclass(frozen=True)
class Consolidated:
    """What a consolidation did: outcomes by file, findings, conflicts that wait, changes made, files written."""

    outcomes: Mapping[Outcome, int]
    missing: tuple[str, ...]
    skipped: int
    findings: tuple[Finding, ...]
    open_conflicts: int
    open_notes: int
    changes: int
    saved: SaveResult
    report: Path
    sent_back: tuple[Path, ...] = ()
    """The corrections that wait to be sent and to come back."""

    @property
    def waits(self) -> bool:
        """Tell whether something waits that passes by itself, so that it is worth coming back to."""
        return self.saved.waiting is not None or any(finding.code in _PASSING for finding in self.findings)

    @property
    def needs_person(self) -> bool:
        """Tell whether somebody must look: something to mend or decide, or a return that has not come."""
        waits = bool(self.open_conflicts) or bool(self.missing) or self.saved.waiting is not None
        return waits or bool(weighty(self.findings))


def consolidate(  # noqa: PLR0913 - what is wanted differently is named
    root: Location,
    now: datetime | None = None,
    progress: Progress = silent,
    mend_by: Day | None = None,
    passwords: Sequence[str] = (),
    *,
    anyway: bool = False,
    executor: Executor | None = None,
) -> Consolidated:
    """Read 回収 into the register, write 結果/取込結果.xlsx and 差戻し; doing it twice is the same as once.

    ``mend_by`` is the day by which corrections are to be back, by default the form's own deadline or in a week.
    Locked files are opened with the passwords that are kept, and with ``passwords``. An ``executor`` of
    ``concurrent.futures`` (threads, processes, a cluster's) reads the files in batches; what comes of it is the same.

    Raises UsageError when no forms went out or nothing came back, and for a ``mend_by`` before today unless it is
    meant ``anyway``; FileError when the register cannot be read or written. One unreadable file never stops the others.
    """
    mend_by = given_day(mend_by)
    stop_if_past(mend_by, moment_of(now).date(), anyway=anyway)
    workspace = open_workspace(root)
    with working(workspace) as taken_up, seldom_collected():
        asked = NothingNew(workspace, moment_of(now), mend_by)
        told = asked.told()
        if told is not None:
            report = workspace.result("import_report")
            return Consolidated(**vars(told), changes=0, saved=SaveResult(changed=False), report=report)
        with session(workspace, "consolidate", now, taken_up=taken_up) as current:
            stop_if_broken(current)
            known = (*kept_passwords(), *passwords)
            reader = ReturnsReader(current.workspace.returns, known, executor)
            done, sent, register = _consolidated(current, progress, mend_by, reader)
            if _would_be_the_same(current, done, sent):
                told = Told(**{part.name: getattr(done, part.name) for part in fields(Told)})
                asked.keep(told, register=register, made=done.sent_back)
            return done


def _would_be_the_same(current: Session, done: Consolidated, sent: SentBack) -> bool:
    """Tell whether another one would tell the same.

    What could not be opened or written may be another time; what people did to the register is told once.
    """
    failed = current.files.held or sent.findings or done.saved.findings or done.saved.waiting
    once = done.saved.changed and (current.findings or current.loaded.edits)
    return not (failed or once or any(finding.code in _NOT_FOR_GOOD for finding in done.findings))


def _consolidated(
    current: Session, progress: Progress, mend_by: date | None, reader: ReturnsReader
) -> tuple[Consolidated, SentBack, str]:
    """Do it, and return what it did, the corrections by themselves, and the SHA-256 of a register that it changed."""
    went_out = load_bases(current.workspace, current.plan)
    found, skipped = _read_all(current, went_out, progress, reader)
    issues = reworded_forms(went_out, current.plan)
    before = decided_by_edits(under_todays_names(current.register, current.plan), current.plan, current.loaded.edits)
    merged = merge(before, current.plan, _said(found, issues), current.now)
    files = judge(missed_after_all(found, current.plan, merged), current.plan)
    sent = send_back(CorrectionContext(current, merged, issues, mend_by), files, progress)
    files = mark_sent_back(files, sent)
    received = receive(merged, _expected(current.plan, issues), files, current.now)
    received = with_surveys(current.plan, received, issues)
    known = {**issues, **{issue.control: issue for issue in sent.issues.values()}}
    noted = with_proposed(keep_notes(received, current.plan, files), current.plan)
    register = with_issued(noted, known.values(), current.now)
    prepared = current.prepare(register)
    owed = owed_by_department(files)
    current.files.put(current.workspace.owed, owed_bytes(owed))
    findings = (
        *current.findings,
        *reader.findings,
        *closed_folders(current.workspace.returns),
        *_findings(files, register, current.plan, issues),
        *sent.findings,
        *(wish.finding for wishes in owed.values() for wish in wishes),
        *prepared.findings,
    )
    survey = under_way(current.plan, known)
    asked = narrowed(current.plan, register, known, survey)
    statuses = submission_statuses(*asked, absent_tabs(owed, survey), current.now.date())
    report = write_import_report(current, register, findings, statuses, sent.paths_in(survey))
    saved = current.commit(prepared)
    done = Consolidated(
        outcomes=Counter(receipt.outcome for receipt in register.receipts if receipt.file),
        missing=_missing(register, survey_name(current.plan, survey)),
        skipped=skipped,
        findings=findings,
        open_conflicts=len(register.open_questions),
        open_notes=len(register.open_notes),
        changes=len(noted.changes) - len(before.changes),
        saved=saved,
        report=report,
        sent_back=tuple(sent.paths.values()),
    )
    return done, sent, prepared.after


def _missing(register: Register, survey: str) -> tuple[str, ...]:
    """Return whose return is missing in a survey."""
    rows = (row for row in register.receipts if row.outcome is Outcome.MISSING and row.survey == survey)
    return tuple(row.department for row in rows)


def _read_all(
    current: Session, issues: Mapping[str, IssuedForm], progress: Progress, reader: ReturnsReader
) -> tuple[tuple[ReturnedFile, ...], int]:
    """Return what every file says that ever came, and how many were skipped by name; only what is new is read."""
    stop_if_bases_are_gone(current.workspace.bases, issues, current.register.receipts)
    if not issues:
        raise UsageError("no_forms")
    folder = current.workspace.returns
    paths = received_files(folder)
    if not paths:
        raise UsageError("no_returns", path=folder)
    reading = reading_of(current.plan)
    kept = load_answers(current.workspace.answers, issues, reading)
    current.files.begin()
    with reader:
        read_now, skipped = _read_files(current, issues, kept, reader, progress)
    files = reworded_files(read_now, current.plan)
    keep_answers(current.workspace, [file for file in files if file.sha256 not in kept], reading)
    present = {file.sha256 for file in files}
    gone = load_answers(current.workspace.answers, issues, besides=present)
    names = {row.sha256: row.file for row in current.register.receipts if row.sha256}
    read = {row.sha256 for row in current.register.receipts if row.outcome in READABLE}
    gone |= load_copied_answers(current.workspace, issues, read - present - gone.keys())
    away = reworded_files((renamed(file, names.get(sha, file.file)) for sha, file in gone.items()), current.plan)
    return (*files, *away), skipped


def _read_files(
    current: Session,
    issues: Mapping[str, IssuedForm],
    kept: Mapping[str, ReturnedFile],
    reader: ReturnsReader,
    progress: Progress,
) -> tuple[list[ReturnedFile], int]:
    """Read the files of 回収 whose answers are not kept yet; of the others say what is kept."""
    folder = current.workspace.returns
    sent = SentForms(issues)
    paths = received_files(folder)
    digests = {path: sha256_if_any(path) for path in paths} if kept else {}
    new = {path: None for path in paths if digests.get(path, "") not in kept}
    first: dict[str, ReturnedFile] = {}
    files: list[ReturnedFile] = []
    skipped = 0
    results = reader.read_many(tuple(new))
    for path in progress(paths, wording("cli.progress.returns")):
        name = path.relative_to(folder).as_posix()
        if path in new:
            result = next(results)
            if result.skipped:
                skipped += 1
                continue
            file = understand(result, name, current.plan, sent, current.forms.of)
        else:
            file = renamed(kept[digests[path]], name)
        files.append(_once(file, first))
    return files, skipped


def _once(file: ReturnedFile, first: dict[str, ReturnedFile]) -> ReturnedFile:
    """Return the file, as a duplicate (重複) where its content came under another name as well."""
    same = first.setdefault(file.sha256, file)
    if same is file or same.outcome is Outcome.UNREADABLE:
        return file
    finding = finding_of(Code.K156, Place(file.file), value=same.file)
    return ReturnedFile(file.file, file.sha256, Outcome.DUPLICATE, file.issue, findings=(finding,))


def _said(files: Sequence[ReturnedFile], issues: Mapping[str, IssuedForm]) -> Said:
    """Return all that was said, and who was asked about which item."""
    asked: dict[ItemId, dict[str, None]] = defaultdict(dict)
    for issue in issues.values():
        for sheet in issue.sheets:
            if sheet.item:
                asked[sheet.item][issue.department] = None
    names = {name for file in files if file.outcome in READABLE for name in (file.file, *file.earlier_names)}
    since = min((place for issue in issues.values() if (place := issue.issued_after) is not None), default=0)
    return Said(effective_answers(files), names, {item: tuple(who) for item, who in asked.items()}, since)


def _findings(
    files: Sequence[ReturnedFile], register: Register, plan: Plan, issues: Mapping[str, IssuedForm]
) -> tuple[Finding, ...]:
    """Return what every file shows, and what waits for a decision."""
    found = [finding for file in files for finding in file.findings]
    answers = [answer for file in files for answer in file.answers]
    late = late_forms(plan, register, issues)
    return (*found, *late, *orphan_findings(register, plan, answers), *conflict_findings(register, plan))


def _expected(plan: Plan, issues: Mapping[str, IssuedForm]) -> tuple[str, ...]:
    sent_to = {issue.department for issue in issues.values()}
    return tuple(entry.name for entry in plan.departments if entry.name in sent_to)
