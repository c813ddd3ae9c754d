"""What is seen is what is read: number formats, strike-through, invisible letters, drawings.

1. A value that is shown in another way than it is stored is read as shown, or asked about; never silently as stored.
2. What is struck through is gone; wholly struck through, it is asked about.
3. What cannot be seen is told; what is drawn over a field stays in 連絡メモ; an empty field under it is asked about.
4. Letters without width are nothing.
5. What was answered in a hidden row or column is read and told; what went out there is told to nobody.
6. A number that is shown as ### for want of room is read and told.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

import kohyo
from kohyo.model.tick import Tick
from tests.usecases.small import NOW, Small, cell_of, opened, tab_of
from tests.usecases.spoiled import crossed_out, paint

DEPARTMENT, NUMBER = "企画財政局", "1-1"
HELD = object()
WHITE = Font(color="FFFFFFFF")

TABLE: tuple[tuple[str, object, str, Font | None, object, str], ...] = (
    ("ratio", 0.85, "0%", None, 85, "K275"),
    ("ratio", 0.125, "0.0%", None, 12.5, "K275"),
    ("saving", 0.85, "0%", None, HELD, "K273"),
    ("saving", 1200, '#,##0"千円"', None, 1200, ""),
    ("saving", 1200, "0000000", None, 1200, ""),
    ("saving", date(2030, 1, 2), "d-mmm", None, HELD, "K204"),
    ("saving", 47485, "#,##0", None, HELD, "K276"),
    ("saving", "47,485千円", "@", None, 47485, "K207"),
    ("ratio", 0.1 + 0.2, "General", None, 0.3, "K279"),
    ("ratio", 1.1 + 2.2, "General", None, 3.3, ""),
    ("ratio", "0.3", "@", None, 0.3, ""),
    ("ratio", 12.34, "0.0", None, 12.34, "K274"),
    ("overview", 0.5, "0%", None, "50%", "K275"),
    ("overview", 123, "0000000", None, "0000123", "K275"),
    ("overview", time(13, 0), "h:mm", None, "13:00", "K275"),
    ("overview", timedelta(hours=25, minutes=30), "[h]:mm", None, "25:30", "K275"),
    ("overview", date(2030, 6, 3), '[$-411]ggge"年"m"月"d"日"', None, "令和12年6月3日", "K275"),
    ("overview", date(2030, 1, 2), 'm"月"d"日"', None, "1月2日", "K275"),
    ("overview", datetime(2030, 6, 3, 9, 30), "yyyy/m/d h:mm", None, "2030/6/3 9:30", "K275"),  # noqa: DTZ001
    ("overview", date(2030, 1, 2), "d-mmm", None, HELD, "K273"),
    ("overview", 0.5, "# ?/?", None, HELD, "K273"),
    ("overview", crossed_out("三年ごとに", "毎年見直す。"), "", None, "毎年見直す。", "K270"),
    ("overview", crossed_out("全部を消した文", " "), "", None, HELD, "K271"),
    ("overview", "全部を消した文", "", Font(strike=True), HELD, "K271"),
    ("saving", 1200, "", Font(strike=True), HELD, "K271"),
    ("tick_finance", "○", "", Font(strike=True), HELD, "K271"),
    ("saving", 1200, ";;;", None, 1200, "K272"),
    ("overview", "白い文字の文。", "", WHITE, "白い文字の文。", "K272"),
    ("ratio", 0.85, "0%", WHITE, 85, "K275 K272"),
    ("overview", "\u200b", "", None, HELD, "K201 K404"),
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} {row[2]} {row[5]}")
def test_what_is_seen_is_what_is_read(small: Small, row: tuple[str, object, str, Font | None, object, str]) -> None:
    """The register holds what the cell shows, or what it held before and a finding names the cell (1, 2, 3, 4)."""
    field, value, form, font, read, code = row
    before = small.item(NUMBER).values.get(field)
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        sheet = book[tab_of(NUMBER)]
        paint(sheet, field, value, form, font=font)
        place = cell_of(sheet, field)
    found = [finding for finding in small.consolidate().findings if finding.place.cell == place]
    assert [finding.code for finding in found] == code.split()
    assert small.item(NUMBER).values.get(field) == (before if read is HELD else read)


def test_white_letters_on_a_dark_ground_can_be_seen(small: Small) -> None:
    """A cell that somebody painted is not invisible (3)."""
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        sheet = book[tab_of(NUMBER)]
        paint(sheet, "overview", "紺の地に白い文字。", font=WHITE)
        sheet[cell_of(sheet, "overview")].fill = PatternFill("solid", fgColor="FF1F3864")
    assert "K272" not in {finding.code for finding in small.consolidate().findings}


def _hide_row(sheet: Worksheet, cell: str) -> None:
    sheet.row_dimensions[sheet[cell].row].hidden = True


def _hide_column(sheet: Worksheet, cell: str) -> None:
    sheet.column_dimensions[sheet[cell].column_letter].hidden = True


@pytest.mark.parametrize("hide", [_hide_row, _hide_column])
@pytest.mark.parametrize(
    ("field", "typed", "read", "code"),
    [
        ("overview", "隠れた文。", "隠れた文。", "K278"),
        ("ratio", 85, 85, "K278"),
        ("tick_finance", "○", Tick.YES, "K278"),
        ("overview", "使用料を実費に合わせる。", "使用料を実費に合わせる。", ""),
        ("overview", None, HELD, "K201 K278 K404"),
    ],
)
def test_an_answer_that_is_hidden(
    small: Small, hide: Callable[[Worksheet, str], None], field: str, typed: object, read: object, code: str
) -> None:
    """It is read as any other, an emptied one is asked about as ever, and told wherever it was changed (5)."""
    before = small.item(NUMBER).values.get(field)
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        sheet = book[tab_of(NUMBER)]
        place = cell_of(sheet, field)
        sheet[place].value = typed
        hide(sheet, place)
    found = sorted(finding.code for finding in small.consolidate().findings if finding.place.cell == place)
    assert found == code.split()
    assert small.item(NUMBER).values.get(field) == (before if read is HELD else read)


@pytest.mark.parametrize(("width", "code"), [(4, "K272"), (12, ""), (60, "")])
def test_a_number_in_a_narrow_column(small: Small, width: float, code: str) -> None:
    """It is read and told; where there is room for it, nothing is (6)."""
    path = small.send(DEPARTMENT, {NUMBER: {"saving": 98765}})
    with opened(path) as book:
        sheet = book[tab_of(NUMBER)]
        place = cell_of(sheet, "saving")
        sheet.column_dimensions[sheet[place].column_letter].width = width
    found = [finding.code for finding in small.consolidate().findings if finding.place.cell == place]
    assert found == code.split()
    assert small.item(NUMBER).values["saving"] == 98765


def _corner(row: int, column: int) -> str:
    parts = (("col", column), ("colOff", 0), ("row", row), ("rowOff", 0))
    return "".join(f"<xdr:{name}>{number}</xdr:{name}>" for name, number in parts)


def _with_text_box(path: Path, tab: str, cell: str, text: str) -> None:
    """Put a text box over a cell, as a spreadsheet program writes it."""
    with opened(path) as book:
        part = f"xl/worksheets/sheet{book.sheetnames.index(tab) + 1}.xml"
        row, column = book[tab][cell].row - 1, book[tab][cell].column - 1
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        f"<xdr:from>{_corner(row, column)}</xdr:from><xdr:to>{_corner(row + 1, column + 1)}</xdr:to>"
        f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/>"
        "</xdr:twoCellAnchor></xdr:wsDr>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"
    rels = f'<Relationship Id="rIdBox" Type="{kind}" Target="../drawings/drawing99.xml"/></Relationships>'
    name = f"xl/worksheets/_rels/{part.rpartition('/')[2]}.rels"
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    out = BytesIO()
    with ZipFile(path) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        known = old.read(name).decode() if name in old.namelist() else empty
        new.writestr(name, known.replace("<Relationships/>", empty).replace("</Relationships>", rels))
        new.writestr("xl/drawings/drawing99.xml", drawing)
    path.write_bytes(out.getvalue())


@pytest.mark.parametrize(("typed", "read"), [("使用料を毎年見直す。", "使用料を毎年見直す。"), (None, HELD)])
def test_a_text_box_over_a_field(small: Small, typed: str | None, read: object) -> None:
    """Its words are kept and told; an empty field under it is not emptied and nobody calls it complete (3)."""
    before = small.item(NUMBER).values["overview"]
    path = small.send(DEPARTMENT, {NUMBER: {"overview": typed}})
    with opened(path) as book:
        place = cell_of(book[tab_of(NUMBER)], "overview")
    _with_text_box(path, tab_of(NUMBER), place, "続きは別紙のとおり")
    result = small.consolidate()
    told = [finding for finding in result.findings if finding.code == "K211"]
    assert [(finding.place.cell, "続きは別紙のとおり" in finding.context["comment"]) for finding in told] == [
        (place, True)
    ]
    assert small.item(NUMBER).values["overview"] == (before if read is HELD else read)
    assert ["続きは別紙のとおり" in note.text for note in small.register().notes] == [True]


def test_two_numbers_of_one_format_are_read_alike(small: Small) -> None:
    """What is read depends on the bytes: a second look yields the same (1)."""
    path = small.send(DEPARTMENT)
    with opened(path) as book:
        paint(book[tab_of(NUMBER)], "ratio", 0.85, "0%")
    first = kohyo.check([path], small.workspace.definition).findings
    assert first == kohyo.check([path], small.workspace.definition).findings
    small.consolidate(NOW)
    assert small.item(NUMBER).values["ratio"] == 85
