"""Rounds (回): what a correction that came back stands for, what came too late, what another file mends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from kohyo.definition.fields import register_label
from kohyo.messages import severity, wording
from kohyo.model.answer import FieldAnswer
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place, Severity
from kohyo.model.issued_form import IssuedForm
from kohyo.model.note import Note, NoteKind
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_file import Offer, ReturnedFile, ReturnedSheet, SheetFinding
from kohyo.returns.parse_value import show_value
from kohyo.returns.read_return import outcome_of
from kohyo.text.cell_text import fitted
from kohyo.text.control_number import sheet_code

Respondent: TypeAlias = tuple[str, str]
"""A department in one survey of the year (調査の回): what it sends in another stands by itself."""


def respondent_of(issue: IssuedForm) -> Respondent:
    """Return the department that a form went to, and the survey that it belongs to."""
    return issue.department, issue.survey


def judge(files: Sequence[ReturnedFile], plan: Plan) -> tuple[ReturnedFile, ...]:
    """Return the files as their rounds let them stand, whatever the order in which they came.

    A sheet of which a later correction came back says nothing any more: what the correction was made from is
    replaced, any other file of an earlier round is late, and told with what it says otherwise. What is to be mended
    in one file and stands right in another of the same department is no fault.
    """
    corrections: dict[Respondent, list[ReturnedFile]] = defaultdict(list)
    for file in files:
        if file.issue and file.issue.correction and file.outcome in READABLE:
            corrections[respondent_of(file.issue)].append(file)
    return _without_mended([_stands(file, corrections, plan) for file in files])


def _stands(file: ReturnedFile, corrections: Mapping[Respondent, Sequence[ReturnedFile]], plan: Plan) -> ReturnedFile:
    if file.issue is None or file.outcome not in READABLE:
        return file
    own = file.issue.round
    later = [
        other for other in corrections.get(respondent_of(file.issue), ()) if other.issue and other.issue.round > own
    ]
    return _Superseded(file, later, plan).judged() if later else file


def by_department(files: Sequence[ReturnedFile]) -> Iterator[tuple[str, IssuedForm, list[ReturnedFile]]]:
    """Group the files whose answers were taken in by department and survey, with its latest form that came back.

    Forms that anyone may fill belong to no department: each stands by itself.
    """
    groups: dict[Respondent, list[ReturnedFile]] = defaultdict(list)
    for file in files:
        if file.issue and file.outcome in READABLE and _is_departments(file.issue):
            groups[respondent_of(file.issue)].append(file)
    for (name, _), group in groups.items():
        yield name, max((file.issue for file in group if file.issue), key=lambda issue: issue.round), group


def _is_departments(issue: IssuedForm) -> bool:
    return any(sheet.item for sheet in issue.sheets)


def code_of(sheet: ReturnedSheet) -> str:
    """Return the code of a sheet that went out, empty for a copy."""
    return "" if sheet.copied else sheet_code(sheet.base.control)


@dataclass(frozen=True)
class _Superseded:
    """One file against the corrections of later rounds that came back from its department."""

    file: ReturnedFile
    later: Sequence[ReturnedFile]
    plan: Plan

    def judged(self) -> ReturnedFile:
        """Return the file without what later corrections replaced or made late."""
        replaced = {sheet.tab for later in self._later(made_from=True) for sheet in self._shared(later)}
        late = {sheet.tab for later in self._later(made_from=False) for sheet in self._shared(later)} - replaced
        if not replaced | late:
            return self.file
        live = [sheet for sheet in self.file.sheets if sheet.tab not in replaced | late]
        return self._whole(late) if not live else self._part(replaced | late, late)

    def _later(self, *, made_from: bool) -> list[ReturnedFile]:
        """Return the corrections that were made from this file, or that were made without it."""
        return [other for other in self.later if other.issue and (self.file.sha256 in other.issue.answers) is made_from]

    def _shared(self, later: ReturnedFile) -> Iterator[ReturnedSheet]:
        """Yield this file's sheets that a correction holds as well."""
        codes = {code_of(sheet) for sheet in later.sheets if not sheet.copied}
        tabs = {sheet.base.tab for sheet in later.sheets if sheet.base.item is None}
        for sheet in self.file.sheets:
            if (sheet.tab in tabs) if sheet.copied else (code_of(sheet) in codes):
                yield sheet

    def _whole(self, late: set[str]) -> ReturnedFile:
        """Return the file of which nothing counts any more."""
        return replace(
            self.file,
            outcome=Outcome.SUPERSEDED,
            offers=self._offers_outside(late),
            findings=(self._said(late),),
            sheets=(),
            notes=(*self.file.notes, *self._late_notes(late)),
        )

    def _part(self, gone: set[str], late: set[str]) -> ReturnedFile:
        """Return the file of which only some sheets count."""
        kept = tuple(finding for finding in self.file.findings if finding.place.sheet not in gone)
        findings = (*kept, self._said(late))
        return replace(
            self.file,
            outcome=outcome_of(findings),
            offers=self._offers_outside(late),
            findings=findings,
            sheets=tuple(sheet for sheet in self.file.sheets if sheet.tab not in gone),
            notes=(*self.file.notes, *self._late_notes(late)),
        )

    def _offers_outside(self, tabs: set[str]) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.file.offers if offer.answers.place.sheet not in tabs)

    def _said(self, late: set[str]) -> Finding:
        """Say that a correction stands for this file, and what it says that is therefore not taken."""
        differing = [
            wording("finding.late_answer", field=label, place=f"{place.sheet} {place.cell}".strip(), value=text)
            for place, label, text in (*self._late_answers(late), *self._late_offers(late))
        ]
        own, later = str(self.file.round), str(max(other.round for other in self.later))
        if not differing:
            return finding_of(Code.K158, Place(self.file.file), own=own, later=later)
        joiner = wording("text.list.joiner")
        tabs = [sheet.tab for sheet in self.file.sheets if sheet.tab in late]
        count, answers = str(len(differing)), joiner.join(differing)
        place, value = Place(self.file.file), joiner.join(tabs)
        return finding_of(Code.K157, place, value=value, own=own, later=later, count=count, answers=answers)

    def _differing(self, late: set[str]) -> Iterator[FieldAnswer]:
        """Yield each answer on a late sheet that the later rounds do not say."""
        ordered = sorted(self.later, key=lambda other: (other.round, other.sha256))
        stands = {(answer.item, answer.field): answer.value for other in ordered for answer in other.answers}
        for answer in self.file.answers:
            own = stands.get((answer.item, answer.field), answer.base)
            if answer.place.sheet in late and answer.changes and answer.value != own:
                yield answer

    def _late_notes(self, late: set[str]) -> Iterator[Note]:
        """Yield what a late sheet says and is not taken, for a person to see to."""
        for place, label, text in (*self._late_answers(late), *self._late_offers(late)):
            kept = fitted(text or wording("finding.page.empty"), wording("finding.page.cut"))
            yield Note(NoteKind.LATE, place, kept, label, self.file.department, self.file.sha256)

    def _late_answers(self, late: set[str]) -> Iterator[tuple[Place, str, str]]:
        for answer in self._differing(late):
            yield answer.place, register_label(self.plan, answer.field), show_value(answer.value)

    def _late_offers(self, late: set[str]) -> Iterator[tuple[Place, str, str]]:
        """Yield what was offered on a late sheet and is not taken."""
        for offer in self.file.offers:
            place = offer.answers.place
            if place.sheet in late:
                title = next((show_value(value) for value in offer.values.values() if value), "")
                yield place, place.sheet, title


