"""The cover's list of a correction (直していただきたいところ): where, why, how, and whether it is done, live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_canvas import Canvas, quoted
from kohyo.excel.form.form_identifiers import ASK_TARGET
from kohyo.excel.form.form_layout import REMARK, tall
from kohyo.excel.ooxml.cell_reference import a1, row_column
from kohyo.excel.style import palette as look
from kohyo.messages import wording
from kohyo.model.issued_form import Ask

_WHERE, _WHAT, _WEIGHT, _STATE = range(4)


@dataclass(frozen=True)
class AskedSheet:
    """A sheet that was drawn, as the list speaks of it: its tab, where each answer stands, which can be filled in."""

    tab: str
    cells: Mapping[str, str]
    fillable: Collection[str]


class AskPen:
    """Draws the list onto the cover, one row for each thing that is asked for."""

    def __init__(self, canvas: Canvas, sheet: Worksheet, widths: Sequence[int]) -> None:
        self._canvas = canvas
        self._sheet = sheet
        self._widths = widths

    def draw(self, row: int, asks: Sequence[Ask], sheets: Mapping[str, AskedSheet]) -> int:
        """Draw headings and rows from ``row`` on and return the next free row; ``sheets`` by control number.

        What must be mended comes first, then what is to be looked at; each in the order of the form.
        """
        for column, name in enumerate(("where", "what", "weight", "state")):
            self._sheet.write_string(row, column, wording(f"form.asks.{name}"), self._style("head"))
        self._sheet.set_row(row, tall(wording("form.asks.what"), self._widths[_WHAT], look.BODY, bold=True))
        first = row + 1
        for place, ask in enumerate(_in_order(asks, sheets), start=first):
            self._row(place, ask, sheets.get(ask.sheet))
        self._colour(first, first + len(asks) - 1)
        return first + len(asks)

    def _style(self, name: str) -> Any:  # noqa: ANN401 - XlsxWriter is untyped
        return self._canvas.styles.get(name)

    def _row(self, row: int, ask: Ask, place: AskedSheet | None) -> None:
        where = self._where(row, ask, place)
        what = wording("form.asks.row", reason=ask.reason, mend=ask.mend)
        self._sheet.write_string(row, _WHAT, what, self._style("row"))
        weight = wording("form.asks.must" if ask.must else "form.asks.look")
        self._sheet.write_string(row, _WEIGHT, weight, self._style("row"))
        self._state(row, ask, place)
        heights = (tall(where, self._widths[_WHERE], look.BODY), tall(what, self._widths[_WHAT], look.BODY))
        self._sheet.set_row(row, max(heights))

    def _where(self, row: int, ask: Ask, place: AskedSheet | None) -> str:
        """Write where it is, as a link where the place is in this form, and return the text."""
        if place is None:
            self._sheet.write_string(row, _WHERE, ask.tab, self._style("row"))
            return ask.tab
        cell = min((place.cells[name] for name in ask.fields if name in place.cells), key=row_column, default="")
        text = wording("form.asks.place", tab=place.tab, cell=cell) if cell else place.tab
        target = self._canvas.name_target(f"{ASK_TARGET}{row}", place.tab, cell or "A1")
        self._sheet.write_url(row, _WHERE, target, self._style("link"), text)
        return text

    def _state(self, row: int, ask: Ask, place: AskedSheet | None) -> None:
        """Say whether something was changed there; a place that this form does not hold has no state."""
        remarks = list(_remarks(ask, place))
        if not remarks:
            self._sheet.write_blank(row, _STATE, None, self._style("row"))
            return
        marks = [wording(f"form.remark.{name}") for name in ("missing", "wrong", "look")]
        waits = ",".join(formula.starts_with(remark, mark) for remark in remarks for mark in marks)
        words = [formula.literal(wording(f"form.{name}")) for name in ("asks.waits", "asks.done", "cover.gone")]
        built = f"=IFERROR(IF(OR({waits}),{words[0]},{words[1]}),{words[2]})"
        self._sheet.write_formula(row, _STATE, built, self._style("row"), wording("form.asks.waits"))

    def _colour(self, first: int, last: int) -> None:
        """Colour what must be mended and still waits."""
        weight, state = (f"${a1(first, column)}" for column in (_WEIGHT, _STATE))
        must, waits = (formula.literal(wording(f"form.asks.{name}")) for name in ("must", "waits"))
        criteria = f'=AND({weight}={must},OR({state}={waits},{state}=""))'
        options = {"type": "formula", "criteria": criteria, "format": self._canvas.styles.warning(ground=True)}
        self._sheet.conditional_format(first, _WEIGHT, last, _STATE, options)


def _in_order(asks: Iterable[Ask], sheets: Mapping[str, AskedSheet]) -> list[Ask]:
    order = {control: place for place, control in enumerate(sheets)}

    def where(ask: Ask) -> tuple[bool, int, tuple[int, int]]:
        cells = sheets[ask.sheet].cells if ask.sheet in sheets else {}
        first = min((row_column(cells[name]) for name in ask.fields if name in cells), default=(0, 0))
        return (not ask.must, order.get(ask.sheet, len(order)), first)

    return sorted(asks, key=where)


def _remarks(ask: Ask, place: AskedSheet | None) -> Iterator[str]:
    """Yield the cells whose remarks tell whether what is asked for still stands."""
    for name in ask.fields if place else ():
        if place and name in place.fillable:
            row, _ = row_column(place.cells[name])
            yield f"{quoted(place.tab)}!{a1(row, REMARK)}"
