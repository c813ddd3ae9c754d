"""The cover of the form (表紙・記入要領): who, until when, how, and what is still missing, counted live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.worksheet import Worksheet

from kohyo.definition.fields import FormField, cover_fields, year_words
from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.correction_list import AskedSheet, AskPen
from kohyo.excel.form.form_canvas import Canvas, quoted
from kohyo.excel.form.form_identifiers import CONTROL_NAME, COVER_PREFIX, REST_NAME
from kohyo.excel.form.form_layout import set_up, tall
from kohyo.excel.form.form_rest import has_ticks, offer_rest
from kohyo.excel.form.form_sheet import TYPED_STYLES, Drawn
from kohyo.excel.form.form_status import Tally, done, told
from kohyo.excel.form.form_validation import validation
from kohyo.excel.ooxml.cell_reference import a1, absolute, span
from kohyo.excel.style import palette as look
from kohyo.messages import section, wording
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.text.dates import show_date

KEY, VALUE, MISSING, WRONG = range(4)
COLUMNS = (132, 600, 105, 105)
"""Widths of the cover's columns in pixels."""

_TITLE_HEIGHT = 38.0
_STRONG_HEIGHT = 24.0
_ROW_HEIGHT = 20.0
_GAP = 10.0
_HEADING_ROWS, _FACT_ROWS, _BAND_ROWS = 4, 3, 2


@dataclass(frozen=True)
class Sent:
    """What the cover tells about the form: the issue and the day it must be back."""

    issue: IssuedForm
    deadline: date


