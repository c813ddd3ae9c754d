"""Status: where every respondent stands, and reminder drafts for those who owe something.

1. Nobody is overdue before the deadline nor on its day; after it, those who owe something are.
2. Missing, sent back, submitted (a conflict or a sheet waits) and accepted are told apart.
3. A draft is written for each department that owes something and for no other; a draft no longer due goes away.
4. A draft is a text file that Windows opens, names the department, the deadline and what is owed.
5. 回収状況.xlsx has a row per respondent with filters, what is to be done next, and a chart of its own on A4.
6. Files that were not consolidated yet are counted; what programs leave behind is not.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

import kohyo
from kohyo.errors import UsageError
from kohyo.workspace.folder import Workspace
from kohyo.workspace.known_status import Status
from tests.usecases.small import DEPARTMENTS, LIST, Small, new_small

CLOSES = date(2030, 6, 28)


def _state(status: Status, department: str) -> str:
    (standing,) = [one for one in status.respondents if one.department == department]
    return standing.state


def _overdue(status: Status) -> set[str]:
    return {one.department for one in status.respondents if one.overdue}


@pytest.fixture(scope="module")
def answered_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace after one accepted, one defective, one disputed return; two departments are silent."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("answered"))
    made.send("東区役所")
    made.send("西区役所", {"2-2": {"state": None}})
    with made.by_hand() as book:
        column = next(cell.column for cell in book["項目"][1] if cell.value == "取組の内容")
        book["項目"].cell(2, column, "台帳の文")
    made.send("企画財政局", {"1-1": {"overview": "回答の文"}})
    made.consolidate()
    return made


@pytest.fixture
def answered(answered_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return answered_origin.copied(tmp_path)


def test_states(answered: Small) -> None:
    """Each respondent stands where its return puts it (2)."""
    status = kohyo.status(answered.root, CLOSES)
    assert {name: _state(status, name) for name in DEPARTMENTS} == {
        "企画財政局": "submitted",
        "市民局": "missing",
        "東区役所": "accepted",
        "西区役所": "sent_back",
        "上下水道局": "missing",
    }
    assert status.counts == {"submitted": 1, "missing": 2, "accepted": 1, "sent_back": 1}
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


def test_a_draft_that_somebody_changed_stays_as_it_is(answered: Small) -> None:
    """It is neither written over nor removed, and that is said; what nobody changed goes on as before (3)."""
    first = kohyo.status(answered.root, CLOSES)
    folder = first.reminders[0].parent
    mine, other = folder / "市民局.txt", folder / "覚え書き.txt"
    mine.write_text("いつもお世話になっております。", encoding="utf-8")
    other.write_text("電話済み", encoding="utf-8")
    again = kohyo.status(answered.root, date(2030, 7, 1))
    assert (again.reminders_kept, mine in again.reminders) == ((mine,), False)
    assert {path.stem for path in again.reminders} == {"西区役所", "上下水道局"}
    answered.send("市民局")
    answered.consolidate()
    last = kohyo.status(answered.root, date(2030, 7, 1))
    assert (last.reminders_kept, mine in last.reminders) == ((), False)
    assert mine.read_text(encoding="utf-8") == "いつもお世話になっております。"
    assert other.read_text(encoding="utf-8") == "電話済み"


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


def test_a_draft_names_what_is_missing(answered: Small) -> None:
    """Each sheet that did not come, each field that is to be mended, by the name the department knows it by (4)."""
    drafts = {path.stem: path for path in kohyo.status(answered.root, CLOSES).reminders}
    silent = drafts["市民局"].read_text(encoding="utf-8-sig")
    assert "・カード2-1　窓口の予約" in silent
    assert "・カード3-1　研修" in silent
    sent_back = drafts["西区役所"].read_text(encoding="utf-8-sig")
    assert "第2回" in sent_back
    assert "・カード2-2　「進み具合」が空です。記入してください。" in sent_back
    assert "カード3-1" not in sent_back


def test_a_draft_about_sheets_that_did_not_come(small: Small) -> None:
    """Who sent one sheet of two is asked for the other, by name, and for nothing else (2, 4)."""
    small.send("市民局", keep=["2-1"])
    small.consolidate()
    status = kohyo.status(small.root, CLOSES)
    assert _state(status, "市民局") == "submitted"
    (path,) = [path for path in status.reminders if path.stem == "市民局"]
    text = path.read_text(encoding="utf-8-sig")
    assert "カード3-1" in text
    assert "カード2-1" not in text
    small.send("市民局", keep=["3-1"], name="残り.xlsx")
    small.consolidate()
    assert _state(kohyo.status(small.root, CLOSES), "市民局") == "accepted"


def test_drafts_speak_to_people(answered: Small) -> None:
    """No draft has a placeholder, a code or a word of the register in it (4)."""
    drafts = kohyo.status(answered.root, date(2030, 7, 1)).reminders
    assert len(drafts) > 1
    for path in drafts:
        text = path.read_text(encoding="utf-8-sig")
        assert all(word not in text for word in ("{", "}", "None", "競合", "台帳", "K201"))


def _rows(book: Workbook) -> dict[str, dict[str, object]]:
    sheet = book["回収状況"]
    heads = [str(cell.value).replace("\n", "") for cell in sheet[2]]
    rows = (dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=3, values_only=True))
    return {str(row["担当局"]): dict(row) for row in rows}


def test_the_report_has_a_row_per_respondent(answered: Small) -> None:
    """Item sheets by what became of them, who is overdue, what is next (5)."""
    status = kohyo.status(answered.root, date(2030, 7, 1))
    assert status.report == answered.workspace.results / "回収状況.xlsx"
    book = openpyxl.load_workbook(status.report)
    rows = _rows(book)
    assert tuple(rows) == DEPARTMENTS
    about = [rows["西区役所"][head] for head in ("状況", "回", "届いた個票", "直す個票", "超過")]
    assert about == ["差戻し", 1, 1, 1, "超過"]
    assert "差戻し_西区役所_第2回.xlsx" in str(rows["西区役所"]["次にすること"])
    assert (rows["市民局"]["まだの個票"], rows["東区役所"]["超過"]) == (2, None)
    assert "競合シート" in str(rows["企画財政局"]["次にすること"])
    sheet = book["回収状況"]
    assert sheet.auto_filter.ref == f"A2:J{2 + len(DEPARTMENTS)}"
    assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$2:$2")


def test_the_chart_reads_the_rows(answered: Small) -> None:
    """One bar a department, one colour a column, on a page of its own (5)."""
    book = openpyxl.load_workbook(kohyo.status(answered.root, CLOSES).report)
    (chart,) = book["図"]._charts  # type: ignore[attr-defined] # openpyxl has no other way
    last = 2 + len(DEPARTMENTS)
    values = [series.val.numRef.f for series in chart.series]
    assert values == [f"回収状況!${column}$3:${column}${last}" for column in "DEF"]
    assert {series.cat.strRef.f for series in chart.series} == {f"回収状況!$A$3:$A${last}"}
    assert book["図"].page_setup.paperSize == 9


def test_files_that_wait_to_be_consolidated(answered: Small) -> None:
    """A new file waits; a lock file or the system's own does not (6)."""
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
