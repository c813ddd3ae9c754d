"""The register edited by hand, and the commands that come after.

1. Contents that changed places against their IDs stop every command that would build on them; nothing is written.
2. One row that cannot be used blocks that row alone: the others' answers are taken, and it stays as it was typed.
3. A record that was deleted or altered comes back from 控え with the next save.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.errors import FileError
from tests.findings.stage import put
from tests.usecases.small import LIST, Small


def _round(small: Small, heading: str, rows: tuple[int, ...]) -> None:
    """Let the cells of a column go round among rows of 項目."""
    with small.by_hand() as book:
        sheet = book["項目"]
        column = next(cell.column for cell in sheet[1] if cell.value == heading)
        values = [sheet.cell(row, column).value for row in rows]
        for row, value in zip(rows, [*values[1:], values[0]], strict=True):
            sheet.cell(row, column).value = value


@pytest.mark.parametrize(
    ("heading", "rows", "code"),
    [
        ("ID", (2, 4), "K527"),
        ("ID", (2, 3, 4, 5), "K527"),
        ("取組の内容", (2, 3, 4), "K528"),
        ("取組名", (2, 3), "K545"),
    ],
)
@pytest.mark.parametrize("command", [kohyo.consolidate, kohyo.resolve, kohyo.distribute, kohyo.make_tables])
def test_what_nobody_means_stops(
    small: Small, heading: str, rows: tuple[int, ...], code: str, command: Callable[[Path], object]
) -> None:
    """The refusal names the code's rows, and register and forms stay as they are (1)."""
    small.send("企画財政局")
    _round(small, heading, rows)
    before = {path: path.read_bytes() for path in small.root.rglob("*.xlsx")}
    with pytest.raises(FileError) as refused:
        command(small.root)
    assert refused.value.key == "register_broken"
    assert f"{rows[0]}行目" in str(refused.value.fields["details"])
    assert {path: path.read_bytes() for path in small.root.rglob("*.xlsx")} == before
    assert code in {finding.code for finding in kohyo.audit(small.root).findings}


def test_a_number_typed_twice_stops(small: Small) -> None:
    """The number that two items bear is told, and no answer is taken (1)."""
    small.send("企画財政局")
    put(small.workspace.register, "項目", 5, 取組番号=LIST[1][0])
    with pytest.raises(FileError) as refused:
        small.consolidate()
    assert refused.value.key == "register_broken"


def test_a_renumbering_by_hand_goes_on(small: Small) -> None:
    """Numbers exchanged while the titles stay are taken as they are, and told (1)."""
    small.send("企画財政局")
    _round(small, "取組番号", (3, 4))
    assert "K530" in {finding.code for finding in small.consolidate().findings}
    assert small.item("2-2").title == LIST[2][1]


@pytest.mark.parametrize(
    ("slip", "code"),
    [
        ({"ID": None}, "K526"),
        ({"ID": "K0001"}, "K511"),
        ({"取組番号": None}, "K510"),
        ({"取組番号": "第一"}, "K507"),
        ({"取組名": "#N/A"}, "K505"),
    ],
)
def test_a_bad_row_blocks_no_department(small: Small, slip: dict[str, str | None], code: str) -> None:
    """All answers are taken, those for the bad row too where it is known; what was typed there stays (2)."""
    small.send("企画財政局", {"1-1": {"overview": "一つ目の回答"}})
    small.send("市民局", {"2-1": {"overview": "二つ目の回答"}})
    put(small.workspace.register, "項目", 3, **slip)
    result = small.consolidate()
    assert code in {finding.code for finding in result.findings}
    assert (small.item("1-1").overview, small.item("2-1").overview) == ("一つ目の回答", "二つ目の回答")
    assert len(small.register().items) == len(LIST) - 1
    (heading, typed), *_ = slip.items()
    assert _cell(small, heading, 3) == typed
    again = small.consolidate()
    assert (again.changes, again.saved.changed) == (0, False)


def test_a_mended_row_is_the_same_item(small: Small) -> None:
    """The ID typed back is no edit: nothing was lost in between (2)."""
    small.send("市民局", {"2-1": {"overview": "回答"}})
    put(small.workspace.register, "項目", 3, ID=None)
    small.consolidate()
    told = len(small.register().changes)
    put(small.workspace.register, "項目", 3, ID="K0002")
    assert (small.consolidate().changes, len(small.register().changes)) == (0, told)


def test_a_new_row_without_an_id_is_left_aside(small: Small) -> None:
    """It is told which ID is the next, the others' answers are taken, and the row stays as it was typed (2)."""
    small.send("企画財政局", {"1-1": {"overview": "回答"}})
    put(small.workspace.register, "項目", 6, 取組番号="1-8", 取組名="手で加えた項目")
    assert "K525" in {finding.code for finding in small.consolidate().findings}
    assert small.item("1-1").overview == "回答"
    assert (_cell(small, "取組名", 6), _cell(small, "ID", 6)) == ("手で加えた項目", None)


def test_a_row_copied_with_its_id(small: Small) -> None:
    """The row that is most like the last state is the item, be it the lower one; the other is left aside (2)."""
    small.send("企画財政局", {"1-1": {"overview": "回答"}})
    with small.by_hand() as book:
        sheet = book["項目"]
        sheet.insert_rows(2)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(2, column).value = sheet.cell(3, column).value
    put(small.workspace.register, "項目", 2, 取組名="写しから作る項目")
    (found,) = (one for one in small.consolidate().findings if one.code == "K511")
    assert found.place.cell == "A2"
    assert (small.item("1-1").title, small.item("1-1").overview) == (LIST[1][1], "回答")
    assert _cell(small, "取組名", 2) == "写しから作る項目"


