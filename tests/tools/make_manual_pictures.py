"""Draw the pictures of the manual from the demo with LibreOffice.

    python -m tests.tools.make_manual_pictures [NAME]...

They are committed, small, so that the manual can be built where there is no LibreOffice; draw them anew when what
they show has changed.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from tests.tools.make_pictures import printed, run
from tests.tools.manual_year import Year, play

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
_DPI = 72
_INCH = 72
_SHOWN_OF_CONFLICTS = ("番号", "項目名", "欄", "台帳の値", "回答の値", "回答した部", "採用", "決めた人")


@dataclass(frozen=True)
class Picture:
    """One picture: its name, the file below the year's folder, the page that holds ``text``, how much of its height."""

    name: str
    file: str
    text: str
    height: float = 1.0


PICTURES = (
    Picture("cover", "六月/配布/調査票_区長室.xlsx", "記入のしかた", 0.75),
    Picture("item_sheet", "六月/配布/調査票_区長室.xlsx", "表紙へ戻る"),
    Picture("still_missing", "六月/配布/調査票_区長室.xlsx", "記入状況", 0.3),
    Picture("correction", "六月/差戻し/差戻し_総務部_第2回.xlsx", "直していただきたいところ", 0.62),
    Picture("report", "六月/結果/取込結果.xlsx", "次にすること", 0.6),
    Picture("status", "六月/結果/回収状況.xlsx", "次にすること", 0.45),
    Picture("conflicts", "競合.xlsx", "採用", 0.4),
    Picture("matrix", "見本/結果/体系表.xlsx", "体系表"),
    Picture("item_list", "見本/結果/取組み一覧.xlsx", "取組み一覧"),
    Picture("request", "見本/結果/文書/調査依頼文/調査依頼文_区長室.docx", "調査票の提出"),
    Picture("hearing", "見本/結果/文書/ヒアリング資料/*.docx", "ヒアリング", 0.7),
    Picture("departments", "六月/計画定義.xlsx", "危機管理部", 0.5),
)


def main(names: Sequence[str]) -> None:
    """Draw the pictures of these names anew, all where none is given."""
    wanted = [one for one in PICTURES if not names or one.name in names]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        year = play(folder)
        _conflicts(year, folder / "競合.xlsx")
        files = dict.fromkeys(one.file for one in wanted)
        pages = {file: printed(next(folder.glob(file)), folder / "pdf") for file in files}
        for picture in wanted:
            _draw(picture, pages[picture.file])
            sys.stdout.write(f"{picture.name}\n")


def _conflicts(year: Year, target: Path) -> None:
    """Save what a person looks at in the register's 競合: its chief columns, on one page."""
    book = openpyxl.load_workbook(year.june / "台帳.xlsx")
    for name in book.sheetnames:
        if name != "競合":
            del book[name]
    sheet = book["競合"]
    sheet.column_dimensions.clear()
    for place, (heading,) in enumerate(sheet.iter_cols(max_row=1, values_only=True), start=1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width, column.hidden = 22, heading not in _SHOWN_OF_CONFLICTS
    sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr = "landscape", PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    book.save(target)


def _draw(picture: Picture, pdf: Path) -> None:
    page, width, height = next(found for found in _pages(pdf, picture.text))
    size = [
        "-x",
        "0",
        "-y",
        "0",
        "-W",
        str(width * _DPI // _INCH),
        "-H",
        str(int(height * picture.height) * _DPI // _INCH),
    ]
    where = ["-f", str(page), "-l", str(page), "-r", str(_DPI), "-png", "-singlefile"]
    run("pdftoppm", *where, *size, str(pdf), str(FOLDER / picture.name))


def _pages(pdf: Path, text: str) -> Iterator[tuple[int, int, int]]:
    """Yield each page that holds a text, with its width and height in points."""
    texts = run("pdftotext", str(pdf), "-").decode().split("\f")
    for page, found in enumerate(texts, start=1):
        if text in found.replace("\n", ""):
            told = run("pdfinfo", "-f", str(page), "-l", str(page), str(pdf)).decode()
            size = next(line for line in told.splitlines() if "size:" in line).split("size:")[1].split()
            yield page, int(float(size[0])), int(float(size[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