class CoverPen:
    """Draws the cover from top to bottom, after the sheets that it counts."""

    def __init__(self, canvas: Canvas, sent: Sent, sheet: Worksheet) -> None:
        """Take the canvas, what was sent and the worksheet that was kept free for the cover."""
        self._canvas = canvas
        self._sent = sent
        self._sheet = sheet
        self._row = 0
        self._open = canvas.plan.open_form(sent.issue.department)
        self._name = self._open.name if self._open else canvas.plan.plan.survey_form_name

    def draw(self, drawn: Sequence[Drawn]) -> None:
        """Draw the cover with one row per sheet in ``drawn``."""
        for column, width in enumerate(COLUMNS):
            self._sheet.set_column_pixels(column, column, width, self._style("plain"))
        self._heading()
        state_row = self._facts()
        self._once()
        self._asks(drawn)
        self._steps()
        self._legend()
        first, last = self._table(drawn)
        self._state(state_row, first, last, drawn)
        self._finish()

    def _style(self, name: str) -> Any:  # noqa: ANN401 - XlsxWriter is untyped
        return self._canvas.styles.get(name)

    def _words(self) -> dict[str, str]:
        heading, issue = self._canvas.plan.plan, self._sent.issue
        return {
            "organisation": heading.organisation,
            "plan": heading.name,
            "form": self._name,
            "cycle": year_words(issue.year)["cycle"],
            "department": issue.department,
        }

    def _text(self, column: int, text: str, style: str) -> None:
        self._sheet.write_string(self._row, column, text, self._style(style))

    def _next(self, height: float) -> None:
        self._sheet.set_row(self._row, height)
        self._row += 1

    def _across(self, style: str, *, first: int = KEY) -> None:
        for column in range(first, len(COLUMNS)):
            self._sheet.write_blank(self._row, column, None, self._style(style))

    # --- parts, top to bottom ---------------------------------------------------------------------------

    def _heading(self) -> None:
        words = self._words()
        self._text(KEY, wording("form.cover.owner", **words), "cover_owner")
        self._text(WRONG, self._sent.issue.control, "control")
        self._canvas.name_cell(self._canvas.cover_tab, CONTROL_NAME, a1(self._row, WRONG))
        self._next(_ROW_HEIGHT)
        self._across("cover_rule")
        self._text(KEY, wording("form.cover.title", **words), "cover_title")
        self._next(_TITLE_HEIGHT)
        self._next(_GAP / 2)
        if self._open is None:
            self._across("plain")
            self._text(KEY, wording("form.cover.addressee", **words), "cover_addressee")
            self._next(_STRONG_HEIGHT)

    def _facts(self) -> int:
        """Write deadline, contact and state; return the row of the state, which is counted later."""
        deadline = self._sent.deadline
        weekday = section("text")["eras"]["weekdays"][deadline.weekday()]
        day = wording("form.cover.deadline_value", date=show_date(deadline), weekday=weekday)
        self._fact(wording("form.cover.deadline"), day, "cover_strong", _STRONG_HEIGHT)
        self._fact(wording("form.cover.contact"), self._canvas.plan.plan.contact, "cover_value", _ROW_HEIGHT)
        if self._sent.issue.correction:
            asked = wording("form.cover.correction_value", round=self._sent.issue.round)
            self._fact(wording("form.cover.correction"), asked, "cover_value", sheet_row_height(asked))
        self._fact(wording("form.cover.state"), "", "cover_strong", _STRONG_HEIGHT)
        return self._row - 1

    def _fact(self, key: str, value: str, style: str, height: float) -> None:
        self._across(style)
        self._text(KEY, key, "cover_key")
        self._text(VALUE, value, style)
        self._next(height)

    def _band(self, text: str) -> None:
        self._next(_GAP)
        self._across("band")
        self._text(KEY, text, "band")
        self._next(_ROW_HEIGHT)

    def _once(self) -> None:
        """Ask once for what every sheet asks for (表紙で一度)."""
        fields = _asked_once(self._canvas.plan, self._sent.issue)
        if not fields:
            return
        self._band(wording("form.cover.once"))
        for field in fields:
            cell, typed = a1(self._row, VALUE), TYPED_STYLES.get(field.type, "_text")
            self._text(KEY, field.label, "label")
            self._sheet.write_blank(cell, None, self._style(f"answer{typed}"))
            self._sheet.data_validation(cell, validation(field, cell, ""))
            self._canvas.name_cell(self._canvas.cover_tab, f"{COVER_PREFIX}{field.name}", cell)
            self._next(_STRONG_HEIGHT)
        if has_ticks(self._canvas.plan):
            self._text(KEY, wording("form.cover.rest"), "label")
            offer_rest(self._canvas, self._sheet, self._canvas.cover_tab, a1(self._row, VALUE))
            self._next(_STRONG_HEIGHT)

    def _asks(self, drawn: Sequence[Drawn]) -> None:
        """List what a correction asks for."""
        if self._sent.issue.asks:
            self._band(wording("form.asks.band"))
            sheets = {sheet.control: AskedSheet(sheet.tab, sheet.cells, sheet.fillable) for sheet in drawn}
            self._row = AskPen(self._canvas, self._sheet, COLUMNS).draw(self._row, self._sent.issue.asks, sheets)

    def _steps(self) -> None:
        self._band(wording("form.cover.how"))
        steps = section("form")["cover"]["open_steps"] if self._open else list(self._survey_steps())
        for number, step in enumerate(steps, start=1):
            self._text(KEY, str(number), "cover_step")
            self._sheet.merge_range(self._row, VALUE, self._row, WRONG, step, self._style("cover_text"))
            self._next(tall(step, sum(COLUMNS[VALUE:]), look.BODY))

    def _survey_steps(self) -> Iterator[str]:
        """Yield the steps without those about what the form has not got: ticks to answer, blank sheets."""
        words = section("form")["cover"]
        blanks = any(sheet.item is None for sheet in self._sent.issue.sheets)
        there = {"ticks": has_ticks(self._canvas.plan), "blanks": blanks}
        absent = tuple(begins for begins, need in words["steps_need"].items() if not there[need])
        yield from (step for step in words["steps"] if not step.startswith(absent))

    def _legend(self) -> None:
        self._band(wording("form.cover.legend"))
        for entry in section("form")["legend"]:
            self._text(KEY, entry["sample"], f"legend_{entry['style']}")
            self._text(VALUE, entry["meaning"], "cover_meaning")
            self._next(_ROW_HEIGHT)

    def _table(self, drawn: Sequence[Drawn]) -> tuple[int, int]:
        """Write a row per sheet and the total; return the first and last row of the sheets."""
        self._band(wording("form.cover.table"))
        for column, name in enumerate(("column_tab", "column_title", "column_missing", "column_wrong")):
            self._text(column, wording(f"form.cover.{name}"), "head" if column < MISSING else "head_count")
        self._next(_ROW_HEIGHT)
        first = self._row
        for sheet in drawn:
            self._sheet_row(sheet)
        last = self._row - 1
        self._across("total")
        self._text(KEY, wording("form.cover.total"), "total")
        for column, now in ((MISSING, _missing(drawn)), (WRONG, _wrong(drawn))):
            total = f"={_sum(column, first, last)}"
            self._sheet.write_formula(self._row, column, total, self._style("total_count"), now)
        self._colour(first, self._row)
        self._next(_ROW_HEIGHT)
        return first, last

    def _sheet_row(self, drawn: Drawn) -> None:
        tab, gone = quoted(drawn.tab), wording("form.cover.gone")
        self._sheet.write_url(
            self._row, KEY, f"internal:{self._canvas.targets[drawn.control]}", self._style("link"), drawn.tab
        )
        title = f"=IFERROR({tab}!{drawn.title_cell},{formula.literal(gone)})"
        self._sheet.write_formula(self._row, VALUE, title, self._style("row"), drawn.title)
        marks = (("missing", MISSING, drawn.missing), ("wrong", WRONG, drawn.wrong))
        for mark, column, now in marks:
            counted = formula.counted(f"{tab}!{drawn.remarks}", wording(f"form.remark.{mark}"))
            built = f"=IFERROR({counted},{formula.literal(gone)})"
            self._sheet.write_formula(self._row, column, built, self._style("count"), now)
        self._next(sheet_row_height(drawn.title))

    def _colour(self, first: int, last: int) -> None:
        """Colour counts above zero; a text (a sheet that is gone) is no count."""
        for column in (MISSING, WRONG):
            cell = a1(first, column)
            alarm = f"=AND(ISNUMBER({cell}),{cell}>0)"
            options = {"type": "formula", "criteria": alarm, "format": self._canvas.styles.warning(ground=True)}
            self._sheet.conditional_format(first, column, last, column, options)

    def _state(self, row: int, first: int, last: int, drawn: Sequence[Drawn]) -> None:
        missing = Tally(_sum(MISSING, first, last), _missing(drawn))
        wrong = Tally(_sum(WRONG, first, last), _wrong(drawn))
        state = told(missing, wrong, done())
        self._sheet.write_formula(row, VALUE, state.formula, self._style("cover_strong"), state.now)
        alarm = f"={missing.formula}+{wrong.formula}>0"
        options = {"type": "formula", "criteria": alarm, "format": self._canvas.styles.warning(ground=False)}
        self._sheet.conditional_format(row, VALUE, row, VALUE, options)

    def _finish(self) -> None:
        left = wording("form.print.footer", **self._words())
        set_up(self._sheet, self._canvas.plan.plan.font, (left, self._sent.issue.control), most=0)
        self._sheet.print_area(0, 0, self._row - 1, len(COLUMNS) - 1)
        self._sheet.repeat_rows(0)
        self._sheet.set_tab_color(look.TAB_COVER)
        self._sheet.activate()