_Place: TypeAlias = tuple[Respondent, str, str]
"""Where an answer stands: whose it is, the sheet's code, the field."""


def _without_mended(files: Sequence[ReturnedFile]) -> tuple[ReturnedFile, ...]:
    defective = {respondent_of(file.issue) for file in files if file.issue and file.outcome is Outcome.DEFECTIVE}
    right = _right_answers(file for file in files if file.issue and respondent_of(file.issue) in defective)
    return tuple(_mended(file, right) for file in files)


def _right_answers(files: Iterable[ReturnedFile]) -> Mapping[_Place, dict[str, int]]:
    """Return by respondent, sheet and answer which files hold it written, read and without fault, and their round."""
    right: dict[_Place, dict[str, int]] = defaultdict(dict)
    for file in files:
        for sheet in file.sheets if file.issue and _is_departments(file.issue) else ():
            if sheet.copied:
                continue
            wrong = {name for located in sheet.findings if _is_error(located) for name in located.names}
            for name, value in sheet.changes.items():
                if value is not None and name not in sheet.unread and name not in wrong and file.issue:
                    right[respondent_of(file.issue), code_of(sheet), name][file.file] = file.issue.round
    return right


def _mended(returned: ReturnedFile, right: Mapping[_Place, dict[str, int]]) -> ReturnedFile:
    """Return the file without the errors that stand right in another file of its department."""
    issue = returned.issue
    if issue is None or returned.outcome is not Outcome.DEFECTIVE:
        return returned
    mended: list[Finding] = []
    elsewhere: set[str] = set()
    for sheet in returned.sheets:
        for located in filter(_is_error, sheet.findings):
            places = [right.get((respondent_of(issue), code_of(sheet), name), {}) for name in located.names]
            files = [
                {file for file, number in place.items() if number >= issue.round} - {returned.file} for place in places
            ]
            if files and all(files):
                mended.append(located.finding)
                elsewhere.update(*files)
    if not mended:
        return returned
    names = wording("text.list.joiner").join(sorted(elsewhere))
    said = finding_of(Code.K159, Place(returned.file), value=str(len(mended)), files=names)
    findings = (*(finding for finding in returned.findings if finding not in mended), said)
    sheets = tuple(_calmed(sheet, mended) for sheet in returned.sheets)
    return replace(returned, outcome=outcome_of(findings), findings=findings, sheets=sheets)


def _calmed(sheet: ReturnedSheet, mended: Sequence[Finding]) -> ReturnedSheet:
    left = tuple(located for located in sheet.findings if located.finding not in mended)
    return replace(sheet, findings=left)


def _is_error(located: SheetFinding) -> bool:
    return severity(located.finding.code) is Severity.ERROR
