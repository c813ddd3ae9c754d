"""Marks such as 【再掲】 stay on one line; headings of two lines are balanced.

B1  no letter is lost or added but line feeds, and a text without a mark is left alone
B2  no line holds a part of a mark, and none is wider than its cell where the mark is not
B4  a heading of two lines is broken where a word begins, else in its middle; no other is broken
B3  no line begins with a closing sign or ends with an opening one, where the line holds more than that
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.style.line_breaks import balanced, with_whole_marks
from kohyo.excel.style.text_metrics import line_count, line_room, text_width

PARTS = st.sampled_from(
    ["【再掲】", "公共施設の", "多機能化", "、", "（", "）", "DX推進", "「", "」", "\n", "ー", "税"]
)


@given(st.lists(PARTS, max_size=40).map("".join), st.integers(60, 500))
def test_marks_stay_whole(text: str, width: int) -> None:
    """B1, B2: Whatever stands around it, and however wide the cell is."""
    broken = with_whole_marks(text, width, 9.0)
    assert broken.replace("\n", "") == text.replace("\n", "")
    assert "【" in text or broken == text
    lines = broken.split("\n")
    assert all(line.count("【再掲】") == line.count("【") == line.count("再掲】") for line in lines)
    if "【" in text:
        assert all(
            text_width(line, 9.0) <= line_room(width) or len(re.findall("【再掲】|.", line)) < 4 for line in lines
        )
        assert line_count(broken, width, 9.0) >= len(lines)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_signs_that_close_and_open(text: str) -> None:
    """B3: Lines that we break follow the rules of the script."""
    broken = with_whole_marks(f"【再掲】{text.replace(chr(10), '')}", 300, 9.0)
    ours = broken.split("\n")
    assert "".join(ours) == f"【再掲】{text.replace(chr(10), '')}"
    assert [line for line in ours[1:] if len(line) > 6 and line[0] in "、）」ー"] == []
    assert [line for line in ours[:-1] if len(line) > 6 and line[-1] in "（「"] == []


@pytest.mark.parametrize(
    ("heading", "width", "broken"),
    [
        ("職員の時間を書いた項目", 110, "職員の時間を\n書いた項目"),
        ("個票番号", 40, "個票\n番号"),
        ("番号", 40, "番号"),
        ("一二三四五六七八九十", 40, "一二三四五六七八九十"),
    ],
)
def test_headings_are_balanced(heading: str, width: int, broken: str) -> None:
    """B4: By words, by halves, not at all."""
    assert balanced(heading, width, 9.0, bold=True) == broken
