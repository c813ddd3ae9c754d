"""What the pages tell to type carries a successor through the year, word for word, in the order of the pages.

1. Every step of every page of the year, on a workspace of one's own, from an empty folder to the next year's April.
2. What a sentence names besides does what it says, on a copy: no page tells of a command that stops.
3. The successor's first week, and the ways back, on the demo.
4. Every page that tells a command is among them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.cli import days
from kohyo.definition.seed import shipped_list
from kohyo.excel.register_book import register_load
from kohyo.usecases import new
from kohyo.workspace import given_day
from kohyo.workspace.folder import open_workspace
from kohyo.workspace.made_up_returns import MadeUpReturns
from kohyo.workspace.progress import silent
from tests.cli.conftest import console
from tests.cli.running import Console
from tests.conftest import Demo
from tests.manual.conftest import DOCS
from tests.manual.told_commands import Told, pages_of, told_on
from tests.usecases.small import opened

__all__ = ["console"]

OURS, PRACTICE = Path("作業フォルダ"), Path("練習")
PLAN = "setagaya-r6"
YEAR = pages_of("year/index")
OTHERS = ("successor", "going_back")
APART: Mapping[str, str] = {
    "demo": "was run before, for every test",
    "kit": "fetches what it packs",
    "addin": "changes the desk of whoever runs the tests",
    "watch": "goes on for ever",
}
"""Commands that are not run here, and why."""

DAYS: Mapping[str, date] = {
    "year/prepare": date(2024, 4, 1),
    "year/distribute": date(2024, 4, 17),
    "year/collect": date(2024, 6, 17),
    "year/send_back": date(2024, 6, 17),
    "year/decide": date(2024, 6, 28),
    "year/tables": date(2024, 7, 1),
    "year/hearing": date(2024, 7, 3),
    "year/midyear": date(2024, 9, 2),
    "year/next_plan": date(2024, 11, 1),
    "year/february": date(2025, 2, 3),
    "year/rollover": date(2025, 4, 1),
    "year/any_day": date(2025, 4, 2),
}
"""The day on which somebody works through a page."""


class Clock:
    """The clock of the desk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def is_at(self, day: date) -> None:
        """Let it be nine in the morning of a day."""

        class Moment(datetime):
            @classmethod
            def now(cls, tz: object = None) -> Moment:  # noqa: ARG003 - as datetime's
                return cls.combine(day, time(9))

        class Day(date):
            @classmethod
            def today(cls) -> Day:
                return cls(day.year, day.month, day.day)

        for module in (given_day, new, register_load):
            self._monkeypatch.setattr(module, "datetime", Moment)
        self._monkeypatch.setattr(days, "date", Day)


def _listed() -> None:
    """Have a list with one item in four of the plan's: the pages tell the same of fewer."""
    heading, *items = shipped_list(PLAN)
    rows = ("\t".join(row) for row in (heading, *items[::4]))
    Path("一覧のファイル").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _returned() -> None:
    """Let the departments answer, some of them wrongly."""
    _made_up().send(silent)
    shutil.copy(next((OURS / "配布").glob("調査票_*.xlsx")), "ファイル")


def _made_up() -> MadeUpReturns:
    return MadeUpReturns(open_workspace(OURS), kohyo.Workspace(OURS).plan, kohyo.Workspace(OURS).register)


def _corrected() -> None:
    """Let the departments mend what they were asked to, and the secretariat take it in."""
    _made_up().send_late()
    kohyo.consolidate(OURS)


def _decided() -> None:
    """Take in what was mended, and write decisions: the register's value in 競合, with who decided; no to 提案."""
    _corrected()
    with opened(OURS / "台帳.xlsx") as book:
        _written(book["競合"], 採用="台帳", 決めた人="事務局")
        _written(book["提案"], 採用="不採用", 理由="見送る。")


def _written(sheet: Worksheet, **columns: str) -> None:
    """Write the same into every row of a sheet, by heading."""
    headings = {str(cell.value): int(cell.column or 0) for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for heading, value in columns.items():
            sheet.cell(row, headings[heading]).value = value


BEFORE: Mapping[str, Callable[[], None]] = {
    "year/prepare": _listed,
    "year/collect": _returned,
    "year/decide": _decided,
}
"""What people do before somebody opens a page."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder in which the commands are typed."""
    folder = tmp_path / "机"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def _run(told: Told, console: Console) -> Iterator[str]:
    """Yield what a command says that does not do what it is for."""
    ran = console.run(*told.words)
    if ran.code not in (0, 1):
        yield f"{told}: {ran.code} {ran.err}"


def _tried(told: Told, console: Console, desk: Path) -> Iterator[str]:
    """Run a command that a sentence names on a copy of all there is."""
    aside = desk.with_name("写し")
    shutil.copytree(desk, aside)
    os.chdir(aside)
    try:
        yield from _run(told, console)
    finally:
        os.chdir(desk)
        shutil.rmtree(aside)


def _worked_through(page: str, console: Console, desk: Path) -> list[str]:
    """Do what a page says; return what went wrong."""
    wrong: list[str] = []
    for told in told_on(page):
        if told.words[0] not in APART:
            wrong += _run(told, console) if told.step else _tried(told, console, desk)
    return wrong


def test_the_year_as_it_is_told(desk: Path, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the list to the next April (1, 2)."""
    clock, wrong = Clock(monkeypatch), list[str]()
    for page in YEAR:
        clock.is_at(DAYS[page])
        BEFORE.get(page, lambda: None)()
        wrong += _worked_through(page, console, desk)
    assert wrong == []
    assert console.run("verify", OURS).code == 0
    assert kohyo.Workspace(OURS).plan.cycle.year == 2025
    assert {path.stem for path in (OURS / "版").glob("*.xlsx")} >= {"令和6年度", "案", "令和7年度修正"}


@pytest.mark.parametrize("page", OTHERS)
def test_another_page_as_it_is_told(
    page: str, demo: Demo, desk: Path, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the demo, and what it made (2, 3)."""
    Clock(monkeypatch).is_at(date(2024, 7, 1))
    for name in {"successor": (PRACTICE, OURS), "going_back": (Path("作業"),)}[page]:
        shutil.copytree(demo.folder, name)
    assert _worked_through(page, console, desk) == []


def test_every_page_is_worked_through() -> None:
    """A new page that tells what to type joins the year or the others (4)."""
    pages = [path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")]
    telling = {page for page in pages if any(told.words[0] not in APART for told in told_on(page))}
    assert set(DAYS) == set(YEAR)
    assert {page for page in telling if not page.startswith("engineer/")} - {*YEAR, *OTHERS} == {"index"}
