"""What Excel writes into a sheet and the workbook itself while a person works: a function each, as Excel 365 spells it."""

# ruff: noqa: E501 - XML as Excel spells it

from __future__ import annotations

import re
from html import escape

from tests.clerk.package import MAIN, OFFICE, WORKBOOK, X14, Touched
from tests.clerk.written import MC, SHEETML, X15, make_table, metadata, own_column

_XM = "http://schemas.microsoft.com/office/excel/2006/main"


def excel_saved(book: Touched) -> None:
    """Save by Excel: all texts shared, its own attributes on sheets and rows, its own lines in the workbook."""
    book.sharing()
    spaces = f'xmlns:mc="{MC}" mc:Ignorable="x14ac xr" xmlns:x14ac="{X14}/ac" '
    spaces = (
        spaces.replace("/main/ac", "/ac") + 'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    )
    for number, name in enumerate(part for part in book.parts if part.startswith("xl/worksheets/sheet")):
        text = book.text(name)
        if "xmlns:r=" not in text[: text.index("<sheetData")]:
            text = text.replace("<worksheet ", f'<worksheet xmlns:r="{OFFICE}" ', 1)
        text = text.replace(
            "<worksheet ", f'<worksheet {spaces} xr:uid="{{{number:08X}-0001-0000-0000-000000000000}}" ', 1
        )
        book.put(name, re.sub(r"<row ([^>]*?)(/?)>", r'<row \1 x14ac:dyDescent="0.4"\2>', text))
    text = re.sub("<calcPr[^>]*>", '<calcPr calcId="191029"/>', book.text(WORKBOOK))
    where = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath '
        'url="\\\\server\\共有\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice>'
        "</mc:AlternateContent>"
    )
    text = text.replace("<bookViews>", where + "<bookViews>")
    book.put(WORKBOOK, text.replace("<workbook ", f'<workbook xmlns:x15="{X15}" ', 1))


def phonetics(book: Touched) -> None:
    """Keep readings (ふりがな) on a heading and an answer, as every text typed with the IME has, shown on the sheet."""
    for text in book.words:
        plainly = f'<t xml:space="preserve">{escape(text, quote=False)}</t>'
        reading = '<rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1" type="Hiragana"/>'
        book.respell(text, plainly + reading)
    book.insert(book.sheet(book.page), '<phoneticPr fontId="1"/>')


def rich_text(book: Touched) -> None:
    """Make the first letter of texts bold and red: several runs of one text."""
    for text in book.words:
        runs = "".join(
            '<r><rPr><b/><sz val="11"/><color rgb="FFFF0000"/><rFont val="游ゴシック"/><charset val="128"/></rPr>'
            f'<t xml:space="preserve">{escape(part, quote=False)}</t></r>'
            for part in (text[:1], text[1:])
        )
        book.respell(text, runs + '<phoneticPr fontId="1"/>')


def conditional_formats(book: Touched) -> None:
    """Put a data bar of the new kind on a column of the clerk's own, and a colour for one word."""
    part = book.sheet(book.page)
    key = "{11111111-2222-3333-4444-555555555555}"
    own_column(book, ("点", 1, 2))
    book.insert(
        part,
        '<conditionalFormatting sqref="BA2:BA99"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/>'
        '<cfvo type="max"/><color rgb="FF638EC6"/></dataBar><extLst>'
        f'<ext xmlns:x14="{X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}"><x14:id>{key}</x14:id></ext></extLst>'
        "</cfRule></conditionalFormatting>",
    )
    book.extend(
        part,
        "{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
        '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="' + _XM + '"><x14:cfRule type="dataBar" '
        f'id="{key}"><x14:dataBar minLength="0" maxLength="100" gradient="0"><x14:cfvo type="autoMin"/>'
        '<x14:cfvo type="autoMax"/><x14:negativeFillColor rgb="FFFF0000"/><x14:axisColor rgb="FF000000"/>'
        "</x14:dataBar></x14:cfRule><xm:sqref>BA2:BA99</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings>",
    )


def validations(book: Touched) -> None:
    """Put a drop-down whose list stands on another sheet, as Excel 2010 and later write it."""
    book.extend(
        book.sheet(book.page),
        "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
        f'<x14:dataValidations xmlns:xm="{_XM}" count="1"><x14:dataValidation type="list" allowBlank="1" '
        'showInputMessage="1" showErrorMessage="1"><x14:formula1><xm:f>回収!$A$2:$A$9</xm:f></x14:formula1>'
        "<xm:sqref>BB2:BB99</xm:sqref></x14:dataValidation></x14:dataValidations>",
    )


def sparklines(book: Touched) -> None:
    """Put a sparkline beside each of the first two items."""
    own_column(book, ("推移", 1, 2))
    lines = "".join(
        f"<x14:sparkline><xm:f>'{book.page}'!BA{row}:BC{row}</xm:f><xm:sqref>BD{row}</xm:sqref></x14:sparkline>"
        for row in (2, 3)
    )
    book.extend(
        book.sheet(book.page),
        "{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
        f'<x14:sparklineGroups xmlns:xm="{_XM}"><x14:sparklineGroup displayEmptyCellsAs="gap">'
        f'<x14:colorSeries theme="4"/><x14:sparklines>{lines}</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups>',
    )


