"""Normalised text.

1. Spellings that people do not tell apart have one key.
2. Texts that differ in meaning keep different keys.
3. A key is its own key, whatever the text.
4. A key is what the rules say one after the other, wherever one look tells that a rule has nothing to do.
"""

from __future__ import annotations

import re
import unicodedata

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


ODD = "あA1 \u3000\n\u200b\ufe0f\U000e0100\u2010\u2212\uff0d\u00ad\u301c\uff5eー─Ⅹか\u3099ﾞ\x1c\x85"


@given(st.text(ODD) | st.text())
def test_a_key_is_what_the_rules_say(text: str) -> None:
    """The rules spelled out one after the other, each applied to every text, give the same (4)."""

    def once(text: str) -> str:
        text = unicodedata.normalize("NFKC", text)
        text = re.sub("[\\s\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]", "", text)
        text = re.sub("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u00ad]", "-", text)
        text = re.sub("[\u301c\uff5e]", "~", text)
        text = re.sub("(?<=[0-9])[ー─](?=[0-9])", "-", text)
        return unicodedata.normalize("NFKC", text.casefold())

    assert key(text) == once(once(text))
