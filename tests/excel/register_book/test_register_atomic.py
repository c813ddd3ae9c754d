"""The register on disk is always either the old or the new one.

1. Killed at whatever step: the register is whole, the next run goes on from it, nothing is told as an edit.
2. A disk that is full, a folder that takes nothing: one clear error, the register as it was, no rest of the attempt.
3. Where Excel or LibreOffice holds it open the new one waits beside it, and nobody works on the old one meanwhile.
4. What was there before each change is in 控え, byte for byte; a save that changes nothing writes nothing.
5. A register that somebody saved in between is not overwritten, nor one from which rows would go.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kohyo.definition.load import shipped
from kohyo.errors import FileError
from kohyo.excel.register_book import load_register, save_register, settle_waiting
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.excel.register_book.register_samples import (
    NOW,
    by_hand,
    change,
    new_register,
    retitled,
    sample_change,
    sample_register,
)

TITLE = "改めた名前"
_LIMIT = 2000  # bytes; less than any register


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register with something on every sheet."""
    return new_register(tmp_path / "髙橋　作業", plan, sample_register(plan))


def update(register: Register) -> Register:
    """Return the register as every test here saves it: a new title, and a row of the history."""
    return replace(retitled(register, TITLE), changes=(*register.changes, sample_change(1, TITLE)))


def files(path: Path) -> set[str]:
    """Return the names in the register's folder and in 控え."""
    return {found.name for found in path.parent.rglob("*")}


def refused(path: Path, plan: Plan) -> str:
    """Return the key of the error with which saving ends."""
    with pytest.raises(FileError) as error:
        change(path, plan, update)
    return error.value.key


def kill_at(path: Path, step: int) -> None:
    """Save the register and die at a step that touches the disk; a process of its own calls this."""
    left = step

    def die(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event == "open" and str(arguments[0]) == str(path) and arguments[1] not in ("r", "rb"):
            os._exit(7)  # the register itself is moved into place, never written
        touches = event in ("os.rename", "os.remove", "shutil.copyfile") or (
            event == "open" and arguments[1] not in ("r", "rb")
        )
        if touches and str(path.parent) in str(arguments[0]):
            left -= 1
            if left < 0:
                os._exit(9)

    plan = shipped("setagaya-r6")
    loaded = load_register(path, plan)
    sys.addaudithook(die)
    save_register(path, plan, loaded, update(loaded.register), backups=path.parent / "控え", now=NOW)


def kill_at_every_step(path: Path) -> None:
    """Write how each attempt ended, one a line: 9 when it was killed, 0 when it came to its end."""
    for step in range(100):
        folder = Path(shutil.copytree(path.parent, path.parent.with_name(f"{step:02d}")))
        child = os.fork()
        if not child:
            kill_at(folder / path.name, step)
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()
        if not ended:
            return


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test, not the product, needs fork")
def test_killed_at_whatever_step(path: Path, plan: Plan) -> None:
    """At each step the register is the old or the new one, and the next save goes through (1)."""
    old = path.read_bytes()
    code = f"from {__name__} import *; kill_at_every_step(Path(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)  # noqa: S603
    ended = done.stdout.split()
    assert (ended[-1], set(ended[:-1])) == ("0", {"9"})
    assert len(ended) > 6
    titles = [_title_after(path.parent.with_name(f"{step:02d}") / path.name, old, plan) for step in range(len(ended))]
    assert titles == sorted(titles, key=lambda title: title == TITLE)
    assert (titles[0], titles[-1]) == ("=1+1 の見直し", TITLE)


def _title_after(path: Path, old: bytes, plan: Plan) -> str:
    """Return the title that the register holds; prove that it is whole and can be saved again."""
    loaded = load_register(path, plan)
    assert (loaded.findings, loaded.edits) == ((), ())
    title = loaded.register.items[0].title
    assert (path.read_bytes() == old) == (title != TITLE)
    change(path, plan, lambda register: retitled(register, "もう一度"))
    again = load_register(path, plan)
    assert (again.register.items[0].title, again.findings, again.edits) == ("もう一度", (), ())
    assert not [name for name in files(path) if name.endswith(".part") or "保存中" in name]
    return title


def test_a_full_disk(path: Path, plan: Plan) -> None:
    """Nothing more can be written: one error, and the register as it was (2)."""
    resource = pytest.importorskip("resource")
    before, names = path.read_bytes(), files(path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LIMIT, hard))
    try:
        key = refused(path, plan)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (key, path.read_bytes(), files(path)) == ("register_unwritable", before, names)


