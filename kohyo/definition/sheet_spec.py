"""How a sheet of the definition holds a part of the plan (計画定義のシートの書き方): its columns and their kinds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from kohyo.messages import section, wording

CellKind: TypeAlias = Literal[
    "text",  # letter by letter
    "name",  # an identifier, compared in its normalised form
    "names",  # several, one a line
    "code",  # two characters, which Excel may have turned into a number
    "area",  # six digits, which Excel may have turned into a number
    "list",  # several texts, one a line
    "integer",
    "decimal",
    "year",  # a fiscal year
    "date",
    "when",  # a day, a month, or a span
    "flag",  # ticked or empty
    "word",  # one of a vocabulary
    "words",  # several of it, one a line
]


@dataclass(frozen=True)
class ColumnSpec:
    """One column: the value's name in the model, how a cell holds it, where its choices come from.

    ``words`` names a vocabulary of the wordings, ``source`` the sheet and column whose entries may be chosen,
    ``part`` the part of the plan that the value belongs to where a sheet holds several, ``blank`` the value
    that an empty cell stands for. A ``later`` column came after the first definitions went out: one that has not
    got it is read as if it were empty.
    """

    name: str
    kind: CellKind = "text"
    required: bool = False
    words: str = ""
    source: tuple[str, str] | None = None
    part: tuple[str, ...] = ()
    blank: int | str | None = None
    later: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Where the value stands below the data of its row."""
        return (*self.part, self.name)


@dataclass(frozen=True)
class SheetSpec:
    """One sheet: the part of the plan that it holds, one row per entry or (``single``) one row in all.

    A ``later`` sheet is one that a plan need not have, or that came after the first definitions went out: a workbook
    that has not got it is read as if it were empty.
    """

    key: str
    path: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]
    single: bool = False
    later: bool = False

    @property
    def loc(self) -> tuple[str, ...]:
        """The place that stands for the whole sheet in messages."""
        return self.path or self.columns[0].part

    @property
    def tab(self) -> str:
        """The sheet's name."""
        return wording(f"definition.sheets.{self.key}.tab")

    @property
    def about(self) -> str:
        """What the sheet is for, in a line."""
        return wording(f"definition.sheets.{self.key}.about")

    def heading(self, column: str) -> str:
        """Return the heading of a column."""
        return wording(f"definition.sheets.{self.key}.columns.{column}.heading")

    def hint(self, column: str) -> str:
        """Return how a column is filled."""
        return wording(f"definition.sheets.{self.key}.columns.{column}.hint")


def vocabulary(words: str) -> dict[str, str]:
    """Return the words shown for the values of an enumerated column, by value."""
    return dict(section("definition")["words"][words])
