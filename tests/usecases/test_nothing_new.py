"""A consolidation to which nothing is new tells the same as the one before, and is hardly any work (変わりなし).

1. It tells and leaves what the whole of it would: the same result, the same files, the report of its own day.
2. Whatever is new is seen: a return, an edit, a definition, another day, what is gone or was altered in 控え.
3. What failed is tried again; what waits to take the register's place, and what stands on the screen, is read.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest

import kohyo
from kohyo.errors import FileError
from kohyo.excel.ooxml.worker import Reader
from kohyo.excel.register_book import PreparedSave, SaveResult
from kohyo.excel.register_book.register_files import waiting_file
from kohyo.model.codes import Code
from kohyo.model.finding import Place
from kohyo.model.outcome import Outcome
from kohyo.model.raised import finding_of
from kohyo.returns.read_return import unread
from kohyo.usecases.consolidate import Consolidated
from kohyo.workspace.folder import Location, Workspace
from kohyo.workspace.journal import Record
from kohyo.workspace.session import Session, session
from tests.usecases.small import NOW, Small

LATER = NOW + timedelta(hours=3)


@pytest.fixture(scope="module")
def arrived_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make a workspace in which something of everything came back and nothing was consolidated yet."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("arrived"))
    made.send("市民局", {"2-1": {"state": "だめ", "saving": "３００"}})
    made.send("企画財政局", {"2-1": {"overview": "別の案"}})
    made.send("東区役所", keep=["2-2"])
    (made.workspace.returns / "メモ.txt").write_text("メモ", encoding="utf-8")
    return made


@pytest.fixture
def arrived(arrived_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return arrived_origin.copied(tmp_path)


@pytest.fixture(scope="module")
def settled_origin(arrived_origin: Small, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make that workspace, consolidated until nothing is new; never changed afterwards."""
    made = arrived_origin.copied(tmp_path_factory.mktemp("settled"))
    for _ in range(3):
        made.consolidate()
    return made


@pytest.fixture
def settled(settled_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return settled_origin.copied(tmp_path)


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every consolidation that is really done."""
    done: list[str] = []

    def counted(
        root: Location, command: str, now: datetime, *, taken_up: tuple[Record, ...]
    ) -> AbstractContextManager[Session]:
        done.append("whole")
        return session(root, command, now, taken_up=taken_up)

    monkeypatch.setattr("kohyo.usecases.consolidate.session", counted)
    return done


def _files(root: Path) -> dict[str, bytes]:
    """Return every file of a workspace, but for what only spares work."""
    spared = Workspace(root).remembered
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and path.parent != spared]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}


def _whole(small: Small, tmp_path: Path) -> tuple[Consolidated, Small]:
    """Consolidate a copy of the workspace that knows nothing of the last time."""
    root = tmp_path / "写し"
    shutil.copytree(small.root, root)
    other = replace(small, workspace=replace(small.workspace, root=root))
    other.workspace.nothing_new.unlink()
    return other.consolidate(LATER), other


def test_it_tells_what_the_whole_of_it_would(settled: Small, works: list[str], tmp_path: Path) -> None:
    """1: The result is equal, and so is every file of the workspace, the report's date included."""
    expected, other = _whole(settled, tmp_path)
    assert works.pop() == "whole"
    found = settled.consolidate(LATER)
    assert works == []
    assert found.sent_back
    assert found.findings == expected.findings
    assert replace(found, report=expected.report, sent_back=expected.sent_back) == expected
    assert [path.name for path in found.sent_back] == [path.name for path in expected.sent_back]
    assert found.report.is_relative_to(settled.root)
    assert _files(settled.root) == _files(other.root)
    assert settled.consolidate(LATER) == found
    assert works == []


def test_what_changed_the_register_is_not_done_again(arrived: Small, works: list[str], tmp_path: Path) -> None:
    """1: The next one has nothing new, and tells and leaves what the whole of it would."""
    first = arrived.consolidate()
    assert (first.saved.changed, works.pop()) == (True, "whole")
    expected, other = _whole(arrived, tmp_path)
    assert (expected.saved.changed, works.pop()) == (False, "whole")
    found = arrived.consolidate(LATER)
    assert works == []
    assert replace(found, report=expected.report, sent_back=expected.sent_back) == expected
    assert _files(arrived.root) == _files(other.root)


def test_an_edit_taken_in_is_told_once(settled: Small, works: list[str]) -> None:
    """2: What people did to the register is told by the consolidation that takes it in; the next looks again."""
    with settled.by_hand() as book:
        book["項目"]["D2"] = "手で直した名前"
    for _ in range(3):
        settled.consolidate(LATER)
    assert works == ["whole"] * 2


def _rewritten(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda small: (small.workspace.returns / "後から.txt").write_text("後", encoding="utf-8"),
        lambda small: _rewritten(small.workspace.returns / "メモ.txt"),
        lambda small: next(small.workspace.sent_back.glob("*.xlsx")).unlink(),
        lambda small: _rewritten(small.workspace.register),
        lambda small: _rewritten(small.workspace.definition),
    ],
    ids=["another return", "a changed return", "a correction gone", "the register saved", "another definition"],
)
def test_what_came_meanwhile_is_new(
    arrived: Small, works: list[str], monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[Small], object]
) -> None:
    """2: What people changed while the register was written was not read by the one that wrote it."""
    commit = Session.commit

    def busy(current: Session, *prepared: PreparedSave) -> SaveResult:
        saved = commit(current, *prepared)
        if prepared:
            meanwhile(arrived)
        return saved

    with monkeypatch.context() as patched:
        patched.setattr(Session, "commit", busy)
        arrived.consolidate()
    assert not arrived.workspace.nothing_new.exists()
    assert works == ["whole"]


