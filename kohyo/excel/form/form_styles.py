"""How the survey form (調査票) looks: every cell style by name, made once per workbook."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from kohyo.excel.style import palette as look
from kohyo.messages import wording

COVER_TITLE = 20.0
"""Size of the cover's title, in points."""

_BOX = {"border": 1, "border_color": look.LINE, "text_wrap": True, "indent": 1}
_SMALL = {"font_size": look.HINT, "font_color": look.MUTED}
_RULE = {"bottom": 2, "bottom_color": look.DEEP}
_ANSWER = {**_BOX, "bg_color": look.FILL, "locked": False}
_FIXED = {**_BOX, "bg_color": look.WHITE}
_NOTICE = {"bg_color": look.LOOK, "font_color": look.LOOK_TEXT}
_WARNING = {"bg_color": look.MISSING, "font_color": look.MISSING_TEXT}

# "shown" names a number format of the wording (form.format); everything else is XlsxWriter's own.
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "line": {**_SMALL},
    "control": {**_SMALL, "align": "right", "shown": "control"},
    "number": {"font_size": look.TITLE, "bold": True, "font_color": look.DEEP, **_RULE},
    "title": {"font_size": look.TITLE, "bold": True, "text_wrap": True, "indent": 1, **_RULE},
    "status": {"bold": True, "font_color": look.DEEP, "align": "right", "text_wrap": True, **_RULE},
    "example_mark": {"bold": True, "font_color": look.MISSING_TEXT, "align": "right"},
    "guide": {**_SMALL, "text_wrap": True, "indent": 1},
    "back": {"font_size": look.HINT, "font_color": look.DEEP, "underline": 1},
    "next": {"font_size": look.HINT, "font_color": look.DEEP, "underline": 1, "align": "right"},
    "band": {
        "bold": True,
        "indent": 1,
        "font_color": look.DEEP,
        "bg_color": look.BAND,
        "top": 1,
        "top_color": look.DEEP,
    },
    "label": {**_BOX, "bg_color": look.LABEL},
    "label_required": {**_BOX, "bg_color": look.LABEL, "bold": True},
    "answer_text": {**_ANSWER, "shown": "text"},
    "answer_integer": {**_ANSWER, "shown": "integer", "align": "left"},
    "answer_decimal": {**_ANSWER, "shown": "decimal", "align": "left"},
    "answer_date": {**_ANSWER, "shown": "date", "align": "left"},
    "fixed_text": {**_FIXED, "shown": "text"},
    "fixed_integer": {**_FIXED, "shown": "integer", "align": "left"},
    "fixed_decimal": {**_FIXED, "shown": "decimal", "align": "left"},
    "fixed_date": {**_FIXED, "shown": "date", "align": "left"},
    "hint": {**_SMALL, "text_wrap": True, "indent": 1},
    "last_year": {**_SMALL, **_FIXED, "shown": "text"},
    "cover_owner": {"font_color": look.MUTED},
    "cover_title": {"font_size": COVER_TITLE, "bold": True, "font_color": look.DEEP, **_RULE},
    "cover_rule": _RULE,
    "cover_addressee": {"bold": True, "font_size": 12.0},
    "cover_key": {"font_color": look.MUTED, "bottom": 1, "bottom_color": look.LINE},
    "cover_value": {"text_wrap": True, "bottom": 1, "bottom_color": look.LINE},
    "cover_strong": {"bold": True, "font_size": 12.0, "bottom": 1, "bottom_color": look.LINE},
    "cover_step": {"bold": True, "font_color": look.DEEP, "align": "right", "valign": "top", "indent": 1},
    "cover_text": {"text_wrap": True, "valign": "top"},
    "cover_meaning": {"indent": 1},
    "legend_answer": {**_BOX, "bg_color": look.FILL},
    "legend_fixed": _FIXED,
    "legend_warning": {**_BOX, **_WARNING, "bold": True},
    "head": {"bold": True, "font_color": look.WHITE, "bg_color": look.DEEP, "indent": 1},
    "head_count": {"bold": True, "font_color": look.WHITE, "bg_color": look.DEEP, "align": "right", "indent": 1},
    "head_upright": {
        "bold": True,
        "font_color": look.WHITE,
        "bg_color": look.DEEP,
        "rotation": 270,
        "align": "center",
        "valign": "top",
    },
    "mark": {**_BOX, "align": "center"},
    "link": {**_BOX, "font_color": look.DEEP, "underline": 1},
    "row": _BOX,
    "count": {**_BOX, "align": "right"},
    "total": {**_BOX, "bold": True, "bg_color": look.BAND},
    "total_count": {**_BOX, "align": "right", "bold": True, "bg_color": look.BAND},
}


class Styles:
    """The styles of one workbook; each becomes a format when it is first asked for."""

    def __init__(self, workbook: Workbook, font: str) -> None:
        """Remember the workbook and the definition's font."""
        self._workbook = workbook
        self._base = {"font_name": font, "font_size": look.BODY, "font_color": look.INK, "valign": "vcenter"}
        self._made: dict[str, Format] = {}

    def get(self, name: str) -> Format:
        """Return the format of style ``name``; raise KeyError for a name that is not in ``STYLES``."""
        if name not in self._made:
            looks = {**self._base, **STYLES[name]}
            if shown := looks.pop("shown", ""):
                looks["num_format"] = wording(f"form.format.{shown}")
            self._made[name] = self._workbook.add_format(looks)
        return self._made[name]

    def notice(self) -> Format:
        """Return the notice of what a department is asked to look at: pale amber ground and brown text."""
        if "_notice" not in self._made:
            self._made["_notice"] = self._workbook.add_format(_NOTICE)
        return self._made["_notice"]

    def warning(self, *, ground: bool) -> Format:
        """Return the warning of a missing or wrong answer: pale red ground and red text, or red text alone."""
        name = "_ground" if ground else "_text"
        if name not in self._made:
            wanted = _WARNING if ground else {"font_color": look.MISSING_TEXT}
            self._made[name] = self._workbook.add_format(wanted)
        return self._made[name]
