"""A worksheet for many plain cells (速いシート): XlsxWriter's XML without a search in every attribute."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple

from kohyo.excel.style.written_texts import TextSheet


class QuickSheet(TextSheet):
    """A worksheet of texts, numbers and blanks, each with a format; whatever else stands in it XlsxWriter writes."""

    def merge_blank(self, area: tuple[int, int, int, int], look: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        """Merge an area (first row and column, last row and column) of cells that say nothing.

        Two areas must not overlap: Excel would refuse the workbook.
        """
        first_row, first_column, last_row, last_column = area
        rows, columns = range(first_row, last_row + 1), range(first_column, last_column + 1)
        if any((row, column) in self.merged_cells for row in rows for column in columns):
            self.merge_range(*area, "", look)  # which says what it overlaps
            return
        self._check_dimensions(first_row, first_column)
        self._check_dimensions(last_row, last_column)
        blank = CellBlankTuple(look)
        self.merge.append([*area])
        for row in rows:
            self.table[row].update(dict.fromkeys(columns, blank))
            self.merged_cells.update(dict.fromkeys(((row, column) for column in columns), area))

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401 - likewise
        kind = type(cell)
        if not cell.format or kind not in _PLAIN:
            super()._write_cell(row, col, cell)
            return
        begins = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'  # noqa: SLF001 - likewise
        if kind is CellBlankTuple:
            self.fh.write(f"{begins}/>")
        elif kind is CellStringTuple:
            self.fh.write(f'{begins} t="s"><v>{cell.string}</v></c>')
        else:
            self.fh.write(f"{begins}><v>{cell.number:.16G}</v></c>")


_PLAIN = (CellBlankTuple, CellStringTuple, CellNumberTuple)
