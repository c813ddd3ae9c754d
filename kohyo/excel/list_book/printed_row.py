"""The rows of a printed table of figures (数字の表の行): what fits the columns, and what is no row of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from kohyo.excel.list_book.printed_headings import Columns
from kohyo.messages import section
from kohyo.model.data_table import DataTable
from kohyo.text.normalise import key
from kohyo.text.numbers import is_number

_FIGURES = ("figure", "percent")


class Fit(Enum):
    """How a line stands to the columns of a table."""

    ROW = "row"
    BESIDE = "beside"  # no row, and the table may go on: a note, the units, cells that stand one column too far
    OTHER = "other"  # the headings of another table


def has_figures(table: DataTable) -> bool:
    """Tell whether a table is one of figures, whose rows can be told from anything else."""
    return any(column.kind in _FIGURES for column in table.columns)


def is_figure(text: str) -> bool:
    """Tell whether a text is a figure as tables print it, or a sign for none (－, 皆増)."""
    return is_number(key(text).rstrip("%"), "") or key(text) in {key(sign) for sign in _marks("no_figure")}


def is_note(text: str) -> bool:
    """Tell whether a text is a note at a table (※, 注)."""
    return key(text).startswith(tuple(key(sign) for sign in _marks("note")))


def shifted(columns: Columns, texts: Sequence[str]) -> list[str]:
    """Return the cells of a row by column: a name that takes the place of two stands in the first of them.

    Its figures stand one to the left then, where the row is shorter than the others.
    """
    names = len(columns) > 1 and all(column is not None and column.kind == "text" for column in columns[:2])
    width = len(columns)
    room = len(texts) < width or not texts[width - 1]
    spans = names and room and len(texts) > 1 and bool(texts[0]) and is_figure(texts[1])
    return [texts[0], "", *texts[1 : width - 1], *texts[width:]] if spans else list(texts)


def fit(table: DataTable, columns: Columns, texts: Sequence[str]) -> Fit:
    """Return how a line stands to the columns: a row of figures has a name of its own and figures where they belong."""
    cells = list(zip(columns, texts, strict=False))
    names = [text for column, text in cells if column is not None and column.kind == "text" and text]
    figures = [text for column, text in cells if column is not None and column.kind in _FIGURES and text]
    if any(is_note(text) for text in texts[:1]):
        return Fit.BESIDE
    if names and all(map(is_figure, figures)) and not any(map(is_figure, names)):
        return Fit.ROW if figures or _is_known(table, names) else Fit.BESIDE
    return Fit.BESIDE if not names or any(map(is_figure, texts)) else Fit.OTHER


def _is_known(table: DataTable, names: Sequence[str]) -> bool:
    """Tell whether the table has a row of this name that says no figure."""
    bare = [row for row in table.rows if not any(row.get(c.key) for c in table.columns if c.kind in _FIGURES)]
    return any(key(table.name_of(row)) in {key(name) for name in names} for row in bare)


def _marks(name: str) -> Sequence[str]:
    found: Sequence[str] = section("text")["printed"][name]
    return found
