"""Drawing one sheet of the form (個票): label, answer, remark; one answer, one cell, nothing merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter.worksheet import Worksheet

from kohyo.definition.ends import asks_after, end_words
from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.correction_marks import marked
from kohyo.excel.form.form_canvas import Canvas, write_value
from kohyo.excel.form.form_head import HEAD_ROWS, TITLE_CELL, draw_head
from kohyo.excel.form.form_identifiers import REST_NAME, answer_name
from kohyo.excel.form.form_layout import ANSWER, LABEL, LAST_YEAR, REMARK, columns_of, set_up_sheet, tall
from kohyo.excel.form.form_remarks import Answered, Remark, State, remark
from kohyo.excel.form.form_rest import is_chosen, offer_rest
from kohyo.excel.form.form_status import Told, done, tallies
from kohyo.excel.form.form_validation import explanation, validation
from kohyo.excel.form.sheet_content import TITLE_FIELD, Line, Page, Section
from kohyo.excel.ooxml.cell_reference import a1, absolute, span
from kohyo.excel.style import palette as look
from kohyo.messages import wording
from kohyo.model.tick import Tick
from kohyo.text.ticks import show_tick

_BAND_HEIGHT = 18.0
TYPED_STYLES = {"integer": "_integer", "decimal": "_decimal", "date": "_date"}


@dataclass(frozen=True)
class DrawnLine:
    """A line that was drawn: the field and its value, its label, and the answer as its remark sees it."""

    line: Line
    label: str
    answered: Answered


@dataclass(frozen=True)
class Drawn:
    """A sheet that was drawn, as the cover speaks of it."""

    tab: str
    title: str
    title_cell: str
    remarks: str
    first_answer: str
    missing: int
    wrong: int
    control: str
    cells: Mapping[str, str]
    """Where each answer stands, by its name with the block."""
    fillable: frozenset[str]
    """The names of those that can be filled in."""
    lacking: frozenset[str]
    """The names of those that are missing as the form goes out."""
    lines: Mapping[str, DrawnLine] = field(default_factory=dict)
    """What was drawn of each answer, by its name with the block."""
    widths: tuple[int, ...] = ()
    """The widths of its columns in pixels."""

    @property
    def first_fillable(self) -> str:
        """The first cell that can be filled in, empty on a sheet that has none."""
        return next((cell for name, cell in self.cells.items() if name in self.fillable), "")


@dataclass(frozen=True)
class _Scope:
    """The rows within which required fields count together: the condition that they count, and whether now."""

    condition: str
    holds: bool


def draw_sheet(canvas: Canvas, page: Page, sheet: Worksheet) -> Drawn:
    """Draw ``page`` on the empty worksheet ``sheet`` and say what the cover needs to know.

    Raises UsageError when a known value is too long for a cell.
    """
    for column, width in enumerate(columns_of(page)):
        sheet.set_column_pixels(column, column, width, canvas.styles.get("plain"))
    pen = _Pen(canvas, page, sheet)
    for section in page.sections:
        pen.section(section)
    drawn = pen.drawn()
    draw_head(canvas, page, sheet, (pen.title(), tallies(drawn.remarks, drawn.missing, drawn.wrong), pen.calm()))
    pen.colours()
    set_up_sheet(sheet, canvas.plan, page, pen.row - 1, HEAD_ROWS)
    sheet.set_selection(drawn.first_answer)
    return drawn


class _Pen:
    """Draws the sections of one page, from top to bottom."""

    def __init__(self, canvas: Canvas, page: Page, sheet: Worksheet) -> None:
        self.row = HEAD_ROWS
        self._canvas = canvas
        self._page = page
        self._sheet = sheet
        self._fillable: list[tuple[str, State]] = []
        self._title_line: tuple[str, str] | None = None
        self._rest = ""
        self._cells: dict[str, str] = {}
        self._lines: dict[str, DrawnLine] = {}

    def _style(self, name: str) -> Any:  # noqa: ANN401 - XlsxWriter is untyped
        return self._canvas.styles.get(name)

    def section(self, section: Section) -> None:
        """Draw a band and the lines under it."""
        self._sheet.write_string(self.row, LABEL, section.label, self._style("band"))
        for column in range(ANSWER, len(columns_of(self._page))):
            self._sheet.write_blank(self.row, column, None, self._style("band"))
        if any(line.last_year for line in section.lines):
            self._sheet.write_string(self.row, LAST_YEAR, wording("form.last_year.head"), self._style("band"))
        self._rest = self._rest_cell() if self._asks_rest(section) else ""
        self._sheet.set_row(self.row, _BAND_HEIGHT)
        self.row += 1
        scope = self._section_scope(section)
        for line in section.lines:
            self._line(line, scope)

    def _asks_rest(self, section: Section) -> bool:
        """Tell whether the ticks of a band may be answered together: on an item's sheet, where there are several."""
        ticks = [line for line in section.lines if line.field.type == "tick" and self._is_fillable(line)]
        return len(ticks) > 1 and not self._page.optional

    def _rest_cell(self) -> str:
        """Offer in the band to answer all ticks left open at once (残りはすべて－); return the condition that it is."""
        cell = a1(self.row, REMARK)
        offer_rest(self._canvas, self._sheet, self._page.tab, cell)
        cover = self._canvas.cover_cells.get(REST_NAME)
        return is_chosen(absolute(self.row, REMARK), *([cover] if cover else []))

    def _line(self, line: Line, scope: _Scope) -> None:
        field, cell = line.field, a1(self.row, ANSWER)
        label = wording("form.label.required", label=field.label) if field.required else field.label
        self._sheet.write_string(self.row, LABEL, label, self._style("label_required" if field.required else "label"))
        list_name = self._canvas.lists.name_of(field) if field.choices else ""
        self._answer(line, cell, list_name)
        once = "" if self._page.optional or self._page.locked else self._canvas.cover_cells.get(field.name, "")
        rest = self._rest if field.type == "tick" else ""
        ended, is_ended = self._end_before(line)
        answered = Answered(cell, line.value, list_name, scope.condition, scope.holds, once, rest, ended, is_ended)
        self._lines[line.name] = DrawnLine(line, label, answered)
        beside = remark(field, answered)
        if self._is_fillable(line):
            asks = self._canvas.asks.get((self._page.control, line.name), ())
            beside = marked(beside, cell, line.value, asks)
        self._cells[line.name] = cell
        self._remark(line, cell, beside)
        if line.last_year:
            self._sheet.write_string(self.row, LAST_YEAR, line.last_year, self._style("last_year"))
        self._sheet.set_row(self.row, line_height(line, label, beside, columns_of(self._page)))
        self.row += 1

    def _end_before(self, line: Line) -> tuple[str, bool]:
        """Return the condition that the sheet wants its item to end before the year of a line, and whether it does.

        There is none where the year is asked about all the same: a correction asks when the item does not end.
        """
        plan, page = self._canvas.plan, self._page
        asked = self._canvas.asks.get((page.control, line.name), ())
        if page.optional or asked or not (self._is_fillable(line) and asks_after(plan, line.field, plan.cycle.year)):
            return "", False
        if page.ends:
            return "TRUE", True
        row = HEAD_ROWS
        for section in page.sections:
            for place, other in enumerate(section.lines, start=row + 1):
                if words := end_words(other.field):
                    cell = a1(place, ANSWER)
                    equal = ",".join(f"{cell}={formula.literal(word)}" for word in words)
                    return f"OR({equal})", other.value in words
            row += 1 + len(section.lines)
        return "", False

    def _answer(self, line: Line, cell: str, list_name: str) -> None:
        field = line.field
        style = ("answer" if self._is_fillable(line) else "fixed") + TYPED_STYLES.get(field.type, "_text")
        write_value(self._sheet, cell, line.value, self._style(style), field.label)
        if field.name == TITLE_FIELD:
            written = str(line.value or "")
            self._title_line = cell, written if written.strip() else self._page.title
        if not self._page.locked:
            self._canvas.name_cell(self._page.tab, answer_name(field.name, line.block), cell)
        if self._is_fillable(line):
            self._sheet.data_validation(cell, validation(field, cell, list_name))
        elif not self._page.locked:
            self._sheet.data_validation(cell, explanation(field))

    def _remark(self, line: Line, cell: str, beside: Remark) -> None:
        if self._is_fillable(line):
            self._sheet.write_formula(self.row, REMARK, beside.formula, self._style("hint"), beside.text)
            self._fillable.append((cell, beside.state))
        else:
            self._sheet.write_string(self.row, REMARK, beside.text, self._style("hint"))

    def _is_fillable(self, line: Line) -> bool:
        return not (line.field.readonly or self._page.locked)

    # What counts as missing, and where.

    def _section_scope(self, section: Section) -> _Scope:
        if not self._page.optional:
            return _Scope("", holds=True)
        if self._page.by_block:
            return _scope(self.row, section.lines)
        return self._whole()

    def _whole(self) -> _Scope:
        """Return the scope of the whole sheet, its bands included, in which nothing is ever written."""
        lines = [line for section in self._page.sections for line in section.lines]
        return _scope(HEAD_ROWS, lines, bands=len(self._page.sections))

    def calm(self) -> Told:
        """Say what stands at the top when nothing is missing: an untouched optional sheet may stay so."""
        if not self._page.optional:
            return done()
        whole, untouched = self._whole(), wording("form.status.untouched")
        built = f"IF({whole.condition},{done().formula},{formula.literal(untouched)})"
        return Told(built, done().now if whole.holds else untouched)

    def title(self) -> Told:
        """Return the head's title, which follows the title field as people write in it, if the sheet has one."""
        own = formula.literal(self._page.title)
        if self._title_line is None:
            return Told(f"={own}", self._page.title)
        cell, now = self._title_line
        return Told(f"=IF({formula.empty(cell)},{own},{cell})", now)

    def drawn(self) -> Drawn:
        """Return what the cover needs to know once all sections are drawn."""
        states = [state for _, state in self._fillable]
        missing = [cell for cell, state in self._fillable if state is State.MISSING]
        cells = [*missing, *(cell for cell, _ in self._fillable), a1(0, LABEL)]
        return Drawn(
            tab=self._page.tab,
            title=self.title().now,
            title_cell=TITLE_CELL,
            remarks=span(REMARK, HEAD_ROWS, self.row - 1),
            first_answer=cells[0],
            missing=len(missing),
            wrong=states.count(State.WRONG),
            control=self._page.control,
            cells=self._cells,
            fillable=frozenset(name for name, cell in self._cells.items() if cell in dict(self._fillable)),
            lacking=frozenset(name for name, cell in self._cells.items() if cell in missing),
            lines=self._lines,
            widths=columns_of(self._page),
        )

    def colours(self) -> None:
        """Colour what is missing or wrong, by the mark that its remark opens with."""
        if self._page.locked:
            return
        beside = f"${a1(HEAD_ROWS, REMARK)}"
        marks = (wording("form.remark.missing"), wording("form.remark.wrong"))
        alarm = f"=OR({','.join(formula.starts_with(beside, mark) for mark in marks)})"
        for column in (ANSWER, REMARK):
            warning = self._canvas.styles.warning(ground=column == ANSWER)
            options = {"type": "formula", "criteria": alarm, "format": warning}
            self._sheet.conditional_format(HEAD_ROWS, column, self.row - 1, column, options)
            if self._canvas.asks:
                look_at = f"={formula.starts_with(beside, wording('form.remark.look'))}"
                notice = {"type": "formula", "criteria": look_at, "format": self._canvas.styles.notice()}
                self._sheet.conditional_format(HEAD_ROWS, column, self.row - 1, column, notice)


def _scope(first: int, lines: Iterable[Line], bands: int = 0) -> _Scope:
    """Return whether anything is answered in the rows from ``first`` on; a tick that is unknown is no answer."""
    lines, unknown = tuple(lines), show_tick(Tick.UNKNOWN)
    cells = span(ANSWER, first, first + len(lines) + bands - 1)
    known = sum(line.field.readonly and line.value is not None for line in lines)
    filled = any(not line.field.readonly and line.value not in (None, unknown) for line in lines)
    return _Scope(f"COUNTA({cells})-{formula.counted_whole(cells, unknown)}>{known}", filled)


def line_height(line: Line, label: str, beside: Remark, widths: Sequence[int]) -> float:
    """Return the height that shows label, value and remark whole and leaves the room that the field asks for."""
    room = "\n" * (line.field.lines - 1)
    value = "" if line.value is None else str(line.value)
    return max(
        tall(value, widths[ANSWER], look.BODY),
        tall(room, widths[ANSWER], look.BODY),
        tall(label, widths[LABEL], look.BODY, bold=line.field.required),
        *(tall(text, widths[REMARK], look.HINT) for text in beside.may_say),
        *([tall(line.last_year, widths[LAST_YEAR], look.HINT)] if line.last_year else []),
    )
