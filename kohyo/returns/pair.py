"""Which sheet of a returned book is which sheet that went out (シートの対応づけ)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.returned_book import RawReturn, RawSheet
from kohyo.returns.parse_value import as_typed
from kohyo.text.control_number import parse_control_number
from kohyo.text.normalise import Key, key

_NUMBER = "number"
_TITLE = "title"
_COPY = re.compile(r"\([0-9]+\)|_[0-9]+")
"""What Excel and LibreOffice put behind the name of a copied sheet."""


@dataclass(frozen=True)
class SheetPair:
    """A returned sheet and the sheet it was; ``copied_from`` is set for a copy that adds something new."""

    sheet: RawSheet
    base: IssuedSheet | None
    copied_from: IssuedSheet | None = None


def pair_sheets(raw: RawReturn, issue: IssuedForm) -> tuple[tuple[SheetPair, ...], list[Finding]]:
    """Pair every readable sheet; a sheet that cannot be paired surely is left out and has a finding."""
    findings: list[Finding] = []
    pairs: list[SheetPair] = []
    tabs = {key(base.tab) for base in issue.sheets}
    for control, sheets in _by_control(raw, issue, findings).items():
        base = issue.sheet(control)
        if base is None:
            findings.extend(Finding("K323", sheet.place, value=control) for sheet in sheets)
        else:
            pairs.extend(_pair_group(sheets, base, tabs, findings))
    return tuple(pairs), findings


def _by_control(raw: RawReturn, issue: IssuedForm, findings: list[Finding]) -> dict[str, list[RawSheet]]:
    groups: dict[str, list[RawSheet]] = defaultdict(list)
    for sheet in raw.sheets:
        if not sheet.kind:
            continue
        control = _spelled(sheet.control, issue) or _recovered(sheet, raw, issue, findings)
        if control:
            groups[control].append(sheet)
    return groups


def _spelled(control: str, issue: IssuedForm) -> str:
    """Return a control number as it is printed, empty for one that is gone or whose check digits are wrong."""
    try:
        return str(parse_control_number(control, issue.plan))
    except TextError:
        return ""


def _recovered(sheet: RawSheet, raw: RawReturn, issue: IssuedForm, findings: list[Finding]) -> str:
    """Find the control number of a sheet that lost it: an item's by its number, another's as the only one of its kind.

    Only what no other sheet claims can be found.
    """
    claimed = {_spelled(other.control, issue) for other in raw.sheets}
    free = [base for base in issue.sheets if base.control not in claimed and base.kind == sheet.kind]
    number = _written(sheet, _NUMBER)
    if any(base.item is not None for base in free):
        found = [base for base in free if number and key(base.values.get(_NUMBER)) == key(number)]
    else:
        rivals = [other for other in raw.sheets if other.kind == sheet.kind and not _spelled(other.control, issue)]
        found = free if len(rivals) == 1 else []
    if len(found) != 1:
        findings.append(Finding("K324", sheet.place, value=sheet.control))
        return ""
    findings.append(Finding("K325", sheet.place, value=found[0].tab))
    return found[0].control


def _pair_group(
    sheets: list[RawSheet], base: IssuedSheet, tabs: Collection[Key], findings: list[Finding]
) -> list[SheetPair]:
    """Pair the sheets that bear one control number: one is the original, any other is a copy of it.

    ``tabs`` are the names under which the sheets of the form went out.
    """
    original = _original(sheets, base)
    if original is None or _is_lone_copy(original, sheets, base):
        names = wording("text.list.joiner").join(sheet.place.sheet for sheet in sheets)
        findings.extend(Finding("K322", sheet.place, value=names) for sheet in sheets)
        return []
    pairs = [SheetPair(original, base)]
    if not _same_tab(original, base):
        code = "K330" if key(original.place.sheet) in tabs else "K329"
        findings.append(Finding(code, original.place, value=base.tab))
    for sheet in sheets:
        if sheet is not original:
            findings.append(Finding("K321", sheet.place, value=base.tab))
            pairs.append(SheetPair(sheet, None, base))
    return pairs


def _original(sheets: list[RawSheet], base: IssuedSheet) -> RawSheet | None:
    """Tell which of several sheets is the one that went out: by its tab, else by the item's name."""
    for same in (_same_tab, _same_title):
        found = [sheet for sheet in sheets if same(sheet, base)]
        if len(found) == 1:
            return found[0]
    return sheets[0] if len(sheets) == 1 else None


def _is_lone_copy(sheet: RawSheet, sheets: list[RawSheet], base: IssuedSheet) -> bool:
    """Tell whether the only sheet with a control number is called a copy and is about something else."""
    rest = key(sheet.place.sheet).removeprefix(key(base.tab))
    return len(sheets) == 1 and bool(_COPY.fullmatch(rest)) and not _same_title(sheet, base)


def _same_tab(sheet: RawSheet, base: IssuedSheet) -> bool:
    return key(sheet.place.sheet) == key(base.tab)


def _same_title(sheet: RawSheet, base: IssuedSheet) -> bool:
    return _written(sheet, _TITLE) == str(base.values.get(_TITLE) or "")


def _written(sheet: RawSheet, field: str) -> str:
    answer = sheet.answers.get(field)
    return as_typed(answer.value) if answer else ""
