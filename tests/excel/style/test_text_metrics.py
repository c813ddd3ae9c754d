"""Heights of rows by the font's real widths.

M1  a text takes as many lines as its width asks for, and full-width digits of this font are narrower than an em
M2  a line feed begins a line, and an empty text still takes one
M3  a word of letters stays whole
M4  the height grows with the lines and ends at what Excel allows
M5  a text that is called one line without being laid out is one line when it is laid out
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.style.text_metrics import LINE_HEIGHT, line_count, row_height, text_width


def test_width_of_kanji_is_an_em() -> None:
    """M1: A kanji is as wide as the font is high."""
    assert text_width("漢字", 10) == pytest.approx(20)


def test_proportional_characters_are_narrower() -> None:
    """M1: Digits, brackets and small kana are narrower than a kanji, bold ones not narrower than regular ones."""
    assert text_width("１", 10) < 10
    assert text_width("（", 10) < 10
    assert text_width("aé", 10, bold=True) >= text_width("aé", 10)


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("漢", 1), ("一\n二", 2), ("一\n\n", 3)])
def test_line_feeds_begin_lines(text: str, lines: int) -> None:
    """M2: A text has one line more than it has line feeds as long as each fits."""
    assert line_count(text, 200, 10) == lines


def test_long_text_wraps() -> None:
    """M1: Forty kanji of 10 points do not fit one line of 200 pixels, and take four."""
    assert line_count("漢" * 40, 200, 10) == 4


def test_words_stay_whole() -> None:
    """M3: A word that does not fit the rest of a line goes to the next."""
    assert line_count("漢" * 9 + "abcdefghij", 160, 10) == 2


def test_height_grows_with_lines() -> None:
    """M4: Each line adds the height of a line."""
    one, three = row_height("漢", 200, 10, padding=3), row_height("漢\n字\n表", 200, 10, padding=3)
    assert three - one == pytest.approx(2 * 10 * LINE_HEIGHT, abs=0.11)


def test_height_is_what_excel_allows() -> None:
    """M4: No row is higher than 409 points."""
    assert row_height("漢\n" * 100, 200, 10) == 409


@given(
    text=st.text(st.sampled_from("漢字かなｱ１1aW.-（）、 é𠮷"), max_size=60),
    width_px=st.integers(9, 900),
    size=st.sampled_from([9.0, 10.0, 10.5, 11.0]),
    times=st.sampled_from([1, 1, 30]),
    bold=st.booleans(),
)
def test_short_cut_counts_what_layout_counts(text: str, width_px: int, size: float, times: int, *, bold: bool) -> None:
    """M5: Laid out word by word here, a text takes as many lines, whether or not it was seen to fit at once."""
    assert line_count(text * times, width_px, size, bold=bold) == _laid_out(text * times, width_px, size, bold=bold)


def _laid_out(text: str, width_px: int, size: float, *, bold: bool) -> int:
    room = max(1.0, (width_px - 8) * 0.75 / 1.03)
    lines, used = 1, 0.0
    for piece in re.findall(r"[!-~]+|.", text):
        width = text_width(piece, size, bold=bold)
        if used and used + width > room:
            lines, used = lines + 1, 0.0
        lines += int(width // room)
        used = used + width if width < room else width % room
    return lines
