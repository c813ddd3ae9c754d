"""What the ribbon's buttons do to the register on the screen.

A1  each task calls its command's use case, shows the result in the same Excel and ends with one sentence
A2  a task works on what stands on the screen, unsaved edits included
A3  a task that changes the register leaves the new one on disk and on the screen, at the same sheet, and loses nothing
A4  a result that is open is refreshed; what was typed into it is kept
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.addin import click
from kohyo.addin.tasks import TASKS, Task
from tests.addin.conftest import OpenRegister
from tests.usecases.small import made_up_plan


def parts(path: Path) -> dict[str, bytes]:
    """Return a workbook's parts; the moment at which it was made is left out."""
    with zipfile.ZipFile(path) as package:
        return {name: re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"", package.read(name)) for name in package.namelist()}


def retitle(excel: OpenRegister, title: str) -> str:
    """Type another name for the first item into the register on the screen, without saving; return the old one."""
    sheet = excel.register.content["項目"]
    column = next(cell.column for cell in sheet[1] if cell.value == made_up_title())
    old = str(sheet.cell(2, column).value)
    sheet.cell(2, column).value = title
    excel.register.Saved = False
    return old


def made_up_title() -> str:
    """Return the heading of the items' names."""
    return next(field.label for field in made_up_plan().fields if field.name == "title")


def texts(path: Path) -> str:
    """Return everything that stands in a workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    cells = (str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value)
    return "\n".join(cells)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.tag)
def test_every_task_ends_with_one_sentence(excel: OpenRegister, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """A1: Whatever task is clicked, the user is told one thing, and it is a Japanese sentence."""
    monkeypatch.setattr("kohyo.addin.guide.gettempdir", lambda: str(excel.workspace.root))
    excel.small.send("市民局")
    said = click(task.tag, kohyo.__version__)
    assert [text for text, _ in excel.app.told] == [said]
    assert said.endswith("。")


def test_the_matrix_is_the_command_s(excel: OpenRegister) -> None:
    """A1: 体系表を作る writes what ``kohyo matrix`` writes, part by part, and shows it."""
    kohyo.matrix(excel.workspace.root)
    expected = parts(excel.workspace.result("matrix"))
    excel.workspace.result("matrix").unlink()
    assert click("matrix") == "体系表.xlsx を作りました。"
    assert parts(excel.workspace.result("matrix")) == expected
    assert excel.names == ["台帳.xlsx", "体系表.xlsx"]
    assert excel.app.told == [("体系表.xlsx を作りました。", "info")]


def test_the_demo_by_the_buttons(demo_excel: OpenRegister) -> None:
    """A1, A3: On the demo the matrix is the command's, and taking in again changes nothing."""
    workspace = demo_excel.workspace
    before = workspace.register.read_bytes()
    expected = parts(workspace.result("matrix"))
    assert click("consolidate").startswith("31件のファイルのうち30件を取り込みました")
    assert click("matrix") == "体系表.xlsx を作りました。"
    assert parts(workspace.result("matrix")) == expected
    assert workspace.register.read_bytes() == before


def test_an_unsaved_edit_shows_in_the_matrix(excel: OpenRegister) -> None:
    """A2: What was typed into the register and not saved stands in the matrix; the file is not touched."""
    before = excel.workspace.register.read_bytes()
    old = retitle(excel, "まだ保存していない名前")
    click("matrix")
    assert "まだ保存していない名前" in texts(excel.workspace.result("matrix"))
    assert old not in texts(excel.workspace.result("matrix"))
    assert excel.workspace.register.read_bytes() == before
    assert excel.register.Saved is False


def test_a_task_follows_another_from_the_result_in_front(excel: OpenRegister) -> None:
    """A1: With a result in front, the next task still finds the register that is open."""
    click("matrix")
    assert click("item_list") == "取組み一覧.xlsx を作りました。"
    assert excel.names == ["台帳.xlsx", "体系表.xlsx", "取組み一覧.xlsx"]


def test_all_tables_are_made_and_their_folder_shown(excel: OpenRegister) -> None:
    """A1: すべての表 writes what ``kohyo tables`` writes."""
    excel.open(_made(excel, "取組み一覧.xlsx"))
    said = click("tables")
    assert set(excel.names) == {"台帳.xlsx", "取組み一覧.xlsx"}
    made = sorted(path.name for path in excel.workspace.results.glob("[!~]*.xlsx"))
    assert said == f"{len(made)}個の表を「結果」フォルダに作りました。"
    assert {"体系表.xlsx", "取組み一覧.xlsx"} <= set(made)
    assert excel.shown == [excel.workspace.results]


def _made(excel: OpenRegister, name: str) -> Path:
    """Return a table that was made before."""
    kohyo.make_tables(excel.workspace.root)
    return excel.workspace.results / name


def test_what_came_back_is_taken_into_the_open_register(excel: OpenRegister) -> None:
    """A2, A3: 取り込む updates file and screen; an unsaved edit is in both, and in 変更履歴."""
    excel.small.send("市民局", {"2-1": {"schedule_2030": "電話でも受ける。"}})
    old = retitle(excel, "画面で直した名前")
    excel.register.content.active = excel.register.content["回収"]
    before = excel.workspace.register.read_bytes()
    said = click("consolidate")
    assert said.startswith("1件のファイルのうち1件を取り込みました（")
    assert excel.names == ["台帳.xlsx", "取込結果.xlsx"]
    register = excel.small.register()
    assert [item.text("schedule_2030") for item in register.items if str(item.number) == "2-1"] == ["電話でも受ける。"]
    assert "画面で直した名前" in [item.title for item in register.items]
    assert (old, "画面で直した名前") in [(change.old, change.new) for change in register.changes]
    assert excel.register.content.active.title == "回収"
    assert "画面で直した名前" in texts(Path(excel.register.FullName))
    assert before in [path.read_bytes() for path in excel.workspace.backups.glob("台帳_*.xlsx")]
    assert not excel.workspace.root.joinpath("台帳_更新待ち.xlsx").exists()


