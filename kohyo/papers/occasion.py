"""What papers are made from (文書の材料): plan, register, the day, and what is compared or was written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kohyo.messages import wording
from kohyo.model.comparison import Comparison
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.paper import Filling, Record
from kohyo.tables.plan_words import plan_word
from kohyo.tables.schedule import milestones_of, show_span
from kohyo.text.dates import fiscal_year_label, show_date


@dataclass(frozen=True)
class Occasion:
    """Plan and register on a day; ``compared`` where a version was given, ``heard`` what records of hearings say.

    ``heard`` are rows by the names of ``papers.record``, with the department under ``department``.
    """

    plan: Plan
    register: Register
    today: date
    compared: Comparison | None = None
    heard: tuple[Mapping[str, str], ...] = ()
    survey: str = ""
    """Key of the survey of the year (調査の回) that goes out; empty where the year has but one."""
    forms: Mapping[str, tuple[IssuedForm, ...]] = field(default_factory=dict)
    """The forms that went out in that survey, corrections aside: by respondent, in the order of rounds."""
    in_force: str = ""
    """Name of the version that was frozen last, if the register's numbers are still its own."""
    coming: Comparison | None = None
    """The same version with the plan of the year that follows, as far as that is decided."""

    def at_hand_out(self, issued: date) -> Occasion:
        """Return the occasion of what goes out with the forms: their day, or the day it is since."""
        return replace(self, today=max(self.today, issued))

    def closes(self, respondent: str, planned: date) -> date:
        """Return the deadline that stands on the form which went out last to a respondent, before that as planned."""
        out = self.forms.get(respondent, ())
        return (out[-1].deadline if out else None) or planned

    @property
    def common(self) -> dict[str, Filling]:
        """The fields that every template may use."""
        heading, year = self.plan.plan, FiscalYear(self.plan.cycle.year)
        return {
            "plan": heading.name,
            "version": self.in_force or heading.version_note or heading.version,
            "numbers_version": heading.version_note or heading.version,
            "organisation": heading.organisation,
            "secretariat": heading.secretariat,
            "contact": heading.contact,
            "year": fiscal_year_label(year),
            "next_year": fiscal_year_label(year.next),
            "date": show_date(self.today),
            "form": heading.survey_form_name,
            **{f"{name}_heading": plan_word(self.plan, name) for name in ("number", "title", "owners")},
        }

    @property
    def to_come(self) -> Sequence[Record]:
        """The milestones that are not over, in the order of the definition."""
        return list(self._milestones())

    @property
    def after(self) -> Sequence[Record]:
        """The milestones after this month or day: what a report says of what comes after itself."""
        return list(self._milestones(and_now=False))

    def _milestones(self, *, and_now: bool = True) -> Iterator[Record]:
        for milestone in milestones_of(self.plan):
            last = milestone.date.split("/")[-1]
            now = self.today.isoformat()[: len(last)]
            if last > now or (and_now and last == now):
                yield {"when": show_span(milestone.date), "what": milestone.what}


class NothingToTellError(Exception):
    """Raised where a paper has nothing to tell; its argument is the key of the wording that says why."""

    def __init__(self, key: str, **fields: object) -> None:
        """Keep the key (``papers.missing``) and its fields."""
        super().__init__(wording(f"papers.missing.{key}", **fields))
