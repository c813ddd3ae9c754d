"""What the ribbon refuses, each in one line that says what to do.

G1  no register in front, none open, only one in Protected View: it says which file to open
G2  a book with a settings sheet of xlwings or kohyo is never worked on
G3  a cell in edit mode, a protected sheet, a read-only register, a URL, a server that is away, a book of the same name
G4  a tag that is no task's, whatever it holds; an add-in of another version
G5  whatever else goes wrong ends in one line too, and the register is as it was
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.addin import click
from kohyo.addin.tasks import TASKS
from tests.addin.conftest import OpenRegister

READING = ("matrix", "item_list", "tables", "status", "reminders", "distribute", "freeze", "diff")
CHANGING = ("consolidate", "resolve")


def untouched(excel: OpenRegister) -> bool:
    """Tell whether nothing was written into 結果."""
    return not list(excel.workspace.results.glob("*"))


def stranger(folder: Path, *sheets: str) -> Path:
    """Make a workbook from somewhere else."""
    book = openpyxl.Workbook()
    for sheet in sheets:
        book.create_sheet(sheet)
    folder.mkdir(parents=True, exist_ok=True)
    book.save(folder / "回答.xlsx")
    return folder / "回答.xlsx"


@pytest.mark.parametrize("tag", [*READING, *CHANGING, "findings"])
def test_without_a_register_it_says_what_to_open(excel: OpenRegister, tag: str) -> None:
    """G1: A stranger's book in front, or none: the sentence names the file to open."""
    excel.open(stranger(excel.workspace.root.parent / "別"))
    assert "台帳.xlsx を開き" in click(tag)
    for book in list(excel.app.books):
        book.close()
    assert "台帳.xlsx を開き" in click(tag)
    assert [mode for _, mode in excel.app.told] == ["critical", "critical"]
    assert untouched(excel)


def test_with_only_a_result_open_it_names_the_register(excel: OpenRegister) -> None:
    """G1: The register of the workspace whose result is in front is named with its folder."""
    click("matrix")
    excel.register.close()
    assert click("matrix") == (
        f"台帳が開かれていません。{excel.workspace.register} を開いてから、もう一度押してください。"
    )


def test_a_register_without_a_workspace_is_none(excel: OpenRegister, tmp_path: Path) -> None:
    """G1: A file that is merely called 台帳.xlsx is not worked on."""
    alone = tmp_path / "だれかの" / "台帳.xlsx"
    alone.parent.mkdir()
    alone.write_bytes(excel.workspace.register.read_bytes())
    excel.register.close()
    excel.open(alone)
    assert "台帳が開かれていません" in click("matrix")


def test_a_returned_book_in_front_is_not_worked_on(excel: OpenRegister) -> None:
    """G1: A returned form in 回収 leads nowhere, although it lies in the workspace."""
    excel.open(excel.small.send("市民局"))
    assert "台帳が開かれていません" in click("matrix")


@pytest.mark.parametrize("sheet", ["xlwings.conf", "_xlwings.conf", "kohyo.conf", "_Kohyo.CONF", "ｘｌｗｉｎｇｓ.conf"])
def test_a_settings_sheet_is_refused(excel: OpenRegister, sheet: str) -> None:
    """G2: In front or in the register itself, such a sheet stops every task."""
    returned = excel.open(stranger(excel.workspace.returns, sheet))
    for task in TASKS:
        if task.tag not in ("doctor", "guide"):
            assert f"設定のシート（{sheet}）" in click(task.tag)
    returned.close()
    excel.register.content.create_sheet(sheet)
    assert f"設定のシート（{sheet}）" in click("matrix")
    assert untouched(excel)


def test_no_path_of_the_book_is_looked_in(excel: OpenRegister) -> None:
    """G2: No folder of a book ever stands on Python's path."""
    before = list(sys.path)
    for tag in (*READING, *CHANGING):
        click(tag)
    assert sys.path == before
    assert str(excel.workspace.root) not in sys.path


@pytest.mark.parametrize("tag", [*READING, *CHANGING])
def test_a_cell_in_edit_mode_ends_in_one_line(excel: OpenRegister, tag: str) -> None:
    """G3: Excel rejects calls while a cell is edited; the user is told to finish, and nothing was written."""
    kohyo.freeze(excel.workspace.root, "素案")
    excel.app.typed = True
    excel.app.editing = True
    assert "セルの編集を終え" in click(tag)
    assert untouched(excel)


