"""A register answers the form of the level above: 部 → 市 → 県 → 国, on made-up plans.

1. What the level above asks for arrives there, and nothing else; a consolidation there finds nothing to mend in it.
2. From the top register the way leads through every level to the cell in the department's file.
3. The form that was sent stays as it is; its copy keeps every part but the answers, and opens in another reader.
4. What the register does not have is told, and what it does not know stays as the form has it.
5. Whoever types over an answer that was sent up is its origin; what stood there before is not shown for it.
6. A sheet of origins is no page of somebody's own; what is written on it besides is.
7. What is no form is one line.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.errors import KohyoError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.ooxml.file_status import file_sha256
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import describe_problem
from kohyo.model.outcome import Outcome
from kohyo.model.register import ChangeKind
from kohyo.workspace.folder import Workspace
from kohyo.workspace.provenance import Provenance
from kohyo.workspace.session import session
from tests.cli.conftest import console
from tests.cli.running import Console
from tests.usecases.levels import BUREAU, CITY, Above, new_above
from tests.usecases.small import NOW, Small, cell_of, opened, type_into

__all__ = ["console"]

PREFECTURE, NATION = "架空県", "架空国"
OVERVIEW = "来庁の予約を、電話とウェブで始める。\n土曜も受け付ける。"


@dataclass(frozen=True)
class Levels:
    """The three levels: the city whose bureau answered, the prefecture and the nation whose forms went out."""

    city: Small
    prefecture: Above
    nation: Above

    @property
    def sent(self) -> Path:
        """What the city sent up."""
        return self.city.root / "上申" / self.prefecture.form.name

    def to_the_top(self) -> None:
        """Pass on what the bureau answered, from the city to the prefecture and from there to the nation."""
        self.prefecture.take(kohyo.send_up(self.city.root, self.prefecture.form, now=NOW).path)
        self.nation.take(kohyo.send_up(self.prefecture.root, self.nation.form, now=NOW).path)


@pytest.fixture(scope="module")
def origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the three levels; never changed."""
    folder = tmp_path_factory.mktemp("relay")
    city = Small(Workspace(Path(shutil.copytree(small_origin, folder / "市"))))
    city.send(BUREAU, {"2-1": {"overview": OVERVIEW, "saving": 1200, "ratio": 85.5}})
    city.send("企画財政局")
    city.consolidate()
    new_above(folder / "県", PREFECTURE, CITY, "ken-r12", without="ratio")
    new_above(folder / "国", NATION, PREFECTURE, "kuni-r12")
    return folder


def _levels(folder: Path) -> Levels:
    plans = {name: read_definition(Workspace(folder / name).definition) for name in ("県", "国")}
    return Levels(
        Small(Workspace(folder / "市")),
        Above(folder / "県", plans["県"], CITY),
        Above(folder / "国", plans["国"], PREFECTURE),
    )


@pytest.fixture
def levels(origin: Path, tmp_path: Path) -> Levels:
    """Return the three levels; nothing was sent up yet."""
    return _levels(Path(shutil.copytree(origin, tmp_path / "段")))