def test_taking_in_twice_changes_nothing(excel: OpenRegister) -> None:
    """A3: The second click writes no register."""
    excel.small.send("市民局")
    click("consolidate")
    once = excel.workspace.register.read_bytes()
    book = excel.register
    click("consolidate")
    assert excel.workspace.register.read_bytes() == once
    assert excel.register is book


def test_a_decision_on_the_screen_is_applied(excel: OpenRegister) -> None:
    """A2, A3: A decision typed into 競合 and not saved is applied, and the register is shown anew."""
    excel.small.send("市民局", {"2-1": {"overview": "甲とする。"}})
    excel.small.send("企画財政局", {"2-1": {"overview": "乙とする。"}})
    click("consolidate")
    sheet = excel.register.content["競合"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    rows = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, heads["ID"]).value]
    assert rows
    for row in rows:
        taken = sheet.cell(row, heads["回答の値"]).value == "乙とする。"
        sheet.cell(row, heads["採用"]).value = "回答" if taken else "台帳"
        sheet.cell(row, heads["決めた人"]).value = "見本　花子"
    said = click("resolve")
    assert not said.startswith("競合を0件"), said
    assert said.startswith(f"競合を{len(rows)}件反映しました")
    assert excel.small.item("2-1").overview == "乙とする。"
    assert "台帳.xlsx" in excel.names


def test_the_findings_are_a_click_away(excel: OpenRegister) -> None:
    """A1: 指摘一覧へ opens the report at its list; before there is one it says what to press."""
    assert "取り込む" in click("findings")
    excel.small.send("市民局", {"2-1": {"state": "たぶん"}})
    click("consolidate")
    assert click("findings") == "指摘の一覧を開きました。"
    assert excel.app.books.active.name == "取込結果.xlsx"
    assert excel.app.books.active.content.active.title == "指摘一覧"


def test_reminders_are_drafted_for_those_who_owe(excel: OpenRegister) -> None:
    """A1: 督促文 writes the drafts of ``kohyo status`` and shows their folder."""
    said = click("reminders")
    drafts = sorted((excel.workspace.results / "督促").glob("*.txt"))
    assert said == f"督促文の案を{len(drafts)}件、「督促」フォルダに作りました（送信はしていません）。"
    assert excel.shown == [excel.workspace.results / "督促"]


def test_a_version_is_frozen_from_the_screen(excel: OpenRegister) -> None:
    """A1, A2: 確定 asks for a name and freezes what stands on the screen; without a name nothing is frozen."""
    assert click("freeze") == "名前がなかったので、版は確定しませんでした。"
    retitle(excel, "画面の名前")
    excel.app.typed = " 素案 "
    assert click("freeze").startswith("版「素案」を確定しました（4項目）。")
    assert "画面の名前" in texts(excel.workspace.versions / "素案.xlsx")
    assert "素案" in click("freeze")
    assert excel.app.told[-1][1] == "critical"


def test_a_version_is_compared_with_the_screen(excel: OpenRegister) -> None:
    """A1, A2: 新旧対照表 asks for the older version, proposes the last one, and shows an unsaved edit as a change."""
    assert "先に「確定」を押してください" in click("diff")
    kohyo.freeze(excel.workspace.root, "素案")
    assert click("diff") == "名前がなかったので、新旧対照表は作りませんでした。"
    retitle(excel, "画面で改めた名前")
    excel.app.typed = True
    assert click("diff") == "新旧対照表.xlsx を作りました。"
    assert "画面で改めた" in texts(excel.workspace.result("comparison"))
    assert excel.names == ["台帳.xlsx", "新旧対照表.xlsx"]


def test_the_standing_is_shown(excel: OpenRegister) -> None:
    """A1: 回収状況 opens the table of respondents and tells how many have answered."""
    excel.small.send("市民局")
    said = click("status")
    assert said.startswith("5部のうち、")
    assert said.endswith("まだ取り込んでいないファイルが1件あります。")
    assert excel.names == ["台帳.xlsx", "回収状況.xlsx"]


def test_an_open_result_is_refreshed(excel: OpenRegister) -> None:
    """A4: The matrix that is open shows the new register; nothing is kept when nothing was typed into it."""
    click("matrix")
    retitle(excel, "新しい名前")
    excel.register.Activate()
    excel.app.books("体系表.xlsx").Saved = False
    said = click("matrix")
    assert said == "体系表.xlsx を作りました。"
    shown = excel.app.books("体系表.xlsx").content
    assert any("新しい名前" in str(cell.value) for sheet in shown for row in sheet.iter_rows() for cell in row)
    assert not list(excel.workspace.backups.glob("体系表_*.xlsx"))


def test_what_was_typed_into_an_open_result_is_kept(excel: OpenRegister) -> None:
    """A4: A result with unsaved typing is kept in 控え before it is written anew, and the sentence says so."""
    click("matrix")
    result = excel.app.books("体系表.xlsx")
    result.content.active["A1"].value = "会議のメモ"
    result.Saved = False
    said = click("matrix")
    (kept,) = excel.workspace.backups.glob("体系表_*.xlsx")
    assert "会議のメモ" in texts(kept)
    assert str(kept) in said
    assert "会議のメモ" not in texts(excel.workspace.result("matrix"))
