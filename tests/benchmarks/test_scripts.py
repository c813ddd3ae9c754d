"""The benchmarks measure what they say, shown on two files; no time is tested.

B1  the three reading loops see the same values as kohyo, sheet by sheet
B2  what kohyo reads in the benchmark are the answers that were made up, all of them accepted
B3  openpyxl's forms hold what kohyo's hold: cells, styles, heights, names, rules, protection
B4  the consolidation takes in every return, and its memory is watched
B5  every work is measured and compared with the one named
B6  the levels of a small country take in what the ones below answered out of their registers
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kohyo.excel.ooxml.file_reader import read_file
from kohyo.model.outcome import Outcome
from kohyo.workspace.folder import Workspace
from tests.benchmarks import consolidating, country, reading, writing
from tests.benchmarks.common import SHEETS, Survey, answered, made_up, write_returns
from tests.benchmarks.measuring import compare
from tests.benchmarks.openpyxl_form import write_named, write_streaming, write_usual

FILES = 2

Returns = tuple[Survey, tuple[Path, ...]]


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Returns:
    """Return a survey and its returned files."""
    survey = made_up(FILES)
    return survey, write_returns(survey, tmp_path_factory.mktemp("returns"))


def _plain(value: object) -> object:
    """Return a value as all readers can spell it: whole numbers without a fraction, days without a time."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.date() if isinstance(value, datetime) else value


def _filled(values: Iterable[object]) -> Counter[object]:
    return Counter(_plain(value) for value in values if value not in (None, "") and value == value)  # noqa: PLR0124 - NaN


@pytest.mark.parametrize("read", [reading.calamine, reading.pandas, reading.openpyxl_loop])
def test_every_loop_sees_the_same_values(returns: Returns, read: Callable[[Path], reading.Sheets]) -> None:
    """B1: The values of every sheet, hidden ones included, are those that kohyo reads."""
    assert len(returns[1]) == FILES
    for path in returns[1]:
        book = read_file(path).book
        assert book is not None
        ours = {grid.name: _filled(grid.cells.values()) for grid in book.grids}
        theirs = {name: _filled(value for row in rows for value in row) for name, rows in read(path)}
        assert theirs == ours
        assert sum(ours.values(), Counter()).total() > SHEETS * 100


def test_the_answers_are_read_as_they_were_made_up(returns: Returns) -> None:
    """B2: Each file is accepted and answers exactly the answers in which it differs from what went out."""
    survey, paths = returns
    bases = {sheet.control: sheet for issue in survey.issues for sheet in issue.sheets}
    assert len(paths) == FILES
    for one, sent in zip(reading.kohyo(survey, paths), answered(survey), strict=True):
        changed = {
            (sheet.item, name, value)
            for sheet in sent.sheets
            for name, value in sheet.values.items()
            if sheet.item and value != bases[sheet.control].values.get(name)
        }
        assert one.outcome is Outcome.ACCEPTED
        assert {(answer.item, answer.field, answer.value) for answer in one.answers if answer.changes} == changed
        assert len(changed) > SHEETS * 10


def _sheets(path: Path) -> dict[str, dict[str, Any]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: _sheet(sheet) for sheet in book} | {"": {"names": _names(book), "creator": _creator(book)}}


def _sheet(sheet: Any) -> dict[str, Any]:  # noqa: ANN401 - openpyxl's worksheet
    cells = {cell.coordinate: cell for row in sheet.iter_rows() for cell in row}
    return {
        "cells": {name: cell.value for name, cell in cells.items() if cell.value not in (None, "")},
        "looks": {name: _look(cell) for name, cell in cells.items() if cell.has_style},
        "heights": {row: one.height for row, one in sheet.row_dimensions.items() if one.height},
        "widths": {name: one.width for name, one in sheet.column_dimensions.items()},
        "names": _names(sheet),
        "rules": [(str(rule.sqref), rule.type, rule.formula1, rule.prompt) for rule in _rules(sheet)],
        "colours": [str(area.sqref) for area in sheet.conditional_formatting],
        "protected": (sheet.protection.sheet, sheet.protection.insertRows),
        "print": (sheet.print_area, sheet.print_title_rows, sheet.page_setup.paperSize, sheet.oddFooter.center.text),
        "state": (sheet.sheet_state, sheet.freeze_panes),
    }


