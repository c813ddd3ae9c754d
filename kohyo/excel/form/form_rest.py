"""One choice for all ticks that are left open (残りはすべて－): in the band of an item's sheet, and on the cover."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kohyo.definition.fields import item_fields
from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_canvas import Canvas
from kohyo.excel.form.form_identifiers import REST_NAME
from kohyo.messages import wording
from kohyo.model.plan import Plan


def has_ticks(plan: Plan) -> bool:
    """Tell whether item sheets have several ticks to fill in."""
    return sum(field.type == "tick" and not field.readonly for field in item_fields(plan)) > 1


def offer_rest(canvas: Canvas, sheet: Worksheet, tab: str, cell: str) -> None:
    """Make ``cell`` of a sheet the one in which all ticks left open are answered."""
    choice = wording("form.rest.choice")
    sheet.write_blank(cell, None, canvas.styles.get("answer_text"))
    canvas.name_cell(tab, REST_NAME, cell)
    prompt = {"input_title": choice, "input_message": wording("form.prompt.rest")}
    error = {"error_title": wording("form.error.title"), "error_message": wording("form.error.choice")}
    sheet.data_validation(cell, {"validate": "list", "source": [choice], **prompt, **error})


def is_chosen(*cells: str) -> str:
    """Return the condition that one of the cells answers all ticks left open."""
    choice = formula.literal(wording("form.rest.choice"))
    return f"OR({','.join(f'{cell}={choice}' for cell in cells)})"
