"""Which sheet of a returned book is which sheet that went out (シートの対応づけ)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from kohyo.messages import wording
from kohyo.model.finding import Finding
from kohyo.model.response import FormIssue, RawReturn, RawSheet, SheetIssue
from kohyo.rules.values import as_typed
from kohyo.text.normal import key

_NUMBER = "number"
_TITLE = "title"


@dataclass(frozen=True)
class Pair:
    """A returned sheet and the sheet it was; ``copied_from`` is set for a copy that adds something new."""

    sheet: RawSheet
    base: SheetIssue | None
    copied_from: SheetIssue | None = None


def pair_sheets(raw: RawReturn, issue: FormIssue) -> tuple[tuple[Pair, ...], list[Finding]]:
    """Pair every readable sheet; a sheet that cannot be paired surely is left out and has a finding."""
    findings: list[Finding] = []
    pairs: list[Pair] = []
    for control, sheets in _by_control(raw, issue, findings).items():
        base = issue.sheet(control)
        if base is None:
            findings.extend(Finding("K323", sheet.place, value=control) for sheet in sheets)
        else:
            pairs.extend(_pair_group(sheets, base, findings))
    return tuple(pairs), findings


def missing_sheets(issue: FormIssue, seen: Collection[str]) -> tuple[SheetIssue, ...]:
    """Return the item sheets that went out and stand in none of the department's returns."""
    return tuple(sheet for sheet in issue.sheets if sheet.item is not None and sheet.control not in seen)


def _by_control(raw: RawReturn, issue: FormIssue, findings: list[Finding]) -> dict[str, list[RawSheet]]:
    groups: dict[str, list[RawSheet]] = defaultdict(list)
    for sheet in raw.sheets:
        if not sheet.kind:
            continue
        control = sheet.control or _recovered(sheet, raw, issue, findings)
        if control:
            groups[control].append(sheet)
    return groups


def _recovered(sheet: RawSheet, raw: RawReturn, issue: FormIssue, findings: list[Finding]) -> str:
    """Find the control number of a sheet that lost it, by its item number, where nothing else claims it."""
    claimed = {other.control for other in raw.sheets if other.control}
    number = _written(sheet, _NUMBER)
    found = [
        base
        for base in issue.sheets
        if base.control not in claimed and number and key(base.values.get(_NUMBER)) == key(number)
    ]
    if len(found) != 1:
        findings.append(Finding("K324", sheet.place))
        return ""
    findings.append(Finding("K325", sheet.place, value=number))
    return found[0].control


def _pair_group(sheets: list[RawSheet], base: SheetIssue, findings: list[Finding]) -> list[Pair]:
    """Pair the sheets that bear one control number: one is the original, any other is a copy of it."""
    original = _original(sheets, base)
    if original is None:
        tabs = wording("text.list.joiner").join(sheet.place.sheet for sheet in sheets)
        findings.extend(Finding("K322", sheet.place, value=tabs) for sheet in sheets)
        return []
    pairs = [Pair(original, base)]
    for sheet in sheets:
        if sheet is not original:
            findings.append(Finding("K321", sheet.place, value=base.tab))
            pairs.append(Pair(sheet, None, base))
    return pairs


def _original(sheets: list[RawSheet], base: SheetIssue) -> RawSheet | None:
    """Tell which of several sheets is the one that went out: by its tab, else by the item's name."""
    for same in (_same_tab, _same_title):
        found = [sheet for sheet in sheets if same(sheet, base)]
        if len(found) == 1:
            return found[0]
    return sheets[0] if len(sheets) == 1 else None


def _same_tab(sheet: RawSheet, base: SheetIssue) -> bool:
    return key(sheet.place.sheet) == key(base.tab)


def _same_title(sheet: RawSheet, base: SheetIssue) -> bool:
    return _written(sheet, _TITLE) == str(base.values.get(_TITLE) or "")


def _written(sheet: RawSheet, field: str) -> str:
    answer = sheet.answers.get(field)
    return as_typed(answer.value) if answer else ""
