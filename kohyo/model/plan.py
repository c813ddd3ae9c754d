"""The plan definition (計画定義): everything that makes one plan differ from another, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints

from kohyo.model.data_table import DataTable
from kohyo.model.numbering import DEFAULT_PATTERN
from kohyo.model.part import Key, Part, Text
from kohyo.model.plan_fields import Choices, FieldRule, Group, Remembered, SheetKind
from kohyo.model.plan_people import Affiliate, Department, Expansion, FormerDepartment, Seat
from kohyo.model.plan_years import Cycle, HearingDay, PlanYear, Survey

KEPT_PLANS, KEPT_PARTS = 16, 8
"""What is worked out from a plan is kept for so many plans, and for so many parts of each.

One command takes a plan, its surveys and its years; a process that goes through many plans (集約) must not grow.
"""


class Heading(Part):
    """Who the plan belongs to and what it is called; ``numbering`` is how item numbers are spelled (see numbering)."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    name: Text
    organisation: Text
    area_code: str = ""
    """The municipality's code of the government's list (全国地方公共団体コード), empty where it is not said."""
    secretariat: Text
    contact: Text
    version: Text
    version_note: str = ""
    form_version: Text
    font: Text
    survey_form_name: Text
    numbering: Text = DEFAULT_PATTERN


class Goal(Part):
    """A goal (到達点), as the printed matrix (``name``) and the list (``list_name``) word it."""

    code: Annotated[int, Field(ge=1, le=99)]
    name: Text
    list_name: Text
    aliases: tuple[str, ...] = ()


WHOLE = Goal.model_construct(code=0, name="", list_name="", aliases=())
"""What stands for the goals in a plan that has none: everything is under it, and nobody prints it."""


class Perspective(Part):
    """A perspective of improvement (改善の視点); the matrix prints ``label``, the list ``list_label``."""

    key: Key
    name: Text
    label: Text
    list_label: Text


class MatrixWording(Part):
    """How a matrix cell (体系表のます) is spelled."""

    separator: Text
    suffix: str = ""
    cross_listed: Text
    open: Text
    close: Text


class OpenForm(Part):
    """A form of its own that anyone may fill (随時の様式): personal proposals, project teams; with its own deadline.

    ``code`` stands in control numbers where the survey form has the department's; ``purpose`` is what its call
    (募集要領) says it is for, ``background`` why there is such a thing.
    """

    key: Key
    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
    name: Text
    closes: date
    purpose: str = ""
    background: str = ""


class MadeBook(Part):
    """A book of tables (作る表) that is made for the plan, by the name people call it."""

    name: Text


class Plan(Part):
    """A whole plan definition, already checked for contradictions (see ``definition.checks``)."""

    plan: Heading
    cycle: Cycle
    surveys: tuple[Survey, ...] = ()
    """The surveys within a year; where none is held in a year, the one of ``cycle`` is all there is."""
    years: tuple[PlanYear, ...] = ()
    goals: tuple[Goal, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    departments: tuple[Department, ...]
    former: tuple[FormerDepartment, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    affiliates: tuple[Affiliate, ...] = ()
    matrix: MatrixWording | None = None
    choices: tuple[Choices, ...] = ()
    forms: tuple[OpenForm, ...] = ()
    seats: tuple[Seat, ...] = ()
    hearings: tuple[HearingDay, ...] = ()
    sheets: tuple[SheetKind, ...]
    groups: tuple[Group, ...]
    fields: tuple[FieldRule, ...]
    tables: tuple[DataTable, ...] = ()
    books: tuple[MadeBook, ...] = ()
    """Which books are made; where none is named, all that make sense for the plan."""
    remembered: Remembered = Remembered()

    @cached_property
    def mark(self) -> bytes:
        """Digest of all that it says; rows of tables say the same in any order of their columns."""
        tables = json.dumps(self.model_dump(mode="json", include={"tables"}), sort_keys=True)
        return sha256(f"{self.model_dump_json(exclude={'tables'})}{tables}".encode()).digest()

    def __hash__(self) -> int:
        """Hash by content, so that what is computed from a plan can be kept for it and for every plan that is equal."""
        return hash(self.mark)

    def __eq__(self, other: object) -> bool:
        """Tell whether another plan says the same, at one look: whatever is kept for plans asks that all the time."""
        return self is other or (type(other) is type(self) and other.mark == self.mark)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy that may say something else: it has no mark yet."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("mark", None)
        return copied

    @property
    def bands(self) -> tuple[Goal, ...]:
        """The goals under which tables put the items; ``WHOLE`` alone in a plan without goals."""
        return self.goals or (WHOLE,)

    def goal(self, code: int) -> Goal:
        """Return the goal with this code; raise KeyError when the plan has none."""
        for goal in self.bands:
            if goal.code == code:
                return goal
        raise KeyError(code)

    @property
    def matrix_wording(self) -> MatrixWording:
        """How cells of the matrix are spelled; raise LookupError for a plan without a matrix."""
        if self.matrix is None:
            raise LookupError("matrix")
        return self.matrix

    def choice_values(self, name: str) -> tuple[str, ...]:
        """Return the values of the choice list ``name``; raise KeyError when the plan has none."""
        for choices in self.choices:
            if choices.name == name:
                return choices.values
        raise KeyError(name)

    def open_form(self, name: str) -> OpenForm | None:
        """Return the open form that is called ``name``, None when it is a department's name or nobody's."""
        return next((form for form in self.forms if form.name == name), None)

    def former_names(self, part: str, code: str) -> tuple[str, ...]:
        """Return what a part of the plan was called before, the newest last."""
        return tuple(known.name for known in self.remembered.names if (known.part, known.code) == (part, code))

    def saved_name(self, part: str, code: str) -> str:
        """Return what the register itself still calls a part of the plan, empty where that is today's name."""
        found = (known.name for known in self.remembered.saved if (known.part, known.code) == (part, code))
        return next(found, "")

    def kinds_of(self, form: str) -> tuple[SheetKind, ...]:
        """Return the sheet kinds of the open form ``form``, of the survey form for an empty name."""
        return tuple(kind for kind in self.sheets if kind.form == form)

    def sheet_kind(self, key: str) -> SheetKind:
        """Return the sheet kind ``key``, one of the past included; raise KeyError when there never was one."""
        for kind in (*self.sheets, *self.remembered.kinds):
            if kind.key == key:
                return kind
        raise KeyError(key)


class SurveyPlan(Plan):
    """A plan as one survey of the year asks it (調査の回の計画): its days, its fields, its name on the form.

    ``shape`` is the digest of the whole definition that it is a view of (``definition.shape``).
    """

    survey: Survey
    shape: str = ""
