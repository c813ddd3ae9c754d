"""Spelling an unusually spelled sheet anew (シートの書き直し): its cells with what they hold, and what is merged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import ClassVar

from kohyo.excel.ooxml.cell_reference import Position, a1, position, refuse_far, refuse_huge_merges, row_number
from kohyo.excel.ooxml.fast_scan import Scan
from kohyo.excel.ooxml.hidden_lines import is_hidden, widths
from kohyo.excel.ooxml.limits import CELLS, RefusedError
from kohyo.excel.ooxml.respelling import Attributes, Path, Respelling, RichText, parts_of_text
from kohyo.excel.ooxml.row_tags import Head, Spelled
from kohyo.model.codes import Code

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INDEX = re.compile(r"[0-9]{1,7}")
_STYLE = re.compile(r"[0-9]{1,5}")
_TRUTHS = {"0": "0", "1": "1", "false": "0", "true": "1"}
_ROW: Path = ("sheetData", "row")
_CELL: Path = (*_ROW, "c")
_INLINE: Path = (*_CELL, "is")


class _Cell:
    """One cell while its parts come in."""

    def __init__(self, attributes: Attributes) -> None:
        self.type = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.value: list[str] | None = None
        self.text: RichText | None = None
        self.has_formula = False

    @property
    def plain(self) -> str:
        """What stands in ``<v>``, for types that know no blanks."""
        return "".join(self.value or ()).strip(" \t\r\n")


class SheetRespelling(Respelling):
    """A worksheet (ワークシート)."""

    home: ClassVar[Mapping[str, tuple[Path, ...]]] = {
        "col": (("cols",),),
        "sheetData": ((),),
        "row": (_ROW[:1],),
        "c": (_ROW,),
        "f": (_CELL,),
        "v": (_CELL,),
        "is": (_CELL,),
        **parts_of_text(_INLINE),
        "mergeCell": (("mergeCells",),),
    }

    def __init__(self, scan: Scan) -> None:
        """Fill ``scan``."""
        super().__init__(scan)
        self._row, self._column = -1, -1
        self._cell = _Cell({})
        self._rows: dict[int, dict[int, Spelled | None]] = {}
        self._filled: tuple[set[int], set[int]] = (set(), set())
        self._merges: list[str] = []
        self._columns: list[Attributes] = []
        self._hidden: set[int] = set()

    @property
    def _at(self) -> Position:
        return self._row, self._column

    def open(self, local: str, attributes: Attributes) -> None:
        """Take the beginning of a row, of a cell or of a part of it."""
        cell = self._cell
        if local == "row":
            self._open_row(attributes)
        elif local == "col":
            self._columns.append(attributes)
        elif local == "c":
            self._open_cell(attributes)
        elif local == "f":
            self._once(not cell.has_formula)
            cell.has_formula = True
        elif local == "v":
            self._once(cell.value is None)
            cell.value = []
        elif local == "is":
            self._once(cell.text is None)
            cell.text = RichText()
        elif local == "mergeCell":
            self._merges.append(attributes.get("ref", ""))
        elif cell.text is not None:
            cell.text.open(local, attributes)

    def close(self, local: str) -> None:
        """Take the end of a cell or of a part of a text."""
        if local == "c":
            self._close_cell()
        elif local in RichText.PARTS and self._cell.text is not None:
            self._cell.text.close(local)

    def take(self, local: str, text: str) -> None:
        """Take the letters of a value or of a text."""
        if local == "v" and self._cell.value is not None:
            self._cell.value.append(text)
        elif local == "t" and self._cell.text is not None:
            self._cell.text.take(text)

    def is_closed_to_others(self, around: Path) -> bool:
        """Tell whether only cells and their parts may stand there."""
        return around[:1] == _ROW[:1] and around[-1] not in ("rPr", "f")

    def finish(self) -> None:
        """Put rows and merged ranges together."""
        refuse_far(*self._filled)
        refuse_huge_merges(self._merges)
        self.scan.hidden_rows, self.scan.columns = frozenset(self._hidden), widths(self._columns)
        self.scan.merges = tuple(ref.replace("$", "").upper() for ref in self._merges)
        rows = (self._rows[row] for row in sorted(self._rows))
        self.scan.spelled = [cell for row in rows for _, cell in sorted(row.items()) if cell is not None]

    def _once(self, first: bool) -> None:  # noqa: FBT001 - the condition itself
        if not first:
            raise self._unclear_cell()

    def _unclear_cell(self) -> RefusedError:
        return RefusedError(Code.K143, self.scan.kind, cell=a1(*self._at))

    def _open_row(self, attributes: Attributes) -> None:
        self._row, self._column = row_number(attributes["r"]) if "r" in attributes else self._row + 1, -1
        self._once(self._row not in self._rows)
        self._rows[self._row] = {}
        if is_hidden(attributes, "ht"):
            self._hidden.add(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        row, self._column = position(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        self.scan.cells += 1
        if self.scan.cells > CELLS:
            raise RefusedError(Code.K140, CELLS)
        self._once(row == self._row and self._column not in self._rows[row])
        self._cell = _Cell(attributes)
        self._rows[row][self._column] = None

    def _close_cell(self) -> None:
        cell = self._cell
        try:
            value = _VALUES[cell.type](cell)
        except (_UnclearError, KeyError):
            raise self._unclear_cell() from None
        if cell.text is not None and cell.type != "inlineStr":
            raise self._unclear_cell()
        if cell.value is not None or cell.text is not None:
            self._filled[0].add(self._row)
            self._filled[1].add(self._column)
        if value is not None or cell.has_formula:
            style = int(cell.style) if _STYLE.fullmatch(cell.style) else 0
            self._rows[self._row][self._column] = (Head(self._at, style, cell.type), cell.has_formula, value)


class _UnclearError(Exception):
    """Raised for a cell that holds what its type does not allow."""


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise _UnclearError
    return text


def _number(cell: _Cell) -> str | None:
    return _matching(_NUMBER, cell.plain) if cell.plain else None


def _shared(cell: _Cell) -> str | None:
    return None if cell.value is None else _matching(_INDEX, cell.plain)


def _truth(cell: _Cell) -> str | None:
    return None if cell.value is None else _TRUTHS[cell.plain]


def _trimmed(cell: _Cell) -> str | None:
    return None if cell.value is None else escape(cell.plain, quote=False)


def _result(cell: _Cell) -> str | None:
    return None if cell.value is None else escape("".join(cell.value), quote=False)


def _inline(cell: _Cell) -> str | None:
    """Return a text that stands in the cell itself; a value beside it must hold nothing."""
    if cell.text is not None:
        return cell.text.spelled()
    if cell.plain:
        raise _UnclearError
    return None


_VALUES: Mapping[str, Callable[[_Cell], str | None]] = {
    "n": _number,
    "s": _shared,
    "b": _truth,
    "e": _trimmed,
    "str": _result,
    "d": _trimmed,
    "inlineStr": _inline,
}
"""How the value of a cell of each type is spelled, None where it has none."""
