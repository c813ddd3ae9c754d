"""Watching 回収: the way without VBA.

W1  kohyo watch takes in what comes into 回収 with the ribbon's sentence, and goes on after an error
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Event, Thread

import pytest

from kohyo.addin.watching import watch
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
        assert said[-1].startswith("1件のファイルを取り込みました（")
        assert small.item("2-1").text("schedule_2030") == "電話でも受ける。"
        (small.workspace.returns / "メモ.txt").write_text("様式ではありません", encoding="utf-8")
        wait_for(lambda: said[-1].startswith("2件のファイルを取り込みました（"))
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
        assert said[-1].startswith("1件のファイルを取り込みました（")
    finally:
        stop.set()
        thread.join(30)


def test_what_cannot_be_watched(console: Console, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """W1: A folder that is no workspace, and a missing library, each in one line."""
    assert "作業フォルダではありません" in console.run("watch", str(small.workspace.forms)).err
    monkeypatch.setitem(sys.modules, "watchdog.events", None)
    ran = console.run("watch", str(small.root))
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert 'pip install "kohyo[watch]"' in ran.err
