"""Status: where every respondent stands, and reminder drafts for those who owe something.

1. Nobody is overdue before the deadline nor on its day; after it, those who owe something are.
2. Missing, defective, submitted (a conflict waits) and accepted are told apart.
3. A draft is written for each department that owes something and for no other; a draft no longer due goes away.
4. A draft is a text file that Windows opens, names the department, the deadline and what is owed.
5. Files that were not consolidated yet are counted; what programs leave behind is not.
"""

from __future__ import annotations

from datetime import date

import pytest

import kohyo
from kohyo.errors import UsageError
from kohyo.usecases.status import Status
from tests.usecases.small import DEPARTMENTS, LIST, Small, new_small

CLOSES = date(2030, 6, 28)


def _state(status: Status, department: str) -> str:
    (standing,) = [one for one in status.standings if one.department == department]
    return standing.state


def _overdue(status: Status) -> set[str]:
    return {one.department for one in status.standings if one.overdue}


@pytest.fixture
def answered(small: Small) -> Small:
    """Return the workspace after one accepted, one defective, one disputed return; two departments are silent."""
    small.send("東区役所")
    small.send("西区役所", {"2-2": {"state": None}})
    with small.by_hand() as book:
        column = next(cell.column for cell in book["項目"][1] if cell.value == "取組の内容")
        book["項目"].cell(2, column, "台帳の文")
    small.send("企画財政局", {"1-1": {"overview": "回答の文"}})
    small.consolidate()
    return small


def test_states(answered: Small) -> None:
    """Each respondent stands where its return puts it; what is to be mended may have been sent back already (2)."""
    status = kohyo.status(answered.root, CLOSES)
    defective = _state(status, "西区役所")
    assert defective in ("defective", "sent_back")
    assert {name: _state(status, name) for name in DEPARTMENTS} == {
        "企画財政局": "submitted",
        "市民局": "missing",
        "東区役所": "accepted",
        "西区役所": defective,
        "上下水道局": "missing",
    }
    assert status.counts == {"submitted": 1, "missing": 2, "accepted": 1, defective: 1}
    assert status.needs_person


@pytest.mark.parametrize("today", [date(2030, 5, 7), CLOSES])
def test_before_the_deadline_nobody_is_overdue(answered: Small, today: date) -> None:
    """The day of the deadline is still in time (1)."""
    assert _overdue(kohyo.status(answered.root, today)) == set()


def test_after_the_deadline_those_who_owe_are_overdue(answered: Small) -> None:
    """One day later those without a return, or with a defective one, are overdue; the others are not (1)."""
    assert _overdue(kohyo.status(answered.root, date(2030, 6, 29))) == {"市民局", "西区役所", "上下水道局"}


def test_drafts_are_for_those_who_owe(answered: Small) -> None:
    """A draft per department that owes something, named after it (3)."""
    status = kohyo.status(answered.root, CLOSES)
    assert {path.stem for path in status.reminders} == {"市民局", "西区役所", "上下水道局"}
    assert all(path.is_file() for path in status.reminders)


def test_a_draft_that_is_no_longer_due_goes_away(answered: Small) -> None:
    """After the return came, its draft is gone (3)."""
    folder = kohyo.status(answered.root, CLOSES).reminders[0].parent
    answered.send("市民局")
    answered.consolidate()
    kohyo.status(answered.root, CLOSES)
    assert {path.stem for path in folder.iterdir()} == {"西区役所", "上下水道局"}


def test_what_a_draft_says(answered: Small) -> None:
    """The department, the deadline in the calendar of the office, the number of sheets; overdue only after it (4)."""
    (before,) = [path for path in kohyo.status(answered.root, CLOSES).reminders if path.stem == "市民局"]
    content = before.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    text = content.decode("utf-8-sig")
    assert "市民局" in text
    assert "令和12年6月28日" in text
    assert "個票2件" in text
    assert "過ぎて" not in text
    kohyo.status(answered.root, date(2030, 7, 1))
    assert "過ぎて" in before.read_text(encoding="utf-8-sig")


def test_a_draft_about_a_defective_return(answered: Small) -> None:
    """It names the file that came back and how many places are to be mended (4)."""
    reminders = kohyo.status(answered.root, CLOSES).reminders
    (path,) = [path for path in reminders if path.stem == "西区役所"]
    text = path.read_text(encoding="utf-8-sig")
    assert "調査票_西区役所.xlsx" in text
    assert "1か所" in text


def test_files_that_wait_to_be_consolidated(answered: Small) -> None:
    """A new file waits; a lock file or the system's own does not (5)."""
    answered.send("市民局", name="後から/市民局.xlsx")
    for name in ("~$市民局.xlsx", "Thumbs.db", "desktop.ini", ".DS_Store"):
        (answered.workspace.returns / name).write_bytes(b"x")
    assert kohyo.status(answered.root, CLOSES).unread == 1


def test_all_accepted_needs_nobody(small: Small) -> None:
    """When every return is accepted nothing is left to do (1, 3)."""
    for department in DEPARTMENTS:
        small.send(department)
    small.consolidate()
    status = kohyo.status(small.root, date(2030, 7, 1))
    assert (status.reminders, _overdue(status), status.needs_person) == ((), set(), False)


def test_before_the_forms_go_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without forms there is nothing to stand anywhere (2)."""
    small = new_small(tmp_path_factory.mktemp("new") / "作業")
    assert len(LIST) == 5
    with pytest.raises(UsageError) as refused:
        kohyo.status(small.root)
    assert refused.value.key == "no_forms"
