"""Notes (連絡メモ): whatever a department wrote that is no answer stands in the register until a person ticks it.

1. A memo beside the fields, a comment, a page of their own, an unreadable answer, a sheet that was not taken, a late
   answer: each is a row with its words, whole, and its file, sheet and cell.
2. A row stays after the correction round, though the correction no longer shows the memo, and when its file is gone.
3. What a person puts into 済 and 対応 stays; a ticked note waits for nobody.
4. The same words sent again are the same note; running again changes nothing; all orders end in the same rows.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from kohyo.model.note import Note, NoteKind
from tests.usecases.corrections import send_correction
from tests.usecases.small import Small, cell_of, codes, opened, tab_of, type_into

LONG = "備考の文。" * 900
OFFICE = "企画財政局"
SHEET = tab_of("1-1")


def _annotated(small: Small, name: str = "") -> Path:
    """Send a return with everything that is no answer."""
    path = small.send(OFFICE, name=name)
    with opened(path) as book:
        _write_besides(book)
    return path


def _write_besides(book: Workbook) -> None:
    sheet = book[SHEET]
    sheet["J60"].value = "担当が替わります"
    sheet[cell_of(sheet, "schedule_2031")].comment = Comment("部長に確認中", "佐")
    page = book.create_sheet("別紙")
    page.append(["内訳", 100])
    page.append([LONG])


def _notes(small: Small) -> dict[NoteKind, Note]:
    return {note.kind: note for note in small.register().notes}


def test_every_kind_of_note_is_a_row_with_all_its_words(small: Small) -> None:
    """Memo, comment and page stand in 連絡メモ with file, sheet and cell, not cut short (1)."""
    path = _annotated(small)
    result = small.consolidate()
    found = _notes(small)
    assert set(found) == {NoteKind.OUTSIDE, NoteKind.COMMENT, NoteKind.PAGE}
    memo = found[NoteKind.OUTSIDE]
    assert (memo.department, memo.place.file, memo.place.sheet, memo.place.cell) == (OFFICE, path.name, SHEET, "J60")
    assert memo.text == "担当が替わります"
    assert (found[NoteKind.COMMENT].text, found[NoteKind.COMMENT].field) == ("部長に確認中", "予定：R13")
    assert found[NoteKind.PAGE].text == f"内訳　100\n{LONG}"
    assert result.open_notes == 3


def test_what_cannot_be_read_is_a_note(small: Small) -> None:
    """A figure that is none stays with its words, and so does all that was written on a sheet nobody knows (1)."""
    path = small.send(OFFICE, {"1-1": {"saving": "約３百万"}, "2-1": {"schedule_2030": "だれの文か。"}})
    with opened(path) as book:
        sheet = book[tab_of("2-1")]
        type_into(sheet, {"title": "まったく別のこと"})
        sheet.title = "新しい案"
    result = small.consolidate()
    assert "K332" in codes(result)
    texts = {(note.kind, note.place.sheet, note.text) for note in small.register().notes}
    assert {
        (NoteKind.UNREAD, SHEET, "約３百万"),
        (NoteKind.REFUSED, "新しい案", "だれの文か。"),
        (NoteKind.REFUSED, "新しい案", "まったく別のこと"),
    } <= texts
    assert not any(text == "来庁の予約を始める。" for *_, text in texts)


def test_a_ticked_note_stays_ticked(small: Small) -> None:
    """済 and 対応 survive the next run; only open notes are counted (3, 4)."""
    path = _annotated(small)
    small.consolidate()
    with small.by_hand() as book:
        sheet = book["連絡メモ"]
        columns = {str(cell.value): place for place, cell in enumerate(sheet[1], start=1)}
        row = next(row for row in range(2, 6) if sheet.cell(row, columns["種別"]).value == "コメント")
        sheet.cell(row, columns["済"]).value = "済"
        sheet.cell(row, columns["対応"]).value = "電話で確認"
    path.unlink()
    (small.workspace.returns / "空.txt").write_bytes(b"-")
    result = small.consolidate()
    note = _notes(small)[NoteKind.COMMENT]
    assert (note.done, note.remark) == ("済", "電話で確認")
    assert (len(small.register().notes), result.open_notes) == (3, 2)


def test_the_same_words_sent_again_are_one_note(small: Small) -> None:
    """A second file of the same department with the same memo adds no row (4)."""
    _annotated(small)
    small.consolidate()
    before = small.register().notes
    again = _annotated(small, "もう一度.xlsx")
    with opened(again) as book:
        type_into(book[SHEET], {"schedule_2031": "急いで始める。"})
    small.consolidate()
    assert [note.identity for note in small.register().notes] == [note.identity for note in before]


@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_every_order_of_arrival_ends_in_the_same_notes(small: Small, order: tuple[int, ...]) -> None:
    """The first file, its correction and a late one of the first round: the same rows in any order (2, 4)."""
    first = small.send(OFFICE, {"1-1": {"saving": "約３百万"}}, name="1.xlsx")
    with opened(first) as book:
        _write_besides(book)
    small.consolidate()
    late = small.send(OFFICE, {"1-1": {"schedule_2030": "遅れて書いた。"}}, name="2.xlsx")
    corrected = send_correction(small, {"1-1": {"saving": 300}}, name="3.xlsx")
    files = [path.read_bytes() for path in (first, late, corrected)]
    for path in (late, corrected):
        path.unlink()
    for place in order:
        (small.workspace.returns / f"{place + 1}.xlsx").write_bytes(files[place])
        small.consolidate()
    texts = {(note.kind, note.text) for note in small.register().notes}
    assert texts == {
        (NoteKind.OUTSIDE, "担当が替わります"),
        (NoteKind.COMMENT, "部長に確認中"),
        (NoteKind.PAGE, f"内訳　100\n{LONG}"),
        (NoteKind.UNREAD, "約３百万"),
        (NoteKind.LATE, "遅れて書いた。"),
    }
