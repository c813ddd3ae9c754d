"""Fill once (表紙で一度): what the cover says counts for every sheet that leaves it empty.

1. Person, contact, division and day on the cover are the answers of all sheets; a sheet may still differ.
2. A slip on the cover is one finding there, not one a sheet; the correction asks for it once.
3. 「残りはすべて－」 on a sheet or the cover answers the ticks left open, on a sheet on which anything was written.
4. Two divisions that split the workbook do not contradict each other by their covers.
5. The form says how much there is to type: at most half of what it was for the department with the most items.
6. A form that went out without such a block is read as ever.
7. What the cover's cells show is what is read from them, as on every sheet.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.definition.seed import shipped_list
from kohyo.excel.register_book import load_register
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.tick import Tick
from kohyo.usecases.distribute import Distributed
from kohyo.usecases.new import new_workspace
from kohyo.workspace.folder import Workspace
from tests.usecases.small import cell_of, codes, opened
from tests.usecases.spoiled import crossed_out

OFFICE = "政策経営部"
COVER = "表紙・記入要領"
FACTS: Mapping[str, Any] = {"division": "改革課", "person": "推進係 見本", "contact": "1234", "filled_on": "R6.6.3"}
TEXTS: Mapping[str, Any] = {"situation": "遅い。", "measures": "早める。", "direction": "継続"}
REST = "残りはすべて－"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Distributed]:
    """Return a workspace of the plan whose forms went out, and what was said of them."""
    root = tmp_path_factory.mktemp("once") / "作業"
    new_workspace(root)
    listed = root / "一覧.tsv"
    listed.write_text("\n".join("\t".join(row) for row in shipped_list("setagaya-r6")) + "\n", encoding="utf-8")
    kohyo.import_items(root, listed)
    return root, kohyo.distribute(root)


@pytest.fixture
def workspace(origin: tuple[Path, Distributed], tmp_path: Path) -> Workspace:
    """Return a workspace that a test may change."""
    return Workspace(Path(shutil.copytree(origin[0], tmp_path / "作業")))


def _send(
    workspace: Workspace, sheets: Mapping[str, Mapping[str, Any]], cover: Mapping[str, Any], name: str = ""
) -> Path:
    path = workspace.returns / (name or "回答.xlsx")
    shutil.copy(workspace.forms / f"調査票_{OFFICE}.xlsx", path)
    with opened(path) as book:
        for field, value in cover.items():
            _once(book[COVER], field).value = value
        for tab, values in sheets.items():
            for field, value in values.items():
                place = _rest(book[tab]) if field == "rest" else cell_of(book[tab], field)
                book[tab][place].value = value
    return path


def _once(sheet: Worksheet, field: str) -> Any:  # noqa: ANN401 - a cell of openpyxl
    name = "k_rest" if field == "rest" else f"k_once_{field}"
    return sheet[(sheet.defined_names[name].attr_text or "").rpartition("!")[2].replace("$", "")]


def _rest(sheet: Worksheet) -> str:
    return (sheet.defined_names["k_rest"].attr_text or "").rpartition("!")[2].replace("$", "")


def _register(workspace: Workspace, plan: Plan) -> Register:
    return load_register(workspace.register, plan).register


def _item(workspace: Workspace, plan: Plan, number: str) -> Item:
    return next(item for item in _register(workspace, plan).items if str(item.number) == number)


def test_the_cover_answers_for_every_sheet(workspace: Workspace, plan: Plan) -> None:
    """Sheets that say nothing take the cover's, one that differs keeps its own; none of it is missing (1)."""
    _send(workspace, {"1-1": TEXTS, "1-2": {**TEXTS, "person": "別の係 見本"}}, FACTS)
    result = kohyo.consolidate(workspace.root)
    first, second = (_item(workspace, plan, number).values for number in ("1-1", "1-2"))
    assert (first["division"], first["person"], first["filled_on"]) == ("改革課", "推進係 見本", date(2024, 6, 3))
    assert (second["division"], second["person"]) == ("改革課", "別の係 見本")
    missing = " ".join(finding.field for finding in result.findings if finding.code == "K201")
    assert "取組内容" in missing
    assert not any(label in missing for label in ("担当者", "連絡先", "記入日", "所管課"))
    change = next(row for row in _register(workspace, plan).changes if row.field == "person" and row.number == "1-1")
    assert change.place.sheet == COVER
    assert kohyo.verify(workspace.root).findings == ()


