"""A printed table inside a Word document.

W1  headings stand on every page, are told as such, and stay with the first row; what a short band heads stays whole,
    a long one is a heading itself and stands on each page of what it heads; no row is lost
W2  the last three rows stay together, so that none stands alone on a page
W3  figures are printed as in the workbook: ▲ for less, a dash for nought
W4  a mark such as 【再掲】 is not broken, headings break where words begin
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from kohyo.model.table import Cell, Column, Row, Table
from kohyo.word.word_table import WordTable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLUMNS = (Column("a", "甲", 10), Column("b", "乙", 20, "right", "count"))


def _tables(*body: Row) -> list[list[Element]]:
    table = Table("表", "題名", COLUMNS, (Row((Cell("甲", "head"), Cell("乙", "head"))),), body, COLUMNS, ())
    xml = f'<w:body xmlns:w="{W[1:-1]}">{WordTable(table, 9000).xml}</w:body>'
    return [part.findall(f"{W}tr") for part in fromstring(xml).findall(f"{W}tbl")]  # noqa: S314 - our own words


def _rows(*body: Row) -> list[Element]:
    (rows,) = _tables(*body)
    return rows


def _row(figure: int = 1, *, keep: bool = False) -> Row:
    return Row((Cell("一"), Cell(figure, "count")), keep_with_next=keep)


def _kept(row: Element) -> bool:
    kept = [paragraph.find(f"{W}pPr/{W}keepNext") is not None for paragraph in row.iter(f"{W}p")]
    assert len(set(kept)) == 1
    return kept[0]


BAND = Row((Cell("帯", "band", across=2), None), keep_with_next=True)


def _headings(rows: list[Element]) -> list[str]:
    return ["".join(row.itertext()) for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]


def test_what_stays_together() -> None:
    """W1, W2: The heading, a band with all its rows, and the last three rows."""
    rows = _rows(_row(), *[_row()] * 4)
    assert [_kept(row) for row in rows] == [True, False, False, True, True, False]
    assert _headings(rows) == ["甲乙"]
    rows = _rows(_row(), BAND, *[_row()] * 5)
    assert [_kept(row) for row in rows] == [True, False, *[True] * 5, False]


def test_a_long_band_is_a_heading() -> None:
    """W1: What comes before it, and the short band after it, are tables of their own; no row stands apart from it."""
    tables = _tables(_row(1), BAND, *[_row(2)] * 30, BAND, _row(3))
    assert [_headings(rows) for rows in tables] == [["甲乙"], ["甲乙", "帯"], ["甲乙"]]
    told = ["".join(row.itertext()) for rows in tables for row in rows]
    assert told == ["甲乙", "一1", "甲乙", "帯", *["一2"] * 30, "甲乙", "帯", "一3"]


def test_figures() -> None:
    """W3: Thousands, less, nothing."""
    rows = _rows(*(_row(figure) for figure in (1200, -350, 0)))
    assert ["".join(row.itertext()) for row in rows[1:]] == ["一1,200", "一▲350", "一-"]


def test_marks_stay_whole() -> None:
    """W4: A mark that finds no room on its line stands whole on the next; a heading breaks near its middle."""
    columns = (Column("a", "甲", 10), Column("b", "乙", 90))
    head = Row((Cell("職員の時間を書いた項目", "head"), Cell("乙", "head")))
    body = Row((Cell("広報・広聴機能の強化【再掲】"), Cell("文")))
    rows = fromstring(  # noqa: S314 - our own words
        WordTable(Table("表", "題名", columns, (head,), (body,), columns, ()), 20000).xml.replace(
            "<w:tbl>", f'<w:tbl xmlns:w="{W[1:-1]}">', 1
        )
    ).findall(f"{W}tr")
    lines = [[text.text for text in row.find(f"{W}tc").iter(f"{W}t")] for row in rows]  # type: ignore[union-attr]
    assert lines[0] == ["職員の時間を", "書いた項目"]
    assert any("【再掲】" in str(line) for line in lines[1])
    assert len(lines[1]) > 1
