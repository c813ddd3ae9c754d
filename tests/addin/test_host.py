"""The Excel on the screen, met with care.

H1  of several Excels the one is worked on in which the button was pressed; a book is found by any path
H2  no Excel is ever ended: neither by the code nor by what xlwings leaves behind at its end; no paid part is used
H3  without xlwings, without Excel or elsewhere than on Windows it says what to do
"""

from __future__ import annotations

import ast
import atexit
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import xlwings as xw

import kohyo.addin
from kohyo.addin import click, host
from tests.addin import engine
from tests.addin.conftest import OpenRegister


def test_the_code_never_ends_an_excel() -> None:
    """H2: Nothing in the add-in calls quit or kill."""
    sources = list(Path(kohyo.addin.__file__).parent.glob("*.py"))
    assert len(sources) > 5
    for path in sources:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not called & {"quit", "kill", "terminate", "cleanup_all"}, path.name


def test_what_xlwings_does_at_its_end_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """H2: On Windows xlwings would end Excels that show no book, and wait for ever for a busy one."""
    inner = ModuleType("xlwings._xlwindows")
    ended: list[str] = []

    def cleanup() -> None:
        ended.append("Excel")

    vars(inner).update(cleanup=cleanup, N_COM_ATTEMPTS=0)
    atexit.register(cleanup)
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", inner)
    monkeypatch.setattr(host, "sys", SimpleNamespace(platform="win32", argv=sys.argv))
    host.load_xlwings()
    assert vars(inner)["N_COM_ATTEMPTS"] > 0
    before = atexit._ncallbacks()
    atexit.unregister(cleanup)
    assert atexit._ncallbacks() == before
    assert ended == []


def test_the_button_s_own_excel_is_found(excel: OpenRegister, monkeypatch: pytest.MonkeyPatch) -> None:
    """H1: Of two Excels, the one whose window the add-in names is worked on."""
    other = engine.App(excel.app.engine, pid=2, hwnd=4712)
    excel.app.engine.apps.running.insert(0, other)
    monkeypatch.setattr(sys, "argv", ["-c", "--hwnd=4711"])
    assert click("matrix") == "体系表.xlsx を作りました。"
    assert other.told == []


def test_a_window_s_process_is_asked_where_there_are_several(
    excel: OpenRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    """H1: On Windows each book has a window of its own; which Excel it belongs to, its process tells."""
    other = engine.App(excel.app.engine, pid=2, hwnd=4712)
    excel.app.engine.apps.running.insert(0, other)
    windows = ModuleType("win32process")
    vars(windows).update(GetWindowThreadProcessId=lambda handle: (0, 1 if handle == 99 else 2))
    monkeypatch.setitem(sys.modules, "win32process", windows)
    monkeypatch.setattr(sys, "argv", ["-c", "--hwnd=99"])
    assert click("matrix") == "体系表.xlsx を作りました。"


def test_a_mapped_drive_and_its_server_are_one(excel: OpenRegister, tmp_path: Path) -> None:
    """H1: The register opened by one path and its result by another are one workspace's."""
    click("matrix")
    drive = tmp_path / "Z"
    drive.symlink_to(excel.workspace.root, target_is_directory=True)
    excel.app.books("体系表.xlsx").FullName = str(drive / "結果" / "体系表.xlsx")
    assert click("matrix") == "体系表.xlsx を作りました。"
    assert excel.names == ["台帳.xlsx", "体系表.xlsx"]


def test_without_an_excel_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """H1: From a shortcut, with no Excel running."""
    monkeypatch.setattr("kohyo.addin.dispatch.tell_without_excel", lambda _text: None)
    with engine.excel() as app:
        app.engine.apps.running.clear()
        assert click("matrix").startswith("動いているExcelが見つかりません")


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_elsewhere_than_on_windows_it_says_so(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """H3: Where xlwings reaches no Excel, or another than ours, the other ways are named."""
    monkeypatch.setattr("kohyo.addin.dispatch.tell_without_excel", lambda _text: None)
    monkeypatch.setattr(host, "sys", SimpleNamespace(platform=platform, argv=[]))
    monkeypatch.setattr(xw.engines, "active", None)
    assert "WindowsのExcelだけ" in click("matrix")


def test_without_xlwings_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """H3: The optional part is named with the command that brings it."""
    monkeypatch.setattr("kohyo.addin.dispatch.tell_without_excel", lambda _text: None)
    monkeypatch.setitem(sys.modules, "xlwings", None)
    assert 'pip install "kohyo[excel]"' in click("matrix")


def test_no_paid_part_of_xlwings_is_used() -> None:
    """H2: The engine of the tests is our own; nothing of xlwings that asks for a licence is named."""
    assert not xw.__pro__
    for path in Path(kohyo.addin.__file__).parent.glob("*.py"):
        assert "xlwings.pro" not in path.read_text(encoding="utf-8")
