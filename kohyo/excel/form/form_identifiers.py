"""Names that the writer of a survey form (調査票) gives and its reader looks for: cells, hidden sheets, a property."""

from __future__ import annotations

NAME_PREFIX = "k_"
"""Sheet-scoped names of answer cells: ``k_title``, ``k_plan_2025``, on sheets of blocks ``k_issue_text.2``."""

CONTROL_NAME = "k_control"
"""Sheet-scoped defined name of the cell that prints the control number (管理番号)."""

COVER_PREFIX = "k_once_"
"""Sheet-scoped names of the answer cells on the cover (表紙で一度): ``k_once_person``."""

REST_NAME = "k_rest"
"""Sheet-scoped name of the cell in which all perspectives left open are answered at once (残りはすべて－)."""

COVER_TARGET, OVERVIEW_TARGET, ITEM_TARGET, SHEET_TARGET, ASK_TARGET = (
    f"go_{place}" for place in ("cover", "overview", "item_", "sheet_", "ask_")
)
"""Names of the whole workbook that links lead to, the last three with a number from 1: they outlive a renamed sheet."""

HIDDEN_SHEET = "_kohyo"
"""Very hidden sheet: A1 ``kohyo``, B1 the cover's control number, C1 the mark, then a row per sheet (tab, number)."""

PROPERTY = "kohyo_control"
"""Custom document property that holds the cover's control number."""

MARK_PROPERTY = "kohyo_mark"
"""Custom document property that holds the mark (控えの印) of what the form held when it went out."""

LIST_SHEET = "_list"
"""Hidden sheet with the choices, one column a list."""


def answer_name(field: str, block: int = 0) -> str:
    """Return the defined name of a field's answer cell; ``block`` counts from 1 on sheets of blocks."""
    return f"{NAME_PREFIX}{field}.{block}" if block else f"{NAME_PREFIX}{field}"
