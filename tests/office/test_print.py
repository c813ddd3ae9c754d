"""Every workbook of a demo, printed by LibreOffice without touching it.

P1  every page is A4
P2  no page is empty: each bears something of its sheet besides the footer
P3  the rows that are to stand on every page do
P4  every text of every cell is on the pages of its sheet, letter by letter, but for white space; no ``###``
P5  no row is too low for its text, and no text on one line is cut off by its neighbour
P6  every page names its number and how many there are
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import is_zipfile

import openpyxl
import pytest

from tests.conftest import Demo
from tests.office.office import Office, Seen
from tests.office.pages import Printed, PrintedPage, squeezed

pytestmark = pytest.mark.office

A4 = (595, 842)
KEPT, SENT, RETURNED = "控え", "配布", "回収"
_OWN = re.compile(r"R\d+-\w\w-\w+-\d+-\d\d|\d+/\d+")
"""What tells a blank sheet of one form from that of another: control number and page number."""

FORM = "調査票_"
"""What the names of the departments' forms begin with."""

NO_WORKBOOKS = 1
"""Files of the demo that are no workbooks whatever they are called."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was seen and printed; ``file`` is its workbook's path in the demo's folder."""

    file: str
    name: str
    pages: Sequence[PrintedPage]
    seen: Seen

    @property
    def where(self) -> str:
        """The workbook and the sheet."""
        return f"{self.file} {self.name}"

    @property
    def text(self) -> str:
        """What all its pages say."""
        return "".join(page.text for page in self.pages)


def workbooks(folder: Path) -> list[Path]:
    """Return every workbook of the demo that people open; of the departments' forms, which are alike, one in three.

    Of a form that came back, the one that was filled in.
    """
    every = sorted(path for path in folder.rglob("*.xlsx") if KEPT not in path.relative_to(folder).parts)
    returned = {path.name for path in every if path.parent.name == RETURNED}
    opened = [path for path in every if not (path.parent.name == SENT and path.name in returned)]
    alike = [path for path in opened if path.name.startswith(FORM) and is_zipfile(path)]
    return [path for path in opened if path not in alike or alike.index(path) % 3 == 0]


def links(path: Path) -> dict[str, list[str]]:
    """Return the cells with a link, by sheet."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        for sheet in book.worksheets
    }


@pytest.fixture(scope="module")
def sheets(office: Office, demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> list[Sheet]:
    """Print every workbook of the demo and look at each sheet, at those that print alike once."""
    folder = tmp_path_factory.mktemp("printed")
    found: list[Sheet] = []
    known: dict[tuple[str, ...], Seen] = {}
    unreadable = []
    for number, path in enumerate(workbooks(demo.folder)):
        if not is_zipfile(path):
            unreadable.append(path)
            continue
        with office.open(path) as book:
            printed = Printed.read(book.print(folder / f"{number}.pdf"))
            linked = links(path)
            file = path.relative_to(demo.folder).as_posix()
            for name, pages in printed.sheets.items():
                said = tuple(_OWN.sub("", page.text) for page in pages)
                if said in known:
                    alike = known[said]
                    seen = replace(alike, texts={}, headings=[one for one in alike.headings if not _OWN.search(one)])
                else:
                    seen = known[said] = book.look(name, linked[name])
                found.append(Sheet(file, name, pages, seen))
    assert len(unreadable) == NO_WORKBOOKS
    return found


def test_all_is_printed(sheets: list[Sheet], demo: Demo) -> None:
    """P1: Forms, returns, register, definition and tables are all there, each with pages."""
    expected = {path.relative_to(demo.folder).as_posix() for path in workbooks(demo.folder)}
    found = {sheet.file for sheet in sheets}
    assert found <= expected
    assert len(expected - found) == NO_WORKBOOKS
    assert all(sheet.pages for sheet in sheets)


def test_paper(sheets: list[Sheet]) -> None:
    """P1: Every page is A4, upright or across."""
    sizes = {(sheet.where, round(page.width), round(page.height)) for sheet in sheets for page in sheet.pages}
    assert len(sizes) >= len(sheets) > 0
    assert [size for size in sizes if tuple(sorted(size[1:])) != A4] == []


def test_no_page_is_empty(sheets: list[Sheet]) -> None:
    """P2: Each page bears a text of its sheet that is no heading, where the sheet has any."""
    empty = []
    for sheet in sheets:
        body = {squeezed(text) for text in sheet.seen.texts.values()} - {squeezed(text) for text in sheet.seen.headings}
        telling = {text for text in body if len(text) > 1}
        for number, page in enumerate(sheet.pages, start=1):
            if telling and not any(text in page.text for text in telling):
                empty.append((sheet.where, number))
    assert empty == []


def test_headings(sheets: list[Sheet]) -> None:
    """P3: A sheet of several pages has headings, and each page bears them, side by side at least the first."""
    bare = [sheet.where for sheet in sheets if len(sheet.pages) > 1 and not sheet.seen.headings]
    missing = [
        (sheet.where, number, heading)
        for sheet in sheets
        for heading in (sheet.seen.headings[:1] if sheet.seen.is_wide else sheet.seen.headings)
        for number, page in enumerate(sheet.pages, start=1)
        if squeezed(heading) not in page.text
    ]
    assert (bare, missing) == ([], [])


def test_every_letter(sheets: list[Sheet]) -> None:
    """P4: What a cell shows is on paper."""
    lost = []
    for sheet in sheets:
        printed = sheet.text
        lost += [(sheet.where, cell, text) for cell, text in sheet.seen.texts.items() if squeezed(text) not in printed]
        lost += [(sheet.where, cell, text) for cell, text in sheet.seen.texts.items() if text.startswith("###")]
    assert lost == []


def test_everything_has_room(sheets: list[Sheet]) -> None:
    """P5: Rows are tall enough, columns wide enough."""
    short = [(sheet.where, *rows) for sheet in sheets for rows in sheet.seen.short_rows]
    narrow = [(sheet.where, cell) for sheet in sheets for cell in sheet.seen.narrow_cells]
    assert (short, narrow) == ([], [])


def test_page_numbers(sheets: list[Sheet]) -> None:
    """P6: Pages are counted through the workbook."""
    missing = []
    for file in {sheet.file for sheet in sheets}:
        pages = [page for sheet in sheets if sheet.file == file for page in sheet.pages]
        places = [f"{number}/{len(pages)}" for number in range(1, len(pages) + 1)]
        missing += [(file, place) for place, page in zip(places, pages, strict=True) if place not in page.text]
    assert missing == []
