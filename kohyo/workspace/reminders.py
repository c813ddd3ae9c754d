"""Reminder drafts (督促文の案): for each department that owes something, what it owes, in polite Japanese."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.issued_form import IssuedForm, latest
from kohyo.model.plan import Plan
from kohyo.model.submission_status import OWING, State, SubmissionStatus
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.text.tabs import file_stem
from kohyo.workspace.session import Session

_SUFFIX = ".txt"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Reminders:
    """The drafts as they lie now: written or still right, and those that somebody changed, which are left alone."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def write_reminders(
    current: Session, issues: Mapping[str, IssuedForm], statuses: Sequence[SubmissionStatus], today: date
) -> Reminders:
    """Write one draft per department that owes something; drafts of those who no longer do are removed.

    Only what kohyo wrote and nobody changed is written over or removed; a record keeps what it wrote. Raises
    FileError when a draft or the record cannot be written.
    """
    plan, files, record = current.plan, current.files, current.workspace.reminders_written
    folder = current.workspace.results / wording("workbook.files.reminders")
    letters = {
        f"{file_stem(status.department)}{_SUFFIX}": _encoded(_letter(plan, issues, status, today))
        for status in statuses
        if status.owes
    }
    ours = _load_record(record)
    changed = {path.name for path in folder.glob(f"*{_SUFFIX}") if _digest_of(path) != ours.get(path.name)}
    for name in sorted(ours.keys() - letters.keys() - changed):
        files.remove(folder / name)
    written = [name for name in letters if name not in changed]
    for name in written:
        files.put(folder / name, letters[name], guarded=True)
    digests = {name: _digest(letters[name]) for name in written}
    files.put(record, json.dumps(digests, ensure_ascii=False, indent=1).encode("utf-8"))
    return Reminders(
        tuple(folder / name for name in written), tuple(folder / name for name in letters if name in changed)
    )


def _encoded(letter: str) -> bytes:
    return _BOM + letter.replace("\n", "\r\n").encode("utf-8")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest_of(path: Path) -> str:
    """Return the digest of a draft, none of one that cannot be read: nobody knows whether it was changed."""
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _load_record(path: Path) -> dict[str, str]:
    try:
        return {str(name): str(digest) for name, digest in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def _letter(plan: Plan, issues: Mapping[str, IssuedForm], status: SubmissionStatus, today: date) -> str:
    return wording(
        "reminder.letter",
        date=show_date(today),
        department=status.department,
        secretariat=plan.plan.secretariat,
        contact=plan.plan.contact,
        plan=plan.plan.name,
        year=fiscal_year_label(FiscalYear(plan.cycle.year)),
        form=plan.plan.survey_form_name,
        body=_body(plan, issues, status),
        list="\n".join(_list(issues, status)),
    )


def _body(plan: Plan, issues: Mapping[str, IssuedForm], status: SubmissionStatus) -> str:
    return wording(
        f"reminder.{status.state if status.state in OWING else 'absent'}",
        form=plan.plan.survey_form_name,
        deadline=show_date(status.deadline),
        errors=status.errors,
        items=status.items,
        round=_round(issues, status),
        absent=len(status.absent),
        files=wording("text.list.joiner").join(status.files),
        overdue=wording("reminder.overdue") if status.overdue else "",
    ).strip()


def _round(issues: Mapping[str, IssuedForm], status: SubmissionStatus) -> int:
    issue = latest(issues.values(), status.department)
    return issue.round if issue else 0


def _list(issues: Mapping[str, IssuedForm], status: SubmissionStatus) -> Iterator[str]:
    """Yield what is missing, a line each: sheets that did not come, then what is to be mended on those that did."""
    issue = latest(issues.values(), status.department)
    absent = [sheet for sheet in issue.sheets if sheet.item] if issue else []
    if status.state is not State.MISSING:
        absent = [sheet for sheet in absent if sheet.tab in status.absent]
    if absent:
        yield wording("reminder.list.sheets")
        yield from (
            wording("reminder.list.sheet", tab=sheet.tab, title=sheet.values.get("title") or "") for sheet in absent
        )
    if status.to_mend:
        yield wording("reminder.list.mend")
        yield from (wording("reminder.list.place", tab=ask.tab, reason=ask.reason) for ask in status.to_mend)
