"""Drawing the survey form (調査票) of one respondent cell by cell: cover, sheets, example, what the reader looks for.

Whatever form there is can be drawn. What it costs is paid once a shape of form: ``form_stamp`` stamps the rest.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache

from xlsxwriter import Workbook

from kohyo.definition.fields import item_fields, item_kind, year_words
from kohyo.definition.load import shipped_data
from kohyo.excel.form.correction_marks import asks_by_place
from kohyo.excel.form.form_canvas import Canvas
from kohyo.excel.form.form_cover import CoverPen, Sent, cover_cells
from kohyo.excel.form.form_identifiers import (
    COVER_TARGET,
    HIDDEN_SHEET,
    ITEM_TARGET,
    MARK_PROPERTY,
    OVERVIEW_TARGET,
    PROPERTY,
    SHEET_TARGET,
)
from kohyo.excel.form.form_lists import ChoiceLists
from kohyo.excel.form.form_overview import draw_overview, next_link
from kohyo.excel.form.form_sheet import Drawn, draw_sheet
from kohyo.excel.form.form_styles import Styles
from kohyo.excel.form.sheet_content import example_page, issue_page
from kohyo.excel.ooxml.well_formed import well_formed
from kohyo.excel.style import palette as look
from kohyo.excel.style.new_workbook import BASE_FONT, GrowingSheet, JapaneseWorkbook
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.plan import KEPT_PLANS, Plan
from kohyo.model.value import FieldValue
from kohyo.text.ticks import parse_tick

_MAGIC = "kohyo"
_EXAMPLE = "example.toml"


@dataclass(frozen=True)
class DrawnForm:
    """A form that was drawn: its bytes, its sheets in order, and the texts that its cells share, in order."""

    content: bytes
    sheets: tuple[Drawn, ...]
    texts: tuple[str, ...]


def drawn_form(plan: Plan, issue: IssuedForm, deadline: date, *, once: bool = False) -> DrawnForm:
    """Draw a form, the same bytes for the same input.

    ``plan`` is the view of the form's survey. With ``once`` only the first item's sheet is drawn, of those with last
    year's answers and of those without; the others stay empty under their names, and cover and overview tell of them
    as of the first. Raises UsageError when a known value is too long for a cell.
    """
    target = io.BytesIO()
    workbook = JapaneseWorkbook(target, {"in_memory": True, "default_format_properties": BASE_FONT})
    workbook.worksheet_class = GrowingSheet
    _describe(workbook, plan, issue)
    canvas = Canvas(
        workbook=workbook,
        styles=Styles(workbook, plan.plan.font),
        lists=ChoiceLists(),
        plan=plan,
        cover_tab=wording("form.cover.tab"),
        asks=asks_by_place(issue.asks),
        targets=_targets(issue),
        next_links=_next_links(issue),
        cover_cells=cover_cells(plan, issue, wording("form.cover.tab")),
    )
    cover = workbook.add_worksheet(canvas.cover_tab)
    canvas.name_target(COVER_TARGET, canvas.cover_tab)
    items = [sheet.control for sheet in issue.sheets if sheet.item]
    overview = workbook.add_worksheet(wording("form.overview.tab")) if items else None
    drawn = tuple(_issued_sheets(canvas, issue.sheets, once=once))
    for page in drawn:
        canvas.name_target(canvas.targets[page.control], page.tab, page.first_answer)
    if overview is not None:
        canvas.name_target(OVERVIEW_TARGET, wording("form.overview.tab"))
        draw_overview(canvas, overview, [sheet for sheet in drawn if sheet.control in items], issue.control)
    if plan.open_form(issue.department) is None:
        _example_sheet(canvas)
    CoverPen(canvas, Sent(issue, deadline), cover).draw(drawn)
    canvas.lists.write(workbook)
    _hidden_sheet(workbook, issue)
    workbook.close()
    return DrawnForm(well_formed(target.getvalue()), drawn, tuple(workbook.str_table.string_array))


def _issued_sheets(canvas: Canvas, sheets: Sequence[IssuedSheet], *, once: bool) -> Iterator[Drawn]:
    first: dict[bool, Drawn] = {}
    for sheet in sheets:
        like = first.get(bool(sheet.last_year)) if once and sheet.item else None
        if like:
            canvas.workbook.add_worksheet(sheet.tab)
            yield replace(like, tab=sheet.tab, control=sheet.control)
            continue
        drawn = _issued_sheet(canvas, sheet)
        if sheet.item:
            first.setdefault(bool(sheet.last_year), drawn)
        yield drawn


def _targets(issue: IssuedForm) -> dict[str, str]:
    """Return the names that links to the sheets lead to, by control number; items are counted by themselves."""
    items = [sheet.control for sheet in issue.sheets if sheet.item]
    others = [sheet.control for sheet in issue.sheets if not sheet.item]
    numbered = ((ITEM_TARGET, items), (SHEET_TARGET, others))
    return {control: f"{kind}{place}" for kind, sheets in numbered for place, control in enumerate(sheets, start=1)}


def _next_links(issue: IssuedForm) -> dict[str, tuple[str, str]]:
    """Return what leads on from each item's sheet."""
    items = [sheet for sheet in issue.sheets if sheet.item]
    return {sheet.control: next_link(place, len(items)) for place, sheet in enumerate(items)}