@pytest.fixture(scope="module")
def passed(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Levels:
    """Return the three levels after all was sent up to the top; never changed."""
    found = _levels(Path(shutil.copytree(origin, tmp_path_factory.mktemp("passed") / "段")))
    found.to_the_top()
    return found


def test_what_is_asked_for_arrives(passed: Levels) -> None:
    """The fields of the form hold the register's values, a field that it does not ask for is nowhere (1)."""
    (receipt,) = (row for row in passed.prefecture.loaded().register.receipts if row.file == passed.sent.name)
    assert (receipt.department, receipt.outcome, receipt.errors) == (CITY, Outcome.ACCEPTED, 0)
    below, above = dict(passed.city.item("2-1").values), passed.prefecture.values("2-1")
    assert above["overview"] == OVERVIEW
    asked = ("overview", "saving", "state", "schedule_2030", "schedule_2031", "tick_finance", "tick_online", "title")
    assert {name: above[name] for name in asked} == {name: below[name] for name in asked}
    assert below["ratio"] == 85.5
    assert "ratio" not in above
    assert "85.5" not in _texts(passed.sent)


def _texts(path: Path) -> set[str]:
    book = openpyxl.load_workbook(path)
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_the_way_back_to_the_cell(passed: Levels, console: Console) -> None:
    """Three organisations, three files, three cells; the last is the one in which the bureau wrote (2)."""
    assert passed.nation.values("2-1")["overview"] == OVERVIEW
    origins = kohyo.trace(passed.nation.root, "2-1", "overview").origins
    assert [(one.organisation, one.who) for one in origins] == [
        (NATION, PREFECTURE),
        (PREFECTURE, CITY),
        (CITY, BUREAU),
    ]
    roots = (passed.nation.root, passed.prefecture.root, passed.city.root)
    for one, root in zip(origins, roots, strict=True):
        path = Workspace(root).returns / one.place.file
        assert file_sha256(path) == one.sha256
        assert openpyxl.load_workbook(path)[one.place.sheet][one.place.cell].value == OVERVIEW
    ran = console.run("trace", passed.nation.root, "２‐１", "取組の内容", "--json")
    assert (ran.code, ran.err, len(ran.data["origins"])) == (0, "", 3)
    lines = console.run("trace", passed.nation.root, "2-1", "overview").out.splitlines()
    assert [name in line for name, line in zip((NATION, PREFECTURE, CITY), lines[-3:], strict=True)] == [True] * 3


def test_every_answer_has_its_way(passed: Levels) -> None:
    """Every cell that was filled in at the top has an origin with a cell at the bottom, or a record that tells (2)."""
    register = passed.nation.loaded().register
    answered = [change for change in register.changes if change.kind is ChangeKind.ANSWERED]
    with session(passed.nation.root, "trace", reading=True) as current, Reader() as reader:
        provenance = Provenance(current, reader)
        for change in answered:
            item = next(item for item in register.items if item.id == change.item)
            origins = provenance.of(item, change.field)
            assert [one.organisation for one in origins] == [NATION, PREFECTURE, CITY]
            assert origins[-1].place.file in (f"調査票_{BUREAU}.xlsx", "調査票_企画財政局.xlsx")
            assert origins[-1].place.cell
    assert {change.field for change in answered} >= {"overview", "saving", "state", "tick_finance"}


def test_the_form_stays(passed: Levels) -> None:
    """The form is not touched; in its copy only sheets that are answered differ, and one is new (3)."""
    with zipfile.ZipFile(passed.prefecture.form) as old, zipfile.ZipFile(passed.sent) as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        added = set(new.namelist()) - set(old.namelist())
    own = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    assert own < changed
    assert all(name.startswith("xl/worksheets/sheet") for name in changed - own)
    assert len(added) == 1
    form, copy = openpyxl.load_workbook(passed.prefecture.form), openpyxl.load_workbook(passed.sent)
    assert copy.sheetnames == [*form.sheetnames, "出所"]
    assert _named(copy, "kohyo_control") == _named(form, "kohyo_control")
    assert _named(copy, "kohyo_mark") == _named(form, "kohyo_mark") != ""
    sheet, as_sent = form["カード2-1"], copy["カード2-1"]
    filled = {cell_of(sheet, name) for name in ("overview", "saving", "state")}
    locked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.protection.locked]
    assert {at: as_sent[at].value for at in locked} == {at: sheet[at].value for at in locked}
    assert all(as_sent[at].value != sheet[at].value for at in filled)
    assert all(as_sent[at].number_format == sheet[at].number_format for at in filled)


def _named(book: openpyxl.Workbook, name: str) -> str:
    return str(book.custom_doc_props[name].value)  # type: ignore[attr-defined] # the stubs do not know it


def test_again_is_the_same(levels: Levels) -> None:
    """Sending up twice writes the same bytes, and the form stays as it is (3)."""
    before = levels.prefecture.form.read_bytes()
    first = kohyo.send_up(levels.city.root, levels.prefecture.form, now=NOW).path.read_bytes()
    assert kohyo.send_up(levels.city.root, levels.prefecture.form, now=NOW).path.read_bytes() == first
    assert levels.prefecture.form.read_bytes() == before


