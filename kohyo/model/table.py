"""Tables (表): cells, spans, bands and marks as values, computed without Excel and rendered by one writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kohyo.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

Scalar: TypeAlias = str | int | float | None

Mark: TypeAlias = Literal[
    "",  # plain text
    "head",  # heading band
    "subhead",  # second line of a heading
    "band",  # band of a goal
    "number",  # item number
    "title",  # bold text
    "goal",  # large number of a goal
    "headline",  # large name of what a sheet is about
    "label",  # label column
    "count",  # figure, right-aligned
    "total",  # figure of a total
    "yes",  # ticked perspective
    "no",  # perspective that does not apply
    "unknown",  # perspective not answered yet
    "muted",  # quiet remark
    "changed",  # text that is another than before
    "caption",  # title of a table that stands below another
    "note",  # note of a table that another stands below
]


@dataclass(frozen=True)
class Run:
    """A part of a cell's text, and whether it is marked as changed."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: what it says, how it is marked, and how many rows and columns it spans."""

    text: Scalar = None
    mark: Mark = ""
    across: int = 1
    down: int = 1
    runs: tuple[Run, ...] = ()
    """The parts of ``text`` where some of them are marked; joined they are ``text``."""
    align: Literal["", "left", "center", "right"] = ""
    """The side it keeps to, where that is not its column's."""
    link: str = ""
    """Where a click leads: ``external:../folder/file.xlsx#'sheet'!A1`` or ``internal:'sheet'!A1``."""


Holds: TypeAlias = Literal["text", "count", "amount"]
"""What a column's values are: texts, whole numbers, or numbers of any kind."""


Names: TypeAlias = Literal["", "goal", "perspective", "department", "owners", "group"]
"""Whose names a column holds; ``owners`` are several departments of which one leads, ``group`` any of them or years."""


@dataclass(frozen=True)
class Column:
    """A column: its machine-readable key and label, and its printed width in characters of full width."""

    key: str
    label: str
    width: float
    align: Literal["left", "center", "right"] = "left"
    holds: Holds = "text"
    """What its values are in the records, whatever they happen to be."""
    several: bool = False
    """Whether a record may list several item numbers, which the twin gives a row each."""
    unit: str = ""
    """What its figures count (件, 千円); the twin says it in the heading."""
    names: Names = ""
    """What its texts are names of, so that the twin has their codes beside them."""
    ours: bool = False
    """Whether its texts are words of kohyo, so that the twin may add the western year to an era year in them."""


DTYPES: Mapping[Holds, str] = {"text": "string", "count": "Int64", "amount": "Float64"}
"""The types of a data frame's columns."""


@dataclass(frozen=True)
class Row:
    """A row of cells; a cell covered by a span of an earlier cell is None."""

    cells: tuple[Cell | None, ...]
    keep_with_next: bool = False


Tone: TypeAlias = Literal["done", "alarm", "pale", "first", "second", "third", "fourth", "fifth"]
"""What a colour says; the ordinals are a scale from dark to light that says nothing but its order."""


@dataclass(frozen=True)
class Chart:
    """Stacked bars of a table whose body has one row a record: one bar a record, one colour a column.

    ``category`` and the keys of ``series`` are columns of the table; ``rows`` are the first ones that are drawn, 0
    for all, behind ``skipped`` others. ``below`` puts it under its table, on the same page; else it has a page of its
    own.
    """

    name: str
    title: str
    category: str
    series: tuple[tuple[str, Tone], ...]
    rows: int = 0
    below: bool = False
    skipped: int = 0


@dataclass(frozen=True)
class Table:
    """A printable table and its machine-readable twin.

    ``head`` rows are repeated on every page; ``records`` are the twin: one mapping per row from column key
    (``record_columns``) to one value, no spans, no marks.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    record_columns: tuple[Column, ...]
    records: tuple[Mapping[str, Scalar], ...]
    subtitle: str = ""
    legend: str = ""
    landscape: bool = False
    one_page: bool = False
    notes: Sequence[str] = field(default_factory=tuple)
    filters: bool = False
    """Whether the headings offer filters."""
    chart: Chart | None = None
    joins: bool = False
    """Whether it stands on the sheet of the table before it, below that, where the page has room for it."""
    apart: bool = False
    """Whether it always has a sheet of its own, however little it has to tell."""
    printed: bool = True
    """Whether it has a sheet; else it is for machines alone."""

    @property
    def complete_records(self) -> list[dict[str, Scalar]]:
        """The records with every column of ``record_columns``, in its order."""
        return [{column.key: record.get(column.key) for column in self.record_columns} for record in self.records]

    def to_frame(self) -> pd.DataFrame:
        """Return the records as a pandas data frame, one column per key, of the type that the column always has.

        Texts are ``string``, counts ``Int64``, amounts ``Float64``. Raises UsageError without pandas.
        """
        try:
            import pandas  # noqa: ICN001, PLC0415 - heavy, and wanted by analysts only
        except ImportError as error:
            raise UsageError("no_pandas") from error
        records = self.complete_records
        types: dict[str, Any] = {column.key: DTYPES[column.holds] for column in self.record_columns}
        return pandas.DataFrame(
            {key: pandas.array([record[key] for record in records], dtype=of_type) for key, of_type in types.items()}
        )
