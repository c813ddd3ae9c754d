"""What is remembered in 控え/覚え only spares work: with it or without it every command finds the same.

1. The second time neither the definition nor the register is read, and both are what they were.
2. Whatever lies there, however it was damaged: what is found is the same, and whole again afterwards.
3. What anybody changed since is seen: the definition, the register, what is kept of it in 控え.
4. A book of tables that would say the same is not written anew: it and its twins are as if they were; whatever became
   of them meanwhile, they are written.
5. A command that only reads leaves nothing there; where nothing can be written there, all goes on.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kohyo
from kohyo.excel.register_book.register_files import last_state, last_state_copy
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.usecases.status import Status
from kohyo.workspace.folder import Workspace
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


def test_a_changed_definition_is_seen(copy: Small) -> None:
    """The plan is called otherwise (3)."""
    with opened(copy.workspace.definition) as book:
        for cell in (cell for sheet in book for row in sheet.iter_rows() for cell in row):
            if cell.value == "架空市みらい行財政プラン":
                cell.value = "架空市みらいプラン"
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
