"""Many workspaces as one data set, and questions to it.

1. The store says what the registers say: every item, tick, answer, change and receipt, with its types.
2. Gathering again writes nothing; what changed in one workspace rewrites its files alone.
3. A workspace that is broken or absent is told in one line, and stops no other.
4. What is not for the public stays in the office unless it is asked for.
5. A store of another version, a broken one, a folder of something else: one line each.
6. A question reads the store and nothing else, writes nothing, and every mistake is one line.
7. A gathering that was cut off leaves what counted before.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

import kohyo
from kohyo.definition.fields import item_fields
from kohyo.errors import FileError, UsageError
from kohyo.excel.definition_book.definition_writer import write_definition
from kohyo.excel.ooxml import atomic_write
from kohyo.messages import describe_problem
from kohyo.store import parquet_store
from kohyo.store.schemas import TABLES, whole_schema
from kohyo.workspace.folder import Workspace
from tests.cli.conftest import console
from tests.cli.running import Console
from tests.usecases.small import DEPARTMENTS, NOW, Small, made_up_plan

__all__ = ["console"]

OTHER = "隣の/市=港"
"""Another municipality, of a name that no folder can bear as it is."""
INSIDE = "検討する。"
"""What every sheet answers in a field that the other municipality does not publish."""


@dataclass(frozen=True)
class Two:
    """Two workspaces below one folder, consolidated, and where their store is to be."""

    first: Small
    second: Small
    folder: Path
    store: Path

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Return what a question finds."""
        return list(kohyo.query(self.store, sql).rows)

    def gather(self, *, internal: bool = False) -> None:
        """Put both into the store."""
        kohyo.gather([self.folder], self.store, internal=internal)

    def files(self) -> dict[str, tuple[int, bytes]]:
        """Return every Parquet file with its time and contents."""
        found = sorted(self.store.rglob("*.parquet"))
        return {str(path.relative_to(self.store)): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


@pytest.fixture(scope="module")
def origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Consolidate two small workspaces of two municipalities, each with an answer of its own; never changed."""
    folder = tmp_path_factory.mktemp("gather") / "団体"
    for name, organisation in (("一", ""), ("二", OTHER)):
        small = Small(Workspace(Path(shutil.copytree(small_origin, folder / name))))
        if organisation:
            plan = made_up_plan()
            heading = plan.plan.model_copy(update={"organisation": organisation})
            rules = [rule.model_copy(update={"internal": rule.name == "schedule"}) for rule in plan.fields]
            plan = plan.model_copy(update={"fields": tuple(rules)})
            small.workspace.definition.unlink()
            write_definition(small.workspace.definition, plan.model_copy(update={"plan": heading}), created=NOW)
        for department in DEPARTMENTS[:3]:
            small.send(department, {"2-1": {"overview": f"{name}の概要", "tick_online": "○"}})
        small.consolidate()
    return folder


@pytest.fixture
def two(origin: Path, tmp_path: Path) -> Two:
    """Return both workspaces, not gathered yet."""
    folder = Path(shutil.copytree(origin, tmp_path / "団体"))
    return Two(Small(Workspace(folder / "一")), Small(Workspace(folder / "二")), folder, tmp_path / "集約")


@pytest.fixture(scope="module")
def gathered(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Two:
    """Return both workspaces, gathered; never changed."""
    found = Two(
        Small(Workspace(origin / "一")), Small(Workspace(origin / "二")), origin, tmp_path_factory.mktemp("s") / "集約"
    )
    found.gather()
    return found


def _line(error: pytest.ExceptionInfo[UsageError] | pytest.ExceptionInfo[FileError]) -> str:
    line = describe_problem(error.value)
    assert "\n" not in line
    return line


def test_the_store_says_what_the_registers_say(gathered: Two) -> None:
    """Rows and values are those of the registers (1)."""
    for small, name in ((gathered.first, "架空市"), (gathered.second, OTHER)):
        register = small.register()
        where = f"where municipality = '{name}' and year = 2030"
        items = gathered.ask(
            f"select item, number, goal, title, overview, standing, round from items {where} order by item"
        )
        assert items == [
            (item.id, str(item.number), item.goal, item.title, item.overview, item.standing.value, 0)
            for item in sorted(register.items, key=lambda item: item.id)
        ]
        perspectives = [field for field in item_fields(made_up_plan()) if field.type == "tick"]
        ticks = gathered.ask(f"select count(*), count(distinct perspective) from ticks {where} and department = ''")
        assert ticks == [(len(register.items) * len(perspectives), len(perspectives))]
        online = gathered.ask(f"select tick, evidence from ticks {where} and number = '2-1' and perspective = 'online'")
        assert online == [("yes", "answer")]
        receipts = gathered.ask(f"select department, round, outcome, received_at from receipts {where}")
        assert sorted(map(str, receipts)) == sorted(
            str((row.department, row.round, row.outcome.value, row.received_at)) for row in register.receipts
        )
        told = gathered.ask(f"select old, new, stands, changed_at from changes {where} order by place")
        public = [row for row in register.changes if name != OTHER or row.new not in (INSIDE, "始める。")]
        assert [row[3] for row in told] == [row.at for row in public]
        assert all(row[2] for row in told)


def test_an_answer_leads_to_its_cell(gathered: Two) -> None:
    """An answer says who gave it, in which file and cell, and of which round (1)."""
    (found,) = gathered.ask(
        "select department, state, file, sheet, cell, round, municipality from answers "
        "where field = 'overview' and value = '一の概要' and department = '市民局'"
    )
    assert found[:4] == ("市民局", "changed", "調査票_市民局.xlsx", "カード2-1")
    assert found[4:] == (found[4], 1, "架空市")
    assert found[4]


def test_types_are_fixed(gathered: Two) -> None:
    """The folders are read by pandas as they are, with the types of the schema (1)."""
    assert (gathered.store / "items").is_dir()
    frame = pd.read_parquet(gathered.store / "items", schema=whole_schema("items"))
    assert set(frame["municipality"]) == {"架空市", OTHER}
    assert set(frame["year"]) == {2030}
    assert set(TABLES) == {
        path.name for path in gathered.store.iterdir() if path.is_dir() and not path.name.startswith("_")
    }


def test_again_is_nothing(two: Two) -> None:
    """No file is touched, in whatever order the workspaces are named (2)."""
    two.gather()
    before = two.files()
    again = kohyo.gather([two.second.root, two.first.root, two.folder], two.store)
    assert two.files() == before
    assert [one.put.written for one in again.workspaces] == [0, 0]


def test_one_that_changed_rewrites_its_own(two: Two) -> None:
    """The partitions of the others stay untouched, and what counts no more is gone (2)."""
    two.gather()
    before = two.files()
    two.second.send(DEPARTMENTS[3])
    two.second.consolidate()
    done = kohyo.gather([two.second.root], two.store)
    after = two.files()
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed
    assert all("municipality=隣の%2F市%3D港" in name for name in changed)
    assert len(after) == len(before)
    assert done.workspaces[0].put.kept
    assert two.ask("select count(distinct municipality) from items") == [(2,)]


def test_one_that_is_broken_stops_no_other(two: Two, console: Console) -> None:
    """A broken register, a folder without any, one that is not there: named each, the rest is gathered (3)."""
    two.first.workspace.register.write_bytes(b"PK nothing")
    empty = two.folder.parent / "空"
    empty.mkdir()
    ran = console.run("gather", two.folder, empty, two.folder.parent / "ない", "--to", two.store, "--json")
    assert (ran.code, ran.err) == (1, "")
    assert [one["municipality"] for one in ran.data["workspaces"]] == [OTHER]
    assert [Path(left["root"]).name for left in ran.data["left_out"]] == ["一", "空", "ない"]
    assert all(left["message"] and "\n" not in left["message"] for left in ran.data["left_out"])
    assert two.ask("select distinct municipality from items") == [(OTHER,)]


def test_two_of_one_name(two: Two) -> None:
    """A copy of a workspace does not take the place of the one before it in the same run (3)."""
    copy = Path(shutil.copytree(two.first.root, two.folder / "写し"))
    done = kohyo.gather([two.first.root, copy], two.store)
    assert [left.root for left in done.left_out] == [copy]
    assert str(two.first.root) in done.left_out[0].why
    moved = kohyo.gather([copy], two.store)
    assert moved.workspaces[0].put.moved_from == str(two.first.root.resolve())


def test_what_is_internal_stays(two: Two) -> None:
    """A field that is not published is in no table, unless it is asked for (4)."""
    hidden = f"select count(*) from changes where '{INSIDE}' in (old, new) and municipality = '{OTHER}'"
    answered = f"select count(*) from answers where value = '{INSIDE}' and municipality = '{OTHER}'"
    kept = f"select count(*) from item_values where value = '{INSIDE}' and municipality = '{OTHER}'"
    two.gather()
    assert [two.ask(sql) for sql in (hidden, answered, kept)] == [[(0,)]] * 3
    two.gather(internal=True)
    assert [two.ask(sql) > [(0,)] for sql in (hidden, answered, kept)] == [True] * 3


def test_another_version(two: Two) -> None:
    """A store whose schema is another is neither read nor written (5)."""
    two.gather()
    for path in (two.store / "_workspaces").iterdir():
        path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "schema": 99}), encoding="utf-8")
    before = two.files()
    for act in (two.gather, lambda: two.ask("select 1")):
        with pytest.raises(FileError) as caught:
            act()
        assert "99" in _line(caught)
    assert two.files() == before


def test_a_broken_store(two: Two) -> None:
    """A file that is gone or damaged is said by its name, and gathering again mends it (5)."""
    two.gather()
    gone = next(two.store.rglob("*.parquet"))
    gone.unlink()
    with pytest.raises(FileError) as caught:
        two.ask("select count(*) from items")
    assert gone.name in _line(caught)
    gone.write_bytes(b"nothing")
    two.gather()
    assert two.ask("select count(*) from items") == [(8,)]


def test_a_folder_of_something_else(two: Two) -> None:
    """A workspace is not made a store, nor asked as one (5)."""
    with pytest.raises(UsageError) as caught:
        kohyo.gather([two.first.root], two.second.root)
    assert "空ではありません" in _line(caught)
    with pytest.raises(UsageError) as caught:
        kohyo.query(two.first.root, "select 1")
    assert "集約データのフォルダではありません" in _line(caught)


def _mischief(two: Two, out: Path) -> Iterator[str]:
    secret = two.first.workspace.register
    yield f"select * from read_text('{secret}')"
    yield f"select * from read_blob('{secret}')"
    yield f"select * from read_parquet('{next(two.store.rglob('*.parquet'))}')"
    yield f"select * from '{two.store}/items/**/*.parquet'"
    yield f"select * from glob('{two.first.root}/*')"
    yield f"copy (select 1) to '{out}'"
    yield f"copy items to '{out}' (format parquet)"
    yield f"attach '{out}' as other"
    yield f"export database '{out}'"
    yield "create table other as select 1"
    yield "drop view items"
    yield "delete from items"
    yield "install httpfs"
    yield "load httpfs"
    yield "set enable_external_access = true"
    yield "select 1; select 2"
    yield ""
    yield "select * from nowhere"
    yield "select nothing from items"
    yield "selekt"


def test_a_question_reads_the_store_alone(gathered: Two, tmp_path: Path) -> None:
    """No file is read or written, nothing is changed, and each refusal is one Japanese line (6)."""
    out = tmp_path / "書かれた"
    before = gathered.files()
    tried = list(_mischief(gathered, out))
    for sql in tried:
        with pytest.raises(UsageError) as caught:
            kohyo.query(gathered.store, sql)
        assert "。" in _line(caught)
    assert len(tried) == 20
    assert not out.exists()
    assert gathered.files() == before
    assert gathered.ask("select count(*) from items") == [(8,)]


def test_a_python_value_is_no_table(gathered: Two) -> None:
    """A name of the program's own variables is none of the store (6)."""
    with pytest.raises(UsageError):
        kohyo.query(gathered.store, "select * from tables")


def test_how_an_answer_is_printed(gathered: Two, console: Console) -> None:
    """A table whose columns stand below each other, JSON, or CSV that Excel does not calculate (6)."""
    sql = (
        "select number as 番号, '=1+1' as 式, null as 空, 1.5 as 数 from items where municipality = '架空市' order by 1"
    )
    lines = console.run("query", gathered.store, sql).out.splitlines()
    assert lines[0].split() == ["番号", "式", "空", "数"]
    assert lines[2].split() == ["1-1", "=1+1", "1.5"]
    assert lines[-1] == "4件"
    data = console.run("query", gathered.store, sql, "--json").data
    assert data["columns"] == ["番号", "式", "空", "数"]
    assert data["rows"][0] == ["1-1", "=1+1", None, 1.5]
    assert console.run("query", gathered.store, sql, "--csv").out.splitlines()[:2] == [
        "番号,式,空,数",
        "1-1,'=1+1,,1.5",
    ]


def test_without_the_extra(two: Two, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line says what to install (6)."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    ran = console.run("gather", two.folder, "--to", two.store)
    assert (ran.code, ran.out) == (2, "")
    assert 'pip install "kohyo[scale]"' in ran.err


def test_cut_off(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the list of a workspace is exchanged what was gathered before counts; the next run ends as ever (7)."""
    two.gather()
    asked = "select count(*) from answers where department = '" + DEPARTMENTS[3] + "'"
    assert two.ask(asked) == [(0,)]
    two.second.send(DEPARTMENTS[3])
    two.second.consolidate()

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".json":
            raise FileError("unwritable", path=path)
        atomic_write.save_bytes(path, data)

    with monkeypatch.context() as patched:
        patched.setattr(parquet_store, "save_bytes", full)
        cut = kohyo.gather([two.folder], two.store)
    assert [left.root.name for left in cut.left_out] == ["二"]
    assert two.ask(asked) == [(0,)]
    two.gather()
    assert two.ask(asked) != [(0,)]
    named = {path.name for path in two.store.rglob("*.parquet")}
    lists = [json.loads(path.read_text("utf-8"))["files"] for path in (two.store / "_workspaces").iterdir()]
    assert named == {name.rpartition("/")[2] for files in lists for name in files}