def sheet_row_height(title: str) -> float:
    """Return the height of the row that tells of a sheet."""
    return max(_ROW_HEIGHT, tall(title, COLUMNS[VALUE], look.BODY))


def _asked_once(plan: Plan, issue: IssuedForm) -> tuple[FormField, ...]:
    """Return the fields that the cover asks for once: of a form with item sheets, what is typed freely."""
    if not any(sheet.item for sheet in issue.sheets):
        return ()
    return tuple(field for field in cover_fields(plan) if not field.choices)


def cover_cells(plan: Plan, issue: IssuedForm, tab: str) -> dict[str, str]:
    """Return where the cover asks for each field once, as formulas of other sheets spell it.

    Under the name of the cell that answers all ticks left open stands where the cover asks for that, too. The sheets
    are drawn before the cover: heading and facts have a row each, the band has one and a gap above.
    """
    first = _HEADING_ROWS + _FACT_ROWS + bool(issue.correction) + _BAND_ROWS
    asked = [field.name for field in _asked_once(plan, issue)]
    if asked and has_ticks(plan):
        asked.append(REST_NAME)
    return {name: f"{quoted(tab)}!{absolute(row, VALUE)}" for row, name in enumerate(asked, start=first)}


def _sum(column: int, first: int, last: int) -> str:
    return f"SUM({span(column, first, last)})"


def _missing(drawn: Sequence[Drawn]) -> int:
    return sum(sheet.missing for sheet in drawn)


def _wrong(drawn: Sequence[Drawn]) -> int:
    return sum(sheet.wrong for sheet in drawn)
