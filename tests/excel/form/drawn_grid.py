"""A sheet of a form drawn cell by cell, and what the locator finds on it, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from kohyo.excel.form.field_locator import Located, Locator, wanted_fields
from kohyo.excel.form.form_grid import FormGrid
from kohyo.excel.form.form_vocabulary import printed
from kohyo.excel.ooxml.cell_reference import Position, a1, position
from kohyo.excel.ooxml.raw_book import RawGrid
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Found
from kohyo.model.value import RawValue

Cells = Mapping[str, RawValue]
ROWS: Cells = {"A3": "項目名", "B3": "窓口", "A4": "取組内容", "B4": "一つに", "A5": "担当者", "B5": "係長"}
REMARK = wording("form.remark.missing")


def area(text: str) -> tuple[Position, Position]:
    """Return the first and the last cell of a range."""
    first, _, last = text.partition(":")
    return position(first), position(last)


def drawn(plan: Plan, cells: Cells, kind: str = "item", merges: str = "", **told: Cells) -> FormGrid:
    """Return a sheet with these cells, merges, ``notes`` and ``comments``."""
    held = dict(sorted((position(cell), value) for cell, value in cells.items() if value is not None))
    notes, comments = (
        {position(cell): str(text) for cell, text in told.get(name, {}).items()} for name in ("notes", "comments")
    )
    grid = RawGrid("1-1", "visible", held, tuple(map(area, merges.split())), notes, comments)
    return FormGrid(grid, {sought.label for sought in wanted_fields(plan, kind, 0)}, printed(plan))


def locate(
    sheet: FormGrid, plan: Plan, names: Mapping[str, str] = {}, kind: str = "item", blocks: int = 0
) -> dict[str, Located]:
    """Return where each answer of a sheet was found, or why not."""
    places = {f"k_{name}": position(cell) for name, cell in names.items()}
    return {one.wanted.name: one for one in Locator(sheet, places, wanted_fields(plan, kind, blocks)).locate()}


def says(one: Located) -> str:
    """Return how, where and what was found, with what stands apart; or the code and the cells to look at."""
    if one.found is Found.NOT_FOUND or one.said is None:
        return " ".join([one.problem, *(a1(*cell) for cell in one.cells)])
    apart = [f"+{a1(*cell)}" for cell in one.apart]
    return " ".join([one.found.value, a1(*one.said.cell), str(one.said.value), *["covered"] * one.covered, *apart])
