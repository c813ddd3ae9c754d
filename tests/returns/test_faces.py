"""What a cell shows and what it holds, by the kind of its field.

1. A field for words says what is shown, whatever is stored; where nobody can tell what is shown, it is asked about.
2. A number is the stored one where the cell says the same; fewer digits shown than stored are told, another number
   is asked about. Per cent are read where the field counts so.
3. Of a text partly struck through the rest is taken and told; wholly struck through, it is asked about.
4. What cannot be seen is told, unless it is what went out, besides what the cell shows. An empty cell shows nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from kohyo.definition.fields import FormField, field_named
from kohyo.model.face import Face, Look
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import FieldType
from kohyo.model.returned_book import RawAnswer
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.two_faces import seen
from tests.returns.builders import answer

NUMBERS: tuple[FieldType, ...] = ("integer", "decimal")
WORDS = tuple(type_ for type_ in get_args(FieldType) if type_ not in (*NUMBERS, "date"))


def field_of(plan: Plan, type_: FieldType, unit: str = "千円") -> FormField:
    """Return a field of a type that counts in a unit."""
    return replace(field_named(plan, "effect_finance"), type=type_, unit=unit)


def look(field: FormField, value: RawValue, face: Face | None, base: FieldValue = None) -> tuple[object, list[str]]:
    """Return the value as people see it, ``...`` where that is asked, and each finding with what it says is shown."""
    found, told = seen(field, answer(value)._replace(face=face), base)
    shown = [f"{one.code} {one.context.get('shown', '')}".rstrip() for one in told]
    assert {(one.place, one.field) for one in told} <= {(answer(None).place, field.register_label)}
    return found.value if isinstance(found, RawAnswer) else ..., shown


@pytest.mark.parametrize("type_", WORDS)
def test_words_are_read_as_shown(plan: Plan, type_: FieldType) -> None:
    """A number that a format shows as words is those words, in every kind of field that is none of numbers (1)."""
    field = field_of(plan, type_)
    assert look(field, 123.0, Face(Look.FORMATTED, "0123")) == ("0123", ["K275 0123"])
    assert look(field, 0.5, Face(Look.PERCENT, "50%")) == ("50%", ["K275 50%"])
    assert look(field, 123.0, Face(Look.FORMATTED, "123")) == ("123", [])
    assert look(field, date(2030, 1, 2), Face(Look.MOMENT, None)) == (..., ["K273"])


@pytest.mark.parametrize("type_", NUMBERS)
@pytest.mark.parametrize(
    ("value", "shown", "told"),
    [
        (1200.0, "1,200千円", []),
        (1200, "0001200", []),
        (-1200, "▲1,200", []),
        (0, "0.", []),
        (0.0, ".", []),
        (0.1 + 0.7, "0.8", []),
        (0, "－", []),
        (-1200, "(1,200)", []),
        (12.34, "12.3", ["K274 12.3"]),
        (12.34, "12", ["K274 12"]),
        (0.4, "0", ["K274 0"]),
        (-0.4, "0", ["K274 0"]),
        (-5, "", ["K272"]),
    ],
)
def test_a_number_is_the_stored_one(plan: Plan, type_: FieldType, value: float, shown: str, told: list[str]) -> None:
    """Zeros, separators and signs of a format change nothing; hidden digits are told (2)."""
    assert look(field_of(plan, type_), value, Face(Look.FORMATTED, shown)) == (value, told)


@pytest.mark.parametrize("type_", NUMBERS)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, "1,235"),
        (1234567, "1,235千"),
        (-1200, "1,200"),
        (1200, "▲1,200"),
        (1200.0, "1,200円"),
        (15, "15万"),
        (1200.0, "約1,200"),
        (1200.0, "－"),
        (1200.0, None),
        (12.34, "13.4"),
    ],
)
def test_a_number_that_looks_like_another(plan: Plan, type_: FieldType, value: float, shown: str | None) -> None:
    """Where the cell, read as if it were typed, says another number or none, nobody knows which was meant (2).

    What went out, untouched, is asked of nobody.
    """
    field, face = field_of(plan, type_), Face(Look.FORMATTED, shown)
    assert look(field, value, face) == (..., [f"K273 {shown or ''}".rstrip()])
    assert look(field, value, face, int(value) if value == int(value) else value) == (value, [])


@pytest.mark.parametrize("type_", NUMBERS)
def test_hours_are_no_number(plan: Plan, type_: FieldType) -> None:
    """36:00 is held as one and a half days: in a field for numbers that is asked about (2)."""
    assert look(field_of(plan, type_), 1.5, Face(Look.MOMENT, "36:00")) == (..., ["K273 36:00"])


@pytest.mark.parametrize("type_", NUMBERS)
@pytest.mark.parametrize(("value", "read"), [(0.85, 85), (0.125, 12.5), (1, 100), (0.1 + 0.7, 80), (-0.07, -7)])
def test_per_cent(plan: Plan, type_: FieldType, value: float, read: float) -> None:
    """85 % is 85 in a field that counts in per cent, however it writes that; elsewhere it is asked about (2)."""
    face = Face(Look.PERCENT, "85%")
    for unit in ("％", "%", "パーセント"):
        found, told = look(field_of(plan, type_, unit), value, face)
        assert (found, type(found), told) == (read, type(read), ["K275 85%"])
    for unit in ("千円", ""):
        assert look(field_of(plan, type_, unit), value, face) == (..., ["K273 85%"])


@pytest.mark.parametrize("look_", [Look.FORMATTED, Look.PERCENT, Look.MOMENT])
def test_a_day_is_the_stored_one(plan: Plan, look_: Look) -> None:
    """However it is shown (2)."""
    for value in (date(2024, 6, 3), 45446):
        assert look(field_of(plan, "date"), value, Face(look_, "6月3日")) == (value, [])


@pytest.mark.parametrize("type_", get_args(FieldType))
def test_what_is_struck_through_is_gone(plan: Plan, type_: FieldType) -> None:
    """In every kind of field (3)."""
    field = field_of(plan, type_)
    assert look(field, "三年毎年", Face(Look.STRUCK, "毎年"), "三年毎年") == ("毎年", ["K270 毎年"])
    assert look(field, "三年", Face(Look.ERASED, ""), "三年") == (..., ["K271"])


@pytest.mark.parametrize(
    ("value", "base", "told"),
    [("前", "前", []), ("○", Tick.YES, []), (12.0, 12, []), ("後", "前", ["K272"]), ("後", None, ["K272"])],
)
def test_what_cannot_be_seen_is_told(plan: Plan, value: RawValue, base: FieldValue, told: list[str]) -> None:
    """It is read as it is stored; what went out is told to nobody (4)."""
    assert look(field_of(plan, "text"), value, Face(Look.UNSEEN, ""), base) == (value, told)


def test_what_is_shown_unseen(plan: Plan) -> None:
    """It is read as any other, and told; a struck text that is asked about is told once (4)."""
    white = Face(Look.PERCENT, "85%", unseen=True)
    assert look(field_of(plan, "decimal", "％"), 0.85, white) == (85, ["K275 85%", "K272"])
    assert look(field_of(plan, "text"), "文", Face(Look.PLAIN, "文", unseen=True)) == ("文", ["K272"])
    assert look(field_of(plan, "text"), "文", Face(Look.PLAIN, "文")) == ("文", [])
    assert look(field_of(plan, "text"), "文", Face(Look.ERASED, "", unseen=True)) == (..., ["K271"])


@pytest.mark.parametrize(
    ("type_", "value", "base", "told"),
    [
        ("text", "後", "前", ["K278"]),
        ("text", "前", "前", []),
        ("text", None, "前", ["K278"]),
        ("text", None, None, []),
        ("decimal", "１２", 12, []),
        ("tick", "不明", None, []),
        ("tick", None, Tick.UNKNOWN, []),
        ("tick", "○", Tick.UNKNOWN, ["K278"]),
        ("decimal", "十二", 12, ["K278"]),
    ],
)
def test_what_stands_in_a_hidden_row(
    plan: Plan, type_: FieldType, value: RawValue, base: FieldValue, told: list[str]
) -> None:
    """It is told where it differs from what went out (4)."""
    hidden = answer(value)._replace(hidden=True)
    found, findings = seen(field_of(plan, type_), hidden, base)
    assert (found, [finding.code for finding in findings]) == (hidden, told)


@pytest.mark.parametrize("value", [None, "　 ", "\u200b"])
def test_an_empty_cell_shows_nothing(plan: Plan, value: RawValue) -> None:
    """Whatever its format; and a cell without a format of its own shows what it holds (4)."""
    for kind in Look:
        assert look(field_of(plan, "text"), value, Face(kind, None)) == (value, [])
    assert look(field_of(plan, "text"), 12.5, None) == (12.5, [])
