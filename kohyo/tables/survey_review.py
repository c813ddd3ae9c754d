"""What the years brought and how a survey judges it (経過と検証), an item a row: for a survey that shows earlier years.

The definition decides: each band of the survey's form that holds results of years before, figures or what the survey
asks is a column. 効果検証一覧 is this table for the survey of the year of verification.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.definition.fields import FormField, item_kind, year_words
from kohyo.definition.lives import of_year
from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.definition.surveys import past_fields, past_years, survey_name, survey_plan
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.model.value import FieldValue
from kohyo.tables.building_blocks import goal_band, head, heading, of_goal, version
from kohyo.tables.contributions import other_owners
from kohyo.tables.field_groups import FieldGroup, groups, shown_fields
from kohyo.tables.field_text import choice_width, labelled_lines, record_columns, record_values
from kohyo.text.dates import fiscal_year_label

Registers = Mapping[int, Register]
"""The register of each fiscal year that is known, as it ended; of the year that runs as it is."""

Plans = Mapping[int, Plan]
"""The plan as it was in each of these years."""

_FIGURES = ("integer", "decimal")
_WIDTH = 13.0


def reviews_years(plan: Plan, survey: str) -> bool:
    """Tell whether a survey shows what the years before it brought."""
    return bool(past_fields(survey_plan(plan, survey)))


def survey_review(plan: Plan, survey: str, registers: Registers) -> tuple[Table, ...]:
    """Return the table of a survey that reviews years, one row an item and one more for each other owner's results."""
    this = plan.cycle.year
    return (_Review(plan, survey, {**registers, this: of_year(plan, registers, this)}).table(),)


@dataclass(frozen=True)
class _Review:
    plan: Plan
    survey: str
    registers: Registers

    @property
    def view(self) -> Plan:
        return survey_plan(self.plan, self.survey)

    @property
    def register(self) -> Register:
        return self.registers[self.plan.cycle.year]

    def table(self) -> Table:
        bands = tuple(self._bands())
        choices = tuple(field for band in bands for field in band.fields if self._is_choice(field))
        told = tuple(FieldGroup(band.label, tuple(f for f in band.fields if f not in choices)) for band in bands)
        told = tuple(band for band in told if band.fields)
        columns = (
            Column("number", head("number"), 4, "center"),
            Column("title", head("title"), 11),
            Column("owners", head("owners"), 7),
            *(Column(f"band{place}", band.label, _WIDTH) for place, band in enumerate(told)),
            *(Column(field.name, field.label, choice_width(field), "center") for field in choices),
        )
        body: list[Row] = []
        items: list[Item] = []
        for goal in self.plan.bands:
            own = of_goal(self.register.current, goal)
            items += own
            body += goal_band(self.plan, goal, len(columns)) if own else ()
            body += [row for item in own for row in self._rows(item, told, choices)]
        fields = tuple(field for band in bands for field in band.fields)
        name, year = survey_name(self.plan, self.survey), fiscal_year_label(FiscalYear(self.plan.cycle.year))
        return Table(
            name=wording("printed.review.name", survey=name),
            title=wording("printed.review.title", survey=name, year=year),
            columns=columns,
            head=(heading(columns),),
            body=tuple(body),
            record_columns=(
                *(Column(key, head(key), 6) for key in ("number", "title", "owners")),
                *record_columns(fields),
            ),
            records=tuple(self._record(item, fields) for item in items),
            subtitle=version(self.plan),
            landscape=True,
            notes=tuple(self._notes()),
        )

    def _is_choice(self, field: FormField) -> bool:
        return field.type == "select_one" and not field.readonly

    def _bands(self) -> Iterator[FieldGroup]:
        """Yield the bands that tell of the years, of figures, or of what is asked; no label names its year twice."""
        past = set(past_fields(self.view)) | {field.name for field in self._planned()}
        suffixes = [
            wording("definition.survey.past_label", label="", year=year_words(year.year)["year"])
            for year in past_years(self.plan)
        ]
        for band in groups(self.view, shown_fields(self.view, item_kind(self.view))):
            fields = [field for field in band.fields if not (field.once or field.name in STRUCTURAL_FIELDS)]
            if any(field.name in past or not field.readonly or field.type in _FIGURES for field in fields):
                yield FieldGroup(band.label, tuple(_without(field, suffixes) for field in fields))

    def _planned(self) -> Iterator[FormField]:
        years = {str(year.year) for year in past_years(self.plan)}
        for field in shown_fields(self.view, item_kind(self.view)):
            if field.readonly and field.name.rpartition("_")[2] in years:
                yield field

    def _rows(self, item: Item, told: Sequence[FieldGroup], choices: Sequence[FormField]) -> Iterator[Row]:
        values = self._values(item, "")
        yield Row(
            (
                Cell(str(item.number), "number"),
                Cell(item.title, "title"),
                Cell(item.owners),
                *(Cell(labelled_lines(self.view, band.fields, values)) for band in told),
                *(Cell(str(values.get(field.name) or "")) for field in choices),
            )
        )
        for department in self._others(item):
            own = self._values(item, department)
            lines = (labelled_lines(self.view, band.fields, own) for band in told)
            yield Row((Cell(""), Cell(""), Cell(department), *map(Cell, lines), *(Cell("") for _ in choices)))

    def _others(self, item: Item) -> tuple[str, ...]:
        """Return the owners beside the lead that answered for themselves in any of the years."""
        found: dict[str, None] = {}
        fields = {name: field for name, field in self._base_fields().items() if field.each}
        for register in self.registers.values():
            rows = other_owners(self.plan, register, item, tuple(fields.values()))
            found |= dict.fromkeys(row.department for row in rows)
        return tuple(found)

    def _base_fields(self) -> dict[str, FormField]:
        names = {name for name, _ in past_fields(self.view).values()}
        return {field.name: field for field in shown_fields(self.plan, item_kind(self.plan)) if field.name in names}

    def _values(self, item: Item, department: str) -> dict[str, FieldValue]:
        """Return what an item holds, with the results of the years; of another owner its own results alone."""
        found: dict[str, FieldValue] = {} if department else dict(item.values)
        for shown, (name, year) in past_fields(self.view).items():
            register = self.registers.get(year)
            if register is not None:
                found[shown] = _answered(register, item, department).get(name)
        return found

    def _record(self, item: Item, fields: Sequence[FormField]) -> dict[str, Scalar]:
        own: dict[str, Scalar] = {"number": str(item.number), "title": item.title, "owners": item.owners}
        return {**own, **record_values(self.view, fields, self._values(item, ""))}

    def _notes(self) -> Iterator[str]:
        unknown = [year.year for year in past_years(self.plan) if year.year not in self.registers]
        if unknown:
            joined = wording("text.list.joiner").join(fiscal_year_label(FiscalYear(year)) for year in unknown)
            yield wording("printed.review.unknown", years=joined)


def _without(field: FormField, suffixes: Sequence[str]) -> FormField:
    label = field.label
    for suffix in suffixes:
        label = label.removesuffix(suffix)
    return replace(field, label=label)


def _answered(register: Register, item: Item, department: str) -> Mapping[str, FieldValue]:
    """Return what an item held in a year, or what one of its owners answered for itself."""
    if department:
        rows = (row for row in register.contributions if (row.item, row.department) == (item.id, department))
        return next((row.values for row in rows), {})
    known = register.item(item.id)
    return known.values if known else {}
