"""Burden (記入の量): what a form costs its department, what it asks though it is known, what departments say alike."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.model.value import FieldValue


@dataclass(frozen=True)
class Burden:
    """Required cells of the item sheets that a department must type, and cells that hold what is known."""

    department: str
    to_type: int
    prefilled: int

    @property
    def share(self) -> int:
        """How many of a hundred of these cells are filled in already."""
        return round(100 * self.prefilled / (self.to_type + self.prefilled)) if self.to_type + self.prefilled else 0


@dataclass(frozen=True)
class KnownAnswers:
    """A question of a form that is answered already: on how many of its sheets, and how (``values``, each once).

    ``filled`` of the ``sheets`` hold what the register knows; beside ``beside`` others stands what was answered in an
    earlier year.
    """

    department: str
    field: str
    sheets: int
    filled: int
    beside: int
    values: tuple[FieldValue, ...]


@dataclass(frozen=True)
class Repeated:
    """An answer that is word for word the one of last year, to a question that each year asks anew."""

    department: str
    number: str
    title: str
    field: str
    text: str


@dataclass(frozen=True)
class Entry:
    """An item by its ``number``, or what a department sent by its id: its title, and whose it is."""

    number: str
    title: str
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Similar:
    """Two entries of different departments that say much the same; ``share`` is how much, of a hundred."""

    share: int
    one: Entry
    other: Entry
