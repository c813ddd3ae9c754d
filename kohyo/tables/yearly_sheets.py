"""The item sheets by fiscal year (年度別個票): what each year plans, and what the surveyed year has brought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kohyo.definition.fields import FormField
from kohyo.definition.lives import of_year
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.plan_years import PlanYear
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import goal_band, head, heading, of_goal, spread, version
from kohyo.tables.contributions import other_owners
from kohyo.tables.field_groups import FieldGroup, planned_fields, progress_groups, yearly_choices
from kohyo.tables.field_text import (
    choice_width,
    labelled_line,
    labelled_lines,
    record_columns,
    record_values,
    show_field,
)
from kohyo.tables.survey_review import Plans, Registers
from kohyo.text.dates import fiscal_year_label

_REPORT_WIDTH = 18.5


@dataclass(frozen=True)
class _Layout:
    """What a year's table shows: the plan of the year, reported bands, choices that stand alone."""

    plan: Sequence[FormField]
    reports: Sequence[FieldGroup]
    choices: Sequence[FormField]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field that is shown."""
        return (*self.plan, *(field for group in self.reports for field in group.fields), *self.choices)


def yearly_sheet_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the tables by fiscal year where the register of the year that runs alone is known."""
    return sheets_over_years(plan, {plan.cycle.year: register}, {})


def sheets_over_years(plan: Plan, registers: Registers, plans: Plans) -> tuple[Table, ...]:
    """Return one table per fiscal year of the plan, with the items that existed in it, as they were in it.

    Results stand in the year that is surveyed and in those before whose registers are known. Other years show of a
    band only what is planned (指標と目標), where that is most of it.
    """
    return tuple(
        _table(plans.get(year.year, plan), of_year(plan, registers, year.year), year, plan.cycle.year)
        for year in plan.years
    )


def _layout(plan: Plan, year: PlanYear) -> _Layout:
    surveyed = year.year == plan.cycle.year
    choices = yearly_choices(plan) if surveyed else ()
    reports = []
    for group in progress_groups(plan):
        fields = [field for field in group.fields if field not in choices and (surveyed or field.nature == "plan")]
        if surveyed or len(fields) * 2 > len(group.fields):
            reports.append(FieldGroup(group.label, tuple(fields)))
    return _Layout(planned_fields(plan, year.year), reports, choices)


def _told(layout: _Layout, register: Register) -> _Layout:
    """Return what is printed: nothing that no item says anything of, and no other owner, has a column."""
    rows = [row.values for row in register.current] + [row.values for row in register.contributions]
    said = {name for values in rows for name, value in values.items() if value not in (None, "")}
    reports = [group for group in layout.reports if any(field.name in said for field in group.fields)]
    return _Layout(layout.plan, reports, [field for field in layout.choices if field.name in said])


def _table(plan: Plan, register: Register, year: PlanYear, surveyed: int) -> Table:
    full = _layout(plan, year)
    layout = _told(full, register)
    label = fiscal_year_label(FiscalYear(year.year))
    columns = (
        Column("number", head("number"), 4, "center"),
        Column("title", head("title"), 13),
        Column("owners", head("owners"), 8),
        Column("plan", wording("printed.yearly.plan", year=label), 18),
        *(Column(f"report{at}", group.label, _REPORT_WIDTH) for at, group in enumerate(layout.reports)),
        *(Column(field.name, field.label, choice_width(field), "center") for field in layout.choices),
    )
    groups = [(goal, of_goal(register.current, goal)) for goal in plan.bands]
    body: list[Row] = []
    for goal, own in groups:
        body += goal_band(plan, goal, len(columns)) if own else ()
        body += [row for item in own for row in _rows(plan, register, item, layout)]
    ordered = [item for _, own in groups for item in own]
    return Table(
        name=wording("printed.yearly.name", year=label),
        title=wording("printed.yearly.title", year=label),
        columns=columns,
        head=(heading(columns),),
        body=tuple(body),
        record_columns=_record_columns(full),
        records=tuple(_record(plan, item, year, full) for item in ordered),
        subtitle=version(plan),
        landscape=True,
        notes=tuple(_notes(plan, year, surveyed)),
    )


def _rows(plan: Plan, register: Register, item: Item, layout: _Layout) -> Iterator[Row]:
    """Yield the lead's row, then one for each other owner; number and title are told again on every page."""
    others = list(_others(plan, register, item, layout))
    planning = "\n".join(show_field(plan, field, item.values.get(field.name)) for field in layout.plan)
    down = 1 + len(others)
    yield Row(
        (
            Cell(str(item.number), "number", down=down),
            Cell(item.title, "title", down=down),
            Cell(item.owners),
            Cell(planning),
            *(Cell(labelled_lines(plan, group.fields, item.values)) for group in layout.reports),
            *(Cell(item.text(field.name)) for field in layout.choices),
        )
    )
    yield from others


def _others(plan: Plan, register: Register, item: Item, layout: _Layout) -> Iterator[Row]:
    """Yield what the other owners of an item report, a row each below the lead's, in one line over the reports.

    An item of all departments (各部) has as many rows as there are of them.
    """
    fields = [field for group in layout.reports for field in group.fields if field.each]
    for own in other_owners(plan, register, item, layout.fields):
        reported = labelled_line(plan, fields, own.values)
        choices = (str(own.values.get(field.name) or "") for field in layout.choices)
        told = spread(Cell(reported), 1 + len(layout.reports))
        yield Row((None, None, Cell(own.department), *told, *map(Cell, choices)))


def _record_columns(layout: _Layout) -> tuple[Column, ...]:
    goal = Column("goal", head("goal"), 6, holds="count")
    own = [Column(key, head(key), 6) for key in ("goal_name", "number", "title")]
    owners = Column("owners", head("owners"), 6, names="owners")
    year = Column("year", wording("printed.yearly.year"), 6, holds="count")
    shown = Column("year_shown", wording("printed.yearly.year_shown"), 6)
    return (goal, *own, owners, year, shown, *record_columns(layout.fields))


def _record(plan: Plan, item: Item, year: PlanYear, layout: _Layout) -> Mapping[str, Scalar]:
    return {
        "goal": item.goal,
        "goal_name": plan.goal(item.goal).list_name,
        "number": str(item.number),
        "title": item.title,
        "owners": item.owners,
        "year": year.year,
        "year_shown": fiscal_year_label(FiscalYear(year.year)),
        **record_values(plan, layout.fields, item.values),
    }


def _notes(plan: Plan, year: PlanYear, surveyed: int) -> Iterator[str]:
    if year.phase == "verification":
        yield wording("printed.yearly.note_verification")
    if year.year != plan.cycle.year:
        yield wording("printed.yearly.note_results", year=fiscal_year_label(FiscalYear(surveyed)))
