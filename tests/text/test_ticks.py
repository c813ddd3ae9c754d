"""Ticks as people write them.

1. Every sign that offices use for yes, no and unknown is understood, whatever its width.
2. Anything else is refused: an empty cell says nothing.
3. What a form shows is read back.
"""

from __future__ import annotations

import pytest

from kohyo.errors import TextError
from kohyo.model.tick import Tick
from kohyo.model.value import RawValue
from kohyo.text.ticks import parse_tick, show_tick


@pytest.mark.parametrize("raw", ["○", "〇 ", "◯", "●", "◎", "✓", "✔️", "☑", "⭕", "レ", "ﾚ", "１", "1", 1, 1.0, True])
def test_signs_for_yes(raw: RawValue) -> None:
    """Circles, check marks and 1 mean 該当 (1)."""
    assert parse_tick(raw) is Tick.YES


@pytest.mark.parametrize("raw", ["－", "-", "−", "ー", "―", "×", "✗", "0", 0, 0.0, False, "非該当", "非 該当", "なし"])
def test_signs_for_no(raw: RawValue) -> None:
    """Dashes, crosses and 0 mean 非該当 (1)."""
    assert parse_tick(raw) is Tick.NO


@pytest.mark.parametrize("raw", ["不明", "？", "?"])
def test_signs_for_unknown(raw: RawValue) -> None:
    """A question mark means 不明 (1)."""
    assert parse_tick(raw) is Tick.UNKNOWN


@pytest.mark.parametrize("raw", ["", None, "2", 2, 0.5, "○×", "△", "□", "人材育成", "10", "レレ"])
def test_anything_else_is_refused(raw: RawValue) -> None:
    """A label of a perspective is never a tick, nor is half a one (2)."""
    with pytest.raises(TextError):
        parse_tick(raw)


@pytest.mark.parametrize("tick", list(Tick))
def test_what_a_form_shows_is_read_back(tick: Tick) -> None:
    """Showing and reading agree (3)."""
    assert parse_tick(show_tick(tick)) is tick
