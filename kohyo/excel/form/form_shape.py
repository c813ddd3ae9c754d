"""The shape of a form (様式の形): all by which forms differ that are not stamped alike; and the pattern of a shape."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from xlsxwriter.utility import quote_sheetname

from kohyo.definition.fields import form_fields, item_fields
from kohyo.excel.form.sheet_content import told_last_year
from kohyo.excel.form.stamp_pattern import SIGNS, gap
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.text.cell_text import is_unholdable, units

_LONGEST_CONTROL = 40
_LONGEST_TAB = 31
_CONTROL = re.compile(rf"[A-Za-z0-9-]{{1,{_LONGEST_CONTROL}}}")
_MARK = re.compile("[A-Za-z0-9]*")
_TAB = re.compile(r"[^\x00-'*/:<>?\[\\\]]+")
_NAME = re.compile(r"[^\s\x00-\x1f&<>\"]+(?: *[^\s\x00-\x1f&<>\"]+)*")
_ESCAPED = "_x"


@dataclass(frozen=True)
class Shape:
    """What forms that are stamped alike share: plan (the view of their survey), deadline, sheets.

    ``others`` are the sheets after the items': kind, tab and the ticks that stand there, all of them open.
    """

    plan: Plan
    deadline: date
    year: int
    kind: str
    items: int
    tells_last_year: tuple[bool, ...]
    """The variants of the items' sheets in the order in which they first come: with last year's answers or without."""
    first_told: str
    """The first field of which the first sheet tells last year's answer: the looks are numbered as they come."""
    others: tuple[tuple[str, str, tuple[str, ...]], ...]
    has_mark: bool


def shape_of(plan: Plan, issue: IssuedForm, deadline: date) -> Shape | None:
    """Return the shape of a form, None for one that is drawn: a correction, an open form, one with odd names."""
    items = [sheet for sheet in issue.sheets if sheet.item]
    others = issue.sheets[len(items) :]
    if issue.correction or issue.asks or plan.open_form(issue.department) or not items or any(s.item for s in others):
        return None
    if any(sheet.outside or sheet.last_year for sheet in others) or not all(map(_is_untouched, others)):
        return None
    kinds = {sheet.kind for sheet in items}
    if any(sheet.outside or sheet.ends for sheet in items) or len(kinds) > 1:
        return None
    if plan.sheet_kind(items[0].kind).per != "item" or not _is_plainly_named(issue, items, others):
        return None
    rest = tuple(
        (sheet.kind, sheet.tab, tuple(name for name, value in sheet.values.items() if value)) for sheet in others
    )
    variants = tuple(dict.fromkeys(bool(last_year_told(plan, sheet)) for sheet in items))
    first_told = next(iter(last_year_told(plan, items[0])), "")
    return Shape(plan, deadline, issue.year, items[0].kind, len(items), variants, first_told, rest, bool(issue.mark))


def last_year_told(plan: Plan, sheet: IssuedSheet) -> dict[str, str]:
    """Return what an item's sheet tells of last year's answers, by field; nothing where there was none."""
    if not sheet.last_year:
        return {}
    told = ((field.name, told_last_year(sheet.last_year.get(field.name))) for field in form_fields(plan, sheet.kind))
    return {name: text for name, text in told if text}


def pattern_issue(shape: Shape) -> IssuedForm:
    """Return a form of a shape whose names and numbers are gaps and that is answered as far as every form is."""
    ticks = {field.name: Tick.UNKNOWN for field in item_fields(shape.plan) if field.type == "tick"}
    controls = [gap(f"control.{place}", _LONGEST_CONTROL) for place in range(shape.items + len(shape.others))]
    names = [field.name for field in form_fields(shape.plan, shape.kind)]
    first = names.index(shape.first_told) if shape.first_told else 0
    answered = dict.fromkeys(names[first:], gap("last_year"))
    tells = (*shape.tells_last_year, *(shape.tells_last_year[0] for _ in range(shape.items)))
    items = (
        IssuedSheet(controls[place], shape.kind, gap(f"tab.{place}"), ItemId(f"K{place}"), ticks, last_year=last_year)
        for place, last_year in enumerate(answered if told else {} for told in tells[: shape.items])
    )
    others = (
        IssuedSheet(control, kind, tab, None, dict.fromkeys(open_ticks, Tick.UNKNOWN))
        for control, (kind, tab, open_ticks) in zip(controls[shape.items :], shape.others, strict=True)
    )
    return IssuedForm(
        control=gap("control", _LONGEST_CONTROL),
        plan=shape.plan.plan.code,
        form_version=shape.plan.plan.form_version,
        year=shape.year,
        department=gap("department"),
        round=1,
        sheets=(*items, *others),
        mark=gap("mark") if shape.has_mark else "",
    )


def _is_untouched(sheet: IssuedSheet) -> bool:
    return all(value in (None, Tick.UNKNOWN) for value in sheet.values.values())


def _is_plainly_named(issue: IssuedForm, items: list[IssuedSheet], others: tuple[IssuedSheet, ...]) -> bool:
    """Tell whether all names stand as they are wherever they stand: in texts, formulas, attributes, in this order."""
    controls = (issue.control, *(sheet.control for sheet in issue.sheets))
    tabs = [sheet.tab for sheet in issue.sheets]
    return (
        all(map(_CONTROL.fullmatch, controls))
        and _MARK.fullmatch(issue.mark) is not None
        and _is_plain(_NAME, issue.department)
        and all(_is_plain(_TAB, tab) and units(tab) <= _LONGEST_TAB for tab in tabs)
        and len({tab.lower() for tab in tabs}) == len(tabs)
        and all(quote_sheetname(sheet.tab) != sheet.tab for sheet in items)
        and len(items) + len(others) == len(issue.sheets)
    )


def _is_plain(names: re.Pattern[str], text: str) -> bool:
    return (
        names.fullmatch(text) is not None
        and _ESCAPED not in text
        and not is_unholdable(text)
        and not any(sign in text for sign in SIGNS)
    )
