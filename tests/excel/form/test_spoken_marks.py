"""The marks of a form are known however they are spelled, and nothing else is taken for one.

1. A text is a mark exactly if it is the same as one once both are made comparable, by whatever letter it begins.
2. What a text begins with stays what its key begins with, but for the signs over a letter; else any mark may follow.
"""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.form.spoken_marks import EXAMPLE, OVERVIEW, REST, _base, _stays, mark_of, may_open_mark
from kohyo.messages import wording
from kohyo.text.normalise import key

_MARKS = {key(wording(f"form.{mark}")): mark for mark in (EXAMPLE, OVERVIEW, REST)}
_COMPATIBLE = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0x2E80, 0x3000), *range(0xF900, 0xFB00), *range(0xFF00, 0xFFF0))
}
"""Other letters that stand for the same, by the one that they stand for."""


@st.composite
def _spelled(draw: st.DrawFn) -> str:
    """Draw a mark as somebody may spell it: other letters for the same, blanks and what is not seen between them."""
    text = wording(f"form.{draw(st.sampled_from((EXAMPLE, OVERVIEW, REST)))}")
    letters = (draw(st.sampled_from((letter, _COMPATIBLE.get(letter, letter)))) for letter in text)
    between = st.sampled_from(("", "", " ", "　", "\u200b", "\ufe0f", "\n"))
    return "".join(draw(between) + letter for letter in letters) + draw(st.sampled_from(("", "", "。", "記")))


_LETTERS = st.characters(min_codepoint=0x3041, max_codepoint=0x30FA) | st.characters(
    min_codepoint=0x4E00, max_codepoint=0x9FFF
)
_BEHIND = st.text(st.sampled_from("゛゜\u3099\u309a\u0301\u20e3\ufe0f\u200b ー－０か") | st.characters(), max_size=4)


@given(st.one_of(_spelled(), st.text(max_size=30), st.text("記入例残りはすべて状況－-", max_size=12)))
def test_a_mark_is_known_however_it_is_spelled(text: str) -> None:
    """What begins with an ideograph that no mark begins with is none (1)."""
    assert mark_of(text) == _MARKS.get(key(text), "")


@given(st.one_of(st.sampled_from("0123456789かはウヺゔ記残"), _LETTERS), _BEHIND)
def test_a_key_begins_as_its_text(letter: str, behind: str) -> None:
    """Whatever follows; a letter that is none of these, or nothing, may open a mark (2)."""
    assert may_open_mark("")
    if _stays(letter):
        assert _base(key(letter + behind)) == _base(letter)
    else:
        assert may_open_mark(letter)


def test_the_marks_themselves_are_known() -> None:
    """Each as the form prints it; what is no text is none (1)."""
    assert [mark_of(wording(f"form.{mark}")) for mark in (EXAMPLE, OVERVIEW, REST)] == [EXAMPLE, OVERVIEW, REST]
    assert mark_of(None) == mark_of(3) == mark_of("") == ""
