"""The mark of a choice stands for the choice, where it surely does.

1. One letter or number, however it is typed, means the choice that begins with it.
2. A beginning that is no mark, a mark of two choices, and what is itself a choice mean nothing but themselves.
3. Whatever the choices: at most one is meant, and it begins with what was typed.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohyo.definition.choice_marks import choice_of_mark
from kohyo.text.normalise import key

CONDITION = ("Ａ 良好", "Ｂ 経過観察", "Ｃ 修繕が要る", "Ｄ 緊急")


@pytest.mark.parametrize(
    ("choices", "typed", "meant"),
    [
        (CONDITION, "Ｂ", "Ｂ 経過観察"),
        (CONDITION, "b", "Ｂ 経過観察"),
        (CONDITION, " Ｂ．", "Ｂ 経過観察"),
        (CONDITION, "（B）", "Ｂ 経過観察"),
        (("① 大量定型事務", "② 審査業務"), "2", "② 審査業務"),
        (("① 大量定型事務", "②審査業務"), "②", "②審査業務"),
        (("１．する", "２．しない"), "2", "２．しない"),
        (("（１）する", "（２）しない"), "⑵", "（２）しない"),
        (("1：する", "2：しない", "その他"), "１", "1：する"),
        (("ア（新規）", "イ（拡充）"), "ｱ", "ア（新規）"),
        (("Ⅰ 直営", "Ⅱ 委託"), "ii", "Ⅱ 委託"),
        (("A1 良", "A2 可"), "a2", "A2 可"),
        (("【甲】直営", "【乙】委託"), "乙", "【乙】委託"),
    ],
)
def test_a_mark_means_its_choice(choices: tuple[str, ...], typed: str, meant: str) -> None:
    """Parted by a space, a stop, a colon, brackets or a circle (1)."""
    assert choice_of_mark(choices, typed) == meant


@pytest.mark.parametrize(
    ("choices", "typed"),
    [
        (CONDITION, "Ｅ"),
        (CONDITION, "Ｂ 経過"),
        (CONDITION, "経過観察"),
        (CONDITION, "ＡＢ"),
        (CONDITION, "Ａ、Ｂ"),
        (CONDITION, ""),
        (CONDITION, "．"),
        (("達成した", "達成しなかった"), "達"),
        (("継続 一部", "廃止"), "継続"),
        (("1 する", "１．しない", "2 未定"), "2"),
        (("可", "可（条件付き）"), "可"),
        (("1.5 倍", "2.5 倍"), "1"),
        (("5 件未満", "10 件以上"), "5"),
        (("2 回", "1 回"), "1"),
        (("30 分", "60 分", "Ａ その他"), "30"),
        (("1：2", "3：4"), "1"),
        (("A", "B"), "Ａ"),
        (("Ａ ", "Ｂ "), "Ａ"),
    ],
)
def test_what_is_no_mark_means_nothing(choices: tuple[str, ...], typed: str) -> None:
    """It is asked about as ever (2)."""
    assert choice_of_mark(choices, typed) is None


_letters = st.text("ABＡＢ12①② ．.：（）可良", max_size=4)


@settings(max_examples=500, derandomize=True, database=None)
@given(st.lists(_letters.filter(bool), min_size=1, max_size=4, unique_by=key), _letters)
def test_what_is_meant_begins_with_what_was_typed(choices: list[str], typed: str) -> None:
    """And no other choice does so, or is what was typed (3)."""
    meant = choice_of_mark(tuple(choices), typed)
    bare = key(typed).strip("().:")
    if meant is not None:
        assert key(meant).lstrip("(").startswith(bare)
        assert bare not in {key(choice) for choice in choices}
        assert choice_of_mark((*choices, f"{bare} 別"), typed) is None
