"""What several touches write: cells and tables of a person's own, the metadata of cells."""

from __future__ import annotations

import re
from html import escape

from tests.clerk.package import MAIN, TEXTS, WORKBOOK, Touched, plain

ITEMS = "項目"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"


def row(book: Touched, row: int) -> list[str]:
    """Return the texts of a row of 項目 from A on, empty where there is none."""
    texts = [
        plain(re.sub("<rPh.*?</rPh>", "", entry)) for entry in re.findall("<si>.*?</si>", book.text(TEXTS), re.DOTALL)
    ]
    found = re.search(rf'<row r="{row}"[^>]*>(.*?)</row>', book.text(book.sheet(book.page)), re.DOTALL)
    assert found
    cells = re.findall(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>(?:<v>([^<]*)</v>)?</c>)', found[1])
    return [texts[int(value)] if 't="s"' in attributes else "" for _, attributes, value in cells]


def own_column(book: Touched, values: tuple[str, object, object]) -> None:
    """Write a column BA of the clerk's own: its heading and two numbers."""
    part = book.sheet(book.page)
    for row, value in enumerate(values, start=1):
        if isinstance(value, str):
            book.cell(part, f"BA{row}", f'<c r="BA{row}" t="inlineStr"><is><t>{value}</t></is></c>')
        elif value is not None:
            book.cell(part, f"BA{row}", f'<c r="BA{row}"><v>{value}</v></c>')


def make_table(book: Touched) -> tuple[str, list[str]]:
    """Make 項目 a table with a calculated column at its end; return its part and its headings."""
    part = book.sheet(book.page)
    text = book.text(part)
    found = re.search(r'<autoFilter ref="A1:([A-Z]+)\d+"/>', text)
    assert found
    book.put(part, text.replace(found[0], ""))
    columns = row(book, 1)
    last = max(int(row) for row in re.findall(r'<row r="(\d+)"', text))
    reference = f"A1:{found[1]}{last}"
    named = "".join(
        f'<tableColumn id="{number}" name="{escape(name)}"/>' for number, name in enumerate(columns, start=1)
    )
    book.add(
        "xl/tables/table1.xml",
        f'<table xmlns="{MAIN}" id="1" name="テーブル1" displayName="テーブル1" ref="{reference}" totalsRowShown="0">'
        f'<autoFilter ref="{reference}"/><tableColumns count="{len(columns)}">{named}</tableColumns>'
        '<tableStyleInfo name="TableStyleMedium2" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
        'showColumnStripes="0"/></table>',
        f"{SHEETML}.table+xml",
    )
    relation = book.relate(part, "table", "xl/tables/table1.xml")
    book.insert(part, f'<tableParts count="1"><tablePart r:id="{relation}"/></tableParts>')
    text = book.text(WORKBOOK)
    index = list(re.findall('<sheet name="([^"]*)"', text)).index(ITEMS)
    book.put(
        WORKBOOK,
        re.sub(rf'<definedName name="_xlnm._FilterDatabase" localSheetId="{index}"[^>]*>[^<]*</definedName>', "", text),
    )
    return part, columns


def metadata(book: Touched, content: str) -> None:
    """Write what the workbook keeps about cells with more than a value."""
    book.add("xl/metadata.xml", f'<metadata xmlns="{MAIN}">{content}</metadata>', f"{SHEETML}.sheetMetadata+xml")
    book.relate(WORKBOOK, "sheetMetadata", "xl/metadata.xml")
