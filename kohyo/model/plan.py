"""The plan definition (計画定義): everything that makes one plan differ from another, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints

from kohyo.model.data_table import DataTable
from kohyo.model.numbering import DEFAULT_PATTERN
from kohyo.model.part import Key, Part, Text

FIRST_YEAR, LAST_YEAR = 2019, 2117

Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
"""A fiscal year that labels and control numbers can spell: 令和1 to 99."""

FieldType = Literal[
    "text", "multiline", "integer", "decimal", "date", "select_one", "tick", "number", "goal", "departments"
]
Phase = Literal["focus", "verification"]
Nature = Literal["plan", "office", "year"]
Scope = Literal["", "shared", "each"]


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


class Milestone(Part):
    """One line of the year's schedule (スケジュール); ``date`` is a day, a month or a span of months.

    One with a ``phase`` stands in the schedule of years of that phase alone.
    """

    date: Text
    what: Text
    phase: Literal["", "focus", "verification"] = ""


class Cycle(Part):
    """The survey of one fiscal year: when the forms go out and when they must be back."""

    year: Year
    issued: date
    closes: date
    milestones: tuple[Milestone, ...] = ()


class Survey(Part):
    """A survey within the fiscal year (調査の回: 上半期, 年度末, 効果検証): its days, and what it asks.

    One with a ``phase`` is held in years of that phase alone. ``sheets`` are the kinds of sheet that go out beside the
    items', all where none is named. Of the item sheet's fields it asks those that name it (``FieldRule.surveys``)
    and those of ``asks``; where that names none, all that belong to no survey. ``shows`` are fields that it shows
    as they are known: what a year brought with a line for every year before.
    """

    key: Key
    name: Text
    issued: date
    closes: date
    phase: Literal["", "focus", "verification"] = ""
    sheets: tuple[Key, ...] = ()
    asks: tuple[Key, ...] = ()
    shows: tuple[Key, ...] = ()


class PlanYear(Part):
    """A fiscal year of the plan and its phase: 重点取組み期間 (focus) or 効果検証 (verification)."""

    year: Year
    phase: Phase


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


class Department(Part):
    """A department (所管部). Departments stand in the order of the organisation (機構順)."""

    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
    name: Text
    aliases: tuple[str, ...] = ()


class FormerDepartment(Part):
    """A department that is no more (旧の部): renamed (one successor), merged (others share it) or split (several).

    The first successor answers for what cannot be shared: forms that went out, files that came back.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2}$")]
    name: Text
    aliases: tuple[str, ...] = ()
    successors: tuple[str, ...]


class Expansion(Part):
    """A collective name (各部, 総合支所): its members (or all departments) and the one that leads."""

    name: Text
    members: tuple[str, ...] = ()
    all: bool = False
    lead: str = ""


class Affiliate(Part):
    """An affiliated body (外郭団体), named in parentheses at the end of an overview."""

    name: Text
    aliases: tuple[str, ...] = ()


class MatrixWording(Part):
    """How a matrix cell (体系表のます) is spelled."""

    separator: Text
    suffix: str = ""
    cross_listed: Text
    open: Text
    close: Text


class FormerChoice(Part):
    """What a choice was called before (以前の言葉): answers in those words mean it."""

    value: Text
    names: tuple[Text, ...]


class Choices(Part):
    """A named list of choices (選択肢)."""

    name: Key
    values: tuple[Text, ...]
    former: tuple[FormerChoice, ...] = ()


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


class SheetKind(Part):
    """A kind of sheet in the survey form: one per item, so many blanks, or so many blocks on one sheet.

    ``form`` names the open form it belongs to instead, if any.
    """

    key: Key
    per: Literal["item", "blank", "block"]
    title: Text
    tab: Text
    guide: Text
    copies: Annotated[int, Field(ge=1, le=20)] = 1
    form: str = ""


class Group(Part):
    """A band of fields on a sheet."""

    key: Key
    label: Text


class FieldRule(Part):
    """One row of the definition's fields; ``repeat`` makes it one field per perspective or per year.

    ``nature``: what belongs to the plan is published, compared and carried into the next year; what the office
    needs (who, where) is carried only; what a year brought (実績) is asked anew every year.

    ``scope``: of a shared field (共有) there is one truth, the lead's; of the other kind (部ごと) each owner has its
    own. Left empty, what belongs to the plan is shared and everything else each owner's own.

    ``aliases``: what lists that come from outside call the field (別名), and what it was called before.

    ``once``: a respondent may answer it once on the cover (表紙で一度), for every sheet that leaves it empty.

    ``max_entries``: how many names, people, places a text may list (最大件数), 0 for no limit.

    ``minimum`` and ``maximum``: of a number the least and the greatest, of a date the first and the last year; without
    them a day must be near the plan's own years, where it has any.

    ``surveys``: it is asked in these surveys of the year (尋ねる回) alone, and sleeps in a year that holds none.
    """

    name: Key
    label: Text
    type: FieldType
    group: Key
    sheets: tuple[Key, ...]
    repeat: Literal["", "perspective", "year"] = ""
    register_label: str = ""
    aliases: tuple[str, ...] = ()
    required: bool = False
    optional_phases: tuple[Phase, ...] = ()
    nature: Nature = "plan"
    scope: Scope = ""
    once: bool = False
    readonly: bool = False
    internal: bool = False
    choices: str = ""
    max_length: Annotated[int, Field(ge=0, le=32767)] = 0
    max_entries: Annotated[int, Field(ge=0, le=1000)] = 0
    minimum: float | None = None
    maximum: float | None = None
    lines: Annotated[int, Field(ge=1, le=20)] = 1
    unit: str = ""
    hint: str = ""
    verification_hint: str = ""
    surveys: tuple[Key, ...] = ()


class Seat(Part):
    """A seat of a body that the plan reports to (推進本部, 推進会議): the post that takes it, in the printed order."""

    body: Text
    post: Text
    role: str = ""


class HearingDay(Part):
    """A day of the hearings (ヒアリング): its rooms, and the times (9:30～10:10) at which each of them hears one."""

    day: date
    rooms: tuple[Text, ...]
    slots: tuple[Text, ...]


class MadeBook(Part):
    """A book of tables (作る表) that is made for the plan, by the name people call it."""

    name: Text


class FormerName(Part):
    """What a field, a sheet kind, a perspective or a choice was called in an earlier definition (旧称), by its code.

    The code of a choice is that of its list and the word that took the place of the former one.
    """

    part: Literal["fields", "sheets", "perspectives", "choices"]
    code: Text
    name: Text


class Remembered(Part):
    """What earlier definitions of a workspace had and today's has no more (以前の定義); it stands in no workbook.

    The register keeps the columns of ``fields`` and the sheets of ``kinds``, and knows by ``names`` what its headings
    and its history mean. The newest stand last. ``saved`` are the names that the register itself still bears: those
    with which it was last saved, of what is called otherwise today. ``surveys``: the year had surveys of its own, whose
    column the register keeps.
    """

    fields: tuple[FieldRule, ...] = ()
    kinds: tuple[SheetKind, ...] = ()
    names: tuple[FormerName, ...] = ()
    saved: tuple[FormerName, ...] = ()
    surveys: bool = False


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
