"""Validation (入力規則) of an answer cell: drop-downs, prompts as one enters it, and what Excel says to a slip.

A choice or a length is refused; a number, a date or a tick only warned about, because ▲100, 令和6年6月3日 and 〇
are read all the same.
"""

from __future__ import annotations

from typing import Any

from kohyo.definition.fields import FormField
from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_lists import TICK_LIST
from kohyo.messages import wording
from kohyo.text.cell_text import cut

TITLE_LIMIT = 32
PROMPT_LIMIT = 255


def validation(field: FormField, cell: str, list_name: str) -> dict[str, Any]:
    """Return XlsxWriter's options for the answer cell ``cell`` (A1 notation, relative)."""
    return {**_rule(field, cell, list_name), **_prompt(field), "error_title": wording("form.error.title")}


def explanation(field: FormField) -> dict[str, Any]:
    """Return the options for a locked cell: nothing is refused, but entering it says why it cannot be changed."""
    title = wording("form.prompt.title", label=field.label)
    return {"validate": "any", "input_title": cut(title, TITLE_LIMIT), "input_message": wording("form.prompt.locked")}


def _rule(field: FormField, cell: str, list_name: str) -> dict[str, Any]:
    if field.type == "tick":
        return _listed(TICK_LIST, "tick", "warning")
    if field.choices:
        return _listed(list_name, "choice", "stop")
    if field.type in {"integer", "decimal", "date"}:
        return _doubted(field, cell)
    if field.max_length:
        return _limited(field.max_length)
    return {"validate": "any"}


def _listed(name: str, error: str, severity: str) -> dict[str, Any]:
    message = wording(f"form.error.{error}")
    return {"validate": "list", "source": f"={name}", "error_message": message, "error_type": severity}


def _doubted(field: FormField, cell: str) -> dict[str, Any]:
    conditions = {"integer": formula.is_integer, "decimal": formula.is_decimal}
    condition = conditions[field.type](cell, field.unit) if field.type in conditions else formula.is_date(cell)
    message = wording("form.error.date" if field.type == "date" else "form.error.number")
    return {"validate": "custom", "value": f"={condition}", "error_message": message, "error_type": "warning"}


def _limited(maximum: int) -> dict[str, Any]:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": maximum,
        "error_message": wording("form.error.length", maximum=maximum),
        "error_type": "stop",
    }


def _prompt(field: FormField) -> dict[str, Any]:
    parts = [field.hint]
    if field.max_length:
        parts.append(wording("form.prompt.length", maximum=field.max_length))
    if field.type == "multiline":
        parts.append(wording("form.prompt.newline"))
    text = "\n".join(part for part in parts if part)
    title = wording("form.prompt.title", label=field.label)
    return {"input_title": cut(title, TITLE_LIMIT), "input_message": cut(text, PROMPT_LIMIT)} if text else {}
