"""What stands behind the rows is read in two parts, and found as if it were read in one.

1. Ends of elements and merged ranges are those of the whole, however the tail is spelled; so is its refusal.
2. The part without the footer is understood once for all sheets that share it.
3. Entries chosen by place are those at the places, of one, of none, from the end as well.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.ooxml import around_rows
from kohyo.excel.ooxml.around_rows import count_closings, read_merges, split_before_footer
from kohyo.excel.ooxml.chosen import chosen
from kohyo.excel.ooxml.limits import RefusedError

_PIECES = (
    b"<headerFooter><oddFooter>&amp;P</oddFooter></headerFooter>",
    "<headerFooter><oddFooter>管理番号</oddFooter></headerFooter>".encode(),
    b"<headerFooter/>",
    b'<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
    b'<mergeCells><mergeCell x="1" ref="A1:B2"/></mergeCells>',
    b'<mergeCell ref="A1:XFD9999"/>',
    b"<!-- -->",
    b"<sheetData>",
    b"</sheetData>",
    b"<",
    b"\x82",
    "個".encode()[:2],
    b"</worksheet>",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=8).map(b"".join))
def test_two_parts_say_what_the_whole_says(tail: bytes) -> None:
    """Wherever the footer stands, and whatever stands in it (1)."""
    behind = split_before_footer(tail)
    assert b"".join(behind) == tail
    assert count_closings(behind) == count_closings((tail, b""))
    assert _merges(behind) == _merges((tail, b""))


def _merges(behind: tuple[bytes, bytes]) -> object:
    try:
        return read_merges(behind)
    except RefusedError as refused:
        return refused.code


def test_the_shared_part_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets that differ in their footers alone are looked at once (2)."""
    seen: list[bytes] = []

    def closings(part: bytes) -> int:
        seen.append(part)
        return 0

    monkeypatch.setattr(around_rows, "_kept_closings", around_rows._keeping(closings))
    for number in range(3):
        count_closings(split_before_footer(b"<pageMargins/><headerFooter>%d</headerFooter>" % number))
    assert seen == [b"<pageMargins/>"]


@given(st.lists(st.integers(), min_size=1), st.data())
def test_entries_are_chosen_by_place(every: list[int], data: st.DataObject) -> None:
    """As often as a place is named, in the order in which places are named (3)."""
    places = data.draw(st.lists(st.integers(-len(every), len(every) - 1)))
    assert chosen(places)(every) == tuple(every[place] for place in places)
    with pytest.raises(IndexError):
        chosen([*places, len(every)])(every)
