"""Sending back (差戻し): the form rebuilt clean with the department's own answers, each place to mend marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from kohyo.definition.departments import split_names
from kohyo.definition.fields import item_fields
from kohyo.definition.sheet_codes import copy_code
from kohyo.definition.surveys import survey_plan
from kohyo.errors import KohyoError
from kohyo.excel.form.form_writer import form_bytes
from kohyo.excel.ooxml.atomic_write import make_folder
from kohyo.messages import describe_problem, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import Ask, IssuedForm, IssuedSheet
from kohyo.model.issued_form_json import with_mark
from kohyo.model.item import Item, ItemId
from kohyo.model.outcome import Outcome
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.model.returned_file import ReturnedFile, ReturnedSheet
from kohyo.model.value import FieldValue
from kohyo.register.issued_numbers import last_round
from kohyo.register.ownership import values_for
from kohyo.returns.correction_requests import CorrectionRequest, absent, disputes, wishes, worth_asking
from kohyo.returns.supersede import Respondent, by_department, code_of, respondent_of
from kohyo.text.control_number import COVER, ControlNumber, parse_control_number, sheet_code
from kohyo.text.tabs import free_tab
from kohyo.text.working_days import next_working_day
from kohyo.workspace.correction_files import Issues, correction_path
from kohyo.workspace.progress import Progress
from kohyo.workspace.session import Session

_DAYS = 7


@dataclass(frozen=True)
class SentBack:
    """The corrections that are awaited, by department and survey, and what could not be written."""

    issues: Mapping[Respondent, IssuedForm]
    paths: Mapping[Respondent, Path]
    findings: tuple[Finding, ...]

    def paths_in(self, survey: str) -> dict[str, Path]:
        """Return the corrections of one survey, by department."""
        return {name: path for (name, of), path in self.paths.items() if of == survey}


@dataclass(frozen=True)
class CorrectionContext:
    """What corrections are made from: the register as merged, every form that ever went out."""

    current: Session
    register: Register
    issues: Issues
    deadline: date | None


def send_back(context: CorrectionContext, files: Sequence[ReturnedFile], progress: Progress) -> SentBack:
    """Write a correction into 差戻し for each department that must mend something; the same again if it did not change.

    A correction that still waits to come back stays as it is. One that no longer waits is put away into 控え.
    """
    groups = by_department(files)
    awaited = {
        respondent_of(latest): issue for _, latest, group in groups if (issue := _awaited(context, latest, group))
    }
    paths: dict[Respondent, Path] = {}
    findings: list[Finding] = []
    for respondent, issue in progress(list(awaited.items()), wording("cli.progress.corrections")):
        path = correction_path(context.current.workspace, issue)
        try:
            _put(context, issue, path)
        except KohyoError as problem:
            findings.append(
                finding_of(Code.K160, Place(path.name), value=respondent[0], reason=describe_problem(problem))
            )
        else:
            paths[respondent] = path
    _put_away(context, {issue.control for issue in awaited.values()})
    return SentBack({respondent: awaited[respondent] for respondent in paths}, paths, tuple(findings))


def _put(context: CorrectionContext, issue: IssuedForm, path: Path) -> None:
    """Write a correction and what it holds; raise KohyoError when it cannot be made or written."""
    plan, files = context.current.forms.of(issue), context.current.files
    make_folder(path.parent)
    if not path.exists():
        files.put(path, form_bytes(plan, issue, issue.deadline or plan.cycle.closes))
    context.current.put_base(issue)


def mark_sent_back(files: Sequence[ReturnedFile], sent: SentBack) -> tuple[ReturnedFile, ...]:
    """Return the files with 差戻し in the place of 不備 where a correction went out."""
    return tuple(
        replace(file, outcome=Outcome.SENT_BACK)
        if file.outcome is Outcome.DEFECTIVE and file.issue and respondent_of(file.issue) in sent.issues
        else file
        for file in files
    )


def _awaited(context: CorrectionContext, latest: IssuedForm, files: Sequence[ReturnedFile]) -> IssuedForm | None:
    """Return the correction that a department has to send back, None where it has to mend nothing."""
    own = [file for file in files if file.outcome is not Outcome.SUPERSEDED]
    rebuilt = _Rebuilt(context, latest, own)
    disputed = disputes(
        context.current.plan, _told_in(context.register, latest, files), latest.department, rebuilt.shown
    )
    found = worth_asking([*wishes(own, rebuilt.code), *disputed, *absent(latest, files)])
    must = [wish for wish in found if wish.must]
    if not must:
        return None
    known = [issue for issue in context.issues.values() if issue.department == latest.department]
    corrections = [issue for issue in known if issue.correction and issue.survey == latest.survey]
    standing = max(corrections, key=lambda issue: issue.round, default=None)
    if standing and _still_stands(standing, must):
        return standing
    went_out = last_round(context.register, parse_control_number(latest.control, context.current.plan.plan.code))
    return rebuilt.issue(max(went_out, *(issue.round for issue in known)) + 1, found)


def _told_in(register: Register, latest: IssuedForm, files: Sequence[ReturnedFile]) -> Register:
    """Return the register with those conflicts alone that come of one survey's files, where a year holds several."""
    if not latest.survey:
        return register
    own = {file.sha256 for file in files}
    return replace(register, conflicts=tuple(row for row in register.conflicts if row.sha256 in own))


def _still_stands(standing: IssuedForm, must: Iterable[CorrectionRequest]) -> bool:
    """Tell whether a correction that went out asks for all of it already, and none came back still wrong."""
    asked = {(sheet_code(ask.sheet), name) for ask in standing.asks if ask.must for name in ask.fields or ("",)}
    return all(wish.sha256 in standing.answers and wish.places <= asked for wish in must)


