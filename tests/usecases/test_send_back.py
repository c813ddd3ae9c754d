"""Sending back (差戻し): the department's own form, rebuilt clean, marked where something is to be mended.

1. A department with something to mend gets one correction, of the next round, with its deadline and base kept.
2. Everything it wrote stands where it wrote it, what could not be understood too; each place to mend is marked
   beside the answer, and listed on the cover with a link, the reason and how to mend it.
3. Doing it again makes the same file and no further round; what the secretariat wrote into it stays.
4. Of a correction that comes back, only what was changed is new; it stands for the earlier round from then on.
5. One that comes back still wrong goes back once more; one that is right is put away.
6. A late file of an earlier round changes nothing and is said; a file that mends another makes sending back needless.
7. Marks are never read as answers.
8. A correction that cannot be written stops nothing else.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import kohyo
from kohyo.excel.form.form_identifiers import PROPERTY
from kohyo.messages import wording
from kohyo.model.outcome import Outcome
from kohyo.model.tick import Tick
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from tests.usecases.corrections import COVER, LATER, RIGHT, WRONG, correction, issue, send_correction
from tests.usecases.small import COMPLETE, NOW, Small, cell_of, codes, opened, tab_of, type_into


@pytest.fixture(scope="module")
def wrong_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make the workspace in which 企画財政局 sent something to mend on 2-1 and 企画財政局 nothing."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("wrong"))
    made.send("企画財政局", {"1-1": WRONG, "2-1": {"schedule_2031": "三月から始める。"}})
    made.send("東区役所")
    made.consolidate()
    return made


@pytest.fixture
def wrong(wrong_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return wrong_origin.copied(tmp_path)


def test_who_has_nothing_to_mend_gets_none(wrong: Small) -> None:
    """One correction, for the one department that must mend something (1)."""
    assert list(wrong.workspace.sent_back.iterdir()) == [correction(wrong)]
    assert wrong.outcomes() == {"調査票_企画財政局.xlsx": Outcome.SENT_BACK, "調査票_東区役所.xlsx": Outcome.ACCEPTED}


def test_a_correction_says_that_it_is_one(wrong: Small) -> None:
    """Round, control numbers and flag are its own, in the base and in the file (1)."""
    base = issue(wrong)
    assert (base.correction, base.deadline) == (True, date(2030, 6, 28))
    assert base.control != issue(wrong, number=1).control
    book = openpyxl.load_workbook(correction(wrong))
    assert book.custom_doc_props[PROPERTY].value == base.control  # type: ignore[attr-defined] # its stubs are behind
    shown = {cell.value for row in book[tab_of("1-1")].iter_rows() for cell in row}
    assert {sheet.control for sheet in base.sheets if sheet.tab == tab_of("1-1")} <= shown


def test_every_answer_stands_where_it_was_written(wrong: Small) -> None:
    """What was understood and what was not, letter by letter; empty stays empty (2)."""
    book = openpyxl.load_workbook(correction(wrong))
    first = book[tab_of("1-1")]
    expected = {**COMPLETE, **WRONG, "schedule_2031": "始める。"}
    assert {name: first[cell_of(first, name)].value for name in expected} == expected
    second = book[tab_of("2-1")]
    assert second[cell_of(second, "schedule_2031")].value == "三月から始める。"


def test_each_place_is_marked_beside_the_answer(wrong: Small) -> None:
    """The remark opens as every remark does and says the reason; what is right has no mark (2)."""
    book = openpyxl.load_workbook(correction(wrong), data_only=True)
    sheet = book[tab_of("1-1")]

    def beside(field: str) -> str:
        return str(sheet[cell_of(sheet, field)].offset(column=1).value or "")

    for field in ("state", "tick_finance", "saving"):
        assert beside(field).startswith("直してください")
        assert str(WRONG[field]) in beside(field)
    assert beside("schedule_2030").startswith("未記入です")
    assert "差戻し" not in beside("schedule_2031")


def test_the_cover_lists_what_is_asked_with_links(wrong: Small) -> None:
    """Sheet and cell as a link that leads there, the reason, how to mend, and that it waits (2)."""
    book = openpyxl.load_workbook(correction(wrong), data_only=True)
    cover, sheet = book[COVER], book[tab_of("1-1")]
    rows = {str(row[0].value): row for row in cover.iter_rows() if str(row[0].value).startswith("カード1-1　")}
    assert set(rows) == {f"カード1-1　{cell_of(sheet, name)}" for name in WRONG}
    row = rows[f"カード1-1　{cell_of(sheet, 'state')}"]
    assert row[0].hyperlink is not None
    target = book.defined_names[str(row[0].hyperlink.location)].attr_text or ""
    assert target.replace("$", "") == f"'カード1-1'!{cell_of(sheet, 'state')}"
    assert "「進み具合」の「だめ」は一覧にありません" in str(row[1].value)
    assert "→ 一覧から選び直してください。" in str(row[1].value)
    assert [cell.value for cell in row[2:]] == ["直す", "まだ"]


def test_empty_fields_of_a_sheet_are_listed_together(small: Small) -> None:
    """A sheet that was hardly begun fills one row of the list, not a page; the state waits for all of them (2)."""
    small.send("企画財政局", {"1-1": {"state": None, "schedule_2030": None, "saving": "約百"}})
    small.consolidate()
    empty, wrong = (ask for ask in issue(small).asks if ask.must)
    assert (set(empty.fields), wrong.fields) == ({"schedule_2030", "state"}, ("saving",))
    assert empty.reason == "「予定：R12」「進み具合」が空です。記入してください。"
    sheet = openpyxl.load_workbook(correction(small))[COVER]
    (row,) = [row for row in sheet.iter_rows() if row[1].value and str(row[1].value).startswith(empty.reason)]
    cells = openpyxl.load_workbook(correction(small))[tab_of("1-1")]
    for field in empty.fields:
        assert f"C{cell_of(cells, field)[1:]}" in str(row[3].value)
    assert small.consolidate(LATER).sent_back == (correction(small),)


def test_again_makes_the_same(wrong: Small) -> None:
    """No further round, and the same bytes where the file is gone (3)."""
    before = correction(wrong).read_bytes()
    correction(wrong).unlink()
    again = wrong.consolidate(LATER)
    assert (again.changes, again.sent_back) == (0, (correction(wrong),))
    assert correction(wrong).read_bytes() == before
    assert {one.round for one in load_bases(wrong.workspace).values() if one.department == "企画財政局"} == {1, 2}


def test_what_was_written_into_it_stays(wrong: Small) -> None:
    """The secretariat may add a word before sending it (3)."""
    with opened(correction(wrong)) as book:
        book[COVER]["B2"].value = "よろしくお願いします。"
    before = correction(wrong).read_bytes()
    wrong.consolidate(LATER)
    assert correction(wrong).read_bytes() == before


def test_only_what_was_changed_is_new(wrong: Small) -> None:
    """The register takes what was mended, and not again what it had (4)."""
    known = len(wrong.register().changes)
    send_correction(wrong, {"1-1": RIGHT})
    done = wrong.consolidate(LATER)
    new = wrong.register().changes[known:]
    assert {change.field for change in new if change.item == wrong.item("1-1").id} == set(RIGHT)
    assert {change.place.file for change in new} == {"直し2.xlsx"}
    assert (done.open_conflicts, done.changes) == (0, len(new))
    values = wrong.item("1-1").values
    assert (values["state"], values["tick_finance"], values["saving"]) == ("順調", Tick.NO, 300)


def test_a_correction_stands_for_the_earlier_round(wrong: Small) -> None:
    """The first file has served; the correction is accepted and put away; nothing is asked any more (4, 5)."""
    send_correction(wrong, {"1-1": RIGHT})
    done = wrong.consolidate(LATER)
    assert wrong.outcomes()["調査票_企画財政局.xlsx"] is Outcome.SUPERSEDED
    assert wrong.outcomes()["直し2.xlsx"] is Outcome.ACCEPTED
    assert (done.sent_back, list(wrong.workspace.sent_back.iterdir())) == ((), [])
    assert (wrong.workspace.backups / "差戻し" / correction(wrong).name).is_file()
    assert "K158" in codes(done)
    assert wrong.receipt("直し2.xlsx").round == 2
    assert wrong.consolidate(LATER).changes == 0


def test_an_untouched_correction_claims_nothing_and_goes_back_again(wrong: Small) -> None:
    """The marks are no answers; what was wrong is wrong still: the third round shows it again (5, 7)."""
    shutil.copy(correction(wrong), wrong.workspace.returns / "そのまま.xlsx")
    done = wrong.consolidate(LATER)
    assert done.changes == 0
    assert not {"K211", "K256", "K257", "K262"} & {
        finding.code for finding in done.findings if finding.place.file == "そのまま.xlsx"
    }
    assert done.sent_back == (correction(wrong, number=3),)
    assert list(wrong.workspace.sent_back.iterdir()) == [correction(wrong, number=3)]
    first, second = issue(wrong), issue(wrong, number=3)
    assert [(one.tab, dict(one.values)) for one in first.sheets] == [
        (one.tab, dict(one.values)) for one in second.sheets
    ]


def test_what_is_still_wrong_goes_back(wrong: Small) -> None:
    """Of two mended places of three, the third round asks for the last alone, and holds the others mended (5)."""
    send_correction(wrong, {"1-1": {**RIGHT, "state": "まだだめ"}})
    wrong.consolidate(LATER)
    third = issue(wrong, number=3)
    assert [ask.fields for ask in third.asks if ask.must] == [("state",)]
    values = next(sheet for sheet in third.sheets if sheet.tab == tab_of("1-1")).values
    assert (values["saving"], values["state"]) == (300, "まだだめ")
    send_correction(wrong, {"1-1": {"state": "順調"}}, number=3)
    wrong.consolidate(LATER)
    assert wrong.item("1-1").values["state"] == "順調"
    assert Outcome.SENT_BACK not in wrong.outcomes().values()


def test_a_later_word_of_the_department_wins(wrong: Small) -> None:
    """An answer that the register took before is corrected without a conflict (4)."""
    send_correction(wrong, {"1-1": {**RIGHT, "schedule_2031": "夏から始める。"}})
    done = wrong.consolidate(LATER)
    assert wrong.item("1-1").values["schedule_2031"] == "夏から始める。"
    assert done.open_conflicts == 0


def test_a_correction_against_the_secretariats_own_word_is_a_conflict(wrong: Small) -> None:
    """What the secretariat wrote in between is not overwritten (4)."""
    with wrong.by_hand() as book:
        heading = next(cell for cell in book["項目"][1] if cell.value == "予定：R13")
        row = next(row for row in range(2, 9) if book["項目"].cell(row, 2).value == "1-1")
        book["項目"].cell(row, heading.column).value = "事務局の文"
    os.utime(wrong.workspace.register, (LATER.timestamp(), LATER.timestamp()))
    send_correction(wrong, {"1-1": {**RIGHT, "schedule_2031": "夏から始める。"}})
    done = wrong.consolidate(LATER)
    assert (done.open_conflicts, wrong.item("1-1").values["schedule_2031"]) == (1, "事務局の文")


def test_a_late_file_of_the_first_round_changes_nothing(wrong: Small) -> None:
    """It is known by its round, ends as 差替済, and what it says otherwise is told (6)."""
    send_correction(wrong, {"1-1": RIGHT})
    wrong.consolidate(LATER)
    before = wrong.item("1-1")
    wrong.send("企画財政局", {"1-1": {"schedule_2031": "古い案"}}, name="遅れて届いた.xlsx")
    for _ in range(2):
        done = wrong.consolidate(LATER + timedelta(days=1))
        (said,) = [finding for finding in done.findings if finding.code == "K157"]
        assert (said.place.file, done.changes) == ("遅れて届いた.xlsx", 0)
        assert wrong.outcomes()["遅れて届いた.xlsx"] is Outcome.SUPERSEDED
        assert wrong.item("1-1") == before


def test_a_late_part_of_another_division_is_taken(wrong: Small) -> None:
    """A sheet that no correction held is no earlier word on anything (6)."""
    send_correction(wrong, {"1-1": RIGHT})
    with opened(wrong.workspace.returns / "直し2.xlsx") as book:
        book.remove(book[tab_of("2-1")])
    wrong.consolidate(LATER)
    wrong.send("企画財政局", {"2-1": {"next_step": "継続"}}, name="別の課.xlsx", keep=["2-1"])
    wrong.consolidate(LATER + timedelta(days=1))
    assert wrong.outcomes()["別の課.xlsx"] is not Outcome.SUPERSEDED


def test_a_file_that_mends_another_makes_a_correction_needless(wrong: Small) -> None:
    """Who sends the form anew instead, with every place mended, owes nothing more (6)."""
    wrong.send("企画財政局", {"1-1": RIGHT, "2-1": {"schedule_2031": "三月から始める。"}}, name="直して再送.xlsx")
    done = wrong.consolidate(LATER)
    assert (done.sent_back, list(wrong.workspace.sent_back.iterdir())) == ((), [])
    (said,) = [finding for finding in done.findings if finding.code == "K159"]
    assert (said.place.file, said.value) == ("調査票_企画財政局.xlsx", "4")
    assert set(wrong.outcomes().values()) == {Outcome.ACCEPTED}
    assert wrong.item("1-1").values["state"] == "順調"


def test_the_parts_of_several_files_come_together(small: Small) -> None:
    """What two divisions sent stands in one correction; a sheet that nobody sent is asked for (2)."""
    small.send("企画財政局", {"1-1": {"state": "だめ"}}, name="一課.xlsx", keep=["1-1"])
    small.send("企画財政局", {"2-1": {"schedule_2031": "二課の文"}}, name="二課.xlsx", keep=["2-1"])
    done = small.consolidate()
    made = issue(small)
    held = {sheet.tab: sheet.values for sheet in made.sheets}
    assert held[tab_of("1-1")]["state"] == "だめ"
    assert held[tab_of("2-1")]["schedule_2031"] == "二課の文"
    assert len(made.answers) == 2
    assert "K326" in codes(done)
    assert [ask.tab for ask in made.asks if not ask.must] == [tab_of("3-1")]


def test_one_division_may_answer_before_the_other(small: Small) -> None:
    """A correction of which one sheet came back right goes on waiting for the other, in the same round (3, 5)."""
    small.send("企画財政局", {"1-1": {"state": "だめ"}, "2-1": {"state": "よくない"}})
    small.consolidate()
    part = send_correction(small, {"1-1": {"state": "順調"}})
    with opened(part) as book:
        book.remove(book[tab_of("2-1")])
    done = small.consolidate(LATER)
    assert done.sent_back == (correction(small),)
    assert small.outcomes() == {"調査票_企画財政局.xlsx": Outcome.SENT_BACK, part.name: Outcome.ACCEPTED}


def proposal(small: Small, path: Path, title: str, **typed: Any) -> None:  # noqa: ANN401 - whatever is typed
    """Type a proposal into the first blank sheet of a form."""
    with opened(path) as book:
        tab = next(sheet.tab for sheet in issue(small, number=1).sheets if sheet.item is None)
        type_into(book[tab], {"title": title, **typed})


def test_a_mended_proposal_takes_the_place_of_the_first(small: Small) -> None:
    """A proposal that goes back and is mended is one row of the register, not two (4)."""
    path = small.send("企画財政局", {"1-1": WRONG})
    proposal(small, path, "新しい窓口")
    small.consolidate()
    (before,) = small.register().submissions
    part = send_correction(small, {"1-1": RIGHT})
    small.consolidate(LATER)
    assert [row.id for row in small.register().submissions] == [before.id]
    proposal(small, part, "もっと新しい窓口")
    small.consolidate(LATER)
    (after,) = small.register().submissions
    assert (after.id, after.values["title"]) == (before.id, "もっと新しい窓口")
    told = [change for change in small.register().changes if change.item == before.id and change.field == "title"]
    assert [(change.old, change.new) for change in told] == [("新しい窓口", "もっと新しい窓口")]


def test_a_proposal_that_is_taken_out_is_asked_about(small: Small) -> None:
    """Nothing is deleted by an emptied sheet (4)."""
    path = small.send("企画財政局", {"1-1": WRONG})
    proposal(small, path, "新しい窓口")
    small.consolidate()
    part = send_correction(small, {"1-1": RIGHT})
    with opened(part) as book:
        tab = next(sheet.tab for sheet in issue(small, number=1).sheets if sheet.item is None)
        type_into(book[tab], dict.fromkeys(["title"]))
    done = small.consolidate(LATER)
    assert "K328" in codes(done)
    assert len(small.register().submissions) == 1


def test_a_copied_sheet_goes_back_as_a_sheet_of_its_own(small: Small) -> None:
    """What stood on a copy stands in the correction, and is no second proposal when it comes back (2, 4)."""
    path = small.send("企画財政局", {"1-1": WRONG})
    with opened(path) as book:
        source = book[tab_of("1-1")]
        copy = book.copy_worksheet(source)
        copy.title = "カード1-1 (2)"
        for cell, value in (("title", "写しの提案"), ("state", "順調"), ("tick_finance", "○"), ("saving", None)):
            copy[cell_of(source, cell)].value = value
    small.consolidate()
    assert [row.copied_from for row in small.register().submissions] == [tab_of("1-1")]
    made = next(sheet for sheet in issue(small).sheets if sheet.tab == "カード1-1 (2)")
    assert (made.item, made.values["title"]) == (None, "写しの提案")
    send_correction(small, {"1-1": RIGHT})
    done = small.consolidate(LATER)
    assert len(small.register().submissions) == 1
    assert "K321" not in [one.code for one in done.findings if one.place.file == "直し2.xlsx"]


def test_both_rounds_at_once_end_the_same(wrong: Small, small_origin: Path, tmp_path: Path) -> None:
    """A register that is begun again from all files ends as it did file by file (4)."""
    send_correction(wrong, {"1-1": RIGHT})
    wrong.consolidate(LATER)
    fresh = Small(replace(wrong.workspace, root=Path(shutil.copytree(small_origin, tmp_path / "初めから"))))
    for folder in ("回収", "控え/配布時"):
        shutil.copytree(wrong.root / folder, fresh.root / folder, dirs_exist_ok=True)
    fresh.consolidate(LATER)
    assert fresh.item("1-1").values == wrong.item("1-1").values
    assert fresh.outcomes() == wrong.outcomes()


def test_what_cannot_be_written_stops_nothing(small: Small) -> None:
    """A folder that is none: the answers are in the register, the file stays 不備, and K160 says why (8)."""
    small.workspace.sent_back.rmdir()
    small.workspace.sent_back.write_text("フォルダではない", encoding="utf-8")
    small.send("企画財政局", {"1-1": WRONG})
    done = small.consolidate()
    assert "K160" in codes(done)
    assert small.outcomes() == {"調査票_企画財政局.xlsx": Outcome.DEFECTIVE}
    assert small.item("1-1").values["schedule_2031"] == "始める。"


def test_a_day_of_ones_own_for_corrections(small: Small) -> None:
    """The day given stands in the correction; without one nobody gets less than a week (1)."""
    small.send("企画財政局", {"1-1": WRONG})
    kohyo.consolidate(small.root, now=NOW, mend_by=date(2030, 7, 19))
    assert issue(small).deadline == date(2030, 7, 19)


def test_a_week_to_mend_ends_on_a_working_day(small: Small) -> None:
    """When the deadline is near, the correction is due in a week, or on the Monday after (1)."""
    small.send("企画財政局", {"1-1": WRONG})
    small.consolidate(NOW.replace(month=6, day=29))
    assert issue(small).deadline == date(2030, 7, 8)


def test_distributing_again_leaves_a_correction_alone(wrong: Small) -> None:
    """A form goes out in the round after the correction, or as it was where the register did not change (3)."""
    before = issue(wrong)
    kohyo.distribute(wrong.root)
    assert issue(wrong) == before
    assert not issue(wrong, number=3).correction
    kohyo.distribute(wrong.root)
    rounds = {one.round for one in load_bases(wrong.workspace).values() if one.department == "企画財政局"}
    assert rounds == {1, 2, 3}


def test_every_department_facing_sentence_is_complete() -> None:
    """What is said anew for departments has both a reason and a way to mend it (2)."""
    from kohyo.messages import all_codes, section  # noqa: PLC0415 - this test alone

    words = section("correction")
    assert set(words["reasons"]) == set(words["mends"])
    codes_told = {name.removesuffix("_required") for name in words["reasons"]}
    assert set(words["looked_at"]) <= codes_told <= set(all_codes())
    assert all(
        "競合" not in text and "台帳" not in text for text in (*words["reasons"].values(), *words["mends"].values())
    )
    assert wording("form.remark.look") != wording("form.remark.wrong")
