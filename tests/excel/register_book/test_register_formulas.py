"""Formulas that the secretariat wrote into the register.

1. A save that overwrites one leaves the others working, and the list of formulas (calcChain) true.
2. Excel's own way of writing texts is read letter by letter: furigana and runs of letters are no part of a text.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from kohyo.excel.register_book import load_register
from kohyo.model.plan import Plan
from tests.excel.ooxml.packages import parts, rewrite
from tests.excel.register_book.register_samples import (
    by_hand,
    change,
    column_of,
    new_register,
    retitled,
    sample_register,
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_formulas_of_their_own_stay(tmp_path: Path, plan: Plan) -> None:
    """A formula filled down from a cell that is overwritten is written out in the cells that leaned on it (1)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        sheet = book["項目"]
        title = column_of(sheet, "項目名")
        sheet.cell(2, title).value = "=B2&C2"
    filled_down(path, get_column_letter(title))
    loaded, _ = change(path, plan, lambda register: retitled(register, "値になった"))
    assert {finding.code for finding in loaded.findings} == {"K506"}
    sheet = openpyxl.load_workbook(path)["項目"]
    assert [sheet.cell(row, title).value for row in (2, 3, 4)] == ["値になった", "=B3&C3", "=B4&C4"]


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_an_array_does_not_fill_what_was_written(kind: str, tmp_path: Path, plan: Plan) -> None:
    """Excel would put the array's value over a cell of ours at once; the others keep what they show (1)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        column = get_column_letter(column_of(book["項目"], "項目名"))
    sheet = parts(path)["xl/worksheets/sheet1.xml"].decode()
    for row in (2, 3, 4):
        formula = f'<f t="{kind}" ref="{column}{row}:{column}{row + 1}">B{row}</f>' if row in (3, 4) else ""
        cell = rf'<c r="{column}{row}"([^>]*?) t="\w+"[^>]*>.*?</c>'
        new = rf'<c r="{column}{row}"\1 t="str" cm="1">{formula}<v>題{row}</v></c>'
        sheet = re.sub(cell, new, sheet, flags=re.DOTALL)
    rewrite(path, {"xl/worksheets/sheet1.xml": sheet.replace(f"{column}3:{column}4", f"{column}2:{column}3").encode()})
    change(path, plan, lambda register: retitled(register, "値になった"))
    titles = [item.title for item in load_register(path, plan).register.items]
    assert titles == ["値になった", "題3", "題4"]
    cells = re.findall(rf'<c r="{column}[34]".*?</c>', parts(path)["xl/worksheets/sheet1.xml"].decode(), re.DOTALL)
    assert ["<f" in cell for cell in cells] == [False, True]
    assert ["cm=" in cell for cell in cells] == [False, True]


def filled_down(path: Path, column: str) -> None:
    """Make a column's formula in row 2 one that Excel filled down to row 4, and add a list of formulas (calcChain)."""
    found = parts(path)
    sheet = found["xl/worksheets/sheet1.xml"].decode()
    sheet = re.sub(
        rf'(<c r="{column}2"[^>]*?)(?: t="\w+")?><f>[^<]*</f><v ?/?>(?:</v>)?',
        rf'\1 t="str"><f t="shared" ref="{column}2:{column}4" si="0">B2&amp;C2</f><v>1-1</v>',
        sheet,
    )
    for row in (3, 4):
        cell = rf'<c r="{column}{row}"([^>]*?) t="\w+"[^>]*>.*?</c>'
        new = rf'<c r="{column}{row}"\1 t="str"><f t="shared" si="0"/><v>1-{row - 1}</v></c>'
        sheet = re.sub(cell, new, sheet, flags=re.DOTALL)
    assert sheet.count('t="shared"') == 3
    chain = f'<calcChain xmlns="{MAIN}"><c r="{column}2" i="1"/></calcChain>'
    relation = f'<Relationship Id="rIdChain" Target="calcChain.xml" Type="{RELATIONS}/calcChain"/></Relationships>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    override = f'<Override PartName="/xl/calcChain.xml" ContentType="{kind}"/></Types>'
    types, relations = found["[Content_Types].xml"].decode(), found["xl/_rels/workbook.xml.rels"].decode()
    rewrite(
        path,
        {
            "xl/worksheets/sheet1.xml": sheet.encode(),
            "xl/calcChain.xml": chain.encode(),
            "[Content_Types].xml": types.replace("</Types>", override).encode(),
            "xl/_rels/workbook.xml.rels": relations.replace("</Relationships>", relation).encode(),
        },
    )


def test_no_list_of_formulas_names_a_cell_that_has_none(tmp_path: Path, plan: Plan) -> None:
    """Excel would call the workbook broken: the list goes, with what names it, and Excel makes a new one (4)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        title = column_of(book["項目"], "項目名")
        book["項目"].cell(2, title).value = "=B2&C2"
    filled_down(path, get_column_letter(title))
    change(path, plan, lambda register: retitled(register, "値になった"))
    after = parts(path)
    assert "xl/calcChain.xml" not in after
    assert not [name for name, content in after.items() if b"calcChain" in content]


def test_a_list_of_formulas_stays_where_no_sheet_with_formulas_changed(tmp_path: Path, plan: Plan) -> None:
    """A formula on a sheet of their own is none of a save's business (4)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        book.create_sheet("計算")["A1"] = "=1+1"
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/calcChain.xml", b"<calcChain/>")
    change(path, plan, lambda register: retitled(register, "改めた名前"))
    assert "xl/calcChain.xml" in parts(path)


def test_furigana_is_no_part_of_a_text(tmp_path: Path, plan: Plan) -> None:
    """Excel keeps the reading of what was typed with an input method beside the text; it is not read (2)."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path) as book:
        title = column_of(book["項目"], "項目名")
        book["項目"].cell(2, title).value = "窓口の改善"
    sheet = re.sub("&#([0-9]+);", lambda found: chr(int(found[1])), parts(path)["xl/worksheets/sheet1.xml"].decode())
    runs = "<r><t>窓口の</t></r><r><rPr><b/></rPr><t>改善</t></r>"
    reading = '<rPh sb="0" eb="2"><t>マドグチ</t></rPh><phoneticPr fontId="1"/>'
    shared = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si>{runs}{reading}</si></sst>'
    pointing = re.sub(r't="inlineStr"([^>]*)><is><t[^>]*>窓口の改善</t></is>', r't="s"\1><v>0</v>', sheet)
    assert pointing != sheet
    rewrite(path, {"xl/worksheets/sheet1.xml": pointing.encode(), "xl/sharedStrings.xml": shared.encode()})
    assert load_register(path, plan).register.items[0].title == "窓口の改善"