def test_an_unknown_word_in_one_decision(small: Small) -> None:
    """The other decisions are applied, and what was typed stays until it is mended (2)."""
    put(small.workspace.register, "項目", 2, 取組の内容="台帳の文")
    put(small.workspace.register, "項目", 3, 取組の内容="台帳の文")
    small.send("企画財政局", {"1-1": {"overview": "回答の文"}})
    small.send("市民局", {"2-1": {"overview": "回答の文"}})
    small.consolidate()
    small.decide(1, 採用="はい")
    small.decide(2, 採用="回答")
    result = kohyo.resolve(small.root)
    assert "K524" in {finding.code for finding in result.findings}
    assert (result.settled, result.waiting) == (1, 1)
    small.consolidate()
    with small.by_hand() as book:
        column = next(cell.column for cell in book["競合"][1] if cell.value == "採用")
        assert "はい" in [row[column - 1].value for row in book["競合"].iter_rows(min_row=2)]


def _history(small: Small) -> list[tuple[object, ...]]:
    """Return the rows of 変更履歴 as the file holds them."""
    with small.by_hand() as book:
        return [row for row in book["変更履歴"].iter_rows(min_row=2, values_only=True) if any(row)]


def _delete_one(sheet: Worksheet) -> None:
    sheet.delete_rows(3)


def _delete_all(sheet: Worksheet) -> None:
    sheet.delete_rows(2, sheet.max_row)


def _alter(sheet: Worksheet) -> None:
    for row in (2, 4):
        sheet.cell(row, 6).value = "書き換えた"


def _sort(sheet: Worksheet) -> None:
    _alter(sheet)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for place, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column).value = value


def _add(sheet: Worksheet) -> None:
    sheet.append([cell.value for cell in sheet[2]])


@pytest.mark.parametrize("tamper", [_delete_one, _delete_all, _alter, _sort, _add])
def test_an_altered_history_comes_back(small: Small, tamper: Callable[[Worksheet], None]) -> None:
    """Rows deleted, altered, sorted or added are as they were with the next save, which tells it (3)."""
    small.send("企画財政局", {"1-1": {"overview": "一つ目の回答"}})
    small.consolidate()
    before = _history(small)
    with small.by_hand() as book:
        tamper(book["変更履歴"])
    assert "K518" in {finding.code for finding in kohyo.audit(small.root).findings}
    result = small.consolidate()
    assert {"K518", "K546"} <= {finding.code for finding in result.findings}
    assert _history(small) == before
    small.send("市民局", {"2-1": {"overview": "二つ目の回答"}})
    later = small.consolidate()
    assert {"K518", "K546"} & {finding.code for finding in later.findings} == set()
    assert _history(small)[: len(before)] == before
    assert len(_history(small)) == len(before) + later.changes


def test_a_sorted_history_still_tells_what_came_last(small: Small) -> None:
    """The newest first, as people like to read it: the register stays, nothing is told, the sheet stays sorted (3)."""
    small.send("市民局")
    for text in ("一度目の文", "二度目の文"):
        put(small.workspace.register, "項目", 2, 取組の内容=text)
        small.consolidate()
    before = _history(small)
    for _ in range(2):
        with small.by_hand() as book:
            sheet = book["変更履歴"]
            rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2) if row[0].value is not None]
            for place, row in enumerate(reversed(rows), start=2):
                for column, value in enumerate(row, start=1):
                    sheet.cell(place, column).value = value
        small.send("企画財政局", {"1-1": {"overview": "一つ目の回答"}})
        small.consolidate()
        result = small.consolidate()
        assert {finding.code for finding in result.findings} & {"K518", "K546"} == set()
        assert _cell(small, "取組の内容", 2) == "二度目の文"
    assert set(before) <= set(_history(small))


def test_an_altered_history_that_nobody_kept(small: Small) -> None:
    """Without the copy it is told, kept as it stands, and can come back from then on (3)."""
    copy = small.workspace.backups / "台帳_変更履歴.jsonl"
    copy.unlink()
    with small.by_hand() as book:
        _delete_one(book["変更履歴"])
    standing = _history(small)
    small.send("企画財政局", {"1-1": {"overview": "回答"}})
    codes = {finding.code for finding in small.consolidate().findings}
    assert ("K518" in codes, "K546" in codes) == (True, False)
    before = _history(small)
    assert before[: len(standing)] == standing
    with small.by_hand() as book:
        _delete_all(book["変更履歴"])
    small.consolidate()
    assert _history(small) == before


def test_altered_receipts_come_back(small: Small) -> None:
    """回収 is what it was with the next save, for a command that does not write it itself too (3)."""
    small.send("企画財政局")
    small.consolidate()
    receipts = small.register().receipts
    put(small.workspace.register, "回収", 2, ファイル="別.xlsx")
    assert "K518" in {finding.code for finding in kohyo.resolve(small.root).findings}
    assert small.register().receipts == receipts
    assert "K518" not in {finding.code for finding in kohyo.audit(small.root).findings}


def _cell(small: Small, heading: str, row: int) -> object:
    """Return what stands in a cell of 項目."""
    with small.by_hand() as book:
        column = next(cell.column for cell in book["項目"][1] if cell.value == heading)
        return book["項目"].cell(row, column).value
