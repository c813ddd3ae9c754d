"""The companion: what the ribbon asks for where Excel may start no program.

P1  a request is carried out with the task, the sentence and the progress of the ribbon, in the Excel that asked
P2  of many takers one gets a request, once; what is half written is not taken
P3  what a companion had taken when it died is told and not done again; what waited too long is told
P4  whatever a request holds ends in one sentence; another companion takes over when one ends
P5  installed for the user alone, it starts at log-on; a ribbon that asks says so when nobody is there
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

import kohyo
from kohyo.addin import installation
from kohyo.addin.companion import Companion
from kohyo.addin.spool import ALIVE, LATE, PART, REQUEST, TAKEN, Spool
from kohyo.addin.watching import watch
from tests.addin.conftest import OpenRegister
from tests.addin.test_watching import wait_for
from tests.cli.running import Console


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spool:
    """Return the spool of a Windows user."""
    monkeypatch.setenv("APPDATA", str(tmp_path / "髙橋" / "Roaming"))
    return Spool.of_user()


def text(task: str, *, version: str = kohyo.__version__, window: int = 4711) -> str:
    """Return a request as the add-in writes it."""
    return f"task={task}\nversion={version}\nwindow={window}\n"


@pytest.fixture
def said() -> list[str]:
    """Return what the companion says."""
    return []


def test_a_task_is_carried_out(excel: OpenRegister, spool: Spool, said: list[str]) -> None:
    """P1: As if the button had started it: the table is made and shown, one sentence is told in Excel."""
    companion = Companion(spool, said.append)
    spool.ask("1", text("matrix"))
    assert companion.attend() == 1
    assert excel.names == ["台帳.xlsx", "体系表.xlsx"]
    assert [told for told, _ in excel.app.told] == said == ["体系表.xlsx を作りました。"]
    assert excel.app.shown == ["個票：「体系表を作る」を行っています。しばらくお待ちください。"]
    assert companion.attend() == 0
    companion.end()
    assert not list(spool.folder.glob(f"*{TAKEN}"))


def test_the_watching_attends(excel: OpenRegister, spool: Spool, said: list[str]) -> None:
    """P1: ``kohyo watch`` without a folder waits for requests, and goes on after one that cannot be done."""
    stop = Event()
    thread = Thread(target=watch, args=(None, said.append, stop), kwargs={"look": 0.05})
    thread.start()
    try:
        wait_for(lambda: spool.is_attended(30))
        spool.ask("1", text("nothing"))
        spool.ask("2", text("item_list"))
        wait_for(lambda: len(said) > 2)
    finally:
        stop.set()
        thread.join(20)
    assert said[0] == "リボンからの依頼を待っています。止めるには Ctrl と C を押してください。"
    assert "という" in said[1]
    assert said[2] == "取組み一覧.xlsx を作りました。"
    assert excel.workspace.result("item_list").is_file()
    assert not (spool.folder / ALIVE).exists()


def test_one_taker(spool: Spool) -> None:
    """P2: Eight takers, a hundred requests: each is taken by one, and what is being written by none."""
    for number in range(100):
        spool.ask(f"{number:03}", text(f"task_{number}"))
    (spool.folder / f"999{PART}").write_text("task=half")
    with ThreadPoolExecutor(8) as pool:
        taken = [
            request.tag
            for found in pool.map(lambda _: list(Spool(spool.folder).taken()), range(8))
            for request in found
        ]
    assert sorted(taken) == sorted(f"task_{number}" for number in range(100))
    assert not list(spool.folder.glob(f"*{REQUEST}"))


def test_what_was_cut_off_is_told(excel: OpenRegister, spool: Spool, said: list[str]) -> None:
    """P3: The companion died with a request in hand: the next one says so, once, and does not do it."""
    spool.ask("1", text("consolidate"))
    assert [request.tag for request in spool.taken()] == ["consolidate"]
    companion = Companion(spool, said.append)
    companion.attend()
    companion.attend()
    companion.end()
    assert [sentence[:18] for sentence in said] == ["「取り込む」の途中で見張りが止まりま"]
    assert [told for told, _ in excel.app.told] == said
    assert not excel.workspace.result("import_report").exists()


def test_what_waited_too_long_is_told(excel: OpenRegister, spool: Spool, said: list[str]) -> None:
    """P3: Whoever pressed the button before lunch has gone on."""
    path = spool.ask("1", text("matrix"))
    before = time.time() - LATE - 1
    os.utime(path, (before, before))
    companion = Companion(spool, said.append)
    companion.attend()
    companion.end()
    assert said[0].startswith("「体系表を作る」の依頼を受け取るのが遅れた")
    assert excel.names == ["台帳.xlsx"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "task=matrix",
        "task=__import__\nversion=0",
        "junk\x00\xff",
        "task=matrix\nversion=0.0.0",
        "window=９９",
        "task=" + "m" * 5000,
    ],
)
def test_whatever_a_request_holds(excel: OpenRegister, spool: Spool, said: list[str], content: str) -> None:
    """P4: One sentence, and the next request is carried out."""
    (spool.folder / f"1{REQUEST}").write_bytes(content.encode("utf-8"))
    spool.ask("2", text("matrix"))
    companion = Companion(spool, said.append)
    assert companion.attend() == 2
    companion.end()
    assert len(said) == 2
    assert said[1] == "体系表.xlsx を作りました。"
    assert all(sentence.endswith("。") for sentence in said)
    assert excel.names[-1] == "体系表.xlsx"


def test_another_takes_over(excel: OpenRegister, spool: Spool, said: list[str]) -> None:
    """P4: Two are running; the second does nothing while the first attends, and goes on when that ends."""
    first, second = Companion(spool, said.append), Companion(spool, said.append)
    assert first.attend() == 0
    spool.ask("1", text("matrix"))
    assert second.attend() == 0
    first.end()
    assert not spool.is_attended(30)
    assert second.attend() == 1
    assert spool.is_attended(30)
    second.end()
    assert excel.names[-1] == "体系表.xlsx"


def test_it_starts_at_log_on(spool: Spool, console: Console) -> None:
    """P5: For this user alone, without an administrator; it stays when the add-in is renewed, and goes with it."""
    assert spool.folder.is_dir()
    target = installation.places()
    assert "サインインのときに" in console.run("addin", "install", "--companion").out
    assert target.companion.parent.name == "Startup"
    assert target.companion.read_bytes().decode("cp932").endswith(" -P -m kohyo watch\r\n")
    assert installation.asks(target.settings)
    assert console.run("addin", "install").code == 0
    assert installation.asks(target.settings)
    assert console.run("addin", "remove").out.count("取り除きました") == 3
    assert not target.companion.exists()


def test_without_a_windows_user(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """P5: Without a folder to watch there is nothing to do, which is said in one line."""
    monkeypatch.delenv("APPDATA", raising=False)
    ran = console.run("watch")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