def test_an_item_that_is_not_here(levels: Levels, console: Console) -> None:
    """An item of another title is not taken for ours; its sheet goes up as it came, and a person is told (4)."""
    levels.city.edit(2, 取組名="別の取組")
    ran = console.run("send-up", levels.city.root, levels.prefecture.form, "--json")
    assert (ran.code, ran.err) == (1, "")
    assert ran.data["unknown"] == ["2-1 窓口の予約"]
    sent = openpyxl.load_workbook(ran.data["path"])["カード2-1"]
    form = openpyxl.load_workbook(levels.prefecture.form)["カード2-1"]
    assert [cell.value for row in sent for cell in row] == [cell.value for row in form for cell in row]
    lines = console.run("send-up", levels.city.root, levels.prefecture.form).out
    assert "2-1 窓口の予約" in lines


def test_what_is_not_known_stays(passed: Levels) -> None:
    """A field of which the register says nothing is left as the form has it (4)."""
    sent = openpyxl.load_workbook(passed.sent)["カード2-1"]
    assert passed.city.item("2-1").values.get("next_step") is None
    assert sent[cell_of(sent, "next_step")].value is None


def test_typed_over(levels: Levels) -> None:
    """An answer that somebody changed on its way is theirs: the way ends at their file (5)."""
    sent = kohyo.send_up(levels.city.root, levels.prefecture.form, now=NOW).path
    with opened(sent) as book:
        type_into(book["カード2-1"], {"overview": "市長が直した概要"})
    levels.prefecture.take(sent)
    traced = kohyo.trace(levels.prefecture.root, "2-1", "overview")
    assert traced.value == "市長が直した概要"
    assert [one.organisation for one in traced.origins] == [PREFECTURE]
    assert len(kohyo.trace(levels.prefecture.root, "2-1", "saving").origins) == 2


def test_an_edit_by_hand_is_an_origin(levels: Levels) -> None:
    """What the city's secretariat wrote itself is told as that, without a department's cell (5)."""
    levels.city.edit(2, 取組の内容="事務局が書いた内容")
    levels.prefecture.take(kohyo.send_up(levels.city.root, levels.prefecture.form, now=NOW).path)
    origins = kohyo.trace(levels.prefecture.root, "2-1", "overview").origins
    assert [(one.organisation, one.how) for one in origins] == [(PREFECTURE, "回答"), (CITY, "手修正")]


def test_the_sheet_of_origins(levels: Levels) -> None:
    """It is no page of anybody's own, but what is written on it besides is kept as a note (6)."""
    sent = kohyo.send_up(levels.city.root, levels.prefecture.form, now=NOW).path
    assert levels.prefecture.take(sent).open_notes == 0
    with opened(sent) as book:
        book["出所"]["R2"] = "ここも見てください"
        book["出所"].cell(book["出所"].max_row + 2, 1, "下にも書きました")
    levels.prefecture.take(sent)
    notes = {note.text for note in levels.prefecture.loaded().register.open_notes}
    assert {"ここも見てください", "下にも書きました"} <= notes


def test_what_is_no_form(levels: Levels, tmp_path: Path) -> None:
    """A register, a text, nothing, the copy itself: one line each, and nothing is written (7)."""
    text = tmp_path / "文.xlsx"
    text.write_text("調査票", encoding="utf-8")
    for path in (levels.city.workspace.register, text, tmp_path / "ない.xlsx"):
        with pytest.raises(KohyoError) as caught:
            kohyo.send_up(levels.city.root, path)
        line = describe_problem(caught.value)
        assert path.name in line
        assert "\n" not in line
    assert not (levels.city.root / "上申").exists()
    sent = kohyo.send_up(levels.city.root, levels.prefecture.form, now=NOW).path
    with pytest.raises(KohyoError):
        kohyo.send_up(levels.city.root, sent)


def test_what_cannot_be_traced(passed: Levels) -> None:
    """An item or a field that there is not is one line (7)."""
    for number, field in (("9-9", "overview"), ("2-1", "ない欄")):
        with pytest.raises(KohyoError) as caught:
            kohyo.trace(passed.city.root, number, field)
        assert "ありません" in describe_problem(caught.value)