@pytest.mark.parametrize("tag", CHANGING)
def test_a_protected_sheet_is_named(excel: OpenRegister, tag: str) -> None:
    """G3: A task that would change the register names the sheet that is protected."""
    excel.small.send("市民局")
    excel.register.content["項目"].protection.sheet = True
    assert "「項目」シートが保護されている" in click(tag)
    assert untouched(excel)


@pytest.mark.parametrize("tag", CHANGING)
def test_a_read_only_register_is_not_changed(excel: OpenRegister, tag: str) -> None:
    """G3: Opened read-only (another one has it), the register is not changed."""
    excel.small.send("市民局")
    excel.register.ReadOnly = True
    assert "読み取り専用で開かれている" in click(tag)
    assert untouched(excel)


def test_a_read_only_register_can_be_tabulated(excel: OpenRegister) -> None:
    """G3: What only reads works on a read-only or protected register too."""
    excel.register.ReadOnly = True
    excel.register.content["項目"].protection.sheet = True
    assert click("matrix") == "体系表.xlsx を作りました。"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("https://city.sharepoint.com/sites/plan/台帳.xlsx", "OneDriveやSharePoint"),
        ("https://d.docs.live.net/0123/台帳.xlsx", "OneDriveやSharePoint"),
        (r"\\server\共有\計画\台帳.xlsx", "に届きません"),
        ("Book1", "台帳が開かれていません"),
    ],
)
def test_places_where_no_workspace_can_be(excel: OpenRegister, place: str, told: str) -> None:
    """G3: A book on the web, on a server that is away, or never saved."""
    excel.register.FullName = place
    said = click("matrix")
    assert told in said
    assert "\n" not in said


def test_a_book_of_the_same_name_is_in_the_way(excel: OpenRegister, tmp_path: Path) -> None:
    """G3: Excel opens no two books of one name: it is said before anything is written."""
    click("matrix")
    other = tmp_path / "去年" / "体系表.xlsx"
    other.parent.mkdir()
    other.write_bytes(excel.workspace.result("matrix").read_bytes())
    excel.app.books("体系表.xlsx").close()
    excel.open(other)
    excel.register.Activate()
    assert str(other) in click("matrix")


@pytest.mark.parametrize(
    "tag",
    [
        "x'); import os",
        "matrix'); print('",
        "",
        "_" * 33,
        "Matrix",
        "ｍａｔｒｉｘ",
        "matrix\n",
        "__class__",
        "click",
        "xw",
    ],
)
def test_a_tag_that_is_no_task_is_refused(excel: OpenRegister, tag: str) -> None:
    """G4: Only the tags of the table lead anywhere."""
    assert "というボタンの仕事はありません" in click(tag)
    assert untouched(excel)


def test_an_add_in_of_another_version_is_refused(excel: OpenRegister) -> None:
    """G4: Both versions and the remedy stand in one line."""
    said = click("matrix", "0.0.9")
    assert "0.0.9" in said
    assert kohyo.__version__ in said
    assert "kohyo addin install" in said
    assert untouched(excel)


def test_a_register_that_fails_to_move_is_kept_twice(excel: OpenRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    """G5: Where the new register cannot take the old one's place, both are there, the old is shown, and it is said."""
    excel.small.send("市民局")
    monkeypatch.setattr("kohyo.excel.register_book.pending_save.exchange", _refuse)
    before = excel.workspace.register.read_bytes()
    said = click("consolidate")
    assert "台帳_更新待ち.xlsx" in said
    assert excel.workspace.register.read_bytes() == before
    assert (excel.workspace.root / "台帳_更新待ち.xlsx").exists()
    assert excel.register.name == "台帳.xlsx"


def _refuse(_new: Path, _target: Path, _expected: str) -> None:
    raise PermissionError


def test_the_unexpected_ends_in_one_line(excel: OpenRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    """G5: A fault of the program is told in a sentence, not in a traceback."""
    monkeypatch.setattr("kohyo.usecases.matrix.matrix", lambda _root: 1 / 0)
    assert "思いがけない誤りで止まりました（ZeroDivisionError" in click("matrix")
    assert excel.app.told[-1][1] == "critical"
