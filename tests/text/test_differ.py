"""What changed within a text.

1. The pieces joined are the texts, letter by letter.
2. Equal texts have no marks; texts with little in common are marked as a whole.
3. Marks stand on what a reader calls a word: an ending with its verb, a number with all its digits.
4. Where text was only added, only that is marked.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.text.differ import Piece, differences

_TEXTS = st.text(st.sampled_from("区民の利用を進める図る。、ＤＸDX12\n使用料"), max_size=40)


def _joined(pieces: tuple[Piece, ...]) -> str:
    return "".join(text for text, _ in pieces)


def _marked(pieces: tuple[Piece, ...]) -> list[str]:
    return [text for text, changed in pieces if changed]


@given(_TEXTS, _TEXTS)
def test_no_letter_is_lost(old: str, new: str) -> None:
    """Whatever the texts are (1); unmarked parts are the same on both sides."""
    one, two = differences(old, new)
    assert (_joined(one), _joined(two)) == (old, new)
    assert _joined(tuple(piece for piece in one if not piece[1])) == _joined(tuple(p for p in two if not p[1]))
    assert bool(_marked(one) or _marked(two)) == (old != new)


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("強化を図る。また、推進する。", "強化を進める。また、推進する。", (["図る"], ["進める"])),
        ("区民利用施設等の使用料の見直し", "区民利用施設の使用料の見直し", (["等"], [])),
        ("窓口を12か所に置く。", "窓口を15か所に置く。", (["12"], ["15"])),
        ("ＤＸを進める。", "ＤＸを進める。さらに広げる。", ([], ["さらに広げる。"])),
        ("広報の強化", "災害時の備え", (["広報の強化"], ["災害時の備え"])),
        ("", "新しい文", ([], ["新しい文"])),
        ("消えた文", "", (["消えた文"], [])),
        ("同じ文", "同じ文", ([], [])),
    ],
)
def test_marks_stand_on_words(old: str, new: str, marks: tuple[list[str], list[str]]) -> None:
    """Examples as the plan's texts change (2, 3, 4)."""
    one, two = differences(old, new)
    assert (_marked(one), _marked(two)) == marks
