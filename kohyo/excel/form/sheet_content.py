"""What one sheet of the form holds before it is drawn: head, sections, answers; no cells yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from kohyo.definition.fields import FormField, form_fields, goal_choice, year_words
from kohyo.definition.lives import outside_blank, outside_word
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.parse_value import show_value
from kohyo.text.dates import show_date
from kohyo.text.ticks import show_tick

TITLE_FIELD = "title"
NUMBER_FIELD = "number"


@dataclass(frozen=True)
class Line:
    """One field on a sheet: the block it belongs to (0: none), the value that is shown, and last year's answer."""

    field: FormField
    block: int
    value: RawValue
    last_year: str = ""

    @property
    def name(self) -> str:
        """The answer's name: the field's, with the block on a sheet of blocks."""
        return f"{self.field.name}.{self.block}" if self.block else self.field.name


@dataclass(frozen=True)
class Section:
    """A band and the lines under it."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Page:
    """One sheet: tab, control number (empty on the example), head, guide and sections.

    ``optional`` sheets require nothing as long as they are untouched; on sheets of blocks each section is
    on its own (``by_block``). A ``locked`` sheet is only to be read.
    """

    tab: str
    control: str
    line: str
    number: str
    title: str
    guide: str
    sections: tuple[Section, ...]
    optional: bool
    by_block: bool
    locked: bool = False
    ends: bool = False
    """Whether its item is to end with the year, though nothing on the sheet says so."""

    @property
    def has_last_year(self) -> bool:
        """Whether any answer of last year stands beside a new one."""
        return any(line.last_year for section in self.sections for line in section.lines)


def issue_page(plan: Plan, sheet: IssuedSheet) -> Page:
    """Return the page of a sheet as it goes out."""
    kind = plan.sheet_kind(sheet.kind)
    page = replace(_page(plan, kind, sheet.tab, sheet.control, sheet.values), ends=sheet.ends)
    page = _without_outside(page, {**outside_blank(plan, kind), **sheet.outside})
    return with_last_year(page, sheet.last_year) if sheet.last_year else page


def _without_outside(page: Page, outside: Mapping[str, str]) -> Page:
    """Return the page on which nobody is asked about years in which the item does not exist (始まる前・終わった後)."""
    sections = tuple(
        replace(section, lines=tuple(_closed(line, outside.get(line.field.name, "")) for line in section.lines))
        for section in page.sections
    )
    return replace(page, sections=sections) if outside else page


def _closed(line: Line, side: str) -> Line:
    if not side:
        return line
    field = replace(line.field, required=False, readonly=True, hint="", lines=1)
    return replace(line, field=field, value=outside_word(side))


def with_last_year(page: Page, answers: Mapping[str, FieldValue]) -> Page:
    """Return the page with last year's answers (前年度の回答) beside the new ones."""
    sections = tuple(
        replace(
            section,
            lines=tuple(replace(line, last_year=told_last_year(answers.get(line.name))) for line in section.lines),
        )
        for section in page.sections
    )
    return replace(page, sections=sections)


def told_last_year(value: FieldValue) -> str:
    """Return what stands beside an answer of last year's, nothing where it was empty."""
    if value is None or value == "":
        return ""
    return wording("form.last_year.answer", answer=show_date(value) if isinstance(value, date) else show_value(value))


def example_page(plan: Plan, kind: SheetKind, values: Mapping[str, FieldValue]) -> Page:
    """Return the page of the made-up example (記入例), which bears no control number and cannot be filled."""
    page = _page(plan, kind, wording("form.example.tab"), "", values)
    return replace(page, guide=wording("form.example.guide"), locked=True)


def _page(plan: Plan, kind: SheetKind, tab: str, control: str, values: Mapping[str, FieldValue]) -> Page:
    words = year_words(plan.cycle.year)
    title = kind.title.format(**words)
    return Page(
        tab=tab,
        control=control,
        line=wording("form.head.line", cycle=words["cycle"], plan=plan.plan.name, title=title),
        number=str(values.get(NUMBER_FIELD) or tab),
        title=title,
        guide=kind.guide,
        sections=tuple(_sections(plan, kind, values)),
        optional=kind.per != "item" and not kind.form,
        by_block=kind.per == "block",
    )


def _sections(plan: Plan, kind: SheetKind, values: Mapping[str, FieldValue]) -> Iterator[Section]:
    fields = form_fields(plan, kind.key)
    if kind.per == "block":
        title = kind.title.format(**year_words(plan.cycle.year))
        for block in range(1, kind.copies + 1):
            label = wording("form.label.block", title=title, block=block)
            lines = (Line(field, block, shown(plan, field, values.get(f"{field.name}.{block}"))) for field in fields)
            yield Section(label, tuple(lines))
        return
    for key, members in groupby(fields, key=lambda field: field.group):
        label = next(group.label for group in plan.groups if group.key == key)
        yield Section(label, tuple(Line(field, 0, shown(plan, field, values.get(field.name))) for field in members))


def shown(plan: Plan, field: FormField, value: FieldValue) -> RawValue:
    """Return a value as a cell of the form holds it: ticks as signs, a goal as its choice, the rest as it is."""
    if isinstance(value, Tick):
        return show_tick(value)
    if field.type == "goal" and str(value) in {str(goal.code) for goal in plan.goals}:
        return goal_choice(plan, int(str(value)))
    return None if value == "" else value
