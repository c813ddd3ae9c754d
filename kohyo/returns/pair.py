"""Which sheet of a returned book is which sheet that went out (シートの対応づけ).

Sheets are grouped by the control number that they bear, or by the item number where that is lost. In a group one is
the original and any other a copy that proposes something new; ``sheet_identity`` says what makes a sheet the
original's answer. Every sheet is paired or has a finding that says why not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import RawReturn, RawSheet
from kohyo.returns.known_sheets import KnownSheets
from kohyo.returns.parse_value import as_typed
from kohyo.returns.sent_forms import NUMBER
from kohyo.returns.sheet_identity import SheetMarks, foreign_content
from kohyo.text.control_number import claimed_number, parse_control_number
from kohyo.text.normalise import key

_RECURRING = 100
"""Letters of a control number that is kept."""

_NO_OTHERS: Mapping[str, IssuedForm] = MappingProxyType({})


@dataclass(frozen=True)
class SheetPair:
    """A returned sheet and the sheet it was; ``copied_from`` is set for a copy that adds something new."""

    sheet: RawSheet
    base: IssuedSheet | None
    copied_from: IssuedSheet | None = None


def pair_sheets(
    raw: RawReturn, issue: IssuedForm, issues: Mapping[str, IssuedForm] = _NO_OTHERS
) -> tuple[tuple[SheetPair, ...], list[Finding]]:
    """SheetPair every readable sheet; a sheet that cannot be paired surely is left out and has a finding.

    ``issues`` are all forms that went out: a sheet may hold what another department was sent.
    """
    findings: list[Finding] = []
    pairs: list[SheetPair] = []
    known = KnownSheets.of(issue, issues)
    groups = _by_control(raw, issue, findings)
    tabs = {key(sheet.place.sheet): control for control, sheets in groups.items() for sheet in sheets}
    for control, sheets in groups.items():
        base = issue.sheet(control)
        if base is None:
            findings.extend(finding_of(Code.K323, sheet.place, value=control) for sheet in sheets)
            continue
        group = [SheetMarks(sheet, base, known, bool(_spelled(sheet.control, issue))) for sheet in sheets]
        pairs.extend(_pair_group(group, findings, tab_taken=tabs.get(key(base.tab), control) != control))
    return tuple(pairs), findings


def _by_control(raw: RawReturn, issue: IssuedForm, findings: list[Finding]) -> dict[str, list[RawSheet]]:
    groups: dict[str, list[RawSheet]] = defaultdict(list)
    for sheet in raw.sheets:
        if not sheet.kind:
            continue
        if sheet.other_controls:
            findings.append(_of_two(sheet))
            continue
        control = _spelled(sheet.control, issue) or _recovered(sheet, raw, issue)
        if control:
            groups[control].append(sheet)
        else:
            findings.append(finding_of(Code.K324, sheet.place, value=sheet.control))
    return groups


def _spelled(control: str, issue: IssuedForm) -> str:
    """Return a control number as it is printed, empty for one that is gone or whose check digits are wrong."""
    return (_printed if len(control) <= _RECURRING else _printed.__wrapped__)(control, issue.plan)


@lru_cache(maxsize=1024)
def _printed(control: str, plan: str) -> str:
    try:
        return str(parse_control_number(control, plan))
    except TextError:
        return ""


def _of_two(sheet: RawSheet) -> Finding:
    """Return that a sheet bears more control numbers than one."""
    numbers = (sheet.control, *sheet.other_controls)
    said = (wording("finding.marks.control", tab=number) for number in numbers if number)
    return finding_of(Code.K334, sheet.place, value=wording("text.list.joiner").join(said))


def _is_of_another_form(control: str, issue: IssuedForm) -> bool:
    """Tell whether a control number whose check is wrong still names another department, round or year."""
    number, own = claimed_number(control, issue.plan), claimed_number(issue.control, issue.plan)
    return number is not None and own is not None and number.for_sheet(own.sheet) != own


def _recovered(sheet: RawSheet, raw: RawReturn, issue: IssuedForm) -> str:
    """Find the control number of a sheet that lost it: an item's by its number, another's as the only one of its kind.

    Only what no other sheet claims can be found; empty where that is not exactly one, or where what is left of the
    number names another form.
    """
    if _is_of_another_form(sheet.control, issue):
        return ""
    claimed = {_spelled(other.control, issue) for other in raw.sheets}
    free = [base for base in issue.sheets if base.control not in claimed and base.kind == sheet.kind]
    if any(base.item is not None for base in free):
        number = key(as_typed(sheet.answers[NUMBER].value)) if NUMBER in sheet.answers else ""
        found = [base for base in free if number and key(base.values.get(NUMBER)) == number]
    else:
        rivals = [other for other in raw.sheets if other.kind == sheet.kind and not _spelled(other.control, issue)]
        found = free if len(rivals) == 1 else []
    return found[0].control if len(found) == 1 else ""


def _pair_group(group: Sequence[SheetMarks], findings: list[Finding], *, tab_taken: bool) -> list[SheetPair]:
    """SheetPair the sheets that were made from one sheet: one is the original, any other is a copy of it.

    ``tab_taken`` tells that another sheet of the book has the original's tab.
    """
    doubts = {file.sheet.place: doubt for file in group if (doubt := file.doubt())}
    findings.extend(doubts.values())
    left = [file for file in group if file.sheet.place not in doubts]
    original = _original(left)
    if original is None:
        names = wording("text.list.joiner").join(file.sheet.place.sheet for file in left)
        findings.extend(finding_of(Code.K322, file.sheet.place, value=names) for file in left)
        return []
    if not (original.keeps_tab or original.keeps_title or (original.tab and tab_taken)):
        findings.append(finding_of(Code.K332, original.sheet.place, value=original.base.tab))
        return []
    findings.extend(_recognised(original))
    copies = (_copy(file, findings) for file in left if file is not original)
    return [SheetPair(original.sheet, original.base), *(pair for pair in copies if pair)]


def _original(group: Sequence[SheetMarks]) -> SheetMarks | None:
    """Tell which of several sheets is the one that went out: by its tab, else by its title.

    Where one has the tab and another holds more of what went out, that cannot be told.
    """
    if len(group) == 1:
        return group[0]
    tabs, titles = ([file for file in group if file.keeps_tab], [file for file in group if file.keeps_title])
    found = tabs if len(tabs) == 1 else titles
    if len(found) != 1:
        return None
    (original,) = found
    rivals = [file for file in group if file.keeps_title or file.share > original.share]
    return None if original.loses_title and rivals else original


def _recognised(original: SheetMarks) -> Iterator[Finding]:
    """Say by what a sheet was recognised where it is not as it went out."""
    place, tab = original.sheet.place, original.base.tab
    if not original.bears_control:
        yield finding_of(Code.K325, place, value=tab)
    if not original.keeps_tab:
        yield finding_of(Code.K330 if original.tab else Code.K329, place, value=tab)


def _copy(copy: SheetMarks, findings: list[Finding]) -> SheetPair | None:
    """SheetPair a copy, unless it has another sheet's tab: then it was pasted over that sheet, or nobody knows."""
    if copy.tab is None:
        findings.append(finding_of(Code.K321, copy.sheet.place, value=copy.base.tab))
        return SheetPair(copy.sheet, None, copy.base)
    pasted = copy.own.title and copy.keeps_title
    findings.append(foreign_content(copy.sheet, copy.tab, copy.own) if pasted else copy.contradiction())
    return None
