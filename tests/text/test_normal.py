"""Normalised text.

1. Spellings that people do not tell apart have one key.
2. Texts that differ in meaning keep different keys.
3. A key is its own key, whatever the text.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.text.normalise import key, same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("２‐24", "2-24"),
        ("2－24", "2-24"),
        ("2−24", "2-24"),
        ("2ー24", "2-24"),
        ("2―24", "2-24"),
        ("2 - 24", "2-24"),
        ("ＤⅩ", "DX"),
        ("dx", "DX"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("か\u3099", "が"),
        ("か\u200b\u3099", "が"),
        ("総務 部", "総務部"),
        ("総務\u3000部", "総務部"),
        ("総務\n部", "総務部"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("✔\ufe0f", "✔"),
        ("子ども･若者部", "子ども・若者部"),
        ("4月〜6月", "4月～6月"),
        ("（専門性）", "(専門性)"),
        ("①", "1"),
    ],
)
def test_spellings_of_one_thing_have_one_key(one: str, other: str) -> None:
    """Width, kind of hyphen, white space, case and variation selectors make no difference (1)."""
    assert key(one) == key(other)
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"),
        ("センター", "センタ"),
        ("センター", "センタ-"),
        ("1-2", "12"),
        ("がっこう", "かっこう"),
        ("総務部", "総務課"),
        ("", "-"),
    ],
)
def test_texts_that_differ_in_meaning_keep_different_keys(one: str, other: str) -> None:
    """A variant of a character or a long vowel is not smoothed away (2)."""
    assert not same(one, other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    """Normalising twice gives what normalising once gave (3)."""
    assert key(key(text)) == key(text)


@given(st.integers(1, 99), st.integers(1, 999), st.sampled_from("-－‐‑–−ー─"))
def test_a_number_of_an_item_is_found_whatever_the_dash(goal: int, serial: int, dash: str) -> None:
    """Item numbers are the same with every dash that a keyboard gives (1)."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    assert key(f"{goal}{dash}{serial}".translate(wide)) == f"{goal}-{serial}"
