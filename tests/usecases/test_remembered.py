"""What is remembered in 控え/覚え only spares work: with it or without it every command finds the same.

1. The second time neither the definition nor the register is read, and both are what they were.
2. Whatever lies there, however it was damaged: what is found is the same, and whole again afterwards.
3. What anybody changed since is seen: the definition, the register, what is kept of it in 控え.
4. A book of tables that would say the same is not written anew: it and its twins are as if they were; whatever became
   of them meanwhile, they are written.
5. A command that only reads leaves nothing there; where nothing can be written there, all goes on.
6. A status that was told is told again without a look at definition and register, and nothing is touched; whatever
   changed of the files that it was found out from, and of what it wrote, it is found out anew.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kohyo
from kohyo.excel.register_book.register_files import last_state, last_state_copy, waiting_file
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_status import KnownStatus, Status
from kohyo.workspace.notices import listening
from kohyo.workspace.session import session
from kohyo.workspace.writing_books import Book
from tests.usecases.small import NOW, Small, opened

DAY = date(2030, 6, 1)


@pytest.fixture(scope="module")
def known(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return a workspace with a return taken in, of which a command has remembered all that it may."""
    root = Path(shutil.copytree(small_origin, tmp_path_factory.mktemp("覚え") / "作業"))
    found = Small(Workspace(root))
    found.send("東区役所")
    found.consolidate()
    kohyo.status(root, DAY)
    return found


@pytest.fixture
def copy(known: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return Small(Workspace(Path(shutil.copytree(known.root, tmp_path / "作業"))))


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every workbook that is read again."""
    done: list[str] = []

    def told(*of: object) -> None:
        done.append(str(of[-1]))
        raise AssertionError(of)

    monkeypatch.setattr("kohyo.excel.ooxml.worker.Reader.read", told)
    monkeypatch.setattr("kohyo.excel.register_book.register_load.Grids", told)
    return done


def _found(small: Small) -> tuple[object, ...]:
    """Return what a command works on."""
    with session(small.root, "status", NOW, looking=True) as current:
        return current.plan, current.register, current.findings


def _register(small: Small) -> Register:
    found = _found(small)[1]
    assert isinstance(found, Register)
    return found


def _status(small: Small) -> Status:
    return kohyo.status(small.root, DAY)


def test_nothing_is_read_again(known: Small, reads: list[str]) -> None:
    """The same respondents, and no workbook is opened for it (1)."""
    assert {"台帳.json", "計画定義.json"} <= {path.name for path in known.workspace.remembered.iterdir()}
    assert _status(known).counts == {"missing": 4, "accepted": 1}
    assert reads == []


def test_it_is_what_is_read(known: Small, copy: Small) -> None:
    """Definition, register and findings are those of a workspace that remembers nothing (1)."""
    shutil.rmtree(copy.workspace.remembered)
    assert _found(known) == _found(copy)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["台帳.json", "計画定義.json"]), data=st.data())
def test_damage_is_not_believed(known: Small, name: str, data: st.DataObject) -> None:
    """Cut off, altered, another's or gone: what is found is the same, and is remembered anew (2)."""
    path = known.workspace.remembered / name
    sound, before = path.read_bytes(), _found(known)
    other = known.workspace.remembered / ("台帳.json" if name != "台帳.json" else "計画定義.json")
    place = data.draw(st.integers(0, len(sound) - 1))
    damaged = data.draw(
        st.sampled_from(
            [
                sound[:place],
                sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :],
                sound + b" ",
                other.read_bytes(),
                None,
            ]
        )
    )
    path.unlink()
    if damaged is not None:
        path.write_bytes(damaged)
    assert _found(known) == before
    assert path.read_bytes() == sound


def test_an_edit_in_the_register_is_seen(copy: Small) -> None:
    """What the secretariat wrote since counts, each time (3)."""
    copy.edit(1, 取組の内容="手で直した内容")
    for _ in range(2):
        register = _register(copy)
        assert [item.overview for item in register.items].count("手で直した内容") == 1
        assert register.changes[-1].new == "手で直した内容"


def _call_otherwise(small: Small) -> None:
    """Give the plan another name in its definition."""
    with opened(small.workspace.definition) as book:
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            if cell.value == "架空市みらい行財政プラン":
                cell.value = "架空市みらいプラン"


