"""Control numbers (管理番号), printed on every sheet: ``R6-28-K0019-1-43``.

Survey cycle, respondent's code, sheet code, round, and two check digits by ISO 7064 MOD 97-10, computed over
the plan's code as well, so that a number of another plan does not pass for ours.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kohyo.errors import TextError

COVER = "0"
"""Sheet code of the cover, which names the form as a whole."""

_SHAPE = re.compile(r"R([0-9]{1,2})-([0-9A-Z]{2})-([0-9A-Z]{1,10})-([0-9]{1,2})-([0-9]{2})")
_PARTS, _SHEET = 5, 2
_RECURRING = 100
"""Characters of a number whose reading is kept: it stands on every sheet, and is asked for several times."""

_DIGITS = {code: str(int(chr(code), 36)) if chr(code).isalnum() else None for code in range(128)}
"""The digits that a character counts as, none of those that are left out."""

_DASHES = re.compile("[\u2010-\u2015\u2212\u30fc\uff0d]")


@dataclass(frozen=True)
class ControlNumber:
    """The parts of a control number; ``str()`` spells it with its check digits."""

    plan: str
    era_year: int
    department: str
    sheet: str
    round: int

    @property
    def body(self) -> str:
        """The number without its check digits."""
        return f"R{self.era_year}-{self.department}-{self.sheet}-{self.round}"

    def __str__(self) -> str:
        return self._spelled

    @cached_property
    def _spelled(self) -> str:
        return f"{self.body}-{check_digits(self.plan + self.body)}"

    def for_sheet(self, sheet: str) -> ControlNumber:
        """Return the control number of another sheet of the same form."""
        return ControlNumber(self.plan, self.era_year, self.department, sheet, self.round)


def sheet_code(control: str) -> str:
    """Return the sheet code within a control number as it is spelled, empty when it has none."""
    parts = control.split("-")
    return parts[_SHEET] if len(parts) == _PARTS else ""


@lru_cache(maxsize=4096)
def check_digits(text: str) -> str:
    """Return the two check digits of ``text`` (letters count as 10 to 35, other characters are left out)."""
    digits = text.encode("ascii", "ignore").decode("ascii").translate(_DIGITS)
    return f"{98 - int(digits + '00') % 97:02d}"


def parse_control_number(raw: object, plan: str) -> ControlNumber:
    """Read a control number, printed or retyped; raise TextError when it or its check is wrong."""
    number, is_sound = _shaped(raw, plan)
    if number is None or not is_sound:
        raise TextError(raw)
    return number


def claimed_number(raw: object, plan: str) -> ControlNumber | None:
    """Return what a control number says though its check may be wrong; None for what has not its shape."""
    return _shaped(raw, plan)[0]


def _shaped(raw: object, plan: str) -> tuple[ControlNumber | None, bool]:
    """Return what a number says, None for what has not its shape, and whether its check is right."""
    spelled = str(raw)
    return _kept(spelled, plan) if len(spelled) <= _RECURRING else _parts(spelled, plan)


def _parts(spelled: str, plan: str) -> tuple[ControlNumber | None, bool]:
    text = _DASHES.sub("-", re.sub(r"\s", "", unicodedata.normalize("NFKC", spelled))).upper()
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None, False
    number = ControlNumber(plan, int(found[1]), found[2], found[3], int(found[4]))
    return number, str(number) == text


_kept = lru_cache(maxsize=4096)(_parts)
