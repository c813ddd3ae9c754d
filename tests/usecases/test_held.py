"""Partial success is a result: what is held stops nothing else, and is named with its cause.

1. A table, a form, the report of a consolidation that somebody holds: the rest is written, the next run mends.
2. The lock: one that another command holds, one that cannot be, a share without locks.
3. What only reads works where nothing can be written; what writes says why it cannot.
4. A definition that somebody saves at the very moment is theirs; what was written besides stays.
5. What a record says may be carried out again at any time: what people put there since is left alone.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from filelock import FileLock, SoftFileLock
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import replace_patiently
from kohyo.messages import describe_problem
from kohyo.workspace import carry_out as carrying
from kohyo.workspace.carry_out import carry_out
from kohyo.workspace.folder import Workspace
from kohyo.workspace.journal import ABSENT, Doing, Record, Step
from kohyo.workspace.lock import working
from kohyo.workspace.notices import listening
from kohyo.workspace.transaction import Transaction
from tests.usecases.small import NOW, Small


def _hold(monkeypatch: pytest.MonkeyPatch, name: str, number: int = errno.EACCES) -> None:
    """Let a file be held: whoever wants to replace it is refused."""

    def refused(source: Path, target: Path) -> None:
        if target.name == name:
            raise OSError(number, os.strerror(number), str(target))
        replace_patiently(source, target)

    monkeypatch.setattr(carrying, "replace_patiently", refused)


def test_one_table_is_held(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """All others are there; the command says so and asks for a person; the next one writes it (1)."""
    with monkeypatch.context() as held:
        _hold(held, "体系表.xlsx")
        done = CliRunner().invoke(app, ["tables", str(small.root)])
    assert done.exit_code == 1
    assert "結果/体系表.xlsx は書き換えられませんでした。" in done.stderr
    written = {path.name for path in small.workspace.results.glob("*.xlsx")}
    assert "取組み一覧.xlsx" in written
    assert "体系表.xlsx" not in written
    assert CliRunner().invoke(app, ["tables", str(small.root)]).exit_code == 0
    assert small.workspace.result("matrix").is_file()


def test_one_form_is_held(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other departments get theirs; what went out is known of all (1)."""
    small.edit(4, 取組名="研修と学習")
    _hold(monkeypatch, small.form("市民局").name, errno.ENOSPC)
    with listening() as told:
        done = small.distribute()
    assert len(done.forms) == 5
    assert told.needs_person
    assert "ディスクに空きがありません" in told.sentences[0]
    assert small.form("市民局").name in told.sentences[0]


