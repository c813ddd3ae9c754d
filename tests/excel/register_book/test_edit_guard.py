"""What nobody means is recognised from the last state; what people do every day is not.

1. Contents that changed places against their IDs: sorted without the ID, two IDs exchanged, a block that slipped.
2. A column that was sorted alone, one with few values included.
3. A number that two items come to bear; numbers exchanged while titles stay are a renumbering.
4. An ID whose row bears another item's title.
5. Ordinary edits are none of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.excel.register_book.edit_guard import Joint, SheetEdit, joint_changes
from kohyo.excel.register_book.row_columns import Row
from kohyo.model.tick import Tick

_TEXTS = ("title", "overview", "person")
_OTHERS = ("owners", "tick", "day")
_DIVISIONS = ("総務部", "財務部", "区民部")

Table = dict[str, Row]


def table(count: int) -> Table:
    """Return items with texts of their own, persons and departments that several share, ticks and days."""
    return {
        f"K{place:04d}": {
            "@id": f"K{place:04d}",
            "number": f"1-{place}",
            "title": f"取組み（{place}）",
            "overview": f"窓口（{place}）の手続きを減らす。",
            "person": f"担当（{place // 2}）",
            "owners": _DIVISIONS[place % 3],
            "tick": Tick.YES if place % 2 else Tick.NO,
            "day": date(2024, 6, 1) + timedelta(days=place * 7 % 11),
        }
        for place in range(1, count + 1)
    }


def kinds(before: Mapping[str, Row], now: Mapping[str, Row]) -> list[tuple[Joint, tuple[str, ...]]]:
    """Return what was recognised and the rows."""
    return [(one.kind, one.ids) for one in joint_changes(SheetEdit(before, now, _TEXTS, _OTHERS))]


def with_contents(before: Table, sources: Mapping[str, str]) -> Table:
    """Return rows whose IDs stayed and which hold the contents of others."""
    return {
        identity: {**before[sources.get(identity, identity)], "@id": identity}
        for identity in before
        if sources.get(identity, identity) in before
    }


def with_column(before: Table, column: str, values: list[object]) -> Table:
    """Return rows with other values in one column."""
    return {
        identity: {**row, column: value}  # type: ignore[dict-item]
        for (identity, row), value in zip(before.items(), values, strict=True)
    }


def stops(before: Table, now: Table) -> bool:
    """Tell whether anything was recognised that is more than a renumbering."""
    return any(kind is not Joint.RENUMBERED for kind, _ in kinds(before, now))


@pytest.mark.parametrize(
    ("sources", "ids"),
    [
        ({"K0001": "K0003", "K0002": "K0001", "K0003": "K0002"}, ("K0001", "K0002", "K0003")),
        ({"K0002": "K0004", "K0004": "K0002"}, ("K0002", "K0004")),
        ({"K0003": "K0004", "K0004": "K0005", "K0005": ""}, ("K0003", "K0004")),
    ],
)
def test_contents_against_ids(sources: Mapping[str, str], ids: tuple[str, ...]) -> None:
    """Sorted without the ID, two IDs exchanged, a block that slipped by a row: the rows are named (1)."""
    before = table(5)
    assert kinds(before, with_contents(before, sources)) == [(Joint.ROWS, ids)]


def test_contents_against_ids_with_other_edits() -> None:
    """An edit besides hides nothing (1)."""
    before = table(5)
    now = with_contents(before, {"K0001": "K0002", "K0002": "K0001"})
    now["K0001"] = {**now["K0001"], "title": "手で直した名前"}
    assert kinds(before, now) == [(Joint.ROWS, ("K0001", "K0002"))]


def test_submissions_without_a_title() -> None:
    """What came on a sheet with one text is known by where it came from as well (1)."""
    before: Table = {
        name: {"@id": name, "issue": f"困りごと{name}", "@file": "総務部.xlsx", "@cell": f"B{name}"}
        for name in ("P0001", "P0002", "P0003")
    }
    now = with_contents(before, {"P0001": "P0002", "P0002": "P0001"})
    (found,) = joint_changes(SheetEdit(before, now, ("issue",), (), ("@file", "@cell")))
    assert (found.kind, found.ids, found.sources) == (Joint.ROWS, ("P0001", "P0002"), ("P0002", "P0001"))


@pytest.mark.parametrize("column", ["title", "overview", "owners", "tick", "day"])
def test_a_column_sorted_alone(column: str) -> None:
    """The column is named, whether each row had a value of its own or a few values stand in it (2)."""
    before = table(12)
    values = sorted((row[column] for row in before.values()), key=str, reverse=True)
    now = with_column(before, column, list(values))
    assert [kind for kind, _ in kinds(before, now)] == [Joint.COLUMN]
    assert next(joint_changes(SheetEdit(before, now, _TEXTS, _OTHERS))).column == column


def test_a_cell_deleted_and_the_column_moved_up() -> None:
    """A column that moved up by one row is no edit of each cell (2)."""
    before = table(6)
    values = [row["overview"] for row in before.values()]
    assert [kind for kind, _ in kinds(before, with_column(before, "overview", [*values[1:], None]))] == [Joint.COLUMN]


def test_a_number_typed_twice() -> None:
    """Both items are named, be the second new or old (3)."""
    before = table(3)
    now = {**before, "K0003": {**before["K0003"], "number": "1-1"}}
    assert kinds(before, now) == [(Joint.NUMBER, ("K0001", "K0003"))]
    now = {**before, "K0004": {"number": "1-2", "title": "新しい取組み"}}
    assert kinds(before, now) == [(Joint.NUMBER, ("K0002", "K0004"))]


def test_a_number_that_stood_twice_before() -> None:
    """What the last register held so is not told as an edit (3)."""
    before = {**table(2), "K0003": {**table(3)["K0003"], "number": "1-1"}}
    assert kinds(before, before) == []


def test_a_renumbering_by_hand() -> None:
    """Numbers that changed places beside their titles are told as what they are (3)."""
    before = table(4)
    assert kinds(before, with_column(before, "number", ["1-2", "1-1", "1-3", "1-9"])) == [
        (Joint.RENUMBERED, ("K0001", "K0002"))
    ]


def test_an_id_typed_over() -> None:
    """The ID of a row became another, or two titles were exchanged (4)."""
    before = table(3)
    typed_over = {("K0009" if name == "K0002" else name): row for name, row in before.items()}
    assert kinds(before, typed_over) == [(Joint.ROWS, ("K0009",))]
    values = [row["title"] for row in before.values()]
    exchanged = with_column(before, "title", [values[1], values[0], values[2]])
    assert kinds(before, exchanged) == [(Joint.TITLE, ("K0001", "K0002"))]


def test_a_row_written_over_another() -> None:
    """What stands on a row is all another's, who still has it (4)."""
    before = table(3)
    now = {**before, "K0003": {**before["K0002"], "number": "1-3"}}
    assert kinds(before, now) == [(Joint.ROWS, ("K0003",))]