def test_a_slip_on_the_cover_is_said_once(workspace: Workspace) -> None:
    """A day that is none: one finding at the cover, and the correction asks for it (2)."""
    _send(workspace, {"1-1": TEXTS}, {**FACTS, "filled_on": "きのう"})
    result = kohyo.consolidate(workspace.root)
    (slip,) = [finding for finding in result.findings if finding.code == "K205"]
    assert (slip.place.sheet, slip.value) == (COVER, "きのう")
    book = openpyxl.load_workbook(result.sent_back[0])
    asked = [str(cell.value) for row in book[COVER].iter_rows() for cell in row if "きのう" in str(cell.value)]
    assert len(asked) == 1


def test_the_cover_is_read_as_it_is_shown(workspace: Workspace, plan: Plan) -> None:
    """Leading zeros of a format, struck letters: the answers of the sheets are what is seen on the cover (7)."""
    path = _send(workspace, {"1-1": TEXTS}, {**FACTS, "contact": 234})
    with opened(path) as book:
        _once(book[COVER], "person").value = crossed_out("前任 見本", "後任 見本")
        _once(book[COVER], "contact").number_format = "0000"
    told = {(str(finding.code), finding.place.sheet) for finding in kohyo.consolidate(workspace.root).findings}
    values = _item(workspace, plan, "1-1").values
    assert (values["contact"], values["person"]) == ("0234", "後任 見本")
    assert {("K275", COVER), ("K270", COVER)} <= told


@pytest.mark.parametrize("where", ["sheet", "cover"])
def test_the_rest_is_no(workspace: Workspace, plan: Plan, where: str) -> None:
    """One ○ and one choice answer all perspectives; a sheet without a word stays 不明 (3)."""
    own = {**TEXTS, "tick_people": "○", **({"rest": REST} if where == "sheet" else {})}
    _send(workspace, {"1-2": own}, {"rest": REST} if where == "cover" else {})
    result = kohyo.consolidate(workspace.root)
    ticks = {name: value for name, value in _item(workspace, plan, "1-2").values.items() if name.startswith("tick_")}
    assert set(ticks.values()) == {Tick.YES, Tick.NO}
    assert ticks["tick_people"] is Tick.YES
    assert "K256" not in codes(result)
    untouched = _item(workspace, plan, "1-4").values
    assert Tick.NO not in [value for name, value in untouched.items() if name.startswith("tick_")]


def test_divisions_with_covers_of_their_own(workspace: Workspace, plan: Plan) -> None:
    """Each fills its sheets and leaves the others as sent: both persons stand, nothing is asked (4)."""
    _send(workspace, {"1-1": TEXTS}, FACTS, "甲課.xlsx")
    _send(workspace, {"1-2": TEXTS}, {**FACTS, "person": "乙係 見本"}, "乙課.xlsx")
    assert kohyo.consolidate(workspace.root).open_conflicts == 0
    assert [_item(workspace, plan, number).values["person"] for number in ("1-1", "1-2")] == [
        "推進係 見本",
        "乙係 見本",
    ]


def test_how_much_there_is_to_type(origin: tuple[Path, Distributed]) -> None:
    """The department with the most items types half of 208 cells at most; what is known is counted (5)."""
    (own,) = [burden for burden in origin[1].burdens if burden.department == OFFICE]
    assert own.to_type <= 208 // 2
    assert own.prefilled >= 2 * 13
    assert len(origin[1].burdens) == 29


def test_the_overview_says_what_is_missing(workspace: Workspace) -> None:
    """A row an item with the count and a mark under each field that is missing (5)."""
    book = openpyxl.load_workbook(workspace.forms / f"調査票_{OFFICE}.xlsx", data_only=True)
    rows = list(book["記入状況"].iter_rows(min_row=3, values_only=True))
    assert len(rows) == 1 + 13
    for row in rows[1:]:
        assert row[2] == sum(mark == "●" for mark in row[3:])
    assert rows[1][2] == 15
    assert book["1-1"]["C3"].value == "次の未記入の個票へ"


def test_a_form_without_the_block(workspace: Workspace, plan: Plan) -> None:
    """The names and labels of the block are gone: the sheets are read as they are (6)."""
    path = _send(workspace, {"1-1": {**TEXTS, "person": "推進係 見本"}}, {})
    with opened(path) as book:
        sheet = book[COVER]
        for name in [name for name in sheet.defined_names if name.startswith("k_once_")]:
            cell = sheet[(sheet.defined_names[name].attr_text or "").rpartition("!")[2].replace("$", "")]
            sheet.cell(cell.row, 1).value = None
            del sheet.defined_names[name]
    kohyo.consolidate(workspace.root)
    assert _item(workspace, plan, "1-1").values["person"] == "推進係 見本"