def printing(book: Touched) -> None:
    """Keep printer settings, a page break of the clerk's own, a view with its own filter for a meeting."""
    part = book.sheet(book.page)
    book.add("xl/printerSettings/printerSettings1.bin", bytes(range(256)) * 4, f"{SHEETML}.printerSettings")
    relation = book.relate(part, "printerSettings", "xl/printerSettings/printerSettings1.bin")
    text = book.text(part)
    book.put(part, re.sub(r"<pageSetup ([^>]*)/>", rf'<pageSetup \1 r:id="{relation}"/>', text))
    book.insert(part, '<rowBreaks count="1" manualBreakCount="1"><brk id="2" max="16383" man="1"/></rowBreaks>')
    book.insert(
        part,
        '<customSheetViews><customSheetView guid="{0C1D0E2F-0000-0000-0000-000000000001}" filter="1" showAutoFilter="1">'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></customSheetView>'
        "</customSheetViews>",
    )
    views = (
        '<customWorkbookViews><customWorkbookView name="会議" guid="{0C1D0E2F-0000-0000-0000-000000000001}" '
        'windowWidth="1000" windowHeight="600" activeSheetId="1"/></customWorkbookViews>'
    )
    text = book.text(WORKBOOK)
    at = text.index("<calcPr") + len(re.search("<calcPr[^>]*>", text)[0])  # type: ignore[index] # there is one
    book.put(WORKBOOK, text[:at] + views + text[at:])


def formulas(book: Touched) -> None:
    """Add columns of the clerk's own with a filled-down formula, an array, a spilled array, and the chain of them."""
    part = book.sheet(book.page)
    own_column(book, ("長さ", None, None))
    book.cell(part, "BA2", '<c r="BA2"><f t="shared" ref="BA2:BA3" si="0">LEN(B2)</f><v>3</v></c>')
    book.cell(part, "BA3", '<c r="BA3"><f t="shared" si="0"/><v>3</v></c>')
    book.cell(part, "BB2", '<c r="BB2"><f t="array" ref="BB2:BB3">LEN(B2:B3)</f><v>3</v></c>')
    book.cell(part, "BB3", '<c r="BB3"><v>3</v></c>')
    book.cell(part, "BC2", '<c r="BC2" t="str" cm="1"><f t="array" ref="BC2">_xlfn.UNIQUE(B2)</f><v>1-1</v></c>')
    _dynamic(book)
    cells = "".join(
        f'<c r="{cell}" i="1"{rest}/>'
        for cell, rest in (("BA2", ' l="1"'), ("BA3", ""), ("BB2", ' a="1"'), ("BC2", ' a="1"'))
    )
    book.add("xl/calcChain.xml", f'<calcChain xmlns="{MAIN}">{cells}</calcChain>', f"{SHEETML}.calcChain+xml")
    book.relate(WORKBOOK, "calcChain", "xl/calcChain.xml")


def filtered(book: Touched) -> None:
    """Filter and sort, so that rows are hidden; grouped columns."""
    part = book.sheet(book.page)
    text = book.text(part)
    found = re.search(r'<autoFilter ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/>', text)
    assert found
    inner = '<filterColumn colId="1"><filters><filter val="1-1"/></filters></filterColumn>'
    state = f'<sortState ref="A2:{found[3]}{found[4]}"><sortCondition ref="B2:B{found[4]}"/></sortState>'
    text = text.replace(found[0], f"{found[0][:-2]}>{inner}{state}</autoFilter>")
    text = text.replace('<row r="3"', '<row r="3" hidden="1"', 1)
    book.put(part, re.sub(r'<col min="3" ', '<col outlineLevel="1" min="3" ', text, count=1))


def protected(book: Touched) -> None:
    """Protect 変更履歴 with a password, with one range that may be written."""
    part = book.sheet("変更履歴")
    book.insert(
        part,
        '<sheetProtection algorithmName="SHA-512" hashValue="WT1Q2Yd5C3bUG0F7yzyWqQ==" saltValue="WT1Q2Yd5C3bUG0F7yzyWqQ==" '
        'spinCount="100000" sheet="1" objects="1" scenarios="1"/>',
    )
    book.insert(part, '<protectedRanges><protectedRange sqref="Z1:Z9" name="範囲1"/></protectedRanges>')


def table(book: Touched) -> None:
    """Make 項目 a table (Ctrl+T) with a row of totals (集計行) that counts the numbers."""
    part, columns = make_table(book)
    text, known = book.text(part), book.text("xl/tables/table1.xml")
    found = re.search(r'<table [^>]*ref="A1:([A-Z]+)(\d+)"', known)
    assert found
    last = int(found[2]) + 1
    row = (
        f'<row r="{last}"><c r="A{last}" t="inlineStr"><is><t>集計</t></is></c><c r="B{last}"><f>SUBTOTAL(103,'
        f"テーブル1[{escape(columns[1])}])</f><v>{last - 2}</v></c></row>"
    )
    book.put(part, text.replace("</sheetData>", f"{row}</sheetData>"))
    wider = found[0].replace(f":{found[1]}{found[2]}", f":{found[1]}{last}")
    known = known.replace(found[0], wider).replace('totalsRowShown="0"', 'totalsRowCount="1"')
    names = [escape(name) for name in columns[:2]]
    for name, total in zip(names, ('totalsRowLabel="集計"', 'totalsRowFunction="count"'), strict=True):
        known = known.replace(f'name="{name}"/>', f'name="{name}" {total}/>', 1)
    book.put("xl/tables/table1.xml", known)


def _dynamic(book: Touched) -> None:
    """Say that a cell's array spills."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray"
    metadata(
        book,
        '<metadataTypes count="1"><metadataType name="XLDAPR" minSupportedVersion="120000" copy="1" pasteAll="1" '
        'pasteValues="1" merge="1" splitFirst="1" rowColShift="1" clearFormats="1" clearComments="1" assign="1" '
        'coerce="1" cellMeta="1"/></metadataTypes><futureMetadata name="XLDAPR" count="1"><bk><extLst>'
        f'<ext uri="{{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}}"><xda:dynamicArrayProperties xmlns:xda="{space}" '
        'fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata><cellMetadata count="1"><bk>'
        '<rc t="1" v="0"/></bk></cellMetadata>',
    )