def test_a_new_row_that_began_as_a_copy() -> None:
    """A row copied for a new item, with a new ID and number, is ordinary (5)."""
    before = table(3)
    assert kinds(before, {**before, "K0004": {**before["K0002"], "number": "1-4"}}) == []


@given(st.data(), st.integers(3, 20))
@settings(deadline=None, max_examples=300)
def test_any_permutation_against_ids_is_stopped(data: st.DataObject, count: int) -> None:
    """Whatever moves against its ID, with a few ordinary edits besides, every row that moved is named (1)."""
    before = table(count)
    order = data.draw(st.permutations(list(before)).filter(lambda drawn: drawn != list(before)))
    sources = dict(zip(before, order, strict=True))
    now = with_contents(before, sources)
    for identity in data.draw(st.sets(st.sampled_from(list(before)), max_size=2)):
        now[identity] = {**now[identity], "person": "ほかの人"}
    moved = tuple(identity for identity, source in sources.items() if identity != source)
    assert (Joint.ROWS, moved) in kinds(before, now)


@given(st.data(), st.integers(3, 20), st.sampled_from(["title", "overview"]))
@settings(deadline=None, max_examples=200)
def test_any_column_sorted_alone_is_stopped(data: st.DataObject, count: int, column: str) -> None:
    """Whatever order a column of own texts comes to stand in (2)."""
    before = table(count)
    values = [row[column] for row in before.values()]
    drawn = data.draw(st.permutations(values))
    moved = tuple(name for name, old, new in zip(before, values, drawn, strict=True) if old != new)
    expected = [(Joint.COLUMN, moved)] if len(moved) > 2 else []
    assert [
        one for one in kinds(before, with_column(before, column, list(drawn))) if one[0] is Joint.COLUMN
    ] == expected


def _reordered(data: st.DataObject, rows: Table) -> Table:
    return {name: rows[name] for name in data.draw(st.permutations(list(rows)))}


def _deleted(data: st.DataObject, rows: Table) -> Table:
    gone = data.draw(st.sets(st.sampled_from(list(rows)), max_size=3))
    return {name: row for name, row in rows.items() if name not in gone}


def _added(data: st.DataObject, rows: Table) -> Table:
    count = data.draw(st.integers(1, 3))
    free = range(len(rows) + 100, len(rows) + 100 + count)
    return rows | {f"K{place:04d}": {"number": f"2-{place}", "title": f"新規{place}"} for place in free}


def _replaced(data: st.DataObject, rows: Table) -> Table:
    column = data.draw(st.sampled_from(_TEXTS))
    old, new = data.draw(st.sampled_from([("取組み", "取組"), ("窓口", "まどぐち"), ("（", "［"), ("担当", "主任")]))
    return {name: {**row, column: str(row.get(column, "")).replace(old, new)} for name, row in rows.items()}


def _retitled(data: st.DataObject, rows: Table) -> Table:
    name = data.draw(st.sampled_from(list(rows)))
    return {**rows, name: {**rows[name], "title": data.draw(st.text("改名した", min_size=1, max_size=4))}}


def _exchanged(data: st.DataObject, rows: Table) -> Table:
    column = data.draw(st.sampled_from(_OTHERS))
    one, other = (data.draw(st.sampled_from(list(rows))) for _ in range(2))
    return {
        **rows,
        one: {**rows[one], column: rows[other].get(column)},
        other: {**rows[other], column: rows[one].get(column)},
    }


def _renumbered(data: st.DataObject, rows: Table) -> Table:
    numbers = data.draw(st.permutations([row["number"] for row in rows.values()]))
    return with_column(rows, "number", list(numbers))


_ORDINARY = (_reordered, _deleted, _added, _replaced, _retitled, _exchanged, _renumbered)


@given(st.data(), st.integers(10, 20), st.lists(st.sampled_from(_ORDINARY), min_size=1, max_size=3))
@settings(deadline=None, max_examples=500)
def test_ordinary_edits_are_never_stopped(data: st.DataObject, count: int, acts: list[object]) -> None:
    """Rows reordered, deleted, added, renamed, renumbered, words replaced, ticks exchanged, in any mixture (5)."""
    before = table(count)
    now = before
    for act in acts:
        now = act(data, now)  # type: ignore[operator]
    assert not stops(before, now)
