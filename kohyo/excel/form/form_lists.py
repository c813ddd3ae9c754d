"""The choices (選択肢) of a form: a hidden sheet with one column a list, each list under a name of its own."""

from __future__ import annotations

from xlsxwriter import Workbook

from kohyo.definition.fields import FormField
from kohyo.excel.form.form_identifiers import LIST_SHEET
from kohyo.excel.ooxml.cell_reference import span
from kohyo.messages import section
from kohyo.model.tick import Tick
from kohyo.text.ticks import show_tick

TICK_LIST = "list_tick"
"""Name of the three signs that the drop-down of a perspective offers (○／－／不明)."""

TICK_SPELLINGS = "list_tick_spellings"
"""Name of every spelling of a tick that the reader understands."""


class ChoiceLists:
    """Collects the lists that the sheets refer to; ``write`` puts them down once all are known."""

    def __init__(self) -> None:
        """Begin with the lists of ticks, which every form has."""
        words = section("text")["ticks"]
        self._names: dict[tuple[str, ...], str] = {
            tuple(show_tick(tick) for tick in (Tick.YES, Tick.NO, Tick.UNKNOWN)): TICK_LIST,
            tuple(dict.fromkeys((*words["yes"], *words["no"]))): TICK_SPELLINGS,
        }

    def name_of(self, field: FormField) -> str:
        """Return the defined name of the field's choices, the same for fields that share them."""
        return self._names.setdefault(field.choices, f"list_{field.name}")

    def write(self, workbook: Workbook) -> None:
        """Write the hidden sheet and define the names."""
        sheet = workbook.add_worksheet(LIST_SHEET)
        for column, (values, name) in enumerate(self._names.items()):
            for row, value in enumerate(values):
                sheet.write_string(row, column, value)
            workbook.define_name(name, f"={LIST_SHEET}!{span(column, 0, len(values) - 1)}")
        sheet.hide()