def test_a_changed_definition_is_seen(copy: Small) -> None:
    """The plan is called otherwise (3)."""
    _call_otherwise(copy)
    plan = _found(copy)[0]
    assert isinstance(plan, Plan)
    assert plan.plan.name == "架空市みらいプラン"


def test_a_lost_state_is_seen(copy: Small) -> None:
    """Without what is kept of it the register is read as it stands, whatever is remembered (3)."""
    last_state(copy.workspace.backups).unlink()
    last_state_copy(copy.workspace.backups).unlink()
    found = _found(copy)
    shutil.rmtree(copy.workspace.remembered)
    assert _found(copy) == found


def _results(small: Small) -> dict[str, bytes]:
    results = small.workspace.results
    return {path.relative_to(results).as_posix(): path.read_bytes() for path in results.rglob("*") if path.is_file()}


def test_books_that_stand_are_as_if_written_now(copy: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book and twin, to the byte, as where nothing is remembered; no book is written for it (4)."""
    first = kohyo.make_tables(copy.root)
    other = Small(Workspace(Path(shutil.copytree(copy.root, tmp_path / "別"))))
    shutil.rmtree(other.workspace.remembered)
    monkeypatch.setattr("kohyo.workspace.session.moment_of", lambda _: NOW + timedelta(days=1))
    kohyo.make_tables(other.root)
    written: list[Book] = []
    monkeypatch.setattr("kohyo.usecases.tables.write_book", written.append)
    assert kohyo.make_tables(copy.root) == first
    assert written == []
    assert _results(copy) == _results(other)


def test_what_became_of_a_book_is_seen(copy: Small) -> None:
    """A book that somebody wrote into, a twin that is gone: both are written again (4)."""
    made = kohyo.make_tables(copy.root)
    twin = made.twins[-1].read_bytes()
    made.books[0].write_bytes(b"")
    made.twins[-1].unlink()
    assert kohyo.make_tables(copy.root) == made
    assert made.books[0].read_bytes().startswith(b"PK")
    assert made.twins[-1].read_bytes() == twin


def test_who_reads_writes_nothing(copy: Small) -> None:
    """``next`` neither makes the folder nor needs it (5)."""
    shutil.rmtree(copy.workspace.remembered)
    kohyo.next_steps(copy.root, DAY)
    assert not copy.workspace.remembered.exists()


def test_where_nothing_can_be_written_all_goes_on(copy: Small) -> None:
    """A file in the place of the folder (5)."""
    shutil.rmtree(copy.workspace.remembered)
    copy.workspace.remembered.write_text("", encoding="utf-8")
    assert _status(copy).counts == {"missing": 4, "accepted": 1}


class FoundAnewError(Exception):
    """A status is found out, not told again."""


@pytest.fixture
def only_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a status that is not told again fail."""

    def stop(*_: object, **__: object) -> None:
        raise FoundAnewError

    monkeypatch.setattr("kohyo.workspace.session.session", stop)


def _is_told(small: Small, day: date = DAY) -> bool:
    try:
        kohyo.status(small.root, day)
    except FoundAnewError:
        return False
    return True


def _all(small: Small) -> dict[Path, tuple[bytes, int]]:
    files = (path for path in small.root.rglob("*") if path.is_file() and path != small.workspace.lock)
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.usefixtures("only_told")
def test_a_status_is_told_again(known: Small, copy: Small) -> None:
    """It is equal, also where the workspace was moved, and no file is touched (6)."""
    before = _all(known)
    told = kohyo.status(known.root, DAY)
    assert (told.counts, len(told.reminders), told.needs_person) == ({"missing": 4, "accepted": 1}, 4, True)
    assert _all(known) == before
    moved = kohyo.status(copy.root, DAY)
    assert moved.respondents == told.respondents
    assert moved.report.is_relative_to(copy.root)


_HEARD: list[str] = []


@pytest.fixture(scope="module")
def opened_files(known: Small) -> tuple[Path, ...]:
    """Return every file of the workspace that a status opens which is found out from the register as it is read."""
    listens = [True]

    def hear(event: str, of: tuple[object, ...]) -> None:
        if listens and event == "open":
            _HEARD.append(str(of[0]))

    sys.addaudithook(hear)  # stays for good
    shutil.rmtree(known.workspace.remembered)
    kohyo.status(known.root, DAY)
    listens.clear()
    return tuple(sorted({Path(path) for path in _HEARD if Path(path).is_relative_to(known.root)}))


def _lies(workspace: Workspace, path: Path) -> bool:
    """Tell whether a file holds what was said: neither what spares work, nor what is there while a command works."""
    passing = (workspace.remembered, workspace.under_way)
    return path.is_file() and path.parent not in passing and path != workspace.lock


@pytest.mark.usefixtures("only_told")
def test_whatever_it_opens_counts(known: Small, copy: Small, opened_files: tuple[Path, ...]) -> None:
    """Each file that a status opens, one after the other: altered or gone, it is found out anew (6)."""
    kept = [path.relative_to(known.root) for path in opened_files if _lies(known.workspace, path)]
    place = copy.workspace
    must = (place.definition, place.register, place.base_copies, place.owed, last_state(place.backups))
    assert {path.relative_to(copy.root) for path in must} <= set(kept)
    assert sum(path.parts[0] == place.returns.name for path in kept) == 1
    for path in (copy.root / name for name in kept):
        data = path.read_bytes()
        path.write_bytes(data + b"\n")
        assert not _is_told(copy), path
        if path != place.definition:  # else it is no workspace
            path.unlink()
            assert not _is_told(copy), path
        path.write_bytes(data)
        assert _is_told(copy), path


@pytest.mark.usefixtures("only_told")
@pytest.mark.parametrize(
    "change",
    [
        lambda place: (place.returns / "新着.xlsx").write_bytes(b"PK"),
        lambda place: (place.sent_back / "差戻し.xlsx").write_bytes(b"PK"),
        lambda place: (place.reminders / "市民局.txt").write_text("電話済み", encoding="utf-8"),
        lambda place: place.result("status").unlink(),
        lambda place: waiting_file(place.register).write_bytes(place.register.read_bytes()),
        lambda place: next(place.remembered.glob("回収状況.json")).write_bytes(b"{}"),
        lambda place: place.journal.unlink(),
    ],
    ids=["a return", "a correction", "a draft", "no report", "one waits", "damage", "nothing done yet"],
)
def test_whatever_lies_there_counts(copy: Small, change: Callable[[Workspace], object]) -> None:
    """What came, went or waits is seen (6)."""
    assert _is_told(copy)
    change(copy.workspace)
    assert not _is_told(copy)


@pytest.mark.usefixtures("only_told")
def test_another_day_counts(copy: Small) -> None:
    """What is overdue tomorrow is not today (6)."""
    assert not _is_told(copy, DAY + timedelta(days=1))
    assert _is_told(copy)


@pytest.mark.parametrize("meanwhile", ["a return", "a draft"])
def test_what_came_meanwhile_counts(copy: Small, monkeypatch: pytest.MonkeyPatch, meanwhile: str) -> None:
    """What people changed while it was found out was not seen by it (6)."""
    place = copy.workspace
    path = place.returns / "後から.xlsx" if meanwhile == "a return" else place.reminders / "市民局.txt"
    keep = KnownStatus.keep

    def busy(known: KnownStatus, told: Status) -> None:
        path.write_bytes(b"PK")
        keep(known, told)

    with monkeypatch.context() as patched:
        patched.setattr(KnownStatus, "keep", busy)
        kohyo.status(copy.root, DAY + timedelta(days=1))
    status = kohyo.status(copy.root, DAY + timedelta(days=1))
    assert (status.unread, path in status.reminders_kept) == ((1, False) if meanwhile == "a return" else (0, True))


def test_what_is_told_besides_is_told_each_time(copy: Small) -> None:
    """That the definition changed is said by every status until a command takes it in (6)."""
    with opened(copy.workspace.definition) as book:
        (label,) = (cell for row in book["欄"].iter_rows() for cell in row if cell.value == "取組の内容")
        label.value = "取組のあらまし"
    for _ in range(2):
        with listening() as told:
            kohyo.status(copy.root, DAY)
        assert ["kohyo define" in sentence for sentence in told.sentences] == [True]
