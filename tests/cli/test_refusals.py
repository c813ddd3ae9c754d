"""What goes wrong ends in one clear Japanese line.

1. The line on stderr says where, what and how to mend; there is no traceback.
2. The exit code is 2 for wrong use and a broken definition, 3 for a file that cannot be read or written.
3. With ``--json`` stdout is exactly one JSON object with the error's key and the same line.
4. Nothing is written by a command that was refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer
from filelock import FileLock
from openpyxl import Workbook

from kohyo.messages import wording
from tests.cli.running import Console, Ran
from tests.excel.ooxml.builders import locked
from tests.usecases.small import Small, opened

_JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
COMMANDS = ("distribute", "consolidate", "resolve", "status", "matrix", "tables")


def _is_clear(ran: Ran, *mentions: object) -> None:
    """Assert one Japanese line that mentions these, and nothing of a traceback."""
    first, *details = ran.err.rstrip("\n").split("\n")
    assert _JAPANESE.search(first)
    assert first.endswith("。")
    assert all(line.startswith("  ・") for line in details)
    assert "Traceback" not in ran.err
    assert 'File "' not in ran.err
    for mention in mentions:
        assert str(mention) in ran.err


def _refused(console: Console, code: int, key: str, *words: object, mentions: tuple[object, ...] = ()) -> None:
    """Assert that a command is refused alike with and without ``--json``."""
    plain = console.run(*words)
    assert (plain.code, plain.out) == (code, "")
    _is_clear(plain, *mentions)
    machine = console.run(*words, "--json")
    assert machine.code == code
    assert machine.data == {"error": {"key": key, "message": plain.err.rstrip("\n")}}
    assert machine.err == plain.err


def _files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".kohyo.lock"}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_such_folder(console: Console, tmp_path: Path, command: str) -> None:
    """A folder that is not there is named (1, 2, 3)."""
    folder = tmp_path / "ない　フォルダ"
    _refused(console, 2, "no_folder", command, folder, mentions=(folder,))
    assert not folder.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_an_empty_folder_is_no_workspace(console: Console, tmp_path: Path, command: str) -> None:
    """A folder without a definition is no workspace, and stays empty (1, 2, 3, 4)."""
    _refused(console, 2, "not_a_workspace", command, tmp_path, mentions=("計画定義.xlsx", "kohyo new"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_is_no_workspace(console: Console, small: Small, command: str) -> None:
    """A file in the place of the folder is refused alike (1, 2)."""
    _refused(console, 2, "no_folder", command, small.workspace.register)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_register_is_missing(console: Console, small: Small, command: str) -> None:
    """A workspace that lost its register says where to take it from (1, 2, 3)."""
    small.workspace.register.unlink()
    _refused(console, 2, "no_register", command, small.root, mentions=("台帳.xlsx", "控え"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"memo", bytes(600)])
def test_the_register_is_no_workbook(console: Console, small: Small, content: bytes) -> None:
    """A register that cannot be read is named, and left as it is (1, 2, 4)."""
    small.workspace.register.write_bytes(content)
    before = _files(small.root)
    _refused(console, 3, "register_unreadable", "status", small.root, mentions=("台帳.xlsx",))
    assert _files(small.root) == before


Break = Callable[[Workbook], object]


def _without_sheet(book: Workbook) -> None:
    del book["欄"]


def _unknown_type(book: Workbook) -> None:
    book["欄"]["C4"] = "なぞの種類"


def _same_key_twice(book: Workbook) -> None:
    book["到達点"]["A4"] = 1


def _no_goal_name(book: Workbook) -> None:
    book["到達点"]["B3"] = None


def _unknown_member(book: Workbook) -> None:
    book["まとめ名"]["B3"] = "どこにもない部"


@pytest.mark.parametrize(
    ("bend", "mentions"),
    [
        (_without_sheet, ("欄",)),
        (_unknown_type, ("欄", "なぞの種類", "4")),
        (_same_key_twice, ("到達点", "1")),
        (_no_goal_name, ("到達点", "3")),
        (_unknown_member, ("まとめ名", "どこにもない部")),
    ],
)
@pytest.mark.parametrize("command", ["distribute", "matrix"])
def test_a_broken_definition(
    console: Console, small: Small, bend: Break, mentions: tuple[str, ...], command: str
) -> None:
    """A definition that contradicts itself is refused with sheet, row and what is wrong (1, 2, 3, 4)."""
    with opened(small.workspace.definition) as book:
        bend(book)
    before = _files(small.root)
    _refused(console, 2, "definition", command, small.root, mentions=("計画定義.xlsx", *mentions))
    assert _files(small.root) == before


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_the_definition_is_no_workbook(console: Console, small: Small, content: bytes) -> None:
    """A definition that is no workbook cannot be read; it is not taken for a form that came back (1, 2, 3)."""
    small.workspace.definition.write_bytes(content)
    _refused(console, 3, "definition_unreadable", "status", small.root, mentions=("計画定義.xlsx",))
    assert "調査票" not in console.run("status", small.root).err


def test_another_run_is_at_work(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs never work in one workspace: the second is told to wait (1, 2, 3)."""
    monkeypatch.setattr("kohyo.workspace.lock._SECONDS", 0.01)
    with FileLock(small.root / ".kohyo.lock"):
        _refused(console, 3, "busy", "status", small.root, mentions=(small.root,))


