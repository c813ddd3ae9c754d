"""「あと n か所です」: what is still missing, as a formula that is counted live and the text it yields now."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.excel.write import form_formulas as formula
from kohyo.excel.write.form_formulas import LIVE
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


def told(missing: Tally, wrong: Tally, calm: Told, *, joint: str) -> Told:
    """Return how many answers are missing and wrong, joined by ``joint``, or ``calm`` when none is either."""
    first, second = wording("form.status.missing", count=LIVE), wording("form.status.wrong", count=LIVE)
    say_missing, say_wrong = formula.spoken(first, missing.formula), formula.spoken(second, wrong.formula)
    say_both = f"{say_missing}&{formula.literal(joint)}&{say_wrong}"
    at_none = f"IF({wrong.formula}=0,{calm.formula},{say_wrong})"
    at_some = f"IF({wrong.formula}=0,{say_missing},{say_both})"
    parts = [text.replace(LIVE, str(tally.now)) for text, tally in ((first, missing), (second, wrong)) if tally.now]
    return Told(f"=IF({missing.formula}=0,{at_none},{at_some})", joint.join(parts) or calm.now)


def tallies(remarks: str, missing: int, wrong: int) -> tuple[Tally, Tally]:
    """Return the counts of missing and wrong answers over the cells ``remarks``."""
    marks = (wording("form.remark.missing"), missing), (wording("form.remark.wrong"), wrong)
    first, second = (Tally(formula.counted(remarks, mark), now) for mark, now in marks)
    return first, second
