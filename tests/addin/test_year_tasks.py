"""What the buttons of the year do: each shows what will happen, does it when wanted, and brings every book back.

Y1  without an OK, a file or a day nothing is changed, and that is said
Y2  each does what its command does, on the register on the screen
Y3  every book that had to be closed comes back, the one in front stays in front, also when the task fails
Y4  the status bar says that a task works and how far it is, and is Excel's own again afterwards
Y5  files that were not taken in are counted
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kohyo
from kohyo.addin import click
from kohyo.excel.definition_book.definition_reader import read_definition
from tests.addin.conftest import OpenRegister
from tests.usecases.small import DEPARTMENTS, LIST, made_up_plan, opened

NOTHING = "何もしませんでした。"


def _files(excel: OpenRegister) -> dict[Path, bytes]:
    """Return every file of the workspace, without the locks of what is open."""
    root = excel.workspace.root
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file() and "~$" not in path.name}


@pytest.mark.parametrize("tag", ["new", "import_items", "check", "show", "undo", "rollover"])
def test_what_is_not_wanted_is_not_done(excel: OpenRegister, tag: str) -> None:
    """Y1: A window is closed, or Cancel pressed."""
    excel.small.send("市民局")
    click("consolidate")
    before, names = _files(excel), excel.names
    excel.app.wants = False
    excel.app.picks = excel.small.write_list(LIST) if tag == "import_items" else None
    before = _files(excel)
    assert click(tag) == NOTHING
    assert (_files(excel), excel.names) == (before, names)


def test_what_will_happen_is_shown(excel: OpenRegister) -> None:
    """Y1: Which file, which command and when, which years."""
    excel.small.send("市民局")
    click("consolidate")
    excel.app.wants = False
    excel.app.picks = excel.small.write_list(LIST)
    for tag, told in (
        ("import_items", "「一覧.tsv」の項目を台帳に取り込みます"),
        ("undo", "の「取込み」を取り消し"),
        ("rollover", "令和12年度の台帳を版に残し、実績など年度ごとの欄を空にして、令和13年度を始めます"),
    ):
        click(tag)
        assert told in excel.app.shown[-2] + excel.app.shown[-1], tag


def test_a_workspace_is_begun(excel: OpenRegister, tmp_path: Path) -> None:
    """Y2: In the folder that was picked, with the plan that was named; its register is in front."""
    excel.app.picks = tmp_path / "新しい　フォルダ"
    excel.app.picks.mkdir()
    excel.register.close()
    excel.app.typed = "blank"
    assert click("new").startswith("作業フォルダを作りました")
    assert read_definition(excel.app.picks / "計画定義.xlsx").plan.code == "blank"
    assert excel.app.books.active.FullName == str(excel.app.picks / "台帳.xlsx")
    assert "空" in click("new")


def test_a_list_is_taken_in(excel: OpenRegister) -> None:
    """Y2: The items are on file and on the screen."""
    excel.app.picks = excel.small.write_list([*LIST, ["3-2", "電子の申請", "申請を電子にする。", "市民局"]])
    assert click("import_items").startswith("一覧.tsv の5件を取り込みました（追加1件、変更0件、そのまま4件）。")
    assert "電子の申請" in [str(cell.value) for row in excel.register.content["項目"].iter_rows() for cell in row]
    assert excel.small.item("3-2").title == "電子の申請"


def _reword(excel: OpenRegister) -> None:
    """Edit the saved definition: a field is called otherwise, and a choice."""
    with opened(excel.workspace.definition) as book:
        for tab, was, becomes in (("欄", "進み具合", "進捗の具合"), ("選択肢", "順調", "予定どおり")):
            cell = next(cell for row in book[tab].iter_rows() for cell in row if cell.value == was)
            cell.value = becomes


def test_an_edited_definition_is_brought_in(excel: OpenRegister) -> None:
    """Y1, Y2, Y3: What changes is shown, and done when wanted; whether a choice is the same is asked beside it."""
    excel.small.send("市民局")
    click("consolidate")
    assert click("define") == "計画定義は、台帳を前に保存したときから変わっていません。"
    _reword(excel)
    excel.app.wants = False
    before = _files(excel)
    assert click("define").startswith("計画定義の変更（3件）を調べました。台帳は変えていません。")
    assert _files(excel) == before
    shown = "".join(excel.app.shown)
    assert "「進み具合」を「進捗の具合」に改めました" in shown
    excel.app.wants = True
    assert click("define").startswith("計画定義の変更（2件）を台帳に反映しました。")
    assert "選択肢「順調」が「予定どおり」に変わっています。" in "".join(excel.app.shown)
    headings = [cell.value for cell in excel.register.content["項目"][1]]
    assert "進捗の具合" in headings
    said = [str(cell.value) for row in excel.register.content["項目"].iter_rows() for cell in row]
    assert ("順調" in said, "予定どおり" in said) == (False, True)
    assert excel.names[-1] == "台帳.xlsx"


def test_the_cost_of_forms_is_told(excel: OpenRegister) -> None:
    """Y2: The report of ``kohyo burden`` is in front, and no form is written."""
    forms = {path: path.read_bytes() for path in excel.workspace.forms.iterdir()}
    said = click("burden")
    assert said.startswith(f"{len(DEPARTMENTS)}部の調査票で、書いていただく欄は")
    assert excel.names[-1] == "記入の量.xlsx"
    assert {path: path.read_bytes() for path in excel.workspace.forms.iterdir()} == forms


def test_one_form_is_looked_over(excel: OpenRegister) -> None:
    """Y2: What is wrong in it is told with its place; nothing is taken in."""
    excel.app.picks = excel.small.send("市民局", {"2-1": {"state": "たぶん"}})
    before = _files(excel)
    said = click("check")
    assert said.startswith("調査票_市民局.xlsx を点検しました。指摘は誤り1件")
    assert "「進み具合」の「たぶん」は一覧にありません" in said
    assert _files(excel) == before


def test_contradictions_are_listed(excel: OpenRegister) -> None:
    """Y2: The report of ``kohyo audit`` is in front."""
    assert click("audit").startswith("食い違いを調べました。")
    assert excel.names[-1] == "点検結果.xlsx"


def test_numbers_are_proposed_and_applied(excel: OpenRegister) -> None:
    """Y2: The proposal is shown first; without an OK the register keeps its numbers."""
    sheet = excel.register.content["項目"]
    label = next(field.label for field in made_up_plan().fields if field.name == "goal")
    goal = next(cell.column for cell in sheet[1] if cell.value == label)
    sheet.cell(2, goal).value = 3
    excel.app.wants = False
    assert click("renumber").startswith("番号の案だけを作りました")
    assert excel.names[-1] == "番号案.xlsx"
    assert "1-1" in [str(item.number) for item in excel.small.register().items]
    excel.app.wants = True
    assert click("renumber").startswith("番号を付け直しました（")
    assert "3-2" in [str(item.number) for item in excel.small.register().items]
    assert click("renumber").startswith("番号の変わる項目はありません（4件）")


def test_a_past_day_is_shown(excel: OpenRegister) -> None:
    """Y2: In a workbook of its own, each time another; what is no day is said."""
    excel.app.typed = "令和12年6月1日"
    assert click("show") == "令和12年6月1日の終わりの台帳（4項目）を 台帳_2030-06-01.xlsx に作りました。"
    assert click("show").endswith("台帳_2030-06-01-2.xlsx に作りました。")
    assert excel.names == ["台帳.xlsx", "台帳_2030-06-01.xlsx", "台帳_2030-06-01-2.xlsx"]
    excel.app.typed = "おととい"
    assert "日付として読めません" in click("show")


def test_the_last_command_is_taken_back(excel: OpenRegister) -> None:
    """Y2, Y3: The register is as before it, on file and on the screen; an edit that was not saved stops it."""
    before = excel.small.register()
    excel.small.send("市民局", {"2-1": {"schedule_2030": "電話でも受ける。"}})
    click("consolidate")
    excel.register.content.active = excel.register.content["回収"]
    excel.register.Saved = False
    assert "保存していない直し" in click("undo")
    excel.register.Saved = True
    assert "を取り消し、台帳をその前の内容に戻しました。" in click("undo")
    assert excel.small.register().items == before.items
    assert set(excel.names) == {"台帳.xlsx", "取込結果.xlsx"}
    assert excel.names[-1] == "台帳.xlsx"
    assert excel.register.content.active.title == "回収"


def test_the_year_turns(excel: OpenRegister) -> None:
    """Y2, Y3: What is still open is shown and stops it, or not; the definition that was open comes back."""
    for department in DEPARTMENTS[:-1]:
        excel.small.send(department)
    click("consolidate")
    excel.open(excel.workspace.definition)
    excel.register.Activate()
    assert click("rollover") == NOTHING
    assert set(excel.names) == {"台帳.xlsx", "取込結果.xlsx", "計画定義.xlsx"}
    excel.app.typed = "はい"
    assert click("rollover").startswith("令和13年度を始めました。令和12年度の台帳は版「")
    assert read_definition(excel.workspace.definition).cycle.year == 2031
    assert set(excel.names) == {"台帳.xlsx", "計画定義.xlsx"}
    assert excel.names[-1] == "台帳.xlsx"


def test_every_closed_book_comes_back(excel: OpenRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    """Y3: All results that were open, also when the task fails in the middle."""
    kohyo.make_tables(excel.workspace.root)
    opened = sorted(excel.workspace.results.glob("*.xlsx"))[:3]
    for path in opened:
        excel.open(path)
    excel.register.Activate()
    click("tables")
    assert set(excel.names) == {"台帳.xlsx", *(path.name for path in opened)}
    assert excel.names[-1] == "台帳.xlsx"

    def fail(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("kohyo.usecases.tables.make_tables", fail)
    click("tables")
    assert set(excel.names) == {"台帳.xlsx", *(path.name for path in opened)}
    monkeypatch.setattr(type(excel.register), "SaveCopyAs", fail)
    click("tables")
    assert set(excel.names) == {"台帳.xlsx", *(path.name for path in opened)}


def test_the_status_bar_says_what_works(excel: OpenRegister) -> None:
    """Y4: The task, then how far it is; afterwards it is Excel's own."""
    excel.small.send("市民局")
    click("consolidate")
    assert excel.app.shown[0] == "個票：「取り込む」を行っています。しばらくお待ちください。"
    assert any("／" in text for text in excel.app.shown)
    assert excel.app.bar is False
    excel.register.close()
    click("matrix")
    assert excel.app.bar is False


def test_what_was_not_taken_in_is_counted(excel: OpenRegister) -> None:
    """Y5: A file that is no form is told with the number of those taken in."""
    excel.small.send("市民局")
    (excel.workspace.returns / "名簿.xlsx").write_bytes(b"junk")
    assert "2件のファイルのうち1件を取り込みました" in (said := click("consolidate"))
    assert "1件は取り込んでいません。" in said
