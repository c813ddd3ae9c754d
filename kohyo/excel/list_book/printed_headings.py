"""The headings of a printed table (表の見出し): which column stands where, in one row of headings or in two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kohyo.model.data_table import DataColumn, DataTable
from kohyo.text.normalise import Key, key

Columns = Sequence[DataColumn | None]
"""The columns of a grid from the left, None for one that the table does not know."""


class Headings:
    """How the headings of a table may stand: all of them, or those that are not told by bands; one row or two.

    Of two rows the upper one counts as much as the lower: 増減額 of 令和5年度 is not that of 令和4年度, wherever they
    stand. What stands below the upper one alone continues its heading.
    """

    def __init__(self, table: DataTable) -> None:
        """Take the table whose headings are looked for."""
        self._columns = [column for column in table.columns if column.kind != "flag"]
        self.label_of: Mapping[Key, DataColumn] = {
            key(column.label): column for column in self._columns if column.label and not column.under
        }
        self.is_twofold = any(column.under for column in table.columns)
        self.flags = [column for column in table.columns if column.kind == "flag"]
        self._upper: list[Key] = []

    def take(self, texts: Sequence[str]) -> Columns | None:
        """Return the columns that a line of headings tells, none of them where it is the upper of two; else None."""
        if not self.is_twofold:
            return self._simple(texts)
        if self._is_upper(texts):
            self._upper = [key(text) for text in texts]
            return ()
        upper, self._upper = self._upper, []
        return self._twofold(upper, [key(text) for text in texts]) if upper else None

    def labels(self, texts: Sequence[str]) -> DataColumn | None:
        """Return the column that a line of a card tells: its heading stands first, its value beside."""
        filled = [] if self.is_twofold else [text for text in texts if text]
        return self.label_of.get(key(filled[0])) if len(filled) > 1 and filled[0] == texts[0] else None

    def is_line(self, texts: Sequence[str]) -> bool:
        """Tell whether a line looks like one of headings, or like one of a card."""
        return bool(self._is_upper(texts) if self.is_twofold else self._simple(texts)) or self.labels(texts) is not None

    def _simple(self, texts: Sequence[str]) -> Columns | None:
        found = [self.label_of.get(key(text)) for text in texts if text]
        known = [column for column in found if column is not None]
        lacking = [column for column in self._columns if column not in known and column.label]
        whole = len(known) == len(found) > 1 and all(column.merge for column in lacking)
        return known if whole else None

    def _is_upper(self, texts: Sequence[str]) -> bool:
        """Tell whether a line is the upper of two rows: every heading that several columns share stands there."""
        said = {key(text) for text in texts if text}
        return {key(column.under) for column in self._columns if column.under} <= said

    def _twofold(self, upper: Sequence[Key], lower: Sequence[Key]) -> Columns | None:
        """Return the columns below two rows, from the left; None where one is lacking that has a heading."""
        width = max(len(upper), len(lower))
        by_heading = {(key(column.under), key(column.label)): column for column in self._columns}
        nothing = key("")
        found: list[DataColumn | None] = []
        above = nothing
        for place in range(width):
            own = upper[place] if place < len(upper) else nothing
            below = lower[place] if place < len(lower) else nothing
            above = own or above
            column = by_heading.get((above, below)) if below else by_heading.get((nothing, own)) if own else None
            found.append(column or (self._continued(found) if not (own or below) else None))
        lacking = [column for column in self._columns if column.label and column not in found]
        return None if lacking else _without_end(found)

    def _continued(self, found: Sequence[DataColumn | None]) -> DataColumn | None:
        """Return the column without a heading that continues the one to the left."""
        if not found or found[-1] is None:
            return None
        place = self._columns.index(found[-1]) + 1
        following = self._columns[place] if place < len(self._columns) else None
        return following if following is not None and not (following.label or following.under) else None


def _without_end(columns: list[DataColumn | None]) -> Columns:
    while columns and columns[-1] is None:
        columns.pop()
    return columns