@pytest.mark.parametrize("lock", ["~$台帳.xlsx", ".~lock.台帳.xlsx#"])
def test_the_register_is_open_elsewhere(console: Console, small: Small, lock: str) -> None:
    """While Excel holds the register open the new one waits beside it; a person is told, nothing is lost (1)."""
    (small.root / lock).write_bytes(b"x")
    small.send("市民局")
    before = small.workspace.register.read_bytes()
    ran = console.run("consolidate", small.root)
    assert ran.code == 1
    assert "台帳_更新待ち.xlsx" in ran.out
    assert small.workspace.register.read_bytes() == before
    openpyxl.load_workbook(small.root / "台帳_更新待ち.xlsx", read_only=True).close()
    _refused(console, 3, "register_waiting", "consolidate", small.root, mentions=("台帳_更新待ち.xlsx",))


def test_where_the_register_waits_is_data_too(console: Console, small: Small) -> None:
    """``--json`` says where the new register waits (3)."""
    (small.root / "~$台帳.xlsx").write_bytes(b"x")
    small.send("市民局")
    ran = console.run("consolidate", small.root, "--json")
    assert ran.code == 1
    assert Path(ran.data["register_waiting"]) == small.root / "台帳_更新待ち.xlsx"


def test_the_register_cannot_be_replaced(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Windows refuses to replace a read-only register, the new one waits beside it (1)."""
    monkeypatch.setattr("kohyo.excel.ooxml.exchange._PAUSE", 0)

    def held(_new: Path, target: Path) -> bool:
        raise PermissionError(13, "denied", str(target))

    monkeypatch.setattr("kohyo.excel.ooxml.exchange._swap", held)
    small.send("市民局")
    before = small.workspace.register.read_bytes()
    ran = console.run("consolidate", small.root, "--json")
    assert (ran.code, Path(ran.data["register_waiting"]).name) == (1, "台帳_更新待ち.xlsx")
    assert small.workspace.register.read_bytes() == before


def test_the_folder_cannot_be_written(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes nothing leaves the register as it was, and says so (1, 2, 3, 4)."""
    small.send("市民局")
    before = small.workspace.register.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kohyo.excel.ooxml.patched_book.flush", full)
    _refused(console, 3, "register_unwritable", "consolidate", small.root, mentions=("台帳.xlsx",))
    assert small.workspace.register.read_bytes() == before


def test_what_was_done_before_a_failure_is_told(
    console: Console, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register that waited took its place before the disk was full: both are said, and both are true (1)."""
    (small.root / "~$台帳.xlsx").write_bytes(b"x")
    small.send("市民局")
    console.run("consolidate", small.root)
    waited = (small.root / "台帳_更新待ち.xlsx").read_bytes()
    (small.root / "~$台帳.xlsx").unlink()
    small.send("企画財政局")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kohyo.excel.ooxml.patched_book.flush", full)
    ran = console.run("consolidate", small.root)
    assert small.workspace.register.read_bytes() == waited
    before, failed = ran.err.splitlines()
    assert (ran.code, "入れ替えました" in before) == (3, True)
    assert failed.endswith("台帳に、今回の内容は書いていません。")


@pytest.mark.parametrize("command", ["new", "demo"])
def test_a_folder_that_holds_something(console: Console, tmp_path: Path, command: str) -> None:
    """Neither a workspace nor the demo is made where something lies, and that stays as it is (1, 2, 3, 4)."""
    (tmp_path / "大事.txt").write_text("大事", encoding="utf-8")
    words = ("--to", tmp_path) if command == "demo" else (tmp_path,)
    _refused(console, 2, "not_empty", command, *words, mentions=(tmp_path,))
    assert [path.name for path in tmp_path.iterdir()] == ["大事.txt"]


def test_a_plan_that_does_not_ship(console: Console, tmp_path: Path) -> None:
    """An unknown plan is refused with those that there are (1, 2, 3)."""
    _refused(
        console, 2, "unknown_plan", "new", tmp_path / "新", "--plan", "nowhere", mentions=("nowhere", "setagaya-r6")
    )


def test_nothing_came_back(console: Console, small: Small) -> None:
    """A 回収 without files says where to put them (1, 2, 3)."""
    _refused(console, 2, "no_returns", "consolidate", small.root, mentions=(small.workspace.returns,))


@pytest.mark.parametrize("command", ["consolidate", "status", "next"])
def test_a_file_stands_in_the_place_of_returns(console: Console, small: Small, command: str) -> None:
    """It is named, with what to do, by every command that looks for returns (1, 2, 3)."""
    small.workspace.returns.rmdir()
    small.workspace.returns.write_bytes(b"x")
    _refused(console, 3, "no_folder_there", command, small.root, mentions=(small.workspace.returns,))


def test_only_a_lock_file_came_back(console: Console, small: Small) -> None:
    """A lock file is no return, but it is told of, and nothing breaks (1)."""
    (small.workspace.returns / "~$調査票.xlsx").write_bytes(b"x")
    ran = console.run("consolidate", small.root)
    assert ran.code == 1
    assert "1件" in ran.out


def test_json_is_no_table(console: Console, tmp_path: Path) -> None:
    """It is refused by its name (1, 2, 3)."""
    path = tmp_path / "一覧.json"
    path.write_bytes(b"{}")
    _refused(console, 2, "only_json", "check", "--rules", path, mentions=(path,))


def test_a_file_to_check_is_missing(console: Console, tmp_path: Path) -> None:
    """A file that is not there is named (1, 2, 3)."""
    path = tmp_path / "ない.xlsx"
    _refused(console, 3, "unreadable", "check", path, mentions=(path,))


def test_a_list_is_missing(console: Console, small: Small) -> None:
    """A list that is not there is named, and the register stays (1, 2, 3)."""
    path = small.root / "ない.tsv"
    before = small.workspace.register.read_bytes()
    ran = console.run("import", small.root, path)
    assert ran.code == 3
    _is_clear(ran, path)
    assert small.workspace.register.read_bytes() == before


def test_a_list_without_a_list(console: Console, small: Small) -> None:
    """A file in which no list is found is not said to have been taken in (1, 2, 3)."""
    path = small.root / "おしらせ.txt"
    path.write_text("取組みの一覧は追ってお送りします。", encoding="utf-8")
    before = small.workspace.register.read_bytes()
    ran = console.run("import", small.root, path)
    assert ran.code == 1
    assert "何も取り込んでいません" in ran.out
    assert "取り込みました" not in ran.out
    assert small.workspace.register.read_bytes() == before


def test_an_unknown_table(console: Console, small: Small) -> None:
    """A table that there is not is refused with those that there are (1, 2, 3)."""
    _refused(
        console, 2, "unknown_table", "tables", small.root, "--only", "なぞの表", mentions=("なぞの表", "取組み一覧")
    )


def test_an_unknown_finding(console: Console) -> None:
    """A code that there is not is refused with an example (1, 2, 3)."""
    _refused(console, 2, "unknown_code", "explain", "K999", mentions=("K999", "K201"))


@pytest.mark.parametrize(
    ("words", "mentions"),
    [
        (("statsu", "x"), ("statsu", "status")),
        (("なぞ",), ("なぞ",)),
        (("status", "--bogus", "x"), ("--bogus",)),
        (("--bogus",), ("--bogus",)),
        (("status",), ("DIR",)),
        (("import", "x"), ("FILE",)),
        (("status", "x", "y"), ("y",)),
        (("status", "x", "--today", "6月31日"), ("--today", "6月31日", "4/17")),
        (("distribute", "x", "--deadline", "2024-13-01"), ("--deadline", "2024-13-01", "R7.4.17")),
        (("tables", "x", "--only"), ("--only",)),
        (("matrix", "x", "--json=1"), ("--json",)),
    ],
)
def test_wrong_words(console: Console, words: tuple[str, ...], mentions: tuple[str, ...]) -> None:
    """A wrong command line is told which word is wrong and where the help is (1, 2)."""
    ran = console.run(*words)
    assert (ran.code, ran.out) == (2, "")
    _is_clear(ran, *mentions, "--help")
    assert not re.search("[A-Z][a-z]+ ", ran.err)


def test_a_deadline_before_today(console: Console, small: Small) -> None:
    """A day long past is asked about, however it is written, and taken when it is meant (1, 2, 3, 4)."""
    before = _files(small.root)
    _refused(
        console, 2, "deadline_past", "distribute", small.root, "--deadline", "R2.6.14", mentions=("令和2年6月14日",)
    )
    _refused(console, 2, "deadline_past", "consolidate", small.root, "--deadline", "2020年6月14日")
    assert _files(small.root) == before
    taken = console.run("distribute", small.root, "--deadline", "令和2年6月15日", "--anyway", "--json")
    assert taken.data["deadline"] == "2020-06-15"
    assert "K551" not in [found["code"] for found in taken.data["findings"]]


def test_wrong_words_as_data(console: Console) -> None:
    """Wrong use with ``--json`` is one JSON object as well (3)."""
    ran = console.run("status", "x", "--bogus", "--json")
    assert ran.code == 2
    assert ran.data == {"error": {"key": "wrong_use", "message": ran.err.rstrip("\n")}}


def _explode(*_args: Any, **_options: Any) -> None:  # noqa: ANN401 - stands for any use case
    raise ZeroDivisionError("何か")


def test_what_nobody_expected(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even a fault of kohyo ends in one line, and says that the register did not change (1, 2, 3)."""
    monkeypatch.setattr("kohyo.usecases.status.status", _explode)
    monkeypatch.delenv("KOHYO_DEBUG", raising=False)
    _refused(console, 3, "unexpected", "status", small.root, mentions=("ZeroDivisionError",))


def test_stopped_by_hand(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends in one line (1, 2)."""

    def stopped(*_args: Any, **_options: Any) -> None:  # noqa: ANN401 - stands for any use case
        raise KeyboardInterrupt

    monkeypatch.setattr("kohyo.usecases.status.status", stopped)
    ran = console.run("status", small.root)
    assert (ran.code, ran.out) == (3, "")
    _is_clear(ran)


def test_stopped_by_hand_before_the_work(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while the command is still getting ready is no success either (1, 2)."""

    def stopped(*_args: Any, **_options: Any) -> None:  # noqa: ANN401 - stands for the door
        raise KeyboardInterrupt

    monkeypatch.setattr("kohyo.cli.output.Door.run", stopped)
    ran = console.run("status", small.root)
    assert (ran.code, ran.out) == (3, "")
    _is_clear(ran)


@pytest.mark.parametrize("command", ["check", "consolidate"])
def test_nowhere_to_type_a_password(console: Console, small: Small, command: str) -> None:
    """Without a terminal a password could not be typed unseen: the command says so and does nothing (1, 2, 3)."""
    returned = small.send("市民局")
    before = small.workspace.register.read_bytes()
    where = returned if command == "check" else small.root
    _refused(console, 2, "no_terminal", command, where, "--ask-password")
    assert small.workspace.register.read_bytes() == before


def test_a_password_that_is_typed(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal it opens the file, and is not printed; giving up while typing is a stop by hand (1)."""
    path = small.send("市民局")
    path.write_bytes(locked(path.read_bytes(), "ひみつの鍵9"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_words, **_options: "ひみつの鍵9")
    ran = console.run("check", path, "--ask-password", "--json")
    assert "K149" in {finding["code"] for finding in ran.data["findings"]}
    assert "ひみつの鍵9" not in ran.out + ran.err

    def give_up(*_words: object, **_options: object) -> str:
        raise typer.Abort

    monkeypatch.setattr("typer.prompt", give_up)
    assert console.run("check", path, "--ask-password").err.strip() == wording("cli.aborted")