def _look(cell: Any) -> tuple[object, ...]:  # noqa: ANN401 - openpyxl's cell
    font = (cell.font.name, cell.font.sz, cell.font.b, cell.font.color and cell.font.color.rgb)
    alignment = (cell.alignment.wrap_text, cell.alignment.vertical, cell.alignment.horizontal)
    ground = cell.fill.fgColor.rgb
    return (font, alignment, ground, cell.border.bottom.style, cell.protection.locked, cell.number_format)


def _names(place: Any) -> dict[str, str]:  # noqa: ANN401 - a workbook or a sheet
    return {name: entry.attr_text for name, entry in place.defined_names.items()}


def _rules(sheet: Any) -> list[Any]:  # noqa: ANN401 - openpyxl's worksheet and rules
    return list(sheet.data_validations.dataValidation)


def _creator(book: Any) -> tuple[str | None, dict[str, str]]:  # noqa: ANN401 - its stubs lack the properties
    return book.properties.creator, {entry.name: entry.value for entry in book.custom_doc_props}


@pytest.mark.parametrize("way", [write_usual, write_named, write_streaming])
def test_openpyxl_writes_the_same_form(tmp_path: Path, way: Callable[..., None]) -> None:
    """B3: Read by an independent reader, the counterpart's form is ours in every part that openpyxl can write."""
    (ours,) = writing.write_ours(writing.issued(1), tmp_path)
    theirs = tmp_path / "theirs.xlsx"
    (recipe,) = writing.recipes_of([ours])
    way(theirs, recipe)
    expected, found = _sheets(ours), _sheets(theirs)
    assert list(found) == list(expected)
    for title, parts in expected.items():
        for part, value in parts.items():
            assert found[title][part] == value, (title, part)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_consolidation_takes_in_every_return(tmp_path: Path) -> None:
    """B4: All returns are accepted, the register grows by their answers, and the peak is more than nothing."""
    survey = made_up(FILES)
    root = tmp_path / "作業"
    consolidating.prepare(root, survey)
    write_returns(survey, Workspace(root).returns)
    before = Workspace(root).register.stat().st_size
    found = consolidating.measured(root)
    assert found.accepted == FILES
    assert found.changes > FILES * SHEETS * 10
    assert found.register > before
    assert found.peak > 1 << 20
    assert 0 < found.reading < found.seconds
    assert 0 < found.reading_cpu < found.cpu
    assert 0 < found.again < found.cpu
    assert found.bare > 0


def test_works_are_compared_with_the_one_named() -> None:
    """B5: Every work runs as often as asked and has a row; the named one is 1.00 of itself."""
    runs: Counter[str] = Counter()

    def work(name: str) -> Callable[[], object]:
        def run() -> None:
            runs[name] += 1

        return run

    rows = compare({"ours": work("ours"), "theirs": work("theirs")}, "ours", argparse.Namespace(files=1, repeats=3))
    assert runs == {"ours": 3, "theirs": 3}
    assert [row[0] for row in rows] == ["ours", "theirs"]
    assert rows[0][2] == "1.00"


def test_a_country_of_three_towns(tmp_path: Path) -> None:
    """B6: Every return is taken in and passed on; the way leads from the top to the cell of a department."""
    run = country.country(tmp_path, municipalities=3, prefectures=2, returns=FILES)
    assert [(level.desks, level.files, level.most) for level in run.levels] == [(3, 6, 2), (2, 3, 2), (1, 2, 2)]
    assert all(0 < level.sending < level.cpu for level in run.levels[:-1])
    assert all(level.changes > level.files * SHEETS * 10 for level in run.levels)
    assert run.workspaces == 6
    assert run.answers > run.levels[0].changes
    assert list(run.origins) == ["架空国", "架空県00", "架空市0000", "D0001"]


def test_days_are_days_to_all() -> None:
    """B1: What this module compares by does not hide a difference between two days."""
    assert _filled([datetime(2024, 6, 3)]) == _filled([date(2024, 6, 3)]) != _filled([date(2024, 6, 4)])  # noqa: DTZ001
