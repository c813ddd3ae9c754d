"""Returned books (回収票): what was found (raw) and what can be trusted.

``RawSheet`` and ``Answers`` are different types on purpose: they meet in ``returns.validate`` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from kohyo.model.face import Face
from kohyo.model.finding import Place
from kohyo.model.item import ItemId
from kohyo.model.note import Note
from kohyo.model.value import FieldValue, RawValue

_NONE: Mapping[str, str] = MappingProxyType({})


class Found(Enum):
    """How a field was found: by its defined name, by its label, or not at all."""

    BY_NAME = "name"
    BY_LABEL = "label"
    NOT_FOUND = "not_found"


class RawAnswer(NamedTuple):
    """What stood in one answer cell, untouched, and where."""

    place: Place
    value: RawValue
    found: Found
    note: str = ""
    """What the cell hid: ``formula`` (a stored result), ``uncalculated``, ``error``, or nothing."""
    comment: str = ""
    apart: Mapping[str, str] = _NONE
    """Texts further away in the same row that are none of the form's, by cell."""
    face: Face | None = None
    hidden: bool = False
    """Whether its row or column is hidden."""


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
    rest: bool = False
    """Whether all ticks left open are answered at once (残りはすべて－)."""
    other_controls: tuple[str, ...] = ()
    """Control numbers of other sheets that stand on it as well."""


@dataclass(frozen=True)
class RawReturn:
    """A returned book as found: identity in its three places, its sheets, and sheets not of ours."""

    file: str
    property_control: str
    hidden_control: str
    sheets: tuple[RawSheet, ...]
    other_sheets: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    cover: Mapping[str, RawAnswer] = field(default_factory=dict)
    """What the cover answers once for every sheet that leaves it empty, by field name."""
    rest: bool = False
    """Whether the cover answers all ticks left open (残りはすべて－) of the sheets on which anything was written."""
    mark: str = ""
    """Digest of what the form held when it went out, as it carries it; empty where that was stripped."""


class Answer(NamedTuple):
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
