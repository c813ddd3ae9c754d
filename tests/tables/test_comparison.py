"""The comparison of two versions as a table.

1. New stands beside old, a band per goal, headings over both sides; what is only on one side is said on the other.
2. Changed words are marked inside the text, on both sides; joined, the marked text is the text.
3. What was merged or split spans the rows of the other side.
4. Unchanged items are left out unless asked for; no change at all is said.
5. The twin has one record per pair, with both numbers and ids; the crosswalk lists every number.
"""

from __future__ import annotations

from kohyo.model.comparison import Comparison, Difference, Revision
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Table
from kohyo.tables.comparison import comparison
from kohyo.tables.comparison_details import comparison_tables, crosswalk
from tests.tables.reading import assert_sound


def _item(place: int, number: str, **more: str) -> Item:
    known = ItemNumber.parse(number)
    own = {"title": f"取組み{place}", "overview": "強化を図る。続ける。", "owners": "総務部", **more}
    return Item(ItemId(f"K{place:04d}"), known, {"number": number, "goal": known.goal, **own})


CHANGED = Revision(
    (_item(1, "1-1"),),
    (_item(1, "1-24", overview="強化を進める。続ける。"),),
    (Difference.RENUMBERED, Difference.REVISED),
    ("overview",),
)
MERGED = Revision((_item(2, "2-1"), _item(3, "2-2")), (_item(2, "2-1"),), (Difference.MERGED,))
ADDED = Revision((), (_item(4, "2-9"),), (Difference.ADDED,))
ABOLISHED = Revision((_item(5, "2-5"),), (), (Difference.ABOLISHED,))
SAME = Revision((_item(6, "3-1"),), (_item(6, "3-1"),), ())
ALL = Comparison("素案", "令和6年度", (CHANGED, MERGED, ADDED, ABOLISHED, SAME))


def _texts(table: Table) -> list[list[object]]:
    return [[cell.text if cell else None for cell in row.cells] for row in table.body]


def _marked(cell: Cell | None) -> list[str]:
    assert cell is not None
    assert not cell.runs or "".join(run.text for run in cell.runs) == cell.text
    return [run.text for run in cell.runs if run.changed]


def test_new_stands_beside_old(plan: Plan) -> None:
    """Kind, the new side, the old side (1)."""
    rows = _texts(comparison(plan, ALL))
    assert rows[0][0] == "到達点1　新たな仕組みづくり"
    new, old = "強化を進める。続ける。", "強化を図る。続ける。"
    assert rows[1][:5] == ["番号変更\n修正", "1-24", "取組み1", new, "総務部"]
    assert rows[1][5:9] == ["1-1", "取組み1", old, "総務部"]
    added, abolished = rows[5], rows[6]
    assert (added[0], added[1], added[5]) == ("追加", "2-9", "（新たに加えた項目）")
    assert (abolished[0], abolished[1], abolished[5]) == ("廃止", "（計画から外した項目）", "2-5")


def test_changed_words_are_marked(plan: Plan) -> None:
    """Only what differs, on each side its own words; a new number is marked as a whole (2)."""
    cells = comparison(plan, ALL).body[1].cells
    assert (_marked(cells[3]), _marked(cells[7])) == (["進める"], ["図る"])
    assert (_marked(cells[2]), _marked(cells[4])) == ([], [])
    assert [cells[place].mark for place in (1, 5)] == ["changed", "changed"]  # type: ignore[union-attr]


def test_what_was_merged_spans_the_rows_of_the_other_side(plan: Plan) -> None:
    """One new item beside two old ones, which stay on one page (3)."""
    first, second = comparison(plan, ALL).body[3:5]
    assert [cell.down if cell else None for cell in first.cells] == [2, 2, 2, 2, 2, 1, 1, 1, 1, 2]
    assert [cell is None for cell in second.cells] == [True] * 5 + [False] * 4 + [True]
    assert first.keep_with_next
    assert not second.keep_with_next


def test_another_number_alone_takes_one_line(plan: Plan) -> None:
    """The name over the room of the overview, and no text twice (1); item sheets that say the same have no sheet."""
    moved = Revision((_item(7, "2-3"),), (_item(7, "2-4"),), (Difference.RENUMBERED,))
    table = comparison(plan, Comparison("素案", "令和6年度", (moved,)))
    cells = table.body[-1].cells
    assert [cell.text if cell else None for cell in cells[:6]] == ["番号変更", "2-4", "取組み7", None, "総務部", "2-3"]
    assert (cells[2] and cells[2].across, cells[6] and cells[6].across) == (2, 3)
    assert_sound(table)
    assert [made.printed for made in comparison_tables(plan, Comparison("素案", "令和6年度", (moved,)))] == [
        True,
        False,
        True,
    ]


def test_unchanged_items_on_demand(plan: Plan) -> None:
    """They are said to be so; nothing changed is said too (4)."""
    assert len(comparison(plan, ALL).body) == 7
    assert _texts(comparison(plan, ALL, unchanged=True))[-1][0] == "変更なし"
    nothing = comparison(plan, Comparison("素案", "案", (SAME,)))
    assert [row[0] for row in _texts(nothing)] == ["変更はありません。"]


def test_the_twin_and_the_crosswalk(plan: Plan) -> None:
    """Every pair, with what it was and is (5)."""
    pairs = [(one.get("old_number"), one.get("new_number"), one["kind"]) for one in comparison(plan, ALL).records]
    assert pairs == [
        ("1-1", "1-24", "番号変更、修正"),
        ("2-1", "2-1", "統合"),
        ("2-2", "2-1", "統合"),
        (None, "2-9", "追加"),
        ("2-5", None, "廃止"),
    ]
    numbers = [(one["old_number"], one["new_number"]) for one in crosswalk(ALL).records]
    assert numbers == [("1-1", "1-24"), ("2-1", "2-1"), ("2-2", "2-1"), ("2-5", None), ("3-1", "3-1"), (None, "2-9")]


def test_what_changed_on_the_item_sheets(plan: Plan) -> None:
    """A row per item and field, words marked (2, 5)."""
    old, new = _item(1, "1-1", measures="予約を始める。"), _item(1, "1-1", measures="予約を広げる。")
    compared = Comparison("素案", "案", (Revision((old,), (new,), (Difference.REVISED,), ("measures",)),))
    main, sheets, numbers = comparison_tables(plan, compared)
    assert {table.landscape for table in (main, sheets, numbers)} == {True}
    assert _texts(sheets) == [["1-1", "取組み1", "取組内容", "予約を広げる。", "予約を始める。"]]
    assert _marked(sheets.body[0].cells[3]) == ["広げる"]
    assert _texts(main)[1][-1] == "個票：取組内容"
