"""What went out stays: when a paper that lies in 結果/文書 is no longer written over.

1. A letter stays once its form is out and its day is over; a draft made before the forms' day does not.
2. Of another paper, which is named after its day, what was made on an earlier day stays, also by the clock.
3. What an older kohyo made tells no day, and stays; what bears no day and is no letter never does.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kohyo.papers.paper import Paper
from kohyo.workspace.drafts import Made
from kohyo.workspace.outgoing import Outgoing

FORM, OUT = "R6-01-0-1-72", date(2024, 4, 17)
DRAFTED, SENT, MADE = "2024-04-16", "2024-04-17", "2024-04-17"


def _lying(folder: Path, told: Made, today: date, clock: date | None = None) -> Outgoing:
    (folder / "文書.docx").write_bytes(b"")
    return Outgoing(folder, {"文書.docx": told}, today, clock or today, {FORM: OUT})


def _paper(form: str | None, day: date | None) -> Paper:
    return Paper("文書", "文書", "request", "文書", {}, form=form, day=day)


@pytest.mark.parametrize(
    ("told", "form", "today", "over"),
    [
        (Made("", SENT, MADE, FORM), FORM, date(2024, 7, 1), True),
        (Made("", SENT, MADE, ""), FORM, date(2024, 7, 1), True),
        (Made("", SENT, MADE, FORM), FORM, date(2024, 4, 17), False),
        (Made("", DRAFTED, DRAFTED, ""), FORM, date(2024, 4, 17), False),
        (Made("", DRAFTED, DRAFTED, ""), FORM, date(2024, 7, 1), False),
        (Made("", SENT, MADE, ""), "", date(2024, 7, 1), False),
        (Made("0"), FORM, date(2024, 7, 1), True),
    ],
    ids=["sent", "made first", "same day", "draft", "old draft", "not out", "older kohyo"],
)
def test_when_a_paper_is_over(tmp_path: Path, told: Made, form: str | None, today: date, *, over: bool) -> None:
    """1, 3: By what the record tells of it; a file that is gone is made again."""
    outgoing = _lying(tmp_path, told, today)
    assert outgoing.is_over(_paper(form, today)) is over
    assert not outgoing.is_over(_paper(None, None))
    (tmp_path / "文書.docx").unlink()
    assert not outgoing.is_over(_paper(form, today))


@pytest.mark.parametrize(("clock", "over"), [(date(2024, 7, 1), False), (date(2024, 7, 2), True)])
def test_a_day_is_over_by_the_clock_too(tmp_path: Path, clock: date, *, over: bool) -> None:
    """2: Asked for a day that is past, nothing writes over or removes what was made by then."""
    day = date(2024, 6, 10)
    outgoing = _lying(tmp_path, Made("", day.isoformat(), "2024-07-01"), day, clock)
    assert outgoing.is_over(_paper(None, day)) is over
    assert outgoing.stays("文書.docx") is outgoing.lies("文書.docx") is over
    (tmp_path / "文書.docx").unlink()
    assert not outgoing.lies("文書.docx")
