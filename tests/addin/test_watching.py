"""Watching 回収: the way without VBA.

W1  kohyo watch takes in what comes into 回収 with the ribbon's sentence, and goes on after an error
W2  what could not be done is said once and done when it can be: workspace busy, register open, definition or 回収 away
W3  a file that is still being copied is waited for, and leaves no row of a broken file
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from filelock import FileLock

from kohyo.addin.watching import watch
from kohyo.excel.register_book.register_files import waiting_file
from kohyo.model.outcome import Outcome
from tests.cli.running import Console
from tests.usecases.small import Small


def started(small: Small, said: list[str], stop: Event) -> Thread:
    """Start watching and wait until it says so."""
    ready = Event()

    def say(sentence: str) -> None:
        said.append(sentence)
        ready.set()

    thread = Thread(target=watch, args=(small.root, say, stop), kwargs={"pause": 0.2, "look": 0.1})
    thread.start()
    assert ready.wait(20)
    return thread


def wait_for(what: Callable[[], bool]) -> None:
    """Wait until something holds; fail after a long while."""
    pause = Event()
    for _ in range(600):
        if what():
            return
        pause.wait(0.1)
    raise AssertionError


def test_what_comes_is_taken_in(small: Small) -> None:
    """W1: A file put into 回収 while it is watched; then one that is no form; then none of the forms that went out."""
    said: list[str] = []
    stop = Event()
    thread = started(small, said, stop)
    try:
        small.send("市民局", {"2-1": {"schedule_2030": "電話でも受ける。"}})
        wait_for(lambda: len(said) > 1)
        assert said[0] == f"{small.workspace.returns} を見張っています。止めるには Ctrl と C を押してください。"
        assert said[-1].startswith("1件のファイルのうち1件を取り込みました（")
        assert small.item("2-1").text("schedule_2030") == "電話でも受ける。"
        (small.workspace.returns / "メモ.txt").write_text("様式ではありません", encoding="utf-8")
        wait_for(lambda: said[-1].startswith("2件のファイルのうち1件を取り込みました（"))
        small.workspace.register.rename(small.root / "どこか.xlsx")
        (small.workspace.returns / "もう一つ.txt").write_text("", encoding="utf-8")
        wait_for(lambda: "台帳.xlsx がありません" in said[-1])
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(30)
    assert not thread.is_alive()


def test_what_lay_there_is_taken_in_first(small: Small) -> None:
    """W1: What came before the watching began is not forgotten."""
    small.send("市民局")
    said: list[str] = []
    stop = Event()
    thread = started(small, said, stop)
    try:
        wait_for(lambda: len(said) > 1)
        assert said[-1].startswith("1件のファイルのうち1件を取り込みました（")
    finally:
        stop.set()
        thread.join(30)


@contextmanager
def watched(small: Small) -> Iterator[list[str]]:
    """Watch while the block runs; what is said grows in the list."""
    said: list[str] = []
    stop = Event()
    thread = started(small, said, stop)
    try:
        yield said
        assert thread.is_alive()
    finally:
        stop.set()
        thread.join(60)


def _taken_in(small: Small) -> bool:
    return "調査票_市民局.xlsx" in small.outcomes()


def test_a_busy_workspace_is_come_back_to(small: Small) -> None:
    """W2: Another command is at work for longer than one waits for it."""
    with watched(small) as said:
        with FileLock(small.workspace.lock):
            small.send("市民局")
            wait_for(lambda: "別の kohyo が動いています" in said[-1])
        wait_for(lambda: said[-1].startswith("1件のファイルのうち1件を取り込みました（"))
    assert _taken_in(small)
    assert len(said) == 3


def test_an_open_register_is_come_back_to(small: Small) -> None:
    """W2: The new register waits; once the old one is closed it is put in its place."""
    lock = small.root / "~$台帳.xlsx"
    lock.write_bytes(b"\x05saito" + b" " * 50)
    with watched(small) as said:
        small.send("市民局")
        wait_for(lambda: any("saito さん" in sentence for sentence in said))
        lock.unlink()
        wait_for(lambda: not waiting_file(small.workspace.register).exists())
        wait_for(lambda: said[-1].startswith("1件のファイルのうち1件を取り込みました（"))
    assert _taken_in(small)


@pytest.mark.parametrize("name", ["definition", "returns"])
def test_what_is_away_for_a_while_is_come_back_to(small: Small, name: str) -> None:
    """W2: The definition, or 回収 itself, is not there and then is."""
    place: Path = getattr(small.workspace, name)
    away = small.root.parent / place.name
    with watched(small) as said:
        place.rename(away)
        if name == "definition":
            small.send("市民局")
        else:
            small.send("市民局").rename(away / "調査票_市民局.xlsx")
            place.rmdir()
        wait_for(lambda: len(said) > 1)
        away.rename(place)
        wait_for(lambda: said[-1].startswith("1件のファイルのうち1件を取り込みました（"))
    assert _taken_in(small)


def test_a_file_that_is_still_being_copied(small: Small) -> None:
    """W3: It grows piece by piece; when it is whole, it is taken in, and there was never anything else."""
    whole = small.send("市民局")
    data = whole.read_bytes()
    whole.unlink()
    with watched(small) as said:
        with whole.open("wb") as target:
            for start in range(0, len(data), len(data) // 12 + 1):
                target.write(data[start : start + len(data) // 12 + 1])
                target.flush()
                Event().wait(0.1)
        wait_for(lambda: said[-1].startswith("1件のファイルのうち1件を取り込みました（"))
    assert small.outcomes() == {whole.name: Outcome.ACCEPTED}


def test_a_file_that_was_half_there(small: Small) -> None:
    """W3: Half of it was read, and refused; whole, it takes that row's place."""
    path = small.send("市民局")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    small.consolidate()
    assert small.outcomes() == {path.name: Outcome.UNREADABLE}
    path.write_bytes(data)
    small.consolidate()
    assert small.outcomes() == {path.name: Outcome.ACCEPTED}


def test_what_cannot_be_watched(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """W1: A folder that is no workspace, and a missing library, each in one line."""
    assert "作業フォルダではありません" in console.run("watch", str(small.workspace.forms)).err
    monkeypatch.setitem(sys.modules, "watchdog.utils.dirsnapshot", None)
    ran = console.run("watch", str(small.root))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert 'pip install "kohyo[watch]"' in ran.err
