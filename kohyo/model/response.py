"""Returned books (回収票): what went out (配布時の値), what was found (raw), what can be trusted.

``RawSheet`` and ``Answers`` are different types on purpose: they meet in ``rules.trust`` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from kohyo.model.finding import Place
from kohyo.model.item import ItemId
from kohyo.model.value import FieldValue, RawValue


class Found(Enum):
    """How a field was found: by its defined name, by its label, or not at all."""

    BY_NAME = "name"
    BY_LABEL = "label"
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class RawAnswer:
    """What stood in one answer cell, untouched, and where."""

    place: Place
    value: RawValue
    found: Found
    note: str = ""
    """What the cell hid: ``formula`` (a stored result), ``uncalculated``, ``error``, or nothing."""
    comment: str = ""


@dataclass(frozen=True)
class RawSheet:
    """One sheet of a returned book: name, control number (管理番号) as found, raw answers by field name.

    On a sheet of blocks (課題, 好事例) the names carry the block: ``issue_text.2``.
    """

    place: Place
    control: str
    """Empty when the sheet bears none that can be read."""
    kind: str
    """Key of the sheet kind, by the control number or, without one, by the labels found."""
    answers: Mapping[str, RawAnswer]
    hidden: bool = False


@dataclass(frozen=True)
class RawReturn:
    """A returned book as found: identity in its three places, its sheets, and sheets not of ours."""

    file: str
    property_control: str
    hidden_control: str
    sheets: tuple[RawSheet, ...]
    other_sheets: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """One trusted answer: the value, where it stood, and the text as the person typed it."""

    value: FieldValue
    place: Place
    typed: str


@dataclass(frozen=True)
class Answers:
    """The trusted answers of one sheet, by field name; a field that could not be trusted is absent."""

    kind: str
    item: ItemId | None
    place: Place
    values: Mapping[str, Answer]
    block: int = 0
    """Which block of the sheet (from 1), 0 on a sheet that is not made of blocks."""


@dataclass(frozen=True)
class SheetIssue:
    """One sheet as it went out: its control number, kind, item and the values it held.

    ``before`` are values that the register held where a correction shows the department's own answer that the
    register had not taken: what could not be read, and what waits for a decision.
    """

    control: str
    kind: str
    tab: str
    item: ItemId | None
    values: Mapping[str, FieldValue]
    before: Mapping[str, FieldValue] = field(default_factory=dict)
    last_year: Mapping[str, FieldValue] = field(default_factory=dict)
    """What the department answered last year, where the form shows it beside the new answer."""

    @property
    def known(self) -> Mapping[str, FieldValue]:
        """The merge's base: what the register knew of this sheet when it went out."""
        return {**self.values, **self.before}


@dataclass(frozen=True)
class Ask:
    """What a correction (差戻し) asks to mend or to look at: where, why and how.

    ``sheet`` is a control number, ``fields`` are names of answers with their block; both are empty where the
    place is not in the form. ``tab`` is the sheet as the department called it.
    """

    sheet: str
    fields: tuple[str, ...]
    tab: str
    reason: str
    mend: str
    must: bool


@dataclass(frozen=True)
class FormIssue:
    """One survey form (調査票) as it went out to one respondent (回答者) in one round (回)."""

    control: str
    plan: str
    form_version: str
    year: int
    department: str
    round: int
    sheets: tuple[SheetIssue, ...]
    correction: bool = False
    """Whether it went out to have an earlier return corrected: then its answers supersede that return's."""
    deadline: date | None = None
    answers: tuple[str, ...] = ()
    """SHA-256 of the returns that a correction was made from, whose answers it shows."""
    asks: tuple[Ask, ...] = ()
    """What a correction asks for."""

    def sheet(self, control: str) -> SheetIssue | None:
        """Return the sheet with this control number, None when it is not ours."""
        return next((sheet for sheet in self.sheets if sheet.control == control), None)
