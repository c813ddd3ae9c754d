"""An independent eye on number formats (表示形式): what is claimed of a format is what LibreOffice shows."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from kohyo.text.number_format import shown
from tests.office.office import Office

pytestmark = pytest.mark.office

FORMATS = (
    *("General", "0", "0.00", "#", "#,##0", "#,##0.0", "0.##", "0000000", "#,##0,", "0.0,,", "0%", "0.0%"),
    *("#,##0;-#,##0", "#,##0;[Red]-#,##0", '#,##0;"▲ "#,##0', "0;0", "▲#,##0", "-0", "#,##0_);[Red](#,##0)"),
    *('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "¥#,##0", "[$¥-411]#,##0", "[$€-2] #,##0", '0"千円"', "#,##0千円"),
    *('"約"0', '0.0"％"', "0.00E+00", "# ?/?", "0;;", '0;-0;"－"', '[>100]"多い";0', '[=1]"○";[=0]"×";0', "[DBNum1]0"),
    *("[DBNum3]0", 'General"件"', "000-0000", "0:0", "@", '"+"0;"-"0;"±0"', "[Color 3]0"),
)
VALUES = (0, 1, 5, 0.5, -1.5, 12.34, 1200, -1200, 1500000, 1234567.891, 0.1 + 0.2)


def test_formats_show_what_is_claimed(office: Office, tmp_path: Path) -> None:
    """Of most formats something is claimed, and it is what is seen."""
    path = tmp_path / "表示形式.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("S")
        sheet.set_column(0, len(VALUES), 40)
        for row, code in enumerate(FORMATS):
            style = book.add_format({"num_format": code})
            for column, value in enumerate(VALUES):
                sheet.write_number(row, column, value, style)
    claimed = {
        (row, column): (code, value, text)
        for row, code in enumerate(FORMATS)
        for column, value in enumerate(VALUES)
        if (text := shown(code, value)) is not None
    }
    with office.open(path) as open_book:
        seen = {place: open_book.text("S", xl_rowcol_to_cell(*place)) for place in claimed}
    wrong = {
        place: (*claimed[place], text) for place, text in seen.items() if text.strip() != claimed[place][2].strip()
    }
    negligible = {
        place for place, (_, value, text, _) in wrong.items() if value < 0 and not set(text) & set("123456789")
    }
    assert len(claimed) > len(FORMATS) * len(VALUES) * 0.8
    assert wrong.keys() - negligible == set(), wrong
