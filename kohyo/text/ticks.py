"""Ticks (○) as people write them: ○〇◯●✓レ1 and the rest of ``text.toml``."""

from __future__ import annotations

from functools import cache

from kohyo.errors import TextError
from kohyo.messages.catalogue import section
from kohyo.model.tick import Tick
from kohyo.model.value import RawValue
from kohyo.text.normalise import Key, key


@cache
def _vocabulary() -> dict[Key, Tick]:
    ticks = section("text")["ticks"]
    pairs = ((Tick.YES, ticks["yes"]), (Tick.NO, ticks["no"]), (Tick.UNKNOWN, ticks["unknown"]))
    return {key(word): tick for tick, words in pairs for word in words}


def parse_tick(raw: RawValue) -> Tick:
    """Read a tick; raise TextError for what is none. An empty cell says nothing and is not read here."""
    word = str(int(raw)) if isinstance(raw, (bool, float)) and raw in (0, 1) else str(raw)
    try:
        return _vocabulary()[key(word)]
    except KeyError:
        raise TextError(raw) from None


def show_tick(tick: Tick) -> str:
    """Return how a tick is shown in a form: ○, － or 不明."""
    shown: str = section("text")["ticks"][f"show_{tick.value}"]
    return shown
