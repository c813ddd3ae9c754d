"""A definition that is edited while the workspace lives: labels, fields and sheets renamed, added, moved and retired.

1. ``define --check`` names every change by code and what it does to register, forms and tables, and changes nothing.
2. ``define`` renews headings and adds columns; what nobody is asked for any more keeps its column and its content.
3. Forms that went out before the change are read by what they asked; a new field is asked for in the next form.
4. Nothing else stops or is called wrong: history, conflicts and verification hold under the new names.
5. A choice in other words is asked about; told that it is the same, all that was said in the old words is in the new.
6. Told twice, or edited back, a definition changes nothing more.
7. A sheet that is missing from an older definition counts as empty.
"""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.definition.changes import ChangeKind
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.register_book import load_register
from kohyo.model.outcome import Outcome
from kohyo.model.register import Register
from kohyo.usecases.define import Defined
from kohyo.usecases.define_lines import change_line
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_definition import plan_of
from kohyo.workspace.notices import listening
from tests.cli.running import Console
from tests.usecases.small import NOW, Small, new_small, opened, type_into

BEFORE = "企画財政局"
LATE = "市民局"


@pytest.fixture(scope="module")
def underway(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in mid-survey: one department has answered, the answer of another lies in 回収, unread."""
    small = new_small(tmp_path_factory.mktemp("define") / "作業")
    small.distribute()
    small.send(BEFORE, {"1-1": {"saving": "100", "ratio": "55"}})
    small.consolidate()
    path = small.send(LATE, {"2-1": {"saving": "7", "ratio": "20"}})
    with opened(path) as book:
        voice = book["市民の声"]
        voice[next(cell for name, cell in _named(voice) if name == "k_heard.1")].value = "窓口が遠い。"
    return small.root


@pytest.fixture
def small(underway: Path, tmp_path: Path) -> Small:
    """Return a copy of it."""
    return Small(Workspace(shutil.copytree(underway, tmp_path / "作業")))


def _named(sheet: Worksheet) -> list[tuple[str, str]]:
    return [
        (name, (entry.attr_text or "").rpartition("!")[2].replace("$", ""))
        for name, entry in sheet.defined_names.items()
    ]


def _register(small: Small) -> Register:
    """Return what the register on disk holds under its definition of today."""
    plan = plan_of(small.workspace)
    return load_register(small.workspace.register, plan, backups=small.workspace.backups).register


def _headings(small: Small, sheet: str = "項目") -> list[object]:
    return [cell.value for cell in openpyxl.load_workbook(small.workspace.register)[sheet][1]]


def _row(sheet: Worksheet, code: str) -> int:
    return next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def _write(sheet: Worksheet, row: int, **values: str) -> None:
    columns = {cell.value: cell.column or 0 for cell in sheet[2]}
    for heading, value in values.items():
        sheet.cell(row, columns[heading]).value = value


def _rename(book: Workbook) -> None:
    """Rename a field of the owners' own, one of the plan, a perspective and a sheet."""
    _write(book["欄"], _row(book["欄"], "state"), 欄の名前="進捗の具合")
    _write(book["欄"], _row(book["欄"], "saving"), 欄の名前="{cycle}の節約額")
    _write(book["視点"], _row(book["視点"], "online"), 一覧での名前="電子化")
    _write(book["シート"], _row(book["シート"], "voice"), 表題="聞いた話")


def _add(book: Workbook) -> None:
    """Add a field, and a sheet with a field of its own in front of the others."""
    fields, sheets = book["欄"], book["シート"]
    memo = {"符号": "memo", "欄の名前": "申し送り", "種類": "文字（複数行）", "区分": "work", "載せるシート": "card"}
    _write(fields, fields.max_row + 1, **memo)
    _write(fields, fields.max_row + 1, **memo | {"符号": "wish_text", "欄の名前": "要望の文", "載せるシート": "wish"})
    sheets.insert_rows(3)
    wish = {
        "符号": "wish",
        "単位": "一枚に複数",
        "表題": "要望",
        "見出し（タブ）": "要望",
        "記入の案内": "要望を書く。",
    }
    per = {sheets.cell(row, 1).value: sheets.cell(row, 2).value for row in range(4, sheets.max_row + 1)}
    _write(sheets, 3, **wish | {"単位": str(per["voice"])})


def _retire(book: Workbook) -> None:
    """Take away a field, and a sheet with its fields."""
    fields, sheets = book["欄"], book["シート"]
    fields.delete_rows(_row(fields, "ratio"))
    for name in ("heard", "heard_on"):
        fields.delete_rows(_row(fields, name))
    sheets.delete_rows(_row(sheets, "voice"))


def _edit(small: Small, *edits: Callable[[Workbook], None]) -> None:
    with opened(small.workspace.definition) as book:
        for edit in edits:
            edit(book)


def _said(defined: Defined) -> set[tuple[ChangeKind, str, str]]:
    return {(change.kind, change.sheet, change.code) for change in defined.changes}


def test_every_change_is_named_and_nothing_is_touched(
    small: Small, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By code: renamed, added, gone; what it does to the register, to forms and to tables; no file changes (1)."""
    _edit(small, _rename, _add, _retire, lambda book: _write(book["計画"], 3, 計画名="別の計画"))
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}
    found = kohyo.define(small.root, check=True)
    assert _said(found) >= {
        (ChangeKind.RENAMED, "fields", "state"),
        (ChangeKind.RENAMED, "perspectives", "online"),
        (ChangeKind.ADDED, "fields", "memo"),
        (ChangeKind.ADDED, "sheets", "wish"),
        (ChangeKind.GONE, "fields", "ratio"),
        (ChangeKind.GONE, "sheets", "voice"),
    }
    assert ("項目", "進捗の具合", "進み具合") in {(one.sheet, one.heading, one.before) for one in found.renamed}
    assert ("項目", "申し送り") in {(one.sheet, one.heading) for one in found.added}
    assert {(one.heading, one.filled) for one in found.kept if one.sheet == "項目"} == {("達成率", 1)}
    assert LATE in found.forms
    assert BEFORE not in found.forms
    assert (found.made, found.unmade) == (("要望一覧",), ("市民の声一覧",))
    assert ("", "要望", False) in {(tab.before, tab.after, tab.retired) for tab in found.tabs}
    assert "要望" not in {one.sheet for one in found.added}
    assert any("「計画名」" in change_line(change) for change in found.changes)
    assert found.needs_person
    assert {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()} == before
    ran = Console(capsys, monkeypatch).run("define", str(small.root), "--check")
    assert ran.code == 1
    assert "「進み具合」を「進捗の具合」に改めました" in ran.out


@pytest.mark.parametrize(
    "edits",
    [(_rename,), (_add,), (_retire,), (_add, _retire)],
    ids=lambda found: "+".join(edit.__name__ for edit in found),
)
def test_the_year_goes_on_under_the_new_definition(small: Small, edits: tuple[Callable[[Workbook], None], ...]) -> None:
    """The register follows, the answer on a form of before is read as it was asked, and all verifies (2, 3, 4)."""
    _edit(small, *edits)
    applied = kohyo.define(small.root, now=NOW)
    assert (applied.findings, applied.needs_person) == ((), False)
    held = {str(item.number): item.values for item in _register(small).items}["1-1"]
    assert (held["saving"], held["ratio"], held["state"]) == (100, 55, "順調")
    done = kohyo.consolidate(small.root, now=NOW)
    assert (done.findings, done.outcomes[Outcome.ACCEPTED]) == ((), 2)
    register = _register(small)
    own = {str(item.number): item.values for item in register.items}["2-1"]
    assert (own["saving"], own["ratio"], own["state"]) == (7, 20, "順調")
    assert [entry.values["heard"] for entry in register.submissions if entry.kind == "voice"] == ["窓口が遠い。"]
    assert kohyo.verify(small.root).findings == ()
    assert kohyo.define(small.root, check=True).changes == ()
    assert kohyo.consolidate(small.root, now=NOW).changes == 0


def test_other_commands_need_no_define_first(small: Small) -> None:
    """Nothing is a dead end for who never heard of the command: headings are renewed at the next save (2, 4)."""
    _edit(small, _rename, _add, _retire)
    done = kohyo.consolidate(small.root, now=NOW)
    assert done.findings == ()
    assert {"進捗の具合", "申し送り", "達成率", "根拠：電子化"} <= set(_headings(small))
    assert "進み具合" not in _headings(small)
    assert kohyo.verify(small.root).findings == ()


def test_a_new_field_is_asked_in_the_next_form(small: Small) -> None:
    """Distributed again, the form has another round; both are read, each as it went out (3)."""
    _edit(small, _rename, _add)
    kohyo.distribute(small.root, now=NOW)
    again = Small(small.workspace)
    path = again.send(LATE, {"2-1": {"saving": "9", "memo": "次の係へ"}}, name="二回目.xlsx")
    with opened(path) as book:
        texts = [str(cell.value) for row in book["カード2-1"].iter_rows() for cell in row]
        assert any(text.startswith("進捗の具合") for text in texts)
    done = kohyo.consolidate(small.root, now=NOW)
    values = {str(item.number): item.values for item in _register(small).items}["2-1"]
    assert (values["saving"], values["memo"], values["state"]) == (9, "次の係へ", "順調")
    assert done.outcomes[Outcome.ACCEPTED] + done.outcomes[Outcome.SUPERSEDED] == 3


def test_a_bettered_hint_is_no_other_question(small: Small) -> None:
    """Explanations may change while forms are out: the form that is sent again is of the same round (3)."""
    kohyo.distribute(small.root, now=NOW)
    before = sorted(path.name for path in small.workspace.bases.iterdir())
    _edit(small, lambda book: _write(book["欄"], _row(book["欄"], "state"), 書き方の案内="いまの具合。"))
    assert [change.columns for change in kohyo.define(small.root, check=True).changes] == [("hint",)]
    kohyo.distribute(small.root, now=NOW)
    assert sorted(path.name for path in small.workspace.bases.iterdir()) == before


def test_edited_back_it_is_as_before(small: Small) -> None:
    """A field that comes back finds its column and what it held; old headings return (6)."""
    original = small.workspace.definition.read_bytes()
    headings = _headings(small)
    _edit(small, _rename, _retire)
    kohyo.define(small.root, now=NOW)
    small.workspace.definition.write_bytes(original)
    back = kohyo.define(small.root, now=NOW)
    assert (ChangeKind.ADDED, "fields", "ratio") in _said(back)
    assert _headings(small) == headings
    assert {str(item.number): item.values for item in _register(small).items}["1-1"]["ratio"] == 55
    assert kohyo.verify(small.root).findings == ()


def test_a_copy_of_before_comes_back_under_the_new_definition(small: Small) -> None:
    """Taken back, the register holds what it held; a copy lacks columns that came later, and that stops nothing (6)."""
    _edit(small, _rename, _add)
    kohyo.define(small.root, now=NOW)
    assert kohyo.undo(small.root).command == "define"
    assert {str(item.number): item.values for item in _register(small).items}["1-1"]["state"] == "順調"
    assert kohyo.define(small.root, now=NOW).findings == ()
    assert kohyo.verify(small.root).findings == ()


def test_a_command_says_that_the_definition_changed(small: Small) -> None:
    """Whoever goes on without a look at the changes hears of them once (1)."""
    _edit(small, _rename)
    with listening() as told:
        kohyo.consolidate(small.root, now=NOW)
    assert len(told.sentences) == 1
    assert "kohyo define" in told.sentences[0]
    with listening() as again:
        kohyo.distribute(small.root, now=NOW)
    assert again.sentences == []


def test_an_exchanged_code_is_told(small: Small) -> None:
    """Another code under the same label is another field, and that is said before it is done (1)."""
    _edit(small, lambda book: _write(book["欄"], _row(book["欄"], "ratio"), 符号="rate"))
    found = kohyo.define(small.root, check=True)
    assert [(one.code, two.code) for one, two in found.exchanged] == [("ratio", "rate")]
    kohyo.define(small.root, now=NOW)
    values = {str(item.number): item.values for item in _register(small).items}["1-1"]
    assert (values.get("rate"), values["ratio"]) == (None, 55)


_EXCHANGED = (
    ("欄", "欄の名前", "title", "overview"),
    ("シート", "表題", "voice", "wish"),
    ("シート", "表題", "idea", "letter"),
    ("視点", "一覧での名前", "finance", "online"),
)


def _exchange(book: Workbook) -> None:
    """Let two fields, sheets of either sort and perspectives take each other's names, in one edit."""
    for tab, heading, *codes in _EXCHANGED:
        column = next(cell.column or 0 for cell in book[tab][2] if cell.value == heading)
        one, two = (book[tab].cell(_row(book[tab], code), column) for code in codes)
        one.value, two.value = two.value, one.value


def _proposed(small: Small) -> None:
    """Let a department send a voice, a proposal and ticks, and the secretariat curate the matrix."""
    ticks = {"tick_finance": "○", "tick_online": "－", "tick_staff": "－", "tick_partners": "－"}
    path = small.send("東区役所", {"2-1": {"tick_finance": "○", "tick_online": "－"}}, name="東.xlsx")
    with opened(path) as book:
        type_into(book["R13新規"], {"title": "見える化", "overview": "知らせる。", **ticks})
    small.consolidate()
    with small.by_hand() as book:
        for row, entry in enumerate(
            ((1, "財源", 1, None, "実費", "1-1"), (2, "オンライン", 1, None, "予約", "2-1")), 2
        ):
            for column, value in enumerate(entry, start=1):
                book["体系表掲載"].cell(row, column, value)
    kohyo.matrix(small.root)


def _held(small: Small) -> tuple[object, ...]:
    """Return what the register says, but for when and how it came to say it."""
    register = _register(small)
    items = [(item.values, item.evidence) for item in register.items]
    sent = [(entry.kind, entry.values) for entry in register.submissions]
    return items, sent, register.entries


def test_names_may_be_exchanged_in_one_edit(small: Small) -> None:
    """A heading or a tab means what it meant when the register was last saved, also in a copy that comes back (2)."""
    _proposed(small)
    _edit(small, _add)
    kohyo.define(small.root, now=NOW)
    before, tabs = _held(small), openpyxl.load_workbook(small.workspace.register).sheetnames
    assert {entry.kind for entry in _register(small).submissions} == {"voice", "idea"}
    assert len(_register(small).entries) == 2
    _edit(small, _exchange)
    assert kohyo.define(small.root, check=True).findings == ()
    assert _held(small) == before
    assert kohyo.define(small.root, now=NOW + timedelta(days=1)).findings == ()
    assert _held(small) == before
    exchanged = [{"市民の声": "要望", "要望": "市民の声"}.get(tab, tab) for tab in tabs]
    assert openpyxl.load_workbook(small.workspace.register).sheetnames == exchanged
    assert kohyo.verify(small.root).findings == ()
    kohyo.undo(small.root, now=NOW + timedelta(days=1))
    assert _held(small) == before


def test_names_may_be_exchanged_and_back(small: Small) -> None:
    """A copy of the register means what the definition said when it was saved, also one that came twice (2)."""
    kohyo.consolidate(small.root, now=NOW)
    _edit(small, _add)
    kohyo.define(small.root, now=NOW)
    as_it_was = small.workspace.definition.read_bytes()
    _edit(small, _exchange)
    assert kohyo.define(small.root, now=NOW + timedelta(days=1)).findings == ()
    small.workspace.definition.write_bytes(as_it_was)
    assert kohyo.define(small.root, now=NOW + timedelta(days=2)).findings == ()
    before = _held(small)
    small.send("東区役所", {"2-1": {"overview": "あとの案。"}}, name="後.xlsx")
    assert kohyo.consolidate(small.root, now=NOW + timedelta(days=3)).changes
    assert _held(small) != before
    kohyo.undo(small.root, now=NOW + timedelta(days=4))
    assert _held(small) == before
    assert kohyo.verify(small.root).findings == ()


def _with_a_persons_own(small: Small) -> None:
    """Let the secretariat work with the sheet 市民の声: formulas, a name, links, a chart and a check of its own."""
    with opened(small.workspace.register) as book:
        own = book.create_sheet("集計 '26")
        own["A1"] = "=COUNTA(市民の声!A:A)-1"
        own["A2"] = """=IF('市民の声'!A2="","なし",HYPERLINK("#'市民の声'!A2","見る"))"""
        own["A3"].hyperlink = Hyperlink(ref="A3", location="'市民の声'!A1")
        own["A3"] = "市民の声へ"
        own["A4"] = "=SUM(項目:市民の声!Z1)"
        book.defined_names["声の列"] = DefinedName("声の列", attr_text="市民の声!$A$1:$A$99")
        chart = BarChart()
        chart.add_data(Reference(book["市民の声"], min_col=1, min_row=1, max_row=3))
        own.add_chart(chart, "C3")
        check = DataValidation(type="list", formula1="市民の声!$A$2:$A$9")
        check.add("B1")
        own.add_data_validation(check)


@pytest.mark.parametrize(("edit", "title"), [(_rename, "聞いた話"), (_retire, "市民の声（終了）")])
def test_a_tab_follows_with_all_that_names_it(small: Small, edit: Callable[[Workbook], None], title: str) -> None:
    """The register's sheet is called as the definition calls it, a retired one is marked; nothing points astray (2)."""
    kohyo.consolidate(small.root, now=NOW)
    heard = [entry.values["heard"] for entry in _register(small).submissions if entry.kind == "voice"]
    _with_a_persons_own(small)
    _edit(small, edit)
    assert [(tab.before, tab.after) for tab in kohyo.define(small.root, check=True).tabs] == [("市民の声", title)]
    assert kohyo.define(small.root, now=NOW).findings == ()
    book = openpyxl.load_workbook(small.workspace.register)
    assert title in book.sheetnames
    assert "市民の声" not in book.sheetnames
    own = book["集計 '26"]
    assert own["A1"].value == f"=COUNTA('{title}'!A:A)-1"
    assert own["A2"].value == f"""=IF('{title}'!A2="","なし",HYPERLINK("#'{title}'!A2","見る"))"""
    assert own["A4"].value == f"=SUM('項目:{title}'!Z1)"
    link = own["A3"].hyperlink
    assert link is not None
    assert (link.location, own["A3"].value) == (f"'{title}'!A1", "市民の声へ")
    assert book.defined_names["声の列"].attr_text == f"'{title}'!$A$1:$A$99"
    assert own.data_validations.dataValidation[0].formula1 == f"'{title}'!$A$2:$A$9"
    with zipfile.ZipFile(small.workspace.register) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/")]
        assert f"'{title}'!" in unescape("".join(charts))
        parts = {name: unescape(package.read(name).decode(errors="replace")) for name in package.namelist()}
        named = [name for name, part in parts.items() if "市民の声!" in part or "市民の声'!" in part]
        assert named == []
    assert [entry.values["heard"] for entry in _register(small).submissions if entry.kind == "voice"] == heard
    assert kohyo.verify(small.root).findings == ()
    assert kohyo.define(small.root, check=True).tabs == ()


def test_a_retired_tab_comes_back(small: Small) -> None:
    """A sheet that is asked for again is called as it was (2, 6)."""
    original = small.workspace.definition.read_bytes()
    _edit(small, _retire)
    kohyo.define(small.root, now=NOW)
    small.workspace.definition.write_bytes(original)
    kohyo.define(small.root, now=NOW)
    assert "市民の声" in openpyxl.load_workbook(small.workspace.register).sheetnames


def _reword(book: Workbook, *, told: str = "") -> None:
    """Call the best state otherwise; ``told`` is what the secretariat writes beside it."""
    sheet = book["選択肢"]
    row = next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 2).value == "順調")
    _write(sheet, row, 選択肢="予定どおり", 以前の言葉=told)


