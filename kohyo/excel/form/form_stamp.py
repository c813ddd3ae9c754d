"""Stamping forms (様式の型押し): a form of a shape is drawn once, and every form of that shape made from it.

Forms of a shape differ in their answers, in what their sheets are called and numbered, and in whom they are for; all
else is worked out, drawn and deflated once. What no stamp holds is drawn: then ``stamped_form`` returns None. Part by
part a stamped form is the drawn one, but for the order in which cells' texts stand among the shared ones.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from kohyo.definition.fields import form_fields
from kohyo.errors import UsageError
from kohyo.excel.form.drawn_form import DrawnForm, drawn_form
from kohyo.excel.form.form_cover import MISSING, VALUE, WRONG, sheet_row_height
from kohyo.excel.form.form_overview import (
    FIRST_MARK,
    FIRST_ROW,
    LACKING,
    TITLE,
    item_row_height,
    marked_fields,
    next_link,
)
from kohyo.excel.form.form_shape import Shape, last_year_told, pattern_issue, shape_of
from kohyo.excel.form.sheet_content import NUMBER_FIELD, shown
from kohyo.excel.form.stamp_names import Names
from kohyo.excel.form.stamp_pattern import (
    NoPatternError,
    Pattern,
    gap,
    height,
    result,
    spelled,
    with_heights,
    with_results,
)
from kohyo.excel.form.stamp_row import TEXT, NoStampError
from kohyo.excel.form.stamp_sheet import SheetStamp, Stamped, status
from kohyo.excel.form.stamp_texts import FormTexts, SharedTexts
from kohyo.excel.ooxml import ready_parts
from kohyo.excel.ooxml.cell_reference import a1
from kohyo.excel.ooxml.ready_parts import Piece
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue

_KEPT = 32
_COVER, _OVERVIEW, _FIRST_ITEM = range(3)
_SHEETS = "xl/worksheets/"
_SHEET = f"{_SHEETS}sheet{{}}.xml"
_WORKBOOK, _TEXTS, _ABOUT = "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/app.xml"
_LINK = re.compile(r'<c r="A(\d+)" s="\d+" t="s"><v>(\d+)</v>')
_STATE = re.compile(r'<c r="(B\d+)" s="\d+" t="str"><f>IF\(SUM\(')


def stamped_form(plan: Plan, issue: IssuedForm, deadline: date) -> bytes | None:
    """Return a form's bytes, the same for the same input, None for one that must be drawn.

    ``plan`` is the view of the form's survey.
    """
    shape = shape_of(plan, issue, deadline)
    stamp = stamp_of(shape) if shape else None
    if stamp is None:
        return None
    try:
        return stamp.form(issue)
    except NoStampError:
        return None


@lru_cache(maxsize=_KEPT)
def stamp_of(shape: Shape) -> FormStamp | None:
    """Return the stamp of a shape, None where forms of it are drawn; drawing them says what is wrong with them."""
    try:
        return FormStamp(shape, drawn_form(shape.plan, pattern_issue(shape), shape.deadline, once=True))
    except (NoPatternError, UsageError):
        return None


class FormStamp:
    """The stamp of a shape of forms."""

    def __init__(self, shape: Shape, drawn: DrawnForm) -> None:
        self._shape = shape
        self._fields = form_fields(shape.plan, shape.kind)
        self._marks = [field.name for field in marked_fields(shape.plan)]
        self._others = drawn.sheets[shape.items :]
        with zipfile.ZipFile(io.BytesIO(drawn.content)) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        self._items = range(_FIRST_ITEM, _FIRST_ITEM + shape.items)
        self._item_parts = {_SHEET.format(place + 1): place - _FIRST_ITEM for place in self._items}
        self._texts = SharedTexts(parts[_TEXTS], drawn.texts)
        self._variants: dict[bool, SheetStamp] = {}
        for variant, tells in enumerate(shape.tells_last_year):
            xml = parts[_SHEET.format(_FIRST_ITEM + 1 + variant)]
            self._variants[tells] = SheetStamp(xml, drawn.sheets[variant], self._texts, variant)
        tabs = re.findall('<sheet name="([^"]*)"', parts[_WORKBOOK])
        self._names = Names(parts[_WORKBOOK], parts[_ABOUT], tabs, self._items, len(self._variants))
        parts[_SHEET.format(_COVER + 1)] = self._cover(parts[_SHEET.format(_COVER + 1)], drawn.texts)
        parts[_SHEET.format(_OVERVIEW + 1)] = self._overview(parts[_SHEET.format(_OVERVIEW + 1)])
        self._parts: dict[str, Pattern | None] = dict.fromkeys(parts)
        counted = sum(xml.count(TEXT) for name, xml in parts.items() if name.startswith(_SHEETS))
        self._count = self._texts.count - counted  # a text that was written over counts too, as XlsxWriter counts
        for name, xml in parts.items():
            if name not in {*self._item_parts, _WORKBOOK, _ABOUT, _TEXTS}:
                self._parts[name] = Pattern(self._texts.with_gaps(xml))
                self._count += xml.count(TEXT)
        self._text_gaps = sorted({name for part in self._parts.values() if part for name in part.gaps})

    def _cover(self, xml: str, texts: Sequence[str]) -> str:
        """Return the cover with gaps for what it tells of the items' sheets."""
        state = _STATE.search(xml)
        tabs = {texts.index(gap(f"tab.{place}")): place for place in range(self._shape.items)}
        rows = {int(row): tabs[int(text)] for row, text in _LINK.findall(xml) if int(text) in tabs}
        if state is None or len(rows) != len(tabs):
            raise NoPatternError
        total = max(rows) + len(self._others)
        cells = {
            a1(row - 1, column): (f"{name}.{place}", "")
            for row, place in rows.items()
            for column, name in ((VALUE, "title"), (MISSING, "missing"), (WRONG, "wrong"))
        }
        cells |= {a1(total, MISSING): ("missing", ""), a1(total, WRONG): ("wrong", ""), state[1]: ("status", "")}
        return with_heights(with_results(xml, cells), {row: f"cover_height.{place}" for row, place in rows.items()})

    def _overview(self, xml: str) -> str:
        """Return the overview with gaps for what it tells of the items."""
        cells: dict[str, tuple[str, str]] = {}
        for place in range(self._shape.items):
            row = FIRST_ROW + place
            cells |= {a1(row, TITLE): (f"title.{place}", ""), a1(row, LACKING): (f"missing.{place}", "")}
            for column, field in enumerate(self._marks, start=FIRST_MARK):
                cells[a1(row, column)] = (f"mark.{place}.{field}", f"kind.{place}.{field}")
        rows = {FIRST_ROW + place + 1: f"overview_height.{place}" for place in range(self._shape.items)}
        return with_heights(with_results(xml, cells), rows)

    def form(self, issue: IssuedForm) -> bytes:
        """Return a form of this shape; raise NoStampError where a value is none that is stamped."""
        texts = FormTexts(self._texts)
        items = issue.sheets[: self._shape.items]
        values = {"control": issue.control, "department": issue.department, "mark": issue.mark}
        for place, sheet in enumerate(issue.sheets):
            values |= {f"control.{place}": sheet.control, f"tab.{place}": sheet.tab}
        values |= self._texts.own(self._text_gaps, values, texts)
        sheets = [self._item(place, sheet, texts) for place, sheet in enumerate(items)]
        values |= self._told(sheets)
        names, ranges = self._names.listed(sheets, [sheet.tab for sheet in items])
        values |= {"names": names, "ranges": ranges}
        return ready_parts.package(self._filled(values, sheets, texts))

    def _filled(
        self, values: Mapping[str, str], sheets: Sequence[Stamped], texts: FormTexts
    ) -> Iterator[tuple[str, Sequence[Piece]]]:
        for name, pattern in self._parts.items():
            if pattern is not None:
                yield name, list(pattern.filled(values))
            elif name in self._item_parts:
                yield name, sheets[self._item_parts[name]].pieces
            elif name == _TEXTS:
                yield name, self._texts.part(texts, self._count + sum(sheet.texts for sheet in sheets))
            else:
                part = self._names.workbook if name == _WORKBOOK else self._names.about
                yield name, list(part.filled(values))

    def _item(self, place: int, sheet: IssuedSheet, texts: FormTexts) -> Stamped:
        plan = self._shape.plan
        answers: dict[str, RawValue] = {
            field.name: shown(plan, field, value) if (value := sheet.values.get(field.name)) is not None else None
            for field in self._fields
        }
        formula, said = _link(place, self._shape.items)
        number = str(sheet.values.get(NUMBER_FIELD) or sheet.tab)
        about = {
            "control": sheet.control,
            "control_place": texts.place(sheet.control),
            "number_place": texts.place(number),
            "next": formula,
            "next_said": said,
        }
        last_year = last_year_told(plan, sheet)
        return self._variants[bool(last_year)].stamped(answers, last_year, about, texts)

    def _told(self, sheets: Sequence[Stamped]) -> dict[str, str]:
        """Return what cover and overview tell of the items' sheets."""
        missing = sum(len(sheet.missing) for sheet in sheets) + sum(other.missing for other in self._others)
        wrong = sum(sheet.wrong for sheet in sheets) + sum(other.wrong for other in self._others)
        values = {"status": status(missing, wrong), "missing": str(missing), "wrong": str(wrong)}
        mark = spelled(wording("form.overview.mark"))
        for place, sheet in enumerate(sheets):
            values[f"title.{place}"] = result(sheet.title)
            values[f"missing.{place}"], values[f"wrong.{place}"] = str(len(sheet.missing)), str(sheet.wrong)
            values[f"cover_height.{place}"] = height(sheet_row_height(sheet.title))
            values[f"overview_height.{place}"] = height(item_row_height(sheet.title))
            for field in self._marks:
                lacks = field in sheet.missing
                values[f"mark.{place}.{field}"] = mark if lacks else ""
                values[f"kind.{place}.{field}"] = ' t="str"' if lacks else ""
        return values


@lru_cache(maxsize=1024)
def _link(place: int, count: int) -> tuple[str, str]:
    """Return what leads on from an item's sheet, as it stands between tags: a formula and what it shows."""
    formula, said = next_link(place, count)
    return spelled(formula.removeprefix("=")), result(said)
