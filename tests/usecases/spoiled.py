"""What people do to a sheet of the small form, by the finding that each brings about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from tests.usecases.small import cell_of

Spoil = Callable[[Worksheet], object]


def _row(sheet: Worksheet, field: str) -> int:
    return int(sheet[cell_of(sheet, field)].row)


def _forget(sheet: Worksheet, *fields: str) -> None:
    """Take the names of fields away, all of them when none is given."""
    for name in [f"k_{field}" for field in fields] or [name for name in sheet.defined_names if name != "k_control"]:
        del sheet.defined_names[name]


def _point(sheet: Worksheet, field: str, cell: str) -> None:
    column, row = cell[0], cell[1:]
    name = f"k_{field}"
    sheet.defined_names[name] = DefinedName(name, attr_text=f"'{sheet.title}'!${column}${row}")


def _moved_elsewhere(sheet: Worksheet) -> None:
    """Cut an answer and paste it far below: its name goes along, then something else is typed beside the label."""
    _point(sheet, "state", "B60")
    sheet["B60"].value = "遅れ"


def _row_deleted(sheet: Worksheet, field: str) -> None:
    row = _row(sheet, field)
    _forget(sheet, field)
    for cell in sheet[row]:
        cell.value = None


def _label_twice(sheet: Worksheet) -> None:
    label = sheet.cell(_row(sheet, "saving"), 1).value
    _forget(sheet, "saving")
    sheet["A60"].value, sheet["B60"].value = label, 300


def _answer_two_columns_on(sheet: Worksheet) -> None:
    row = _row(sheet, "overview")
    sheet.cell(row, 2).value = None
    sheet.cell(row, 4).value = "離れたところに書いた文"
    _forget(sheet, "overview")


def _merged_answers(sheet: Worksheet) -> None:
    first = _row(sheet, "schedule_2030")
    sheet.merge_cells(start_row=first, end_row=first + 1, start_column=2, end_column=2)


def _written_below(sheet: Worksheet) -> None:
    sheet["B70"].value = "欄の外に書いた続き"


def _pasted_table(sheet: Worksheet) -> None:
    for row in range(60, 90):
        sheet.cell(row, 2).value = f"資料の{row}行目"


def _sheet_added(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("部内の資料")["A1"].value = "内訳"


def _sheet_overwritten(sheet: Worksheet) -> None:
    _forget(sheet)
    control = cell_of(sheet, "control")
    for row in sheet.iter_rows():
        for cell in row:
            if cell.coordinate != control and cell.value is not None:
                cell.value = None


def _one_name_lost(sheet: Worksheet) -> None:
    _forget(sheet, "state")


def _boxed_in_two_cells(sheet: Worksheet) -> None:
    row = _row(sheet, "overview")
    sheet.cell(row, 2).value = "使用料を実費に合わせ、"
    sheet.cell(row, 3).value = "減免も見直す。"


def _half_of_it_far_away(sheet: Worksheet) -> None:
    row = _row(sheet, "overview")
    sheet.cell(row, 2).value = "使用料を実費に合わせ、"
    sheet.cell(row, 9).value = "減免も見直す。"


def _hidden(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


def _hidden_row(sheet: Worksheet) -> None:
    sheet[cell_of(sheet, "overview")].value = "隠れた行の文。"
    sheet.row_dimensions[_row(sheet, "overview")].hidden = True


def _commented_answer(sheet: Worksheet) -> None:
    sheet[cell_of(sheet, "state")].comment = Comment("実は遅れています", "係")


def _commented_elsewhere(sheet: Worksheet) -> None:
    sheet["A3"].comment = Comment("この票でよいですか", "係")


def paint(sheet: Worksheet, field: str, value: object, form: str = "", *, font: Font | None = None) -> None:
    """Type a value into a field's cell and give the cell a number format or a font."""
    cell = sheet[cell_of(sheet, field)]
    cell.value = value
    if form:
        cell.number_format = form
    if font is not None:
        cell.font = font


def crossed_out(old: str, new: str) -> CellRichText:
    """Return a text whose first part is struck through."""
    return CellRichText(TextBlock(InlineFont(strike=True), old), new)


SPOILED: Mapping[str, Spoil] = {
    "K211": _commented_answer,
    "K251": _moved_elsewhere,
    "K252": lambda sheet: _row_deleted(sheet, "schedule_2030"),
    "K253": _label_twice,
    "K254": _answer_two_columns_on,
    "K255": _merged_answers,
    "K256": _written_below,
    "K257": _pasted_table,
    "K258": _sheet_added,
    "K259": _sheet_overwritten,
    "K260": lambda sheet: _row_deleted(sheet, "owners"),
    "K261": _one_name_lost,
    "K262": _commented_elsewhere,
    "K263": _forget,
    "K264": _boxed_in_two_cells,
    "K265": _hidden,
    "K267": _half_of_it_far_away,
    "K270": lambda sheet: paint(sheet, "overview", crossed_out("三年ごとに", "毎年見直す。")),
    "K271": lambda sheet: paint(sheet, "overview", "やめる予定の文", font=Font(strike=True)),
    "K272": lambda sheet: paint(sheet, "saving", 1200, ";;;"),
    "K273": lambda sheet: paint(sheet, "saving", 0.85, "0%"),
    "K274": lambda sheet: paint(sheet, "ratio", 12.34, "0.0"),
    "K275": lambda sheet: paint(sheet, "ratio", 0.85, "0%"),
    "K276": lambda sheet: paint(sheet, "saving", 47485),
    "K278": _hidden_row,
    "K279": lambda sheet: paint(sheet, "ratio", 0.15),
}
"""What was done to the sheet of an item."""

MISTYPED: Mapping[str, tuple[str, object]] = {
    "K201": ("state", None),
    "K202": ("title", "あ" * 41),
    "K203": ("state", "まあまあ"),
    "K204": ("saving", "約百円"),
    "K206": ("tick_staff", "たぶん"),
    "K207": ("saving", "１，２００"),
    "K209": ("saving", "=1+1"),
    "K210": ("state", "#N/A"),
    "K214": ("ratio", 140),
    "K217": ("saving", 1.5),
    "K219": ("schedule_2032", "窓口を増やす。"),
}
"""What was typed into which field of an item."""