class _Rebuilt:
    """A department's form with all that its returns hold."""

    def __init__(self, context: CorrectionContext, latest: IssuedForm, files: Sequence[ReturnedFile]) -> None:
        self._context = context
        self._latest = latest
        self._files = sorted(files, key=lambda file: (file.round, file.sha256))
        self._copies = dict(self._numbered_copies())

    def code(self, file: ReturnedFile, sheet: ReturnedSheet) -> str:
        """Return the code that a sheet has in the correction."""
        return code_of(sheet) or self._copies[file.sha256, sheet.tab]

    def shown(self, item: ItemId, field: str) -> FieldValue:
        """Return what the correction shows in a field of an item."""
        sheet = self._sheets.get(item)
        return sheet.values.get(field) if sheet else None

    def issue(self, number: int, found: Sequence[CorrectionRequest]) -> IssuedForm:
        """Return the correction of round ``number`` with what it asks for."""
        plan = self._context.current.plan
        old = parse_control_number(self._latest.control, plan.plan.code)
        cover = replace(old, sheet=COVER, round=number)
        sheets = {code: replace(sheet, control=str(cover.for_sheet(code))) for code, sheet in self._sheets.items()}
        made = replace(
            self._latest,
            control=str(cover),
            round=number,
            sheets=tuple(sheets.values()),
            correction=True,
            deadline=self._deadline(),
            issued_after=len(self._context.register.changes),
            answers=tuple(sorted({file.sha256 for file in self._files} | set(self._latest.answers))),
            asks=tuple(_ask(wish, cover, sheets) for wish in found),
        )
        return with_mark(made)

    def _numbered_copies(self) -> Iterator[tuple[tuple[str, str], str]]:
        count: dict[str, int] = defaultdict(int)
        for file in self._files:
            for sheet in file.sheets:
                if sheet.copied:
                    original = sheet_code(sheet.base.control)
                    count[original] += 1
                    copy = copy_code(self._context.current.plan, sheet.base.kind, original, count[original])
                    yield (file.sha256, sheet.tab), copy

    @cached_property
    def _sheets(self) -> dict[str, IssuedSheet]:
        """Return the sheets by code: as they last went out, with every answer since put in, copies behind."""
        sheets = {sheet_code(sheet.control): sheet for sheet in self._latest.sheets}
        for file in self._files:
            for held in file.sheets:
                code = self.code(file, held)
                if held.copied:
                    taken = [sheet.tab for sheet in sheets.values()]
                    sheets[code] = _copy(held, free_tab(held.tab, taken))
                else:
                    sheet = sheets.get(code, held.base)
                    sheets[code] = self._as_it_stands(held.applied(sheet), held.unread)
        return sheets

    def _as_it_stands(self, sheet: IssuedSheet, unread: Collection[str]) -> IssuedSheet:
        """Return a sheet whose base is the register: an answer that waits is shown, one that was weighed is not."""
        item = self._context.register.item(sheet.item or "")
        if item is None:
            return sheet
        values, before = dict(sheet.values), dict(sheet.before)
        waits = {*unread, *self._disputed(sheet)}
        for name, known in self._known(item).items():
            if values.get(name) == known:
                before.pop(name, None)
            elif name in waits:
                before[name] = known
            else:
                values[name] = known
                before.pop(name, None)
        return replace(sheet, values=values, before=before)

    def _known(self, item: Item) -> dict[str, FieldValue]:
        """Return what the register holds for this department in every field that can be written."""
        plan, name = survey_plan(self._context.current.plan, self._latest.survey), self._latest.department
        values = values_for(plan, self._context.register, item, name)
        return {field.name: values[field.name] for field in item_fields(plan) if not field.readonly}

    def _disputed(self, sheet: IssuedSheet) -> set[str]:
        """Return the fields of an item that wait for a decision on this department's answer."""
        return {
            row.field
            for row in self._context.register.open_conflicts
            if row.item == sheet.item and self._latest.department in split_names(row.department)
        }

    def _deadline(self) -> date:
        """Return the day given, else the form's own as long as it leaves a week, else a working day in a week."""
        if self._context.deadline:
            return self._context.deadline
        week = self._context.current.now.date() + timedelta(days=_DAYS)
        if self._latest.deadline and self._latest.deadline >= week:
            return self._latest.deadline
        return next_working_day(week)


def _copy(held: ReturnedSheet, tab: str) -> IssuedSheet:
    """Return a copy as a sheet of its own; what could not be read on it was taken nowhere."""
    sheet = held.applied(replace(held.base, before={}))
    return replace(sheet, item=None, tab=tab, before=dict.fromkeys(held.unread))


def _ask(wish: CorrectionRequest, cover: ControlNumber, sheets: Mapping[str, IssuedSheet]) -> Ask:
    sheet = sheets.get(wish.code)
    if sheet is None:
        return wish.ask("", wish.finding.place.sheet)
    return wish.ask(str(cover.for_sheet(wish.code)), sheet.tab)


def _put_away(context: CorrectionContext, awaited: set[str]) -> None:
    """Move corrections that are no longer awaited from 差戻し to 控え; one that is open elsewhere stays for now."""
    workspace = context.current.workspace
    target = workspace.backups / workspace.sent_back.name
    for issue in context.issues.values():
        path = correction_path(workspace, issue)
        if issue.correction and issue.control not in awaited and path.exists():
            context.current.files.move(path, target / path.name)