def _states(small: Small) -> dict[str, object]:
    return {str(item.number): item.values.get("state") for item in _register(small).items}


def test_a_choice_in_other_words_is_asked_about(
    small: Small, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One word exchanged at its place may be the same answer; unless somebody says so, it counts as another (5)."""
    _edit(small, _reword)
    (asked,) = kohyo.define(small.root, check=True).reworded
    assert (asked.before, asked.after) == ("順調", "予定どおり")
    ran = Console(capsys, monkeypatch).run("define", str(small.root))
    assert "--same-choices" in ran.out
    assert _states(small)["1-1"] == "順調"
    found = kohyo.define(small.root, now=NOW)
    assert {finding.code for finding in found.findings} == {"K508"}


def test_two_exchanged_words_are_no_question(small: Small) -> None:
    """Where more than one word of a list is another, nobody can guess which is which (5)."""

    def exchange(book: Workbook) -> None:
        _reword(book)
        _write(book["選択肢"], next(r for r in range(3, 9) if book["選択肢"].cell(r, 2).value == "遅れ"), 選択肢="停滞")

    _edit(small, exchange)
    assert kohyo.define(small.root, check=True).reworded == ()


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_choice_in_other_words_is_carried_over(small: Small, confirmed: bool) -> None:  # noqa: FBT001 - by the definition or by the command
    """Register, history and a form that is out follow the new word, and all verifies (3, 4, 5)."""
    _edit(small, lambda book: _reword(book, told="" if confirmed else "順調"))
    done = kohyo.define(small.root, now=NOW, same_choices=confirmed)
    assert (ChangeKind.RENAMED, "choices", "state:予定どおり") in _said(done)
    assert (done.findings, done.reworded) == ((), ())
    assert [entry.former[0].names for entry in read_definition(small.workspace.definition).choices if entry.former] == [
        ("順調",)
    ]
    assert _states(small)["1-1"] == "予定どおり"
    told = [change for change in _register(small).changes if change.kind.value == "reworded"]
    assert {(change.old, change.new) for change in told} == {("順調", "予定どおり")}
    assert "state" in {change.field for change in told}
    assert kohyo.verify(small.root).findings == ()
    late = kohyo.consolidate(small.root, now=NOW)
    assert (late.findings, late.outcomes[Outcome.ACCEPTED], late.open_conflicts) == ((), 2, 0)
    assert _states(small)["2-1"] == "予定どおり"
    assert kohyo.verify(small.root).findings == ()
    assert kohyo.consolidate(small.root, now=NOW).changes == 0
    _forget_the_former_word(small)
    assert kohyo.consolidate(small.root, now=NOW).changes == 0
    assert set(_states(small).values()) - {None} == {"予定どおり"}


def _forget_the_former_word(small: Small) -> None:
    """Empty the cell beside the choice: what a workspace was once told it remembers."""
    _edit(small, lambda book: _write(book["選択肢"], _row_of_word(book["選択肢"], "予定どおり"), 以前の言葉=""))


def _row_of_word(sheet: Worksheet, word: str) -> int:
    return next(row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 2).value == word)


def test_a_sheet_that_an_older_definition_lacks_counts_as_empty(small: Small) -> None:
    """A workbook without sheets that came later, or that a plan need not have, is read (7)."""
    with opened(small.workspace.definition) as book:
        for tab in ("作る表", "旧の部", "外郭団体", "日程"):
            if tab in book.sheetnames:
                del book[tab]
    plan = read_definition(small.workspace.definition)
    assert (plan.books, plan.former, plan.affiliates) == ((), (), ())
