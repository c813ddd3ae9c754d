"""Whatever happens in an office, the merge and the verification come to the same values.

The two are written apart. A story is a random chain of what people do: returns with answers of all kinds, corrections
that come back, late and renamed files, decisions, edits by hand, new forms, another year. After each step that
changes the register, every cell of it is justified, and so it stays where a step came to nothing.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import kohyo
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.transaction import Transaction
from tests.usecases.small import DEPARTMENTS, NOW, Small, numbers_in, opened, tab_of, type_into

STORIES = int(os.environ.get("KOHYO_STORIES", "5"))
"""So many are told; more by hand."""
STEPS = 9
WORDS = ("甲の案", "乙の案", "丙の案", None)
FIELDS = ("schedule_2031", "overview", "state", "saving", "tick_finance")


class Office:
    """A small workspace and the chance of what happens next."""

    def __init__(self, small: Small, seed: int) -> None:
        """Begin in the small workspace's own spring."""
        self.small, self.chance, self.now = small, random.Random(seed), NOW  # noqa: S311 - a sample, no secret
        self.files = 0

    def _typed(self) -> dict[str, object]:
        values = {
            "schedule_2031": self.chance.choice(WORDS),
            "overview": self.chance.choice(("使う人に合わせる。", "もとのまま続ける。", None)),
            "state": self.chance.choice(("順調", "遅れ", "だめ")),
            "saving": self.chance.choice((0, 120, "百", None)),
            "tick_finance": self.chance.choice(("○", "－", None)),
        }
        return {name: values[name] for name in self.chance.sample(FIELDS, self.chance.randint(0, 4))}

    def answer(self) -> None:
        """Send the form that went out, or one sheet of it."""
        department = self.chance.choice(DEPARTMENTS)
        self.files += 1
        path = self.small.workspace.returns / f"回答{self.files}.xlsx"
        shutil.copy(self.small.form(department), path)
        with opened(path) as book:
            numbers = numbers_in(book)
            for number in self.chance.sample(numbers, self.chance.randint(1, len(numbers))):
                type_into(book[tab_of(number)], self._typed())

    def mend(self) -> None:
        """Send a correction back."""
        waiting = sorted(self.small.workspace.sent_back.glob("*.xlsx"))
        if not waiting:
            return
        self.files += 1
        path = self.small.workspace.returns / f"直し{self.files}.xlsx"
        shutil.copy(self.chance.choice(waiting), path)
        with opened(path) as book:
            number = self.chance.choice(numbers_in(book))
            type_into(book[tab_of(number)], self._typed())

    def consolidate(self) -> None:
        """Take in what came, and what was written into the register."""
        if any(self.small.workspace.returns.iterdir()):
            kohyo.consolidate(self.small.root, now=self.now)
        else:
            kohyo.resolve(self.small.root, now=self.now)

    def rename(self) -> None:
        """Rename a file that came."""
        files = sorted(self.small.workspace.returns.iterdir())
        if files:
            self.files += 1
            self.chance.choice(files).rename(self.small.workspace.returns / f"名前{self.files}.xlsx")

    def take_away(self) -> None:
        """Remove a file that was taken in."""
        files = sorted(self.small.workspace.returns.iterdir())
        if len(files) > 1:
            self.consolidate()
            self.chance.choice(files).unlink()

    def edit(self) -> None:
        """Write into the register by hand."""
        with self.small.by_hand() as book:
            sheet = book["項目"]
            column = next(cell.column for cell in sheet[1] if cell.value == "予定：R13")
            sheet.cell(self.chance.randint(2, 5), column).value = self.chance.choice(("手で書いた。", None))

    def decide(self) -> None:
        """Decide what waits, one way or another."""
        with self.small.by_hand() as book:
            sheet = book["競合"]
            places = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
            groups: set[object] = set()
            for row in range(2, sheet.max_row + 1):
                group = sheet.cell(row, places["組"]).value
                if group and not sheet.cell(row, places["決めた日時"]).value:
                    take = group not in groups and self.chance.random() < 0.4
                    sheet.cell(row, places["採用"]).value = "回答" if take else "台帳"
                    groups |= {group} if take else set()
        kohyo.resolve(self.small.root, now=self.now)

    def distribute(self) -> None:
        """Send the forms out anew."""
        kohyo.distribute(self.small.root)

    def next_year(self) -> None:
        """End the year, where nothing waits."""
        self.consolidate()
        self.decide()
        if read_definition(self.small.workspace.definition).cycle.year == NOW.year and self._all_settled():
            kohyo.rollover(self.small.root, now=self.now, anyway=True)
            kohyo.distribute(self.small.root)

    def renumber(self) -> None:
        """Give an item another number, which the old one is kept beside."""
        numbers = sorted(str(item.number) for item in self.small.register().current)
        crosswalk = self.small.root / "対照.csv"
        crosswalk.write_text(
            f"旧番号,新番号\n{self.chance.choice(numbers)},1-{self.chance.randrange(50, 90)}\n", "utf-8"
        )
        kohyo.renumber(self.small.root, crosswalk, apply=True, now=self.now)

    def _all_settled(self) -> bool:
        return not self.small.register().open_conflicts and bool(load_bases(self.small.workspace))

    def happens(self) -> str:
        """Let something happen; return what."""
        self.now += timedelta(hours=5)
        steps: tuple[tuple[Callable[[], None], int], ...] = (
            (self.answer, 6),
            (self.consolidate, 4),
            (self.mend, 3),
            (self.decide, 2),
            (self.edit, 2),
            (self.rename, 1),
            (self.take_away, 1),
            (self.distribute, 1),
            (self.next_year, 1),
            (self.renumber, 1),
        )
        (step,) = self.chance.choices([step for step, _ in steps], [weight for _, weight in steps])
        step()
        return step.__name__


@pytest.mark.parametrize("seed", range(STORIES))
def test_every_story_is_justified(small: Small, seed: int) -> None:
    """After every consolidation of a story each cell has its reason."""
    office = Office(small, seed)
    told: list[str] = []
    for _ in range(STEPS):
        told.append(office.happens())
        office.consolidate()
        assert (told, _unjustified(small.root)) == (told, [])
    assert len(told) == STEPS


def test_a_year_that_was_not_opened_leaves_nothing_unjustified(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off before anything of it took its place, it is undone; what it wrote beside the history is no row."""

    def cut_off(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    small.send("市民局", {"2-1": {"overview": "毎年見直す。"}})
    small.consolidate()
    assert _unjustified(small.root) == []
    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "commit", cut_off)
        with pytest.raises(KeyboardInterrupt):
            kohyo.rollover(small.root, anyway=True, now=NOW + timedelta(days=365))
    kohyo.status(small.root)
    assert _unjustified(small.root) == []


def _unjustified(root: Path) -> list[str]:
    return [
        f"{found.place.cell} {found.field} {found.value} {found.context['expected']}"
        for found in kohyo.verify(root).findings
    ]
