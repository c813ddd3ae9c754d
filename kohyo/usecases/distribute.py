"""Distribute (配布): one form per respondent, with what is known, and its base kept for the merge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from kohyo.definition.departments import owners
from kohyo.definition.fields import field_named
from kohyo.definition.surveys import (
    form_file,
    named_survey,
    survey_key,
    survey_name,
    survey_plan,
    survey_to_send,
)
from kohyo.errors import FileError, TextError, UsageError
from kohyo.excel.ooxml.file_status import is_open
from kohyo.messages import wording
from kohyo.model.burden import Burden
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.issued_form_json import with_mark
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.plan_people import Department
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.register.audit import same_numbers
from kohyo.register.issued_numbers import issued_before, last_round, with_issued
from kohyo.register.receipts import set_aside
from kohyo.returns.after_end import ends_with_the_year
from kohyo.returns.burden import burden_of
from kohyo.returns.deadlines import deadline_findings, stop_if_past
from kohyo.returns.in_survey import sent_surveys
from kohyo.text.tabs import file_stem
from kohyo.usecases.issue_form import cover_of, issue_for, open_issue
from kohyo.workspace.folder import Location
from kohyo.workspace.forms_out import form_files, forms_out
from kohyo.workspace.given_day import Day, given_day
from kohyo.workspace.issued_forms import gone_bases, load_bases, stop_if_bases_are_gone
from kohyo.workspace.past_answers import PastAnswers, past_answers
from kohyo.workspace.progress import Progress, silent
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken
from kohyo.workspace.writing_forms import written_forms


@dataclass(frozen=True)
class Distributed:
    """The forms written, by department, and the deadline they name; open forms apart.

    ``findings`` tell of items that are in no form, because nobody knows whose they are, and of deadlines that are past
    or on which offices are closed.
    """

    forms: tuple[Path, ...]
    open_forms: tuple[Path, ...]
    departments: tuple[str, ...]
    sheets: int
    deadline: date
    burdens: tuple[Burden, ...] = ()
    """What each form costs its department: cells to type, cells filled in already."""
    findings: tuple[Finding, ...] = ()
    survey: str = ""
    """Name of the survey of the year that went out; empty where the year has but one."""

    @property
    def needs_person(self) -> bool:
        """Tell whether any item is in no form, or a deadline is to be looked at."""
        return bool(self.findings)


def distribute(  # noqa: PLR0913 - what is wanted differently is named
    root: Location,
    deadline: Day | None = None,
    progress: Progress = silent,
    now: datetime | None = None,
    *,
    anyway: bool = False,
    survey: str = "",
    executor: Executor | None = None,
) -> Distributed:
    """Write one form per department that owns an item into 配布.

    Of a year with several surveys (調査の回) the one that is called ``survey`` goes out, else the last whose day has
    come, and never one before another that went out.

    Raises UsageError when the register has no items, when no survey is called so, and for a ``deadline`` before
    today unless it is meant ``anyway``; FileError when nothing is left of what forms held that came back, unless
    they are to be asked ``anyway`` under new numbers (what came back is set aside, what it brought stays), and when
    faults in the register would get into the forms: rows that cannot be read, two items of one number.
    An ``executor`` of ``concurrent.futures`` writes the forms in batches; they are the same.
    Running it again writes the same forms. Where the register changed in between, the new form gets the next
    round, because its base is another: the earlier one stays known and its returns are still read right.
    """
    given = given_day(deadline)
    with session(root, "distribute", now) as current:
        stop_if_past(given, current.now.date(), anyway=anyway)
        if not current.register.current:
            raise UsageError("no_items", register=current.workspace.register.name)
        twice = same_numbers(current.register, Place(current.workspace.register.name))
        stop_if_broken(current, (*row_faults(current, items=True), *twice))
        told = len(current.register.changes)
        known = load_bases(current.workspace, current.plan)
        gone = _gone(current, known, anyway=anyway)
        out = _told_by_forms(current, known)
        asked = survey_in_turn(current, known, survey)
        due = given or asked.cycle.closes
        issues = [_going_out(issue, due, told) for issue in forms_of(current, asked, known, out)]
        if not issues:
            raise UsageError("no_owners", register=current.workspace.register.name)
        for_all = list(_open_issues(current, known, out))
        dated = [(issue, issue.deadline or due) for issue in (*issues, *for_all)]
        contents = written_forms(executor, current.plan, dated)
        shown = progress(issues, wording("cli.progress.forms"))
        forms = [_put(current, issue, next(contents)) for issue in shown]
        open_forms = [_put(current, issue, next(contents)) for issue in for_all]
        _enter(current, (*out, *known.values(), *issues, *for_all), gone)
        sheets = sum(1 for issue in issues for sheet in issue.sheets if sheet.item)
        departments = tuple(issue.department for issue in issues)
        days = {asked.plan.survey_form_name: due, **{form.department: form.deadline or due for form in for_all}}
        findings = (*_ownerless(current.plan, current.register), *_odd_deadlines(current, days, anyway=anyway))
        burdens = tuple(burden_of(asked, issue) for issue in issues)
        name = survey_name(asked, survey_key(asked))
        return Distributed(tuple(forms), tuple(open_forms), departments, sheets, due, burdens, findings, name)


def survey_in_turn(current: Session, known: Mapping[str, IssuedForm], survey: str) -> Plan:
    """Return the plan as the survey asks it whose forms go out; raise UsageError when none is called ``survey``."""
    plan = current.plan
    if survey:
        return survey_plan(plan, named_survey(plan, survey))
    return survey_plan(plan, survey_to_send(plan, sent_surveys(plan, known), current.now.date()))


def _odd_deadlines(current: Session, days: Mapping[str, date], *, anyway: bool) -> Iterator[Finding]:
    for form, day in days.items():
        yield from deadline_findings(form, day, current.now.date(), anyway=anyway)


def _going_out(issue: IssuedForm, deadline: date, told: int) -> IssuedForm:
    """Return a form as it goes out now, or again: ``told`` are the changes in the history so far."""
    after = told if issue.issued_after is None else issue.issued_after
    going = replace(issue, deadline=deadline, issued_after=after)
    return going if going.mark else with_mark(going)


def _gone(current: Session, known: Mapping[str, IssuedForm], *, anyway: bool) -> tuple[str, ...]:
    """Return the numbers of forms that came back and of which nothing is left; raise FileError unless ``anyway``.

    What came back on them is set aside in the register, which must not be open for that.
    """
    place = current.workspace
    if not anyway:
        stop_if_bases_are_gone(place.bases, known, current.register.receipts)
    gone = gone_bases(known, current.register.receipts)
    if gone and is_open(place.register):
        raise FileError("register_open", path=place.register)
    return gone


def _told_by_forms(current: Session, known: Mapping[str, IssuedForm]) -> tuple[IssuedForm, ...]:
    """Return the forms in 配布 of respondents of whose forms no record is left: they may stand in no ledger yet."""
    recorded = {issue.department for issue in known.values()}
    files = form_files(current.workspace.forms) if not recorded else ()
    return tuple(forms_out(files, current.plan))


def _enter(current: Session, forms: Sequence[IssuedForm], gone: Sequence[str]) -> None:
    """Enter the numbers that were given out into the register; while it is open, the next command does that saves it.

    Nothing else of the register changes, and it is not to wait beside an open one for that.
    """
    place = current.workspace
    if place.register_as_it_stands is None and not is_open(place.register):
        register = set_aside(current.register, gone)
        current.commit(current.prepare(with_issued(register, forms, current.now)))


def _open_issues(current: Session, known: Mapping[str, IssuedForm], out: Sequence[IssuedForm]) -> Iterator[IssuedForm]:
    told = with_issued(current.register, out, current.now)
    for form in current.plan.forms:
        own = [issue for issue in known.values() if issue.department == form.name]
        issue = _numbered(current.plan, told, form.code, own, partial(open_issue, current.plan, form))
        yield with_mark(replace(issue, deadline=form.closes, issued_after=None))


def items_of(plan: Plan, register: Register, name: str) -> tuple[Item, ...]:
    """Return the items that a department owns, alone or with others, in the order of their numbers."""
    own = [item for item in register.current if name in _owners(plan, item)]
    return tuple(sorted(own, key=lambda item: item.number))


def _owners(plan: Plan, item: Item) -> tuple[str, ...]:
    """Return the departments that own an item, none where the register names nobody whom the plan knows."""
    try:
        return owners(plan, item.owners).members
    except TextError:
        return ()


def _ownerless(plan: Plan, register: Register) -> Iterator[Finding]:
    label = field_named(plan, "owners").register_label
    for item in sorted(register.current, key=lambda known: known.number):
        if not _owners(plan, item):
            yield finding_of(Code.K544, field=label, value=item.owners, number=str(item.number))


def forms_of(
    current: Session, plan: Plan, known: Mapping[str, IssuedForm], out: Sequence[IssuedForm] = ()
) -> tuple[IssuedForm, ...]:
    """Return the forms of the survey whose view ``plan`` is; ``out`` are forms of which only the files tell."""
    told = with_issued(current.register, out, current.now)
    ends = ends_with_the_year(current.plan, current.register)
    years = replace(past_answers(current.workspace, plan, current.register), ends=ends)
    issues = []
    for respondent in current.plan.departments:
        items = items_of(current.plan, current.register, respondent.name)
        if items:
            own = [issue for issue in known.values() if issue.department == respondent.name]
            made = _maker(plan, respondent, items, years, current.register)
            issues.append(_numbered(current.plan, told, respondent.code, own, made))
    return tuple(issues)


def _maker(
    plan: Plan, respondent: Department, items: Sequence[Item], years: PastAnswers, register: Register
) -> Callable[[int], IssuedForm]:
    """Return what makes the form of a department for a round."""
    return lambda number: issue_for(plan, respondent, items, number, years, register)


def _numbered(
    plan: Plan, register: Register, code: str, known: Sequence[IssuedForm], made: Callable[[int], IssuedForm]
) -> IssuedForm:
    """Return the form with the round it goes out in: the one before when it would hold the same, else the next.

    ``known`` are the forms that went out to the respondent, corrections (差戻し) among them. Where the record of a
    form is gone, the ledger's mark proves whether the one made anew is the same.
    """
    survey = made(1).survey
    sent = (issue for issue in known if not issue.correction and issue.survey == survey)
    before = max(sent, key=lambda issue: issue.round, default=None)
    if before and _asks_the_same(before, made(before.round)):
        return before
    rounds = {issue.round for issue in known}
    cover = cover_of(plan, code, 1)
    for form in issued_before(register, cover):
        again = with_mark(made(form.control.round))
        if form.control.round not in rounds and again.mark == form.mark:
            return replace(again, issued_after=form.place)
    return made(max((last_round(register, cover), *rounds)) + 1)


def _asks_the_same(before: IssuedForm, made: IssuedForm) -> bool:
    """Tell whether a form that went out asks and holds what one made now would; of an old one nobody knows what."""
    definition = before.definition or made.definition
    return replace(before, deadline=None, issued_after=None, mark="", definition=definition) == made


def _put(current: Session, issue: IssuedForm, content: bytes) -> Path:
    plan, workspace = current.plan, current.workspace
    name = form_file(plan, issue.department, issue.survey)
    if plan.open_form(issue.department):
        name = wording("workbook.files.open_form", department=file_stem(issue.department))
    path = workspace.forms / name
    current.put_base(issue)
    current.files.put(path, content)
    return path
