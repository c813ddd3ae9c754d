"""Burden (記入の量): what the forms cost their departments, known before they go out, and what they ask twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kohyo.definition.surveys import survey_key, survey_name
from kohyo.errors import UsageError
from kohyo.model.burden import Burden, KnownAnswers, Repeated, Similar
from kohyo.model.issued_form import IssuedForm, latest
from kohyo.model.plan import Plan
from kohyo.register.ownership import values_for
from kohyo.register.similar_entries import similar_entries
from kohyo.returns.burden import Answered, burden_of, known_answers, repeated_answers
from kohyo.tables.burden import burden_tables
from kohyo.usecases.distribute import forms_of, items_of, survey_in_turn
from kohyo.workspace.folder import Location
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.session import Session, session
from kohyo.workspace.versions import LoadedVersion, last_of_year


@dataclass(frozen=True)
class Burdened:
    """What each form costs, what is answered already, what is answered as last year, and what is alike.

    ``report`` is 結果/記入の量.xlsx.
    """

    burdens: tuple[Burden, ...]
    known: tuple[KnownAnswers, ...]
    repeated: tuple[Repeated, ...]
    similar: tuple[Similar, ...]
    report: Path
    survey: str = ""
    """Name of the survey of the year that the forms belong to; empty where the year has but one."""

    @property
    def needs_person(self) -> bool:
        """Tell whether answers came that are word for word last year's."""
        return bool(self.repeated)


def burden(root: Location, survey: str = "", now: datetime | None = None) -> Burdened:
    """Tell what the forms cost that are to go out, or went out; write 結果/記入の量.xlsx. No form is written.

    Of a year with several surveys (調査の回) it tells of the one that is called ``survey``, else of the one that
    ``distribute`` would send. Raises UsageError when the register has no items or no survey is called so, FileError
    when the report cannot be written.
    """
    with session(root, "burden", now, looking=True) as current:
        if not current.register.current:
            raise UsageError("no_items", register=current.workspace.register.name)
        known = load_bases(current.workspace, current.plan)
        view = survey_in_turn(current, known, survey)
        sent = [issue for issue in known.values() if not issue.correction and issue.survey == survey_key(view)]
        forms = tuple(latest(sent, form.department) or form for form in forms_of(current, view, known))
        done = Burdened(
            burdens=tuple(burden_of(view, form) for form in forms),
            known=tuple(answer for form in forms for answer in known_answers(view, form)),
            repeated=tuple(_repeated(current, view, forms)),
            similar=similar_entries(current.plan, current.register),
            report=current.workspace.result("burden"),
            survey=survey_name(view, survey_key(view)),
        )
        current.put_tables(done.report, burden_tables(view, done.burdens, done.known, done.repeated, done.similar))
        return done


def _repeated(current: Session, view: Plan, forms: tuple[IssuedForm, ...]) -> Iterator[Repeated]:
    """Yield what departments answered in the words of last year; nothing where no version of it is kept."""
    version = last_of_year(current.workspace, current.plan, current.plan.cycle.year - 1)
    if version is None:
        return
    told = _Told(current, version)
    for form in forms:
        items = items_of(current.plan, current.register, form.department)
        yield from repeated_answers(
            view, form.department, items, told.now(form.department), told.before(form.department)
        )


@dataclass(frozen=True)
class _Told:
    """What departments answer on an item, and what they answered by the end of last year."""

    current: Session
    version: LoadedVersion

    def now(self, department: str) -> Answered:
        return lambda item: values_for(self.current.plan, self.current.register, item, department)

    def before(self, department: str) -> Answered:
        plan, register = self.version.plan, self.version.register
        return lambda item: values_for(plan, register, known, department) if (known := register.item(item.id)) else {}