def test_the_report_is_held(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the consolidation did is told, and done; with nothing new, the report comes with the next one (1)."""
    small.send("市民局", {"2-1": {"overview": "電話で予約"}})
    with monkeypatch.context() as held:
        _hold(held, "取込結果.xlsx")
        with listening() as told:
            done = small.consolidate()
    assert done.changes
    assert told.needs_person
    assert small.item("2-1").values["overview"] == "電話で予約"
    assert not small.workspace.result("import_report").exists()
    small.consolidate()
    assert small.workspace.result("import_report").is_file()


def test_several_are_held_for_one_cause(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence a cause, with the first and how many (1)."""

    def refused(_source: Path, target: Path) -> None:
        raise OSError(errno.EIO, "io", str(target))

    monkeypatch.setattr(carrying, "replace_patiently", refused)
    with listening() as told:
        kohyo.make_tables(small.root, only=["取組み一覧", "体系表"])
    (sentence,) = told.sentences
    assert "件は書き換えられませんでした" in sentence
    assert "装置かネットワークの異常" in sentence


def test_a_lock_that_is_a_folder(small: Small) -> None:
    """That is said, and what to do (2)."""
    small.workspace.lock.unlink(missing_ok=True)
    small.workspace.lock.mkdir()
    with pytest.raises(FileError) as refused:
        small.consolidate()
    assert refused.value.key == "lock_unusable"


@pytest.mark.parametrize("error", [NotImplementedError(), OSError(errno.ENOLCK, "no locks")])
def test_a_share_without_locks(small: Small, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """A file stands for the lock; two commands are still kept apart, and afterwards it is gone (2)."""

    def none(_self: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(FileLock, "acquire", none)
    soft = small.workspace.lock.with_suffix(".lock.soft")
    with working(small.workspace):
        assert soft.exists()
    assert not soft.exists()
    monkeypatch.setattr("kohyo.workspace.lock._SECONDS", 0.1)
    with SoftFileLock(soft), pytest.raises(FileError) as refused:
        small.consolidate()
    assert refused.value.key == "busy"


READING: dict[str, Callable[[Path], object]] = {
    "audit": kohyo.audit,
    "diff": lambda root: kohyo.diff(root, "素案"),
    "show": lambda root: kohyo.show(root, NOW.date()),
    "verify": kohyo.verify,
    "restore": kohyo.restore,
}


@pytest.mark.parametrize("name", READING)
def test_what_reads_works_where_nothing_can_be_written(
    small: Small, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Its result is there; the report that could not be written is told, and no file is another (3)."""
    small.send("市民局")
    small.consolidate()
    kohyo.freeze(small.root, "素案", now=NOW)
    before = {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()}

    def read_only(_self: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "read-only", str(small.root))

    def begin(_self: object) -> None:
        raise FileError("unwritable", path=small.root) from OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(FileLock, "acquire", read_only)
    monkeypatch.setattr(Transaction, "begin", begin)
    with listening() as told:
        READING[name](small.root)
    assert {path: path.read_bytes() for path in small.root.rglob("*") if path.is_file()} == before
    assert told.needs_person == (name in {"audit", "diff"})
    with pytest.raises(FileError) as refused:
        small.consolidate()
    assert "読み取り専用です" in describe_problem(refused.value)


def test_a_definition_saved_at_the_very_moment(small: Small) -> None:
    """It is put back, and named (4)."""
    workspace = small.workspace
    workspace.under_way.mkdir()
    (workspace.under_way / "00000.xlsx").write_bytes(b"ours")
    theirs = workspace.definition.read_bytes()
    target = workspace.definition.name
    step = Step(Doing.PUT, target, "00000.xlsx", expected="0" * 64, after=sha256(b"ours").hexdigest())
    held = carry_out(workspace, Record("rollover", NOW.isoformat(), (step,)))
    assert [entry.path for entry in held] == [workspace.definition]
    assert workspace.definition.read_bytes() == theirs


STEPS = (
    Step(Doing.MOVE, "控え/前年/回答.xlsx", "回収/回答.xlsx"),
    Step(Doing.REMOVE, "結果/督促/市民局.txt", expected=sha256(b"draft").hexdigest()),
    Step(Doing.PUT, "結果/督促/西区役所.txt", "00002.txt", expected=ABSENT),
    Step(Doing.PUT, "結果/表.xlsx", "00003.xlsx"),
)
BEFORE = {
    "回収/回答.xlsx": b"return",
    "結果/督促/市民局.txt": b"draft",
    "控え/作業中/00002.txt": b"letter",
    "控え/作業中/00003.xlsx": b"table",
}
AFTER = {"控え/前年/回答.xlsx": b"return", "結果/督促/西区役所.txt": b"letter", "結果/表.xlsx": b"table"}


def _lay(root: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def _lie(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
def test_carried_out_again(tmp_path: Path, done: int) -> None:
    """From whatever step on, and once more when all is done (5)."""
    workspace, at = Workspace(tmp_path), NOW.isoformat()
    _lay(tmp_path, BEFORE)
    assert carry_out(workspace, Record("status", at, STEPS[:done])) == ()
    for _ in range(2):
        assert carry_out(workspace, Record("status", at, STEPS)) == ()
        assert _lie(tmp_path) == AFTER


def test_what_people_put_there_since_stays(tmp_path: Path) -> None:
    """The same names, other contents: a new return, a letter written anew, a draft of one's own (5)."""
    workspace, record = Workspace(tmp_path), Record("status", NOW.isoformat(), STEPS)
    _lay(tmp_path, BEFORE)
    carry_out(workspace, record)
    theirs = {"回収/回答.xlsx": b"new return", "結果/督促/市民局.txt": b"mine", "結果/督促/西区役所.txt": b"mine too"}
    _lay(tmp_path, theirs)
    held = carry_out(workspace, record)
    assert _lie(tmp_path) == AFTER | theirs
    assert [entry.path.name for entry in held] == ["市民局.txt"]


def test_patience_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is closed holds every file: all are told, and they wait together no longer than a few files (5)."""
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    monkeypatch.setattr(Path, "replace", _refuse)
    steps = tuple(Step(Doing.PUT, f"結果/表{number}.xlsx", f"{number:05}.xlsx") for number in range(60))
    _lay(tmp_path, {f"控え/作業中/{step.source}": b"new" for step in steps})
    held = carry_out(Workspace(tmp_path), Record("tables", NOW.isoformat(), steps))
    assert len(held) == 60
    assert 0 < sum(waited) <= 2


def _refuse(_source: Path, _target: Path) -> Path:
    raise PermissionError(errno.EACCES, "denied")


def test_what_people_put_there_first_stays(tmp_path: Path) -> None:
    """A draft that was not there when the command looked (5)."""
    _lay(tmp_path, BEFORE | {"結果/督促/西区役所.txt": b"mine"})
    held = carry_out(Workspace(tmp_path), Record("status", NOW.isoformat(), STEPS))
    assert (tmp_path / "結果/督促/西区役所.txt").read_bytes() == b"mine"
    assert [entry.path.name for entry in held] == ["西区役所.txt"]
