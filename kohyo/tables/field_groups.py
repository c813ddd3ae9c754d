"""Which fields (欄) a table shows: all but the office's own; those that a year brings; those that are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kohyo.definition.fields import FormField, form_fields, item_fields, item_kind, year_words
from kohyo.definition.structure import STRUCTURAL_FIELDS
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind

_PROPER = ("number", "title")


@dataclass(frozen=True)
class FieldGroup:
    """A band of fields that are shown together."""

    label: str
    fields: tuple[FormField, ...]

    @property
    def is_ticks(self) -> bool:
        """Whether the band holds the perspectives and nothing else."""
        return all(field.type == "tick" for field in self.fields)


def shown_fields(plan: Plan, kind: str) -> tuple[FormField, ...]:
    """Return the fields of a sheet kind without the bands that only say who filled it in, and when."""
    fields = form_fields(plan, kind)
    telling = {field.group for field in fields if not _is_formal(field)}
    return tuple(field for field in fields if field.group in telling)


def _is_formal(field: FormField) -> bool:
    return field.nature == "office" or (field.nature == "year" and field.type == "date")


def groups(plan: Plan, fields: Iterable[FormField]) -> tuple[FieldGroup, ...]:
    """Return the fields in bands, in the order of the definition; number and title stand elsewhere."""
    labels = {group.key: group.label for group in plan.groups}
    found: dict[str, list[FormField]] = {}
    for field in fields:
        if field.name not in _PROPER:
            found.setdefault(field.group, []).append(field)
    return tuple(FieldGroup(labels[key], tuple(members)) for key, members in found.items())


def item_groups(plan: Plan) -> tuple[FieldGroup, ...]:
    """Return the bands of a printed item sheet."""
    return groups(plan, shown_fields(plan, item_kind(plan)))


def planned_fields(plan: Plan, year: int) -> tuple[FormField, ...]:
    """Return the fields of the item sheet that belong to one fiscal year."""
    return tuple(field for field in item_fields(plan) if field.year == year)


def progress_groups(plan: Plan) -> tuple[FieldGroup, ...]:
    """Return the bands in which the year's results are reported: those with a field that each year brings anew."""
    return tuple(FieldGroup(group.label, tuple(_reported(group))) for group in item_groups(plan) if _reports(group))


def _reports(group: FieldGroup) -> bool:
    return any(field.nature == "year" and field.type != "date" for field in group.fields)


def _reported(group: FieldGroup) -> Iterator[FormField]:
    """Yield what a band tells of results: not the plans of the years, which stand beside them."""
    for field in group.fields:
        if field.type != "date" and not field.year and field.name not in STRUCTURAL_FIELDS:
            yield field


def yearly_choices(plan: Plan) -> tuple[FormField, ...]:
    """Return the choices that each year brings anew (進捗, 今後の方向性): what a report counts."""
    return tuple(field for field in item_fields(plan) if field.nature == "year" and field.type == "select_one")


def kind_title(plan: Plan, kind: SheetKind, year: int = 0) -> str:
    """Return the title of a sheet kind in the survey of ``year``, by default the survey's year now."""
    return kind.title.format(**year_words(year or plan.cycle.year), number="").strip()


def kinds_by(plan: Plan, *pers: str) -> Sequence[SheetKind]:
    """Return the sheet kinds that stand for an item, a blank or a block."""
    return [kind for kind in plan.sheets if kind.per in pers]
