"""「あと n か所です」: what is still missing, as a formula that is counted live and the text it yields now."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_formulas import LIVE
from kohyo.messages import wording


@dataclass(frozen=True)
class Told:
    """A formula and what it yields now."""

    formula: str
    now: str


@dataclass(frozen=True)
class Tally:
    """A figure: the formula that counts it and what it counts now."""

    formula: str
    now: int


def done() -> Told:
    """Return what is said when nothing is missing."""
    text = wording("form.status.none")
    return Told(formula.literal(text), text)


def told(missing: Tally, wrong: Tally, calm: Told) -> Told:
    """Return how many answers are missing and wrong, or ``calm`` when none is either."""
    some_missing = _say("missing", count=missing)
    some_wrong = _say("wrong", count=wrong)
    both = _say("both", missing=missing, wrong=wrong)
    at_none = f"IF({wrong.formula}=0,{calm.formula},{some_wrong.formula})"
    at_some = f"IF({wrong.formula}=0,{some_missing.formula},{both.formula})"
    now = {(False, False): calm, (True, False): some_missing, (False, True): some_wrong, (True, True): both}
    return Told(f"=IF({missing.formula}=0,{at_none},{at_some})", now[bool(missing.now), bool(wrong.now)].now)


def _say(key: str, **counts: Tally) -> Told:
    text = wording(f"form.status.{key}", **dict.fromkeys(counts, LIVE))
    now = wording(f"form.status.{key}", **{name: tally.now for name, tally in counts.items()})
    return Told(formula.spoken(text, *(tally.formula for tally in counts.values())), now)


def tallies(remarks: str, missing: int, wrong: int) -> tuple[Tally, Tally]:
    """Return the counts of missing and wrong answers over the cells ``remarks``."""
    marks = (wording("form.remark.missing"), missing), (wording("form.remark.wrong"), wrong)
    first, second = (Tally(formula.counted(remarks, mark), now) for mark, now in marks)
    return first, second