def _another_return(small: Small) -> None:
    small.send("西区役所")


def _another_name(small: Small) -> None:
    (small.workspace.returns / "メモ.txt").rename(small.workspace.returns / "覚え.txt")


def _edit(small: Small) -> None:
    with small.by_hand() as book:
        book["項目"]["Z1"] = "備考"


def _definition(small: Small) -> None:
    small.workspace.definition.write_bytes(small.workspace.definition.read_bytes() + b"\0" * 10)


def _answers_gone(small: Small) -> None:
    next(small.workspace.answers.glob("*")).unlink()


def _altered_memory(small: Small) -> None:
    (path,) = small.workspace.backups.glob("*前回*")
    path.write_bytes(path.read_bytes() + b"\n")


def _correction_gone(small: Small) -> None:
    next(small.workspace.sent_back.glob("*")).unlink()


def _report_gone(small: Small) -> None:
    small.workspace.result("import_report").unlink()


def _report_altered(small: Small) -> None:
    path = small.workspace.result("import_report")
    path.write_bytes(path.read_bytes() + b"\0")


def _broken_memory(small: Small) -> None:
    small.workspace.nothing_new.write_text('{"mark": []', encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        _another_return,
        _another_name,
        _edit,
        _definition,
        _answers_gone,
        _altered_memory,
        _correction_gone,
        _report_gone,
        _report_altered,
        _broken_memory,
    ],
)
def test_whatever_is_new_is_seen(settled: Small, works: list[str], change: Callable[[Small], None]) -> None:
    """2: Then the whole of it is done."""
    change(settled)
    settled.consolidate(LATER)
    assert works == ["whole"]


def test_another_day_is_new(settled: Small, works: list[str]) -> None:
    """2: What is overdue depends on the day, and what is asked of a department on the day that was named."""
    settled.consolidate(NOW + timedelta(days=1))
    kohyo.consolidate(settled.root, now=LATER, mend_by=date(2030, 7, 1))
    assert works == ["whole", "whole"]


@pytest.mark.parametrize("code", [Code.K104, Code.K146, Code.K148])
def test_what_could_not_be_read_is_tried_again(
    settled: Small, works: list[str], monkeypatch: pytest.MonkeyPatch, code: Literal[Code.K104, Code.K146, Code.K148]
) -> None:
    """3: A file that was in use, or cost its reader, may be read the next time."""
    refused = unread("メモ.txt", "0" * 64, Outcome.UNREADABLE, (finding_of(code, Place("メモ.txt")),))
    monkeypatch.setattr("kohyo.usecases.consolidate.understand", lambda *_: refused)
    settled.workspace.nothing_new.unlink()
    for _ in range(3):
        settled.consolidate(LATER)
    assert works == ["whole"] * 3


def test_a_file_in_use_is_tried_again(settled: Small, works: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """3: Of what cannot be opened nobody knows whether it is the same."""

    def in_use(path: Path) -> str:
        raise FileError("unreadable", path=path)

    monkeypatch.setattr("kohyo.workspace.nothing_new.file_sha256", in_use)
    settled.consolidate(LATER)
    assert works == ["whole"]


def test_what_waits_is_told(settled: Small, works: list[str]) -> None:
    """3: A register that waits beside the one that was read is no matter to be silent about."""
    shutil.copy(settled.workspace.register, waiting_file(settled.workspace.register))
    settled.consolidate(LATER)
    assert works == ["whole"]


def test_the_register_on_the_screen_is_read(settled: Small, works: list[str], tmp_path: Path) -> None:
    """3: A copy of the register as it stands on the screen is no file of the workspace."""
    standing = tmp_path / "画面.xlsx"
    shutil.copy(settled.workspace.register, standing)
    for _ in range(2):
        kohyo.consolidate(replace(settled.workspace, register_as_it_stands=standing), now=LATER)
    assert works == ["whole", "whole"]


def test_no_file_is_read_again(settled: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """1: No reader is even made."""
    monkeypatch.setattr(Reader, "__enter__", lambda _self: pytest.fail("a reader was started"))
    assert settled.consolidate(LATER).changes == 0
