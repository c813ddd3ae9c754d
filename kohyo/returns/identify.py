"""Which form a returned book is (様式の特定): by its control number, which stands in three places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import RawReturn
from kohyo.text.control_number import COVER, ControlNumber, parse_control_number
from kohyo.text.dates import fiscal_year_label

_RECURRING = 100
"""Letters of a control number that is kept."""


@dataclass(frozen=True)
class Identity:
    """The control number of the form's cover, or None with the finding that says why there is none."""

    control: ControlNumber | None
    findings: tuple[Finding, ...]


def identify(raw: RawReturn, plan: Plan) -> Identity:
    """Tell which form ``raw`` is; the file's name and folder never matter.

    The custom property, the hidden sheet and the printed numbers of all sheets must name one form. A sanitiser
    may have stripped the first two: then the printed numbers alone decide, and that is said.
    """
    place = Place(raw.file)
    written = [raw.property_control, raw.hidden_control, *(sheet.control for sheet in raw.sheets)]
    present = [text for text in written if text]
    if not present:
        return Identity(None, (finding_of(Code.K150, place),))
    covers = {cover for text in present if (cover := _cover(text, plan))}
    if not covers:
        return Identity(None, (finding_of(Code.K151, place, value=present[0], plan=plan.plan.name),))
    if len(covers) > 1:
        numbers = wording("text.list.joiner").join(sorted(str(cover) for cover in covers))
        return Identity(None, (finding_of(Code.K152, place, value=numbers),))
    (cover,) = covers
    wrong_year = _wrong_year(cover, plan, place)
    if wrong_year:
        return Identity(None, (wrong_year,))
    return Identity(cover, _stripped(raw, cover, place))


def _cover(text: str, plan: Plan) -> ControlNumber | None:
    """Return the number of the form to whose sheet a number belongs, None for what is none."""
    return (_cover_of if len(text) <= _RECURRING else _cover_of.__wrapped__)(text, plan.plan.code)


@lru_cache(maxsize=1024)
def _cover_of(text: str, plan: str) -> ControlNumber | None:
    try:
        return parse_control_number(text, plan).for_sheet(COVER)
    except TextError:
        return None


def _wrong_year(cover: ControlNumber, plan: Plan, place: Place) -> Finding | None:
    expected = FiscalYear(plan.cycle.year)
    if cover.era_year == expected.era_year:
        return None
    return finding_of(Code.K153, place, value=str(cover), expected=fiscal_year_label(expected))


def _stripped(raw: RawReturn, cover: ControlNumber, place: Place) -> tuple[Finding, ...]:
    if raw.property_control and raw.hidden_control:
        return ()
    return (finding_of(Code.K154, place, value=str(cover)),)