@pytest.mark.parametrize("step", range(3))
def test_a_disk_that_fills_up_on_the_way(path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Whichever file it is that does not reach the disk: the new register, the memory of it, the copy (2)."""
    before, original, calls = path.read_bytes(), os.fsync, 0

    def full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls > step:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    assert refused(path, plan) == "register_unwritable"
    monkeypatch.undo()
    assert path.read_bytes() == before
    loaded = load_register(path, plan)
    assert (loaded.findings, loaded.edits) == ((), ())


def test_a_folder_that_takes_nothing(path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where neither the register nor the waiting one can be written, that is said and all is as it was (2)."""
    before, names = path.read_bytes(), files(path)

    def denied(self: Path, target: Path) -> Path:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", denied)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    assert refused(path, plan) == "register_unwritable"
    assert path.read_bytes() == before
    assert {name for name in files(path) - names if "台帳_次回" not in name and not name.endswith(".part")} == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows would have it wait, as if it were open")
def test_a_register_marked_as_read_only(path: Path, plan: Plan) -> None:
    """The mark keeps people from typing into it, not kohyo from bringing it up to date (2)."""
    path.chmod(0o444)
    _, saved = change(path, plan, update)
    assert (saved.waiting, load_register(path, plan).register.items[0].title) == (None, TITLE)


@pytest.mark.parametrize("lock", ["~$台帳.xlsx", ".~lock.台帳.xlsx#"])
def test_an_open_register_is_left_alone(path: Path, plan: Plan, lock: str) -> None:
    """The new one waits beside it; until the old one is closed nothing works on it, then it is replaced (3)."""
    before = path.read_bytes()
    mark = path.with_name(lock)
    mark.write_text("事務局", encoding="utf-8")
    _, saved = change(path, plan, update)
    waiting = path.with_name("台帳_更新待ち.xlsx")
    assert (saved.changed, saved.waiting, saved.backup, path.read_bytes()) == (True, waiting, None, before)
    assert refused(path, plan) == "register_waiting"
    assert settling(path) == "register_waiting"
    mark.unlink()
    assert refused(path, plan) == "register_waiting"
    assert settling(path) == "K519"
    loaded = load_register(path, plan)
    assert (loaded.register.items[0].title, loaded.findings, loaded.edits) == (TITLE, (), ())
    assert not waiting.exists()
    assert before in [copy.read_bytes() for copy in (path.parent / "控え").glob("台帳_*.xlsx")]
    assert settling(path) == ""


def settling(path: Path) -> str:
    """Let the register that waits take its place; return the finding or the reason why not."""
    try:
        findings = settle_waiting(path, backups=path.parent / "控え", now=NOW)
    except FileError as error:
        return error.key
    return "".join(finding.code for finding in findings)


def test_a_register_that_was_saved_since(path: Path, plan: Plan) -> None:
    """Where the old one was saved after the new one was made, neither replaces the other by itself (3)."""
    mark = path.with_name("~$台帳.xlsx")
    mark.write_text("事務局", encoding="utf-8")
    change(path, plan, update)
    waiting = path.with_name("台帳_更新待ち.xlsx")
    mark.unlink()
    book = openpyxl.load_workbook(path)
    book.save(path)
    held = (path.read_bytes(), waiting.read_bytes())
    assert settling(path) == "register_saved_since"
    assert (path.read_bytes(), waiting.read_bytes()) == held
    waiting.unlink()
    _, saved = change(path, plan, update)
    assert (saved.waiting, load_register(path, plan).register.items[0].title) == (None, TITLE)


def test_a_waiting_register_without_a_memory(path: Path, plan: Plan) -> None:
    """Where nothing tells which register the waiting one was made from, a person decides (3)."""
    mark = path.with_name("~$台帳.xlsx")
    mark.write_text("事務局", encoding="utf-8")
    change(path, plan, update)
    mark.unlink()
    (path.parent / "控え" / "台帳_次回.jsonl").unlink()
    assert settling(path) == "register_saved_since"


def test_a_register_that_nobody_says_is_open(path: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a lock file Windows still refuses the move: after some tries the new one waits (3)."""
    before, original, tries = path.read_bytes(), Path.replace, 0

    def held(self: Path, target: Path) -> Path:
        nonlocal tries
        if target == path:
            tries += 1
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return original(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("kohyo.excel.ooxml.exchange._swap", lambda *_: False)
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    _, saved = change(path, plan, update)
    assert (saved.waiting, saved.backup, path.read_bytes()) == (path.with_name("台帳_更新待ち.xlsx"), None, before)
    assert tries > 1


def test_the_register_as_it_was_is_kept(path: Path, plan: Plan) -> None:
    """控え holds it byte for byte; two saves in one second are two copies (4)."""
    before = path.read_bytes()
    _, first = change(path, plan, update)
    assert first.backup is not None
    assert first.backup.read_bytes() == before
    second = path.read_bytes()
    _, again = change(path, plan, lambda register: retitled(register, "もう一度"))
    assert again.backup is not None
    assert (again.backup.read_bytes(), first.backup.read_bytes()) == (second, before)


def test_a_save_that_changes_nothing_writes_nothing(path: Path, plan: Plan) -> None:
    """No copy, no new file, no new time on the old one (4)."""
    before, names, at = path.read_bytes(), files(path), path.stat().st_mtime_ns
    _, saved = change(path, plan, lambda register: register)
    assert (saved.changed, saved.backup, path.read_bytes(), files(path)) == (False, None, before, names)
    assert path.stat().st_mtime_ns == at


def test_a_register_saved_in_between_is_not_overwritten(path: Path, plan: Plan) -> None:
    """Somebody saved it while the run was at work: the run stops, and their save stays (5)."""
    loaded = load_register(path, plan)
    with by_hand(path) as book:
        book["項目"]["E2"].value = "手で直した名前"
    before = path.read_bytes()
    with pytest.raises(FileError) as error:
        save_register(path, plan, loaded, update(loaded.register), backups=path.parent / "控え", now=NOW)
    assert (error.value.key, path.read_bytes()) == ("register_touched", before)


@pytest.mark.parametrize("kind", ["items", "submissions", "changes"])
def test_rows_are_never_given_up(path: Path, plan: Plan, kind: str) -> None:
    """A register that lacks items, proposals or history of the old one is refused (5)."""
    before = path.read_bytes()
    with pytest.raises(FileError) as error:
        change(path, plan, lambda register: replace(register, **{kind: getattr(register, kind)[1:]}))
    assert (error.value.key, path.read_bytes()) == ("register_would_lose", before)
