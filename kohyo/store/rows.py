"""The rows of one workspace (集約データの行): its register and its answers, one plain record a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from kohyo.definition.fields import FormField, all_fields, item_fields
from kohyo.definition.public import public_plan
from kohyo.messages import wording
from kohyo.model.answer import FieldAnswer
from kohyo.model.answer_name import field_of
from kohyo.model.history import standing
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Contribution, Register
from kohyo.model.tick import Evidence, Tick
from kohyo.model.value import FieldValue

Record: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[tuple[str, int], list[Record]]
"""The rows by table and round; 0 is the round of what the register says, whatever round it came in."""

_STATE = 0


@dataclass(frozen=True)
class Told:
    """What a workspace tells: its plan, its register, the answers of every file that was read.

    Without ``internal``, what is not for the public (公表しない) is left out: neither its value nor its answers.
    """

    plan: Plan
    register: Register
    answers: Sequence[FieldAnswer]
    internal: bool = False

    def rows(self) -> Rows:
        """Return every row, in an order that depends on the contents alone."""
        found: Rows = {
            ("items", _STATE): list(self._items()),
            ("item_values", _STATE): list(self._values()),
            ("ticks", _STATE): list(self._ticks()),
            ("changes", _STATE): list(self._changes()),
        }
        for table, records in (("answers", self._answers()), ("receipts", self._receipts())):
            for round_number, record in records:
                found.setdefault((table, round_number), []).append(record)
        return found

    @property
    def _code(self) -> str:
        return self.plan.plan.code

    @cached_property
    def _fields(self) -> Mapping[str, FormField]:
        """The fields that are told, by name."""
        return {field.name: field for field in all_fields(self.plan if self.internal else public_plan(self.plan))}

    def _of_items(self, *, ticks: bool) -> list[FormField]:
        told = (field for field in item_fields(self.plan) if field.name in self._fields)
        return [field for field in told if (field.type == "tick") is ticks]

    def _items(self) -> Iterator[Record]:
        for item in _in_order(self.register):
            yield {
                "plan": self._code,
                "item": item.id,
                "number": str(item.number),
                "goal": item.goal,
                "title": item.title,
                "overview": item.overview,
                "owners": item.owners,
                "standing": item.standing.value,
                "origins": list(item.origins),
            }

    def _values(self) -> Iterator[Record]:
        fields = self._of_items(ticks=False)
        for item, department, values in self._told_of_items():
            for field in fields:
                value = values.get(field.name)
                if value is not None:
                    about = {"item": item.id, "number": str(item.number), "department": department}
                    name = {"field": field.name, "label": field.register_label}
                    yield {"plan": self._code, **about, **name, **_value(value)}

    def _ticks(self) -> Iterator[Record]:
        fields = self._of_items(ticks=True)
        for item, department, values in self._told_of_items():
            for field in fields:
                tick = values.get(field.name, None if department else Tick.UNKNOWN)
                if isinstance(tick, Tick):
                    why = Evidence.ANSWER if department else item.evidence.get(field.name, Evidence.NONE)
                    yield {
                        "plan": self._code,
                        "item": item.id,
                        "number": str(item.number),
                        "department": department,
                        "perspective": field.perspective or field.name,
                        "label": field.register_label,
                        "tick": tick.value,
                        "evidence": why.value,
                    }

    def _told_of_items(self) -> Iterator[tuple[Item, str, Any]]:
        """Yield what the register says of each item, then what each owner says for itself (部別回答)."""
        own: dict[str, list[Contribution]] = {}
        for row in self.register.contributions:
            own.setdefault(row.item, []).append(row)
        for item in _in_order(self.register):
            yield item, "", item.values
            for row in sorted(own.get(item.id, ()), key=lambda row: row.department):
                yield item, row.department, row.values

    def _answers(self) -> Iterator[tuple[int, Record]]:
        for answer in sorted(self.answers, key=lambda one: (one.control, one.sha256, one.item, one.field, one.place)):
            field = self._fields.get(field_of(answer.field))
            if field is not None:
                yield (
                    answer.round,
                    {
                        "plan": self._code,
                        "item": answer.item,
                        "department": answer.department,
                        "field": answer.field,
                        "label": field.register_label,
                        "state": answer.state.value,
                        **_value(answer.value),
                        "base": _text(answer.base),
                        "leads": answer.leads,
                        "control": answer.control,
                        "file": answer.place.file,
                        "sheet": answer.place.sheet,
                        "cell": answer.place.cell,
                        "typed": answer.typed,
                        "sha256": answer.sha256,
                    },
                )

    def _changes(self) -> Iterator[Record]:
        stands = {place for place, _ in standing(self.register.changes)}
        every = {field.name: field.register_label for field in all_fields(self.plan)}
        kept_inside = {word for name, label in every.items() if name not in self._fields for word in (name, label)}
        for place, change in enumerate(self.register.changes):
            plain = field_of(change.field)
            if plain in kept_inside or _owners_own(change.field) in kept_inside:
                continue
            yield {
                "plan": self._code,
                "place": place,
                "stands": place in stands,
                "changed_at": change.at,
                "kind": change.kind.value,
                "item": change.item,
                "number": change.number,
                "field": change.field,
                "label": every.get(plain, change.field),
                "old": _text(change.old),
                "new": _text(change.new),
                "file": change.place.file,
                "sheet": change.place.sheet,
                "cell": change.place.cell,
                "typed": change.typed,
                "changed_by": change.by if self.internal else "",
            }

    def _receipts(self) -> Iterator[tuple[int, Record]]:
        for row in self.register.receipts:
            yield (
                row.round,
                {
                    "plan": self._code,
                    "department": row.department,
                    "outcome": row.outcome.value,
                    "control": row.control,
                    "file": row.file,
                    "sha256": row.sha256,
                    "received_at": row.received_at,
                    "errors": row.errors,
                    "checks": row.checks,
                    "infos": row.infos,
                },
            )


def _in_order(register: Register) -> list[Item]:
    return sorted(register.items, key=lambda item: item.id)


def _owners_own(field: str) -> str:
    """Return the field's label where the history calls it an owner's own (部ごと): 実績（土木部）."""
    return field.partition(wording("text.own_field", field="", department="\0").partition("\0")[0])[0]


def _value(value: FieldValue) -> Record:
    number = float(value) if isinstance(value, int | float) else None
    day = date(value.year, value.month, value.day) if isinstance(value, date) else None
    return {"value": _text(value), "value_number": number, "value_date": day}


def _text(value: FieldValue) -> str | None:
    if value is None:
        return None
    if isinstance(value, Tick):
        return value.value
    return value.isoformat() if isinstance(value, date) else str(value)