def _describe(workbook: Workbook, plan: Plan, issue: IssuedForm) -> None:
    """Set the properties; the day of issue of the survey stands for the file's own date."""
    words = {
        "cycle": year_words(issue.year)["cycle"],
        "plan": plan.plan.name,
        "form": plan.plan.survey_form_name,
        "department": issue.department,
    }
    title = "open_title" if plan.open_form(issue.department) else "title"
    workbook.set_properties(
        {
            "title": wording(f"form.properties.{title}", **words),
            "author": plan.plan.organisation,
            "company": plan.plan.organisation,
            "created": datetime.combine(plan.cycle.issued, time()),
        }
    )
    workbook.set_custom_property(PROPERTY, issue.control, "text")
    if issue.mark:
        workbook.set_custom_property(MARK_PROPERTY, issue.mark, "text")


def _issued_sheet(canvas: Canvas, sheet: IssuedSheet) -> Drawn:
    page = issue_page(canvas.plan, sheet)
    worksheet = canvas.workbook.add_worksheet(page.tab)
    worksheet.set_tab_color(look.TICKED if page.optional else look.TAB_TO_FILL)
    return draw_sheet(canvas, page, worksheet)


def _example_sheet(canvas: Canvas) -> None:
    """Add the example (記入例) where the plan ships one."""
    plan = canvas.plan
    if not shipped_data(plan, _EXAMPLE):
        return
    kind = plan.sheet_kind(item_kind(plan))
    page = example_page(plan, kind, example_values(plan))
    worksheet = canvas.workbook.add_worksheet(page.tab)
    worksheet.set_tab_color(look.TAB_REFERENCE)
    draw_sheet(canvas, page, worksheet)


@lru_cache(maxsize=KEPT_PLANS)
def example_values(plan: Plan) -> Mapping[str, FieldValue]:
    """Return the made-up answers of the shipped example by field name, as far as the plan still has the fields."""
    data = shipped_data(plan, _EXAMPLE)
    types = {field.name: field.type for field in item_fields(plan)}
    return {
        name: parse_tick(value) if types[name] == "tick" else value for name, value in data.items() if name in types
    }


def _hidden_sheet(workbook: Workbook, issue: IssuedForm) -> None:
    sheet = workbook.add_worksheet(HIDDEN_SHEET)
    sheet.write_row(0, 0, (_MAGIC, issue.control))
    if issue.mark:
        sheet.write_string(0, 2, issue.mark)
    for row, entry in enumerate(issue.sheets, start=1):
        sheet.write_string(row, 0, entry.tab)
        sheet.write_string(row, 1, entry.control)
    sheet.very_hidden()
