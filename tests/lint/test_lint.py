"""Workbooks that kohyo writes pass the lint, and the lint finds what it is for.

1. Each rule finds its fault in a workbook that has it, and nothing in the same workbook without it.
2. Every kind of workbook that the demo writes, and those that lie in ``workbooks``, have nothing to repair or refuse.
3. So says Microsoft's own validator of them (Open XML SDK).
4. A workbook without a formula is not recalculated at every opening.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import Demo
from tests.excel.ooxml.packages import parts, rewrite
from tests.lint.lint import refusals
from tests.lint.validator import validated
from tests.tools.make_workbooks import FOLDER

_SHEET, _BOOK, _STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"


def sound() -> bytes:
    """Return a workbook with one of everything, made by XlsxWriter."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("表")
        page.add_table(0, 0, 2, 1, {"name": "Table1", "columns": [{"header": "甲"}, {"header": "乙"}]})
        page.write_formula("D1", '=IF(A2="甲",1,2)')
        page.data_validation("E1", {"validate": "list", "source": ["甲"], "input_message": "選ぶ"})
        page.data_validation("E2", {"validate": "list", "source": ["甲"]})
        page.write_url("F1", "internal:'表'!A1", string="先頭")
        page.merge_range("G1:H1", "結")
        page.set_footer("&C&P")
        page.set_row(4, 30)
        book.define_name("名", "='表'!$A$1")
    return target.getvalue()


FAULTS: Mapping[str, tuple[str, str, str, str]] = {
    "not XML": (_SHEET, "IF(A2", "IF(\x0bA2", "not well-formed"),
    "a long formula": (_SHEET, "IF(A2", "IF(1+" + "1+" * 4100 + "A2", "a formula of"),
    "a long literal": (_SHEET, '"甲",1', f'"{"𠮷" * 128}",1', "a text of 256"),
    "an unknown function": (_SHEET, "IF(A2", "ISUREBLANK(A2", "does not know"),
    "open brackets": (_SHEET, "1,2)", "1,2", "stay open"),
    "a long prompt": (_SHEET, 'prompt="選ぶ"', f'prompt="{"長" * 256}"', "a prompt of 256"),
    "a long list": (_SHEET, '"甲"</formula1>', f'"{"長" * 256}"</formula1>', "a formula of 256"),
    "validations one over the other": (_SHEET, 'sqref="E2"', 'sqref="E1:E3"', "validations that overlap"),
    "a link to no sheet": (_SHEET, "location=\"'表'", "location=\"'無い'", "leads to the sheet"),
    "a link to no name": (_SHEET, "location=\"'表'!A1", 'location="無い名', "leads to the name"),
    "merges one over the other": (_SHEET, 'ref="G1:H1"/>', 'ref="G1:H1"/><mergeCell ref="H1:I1"/>', "merged cells"),
    "a long footer": (_SHEET, "&amp;C&amp;P", "&amp;C" + "長" * 254, "a header or footer"),
    "a tall row": (_SHEET, 'ht="30"', 'ht="410"', "points tall"),
    "rows out of order": (_SHEET, '<row r="5"', '<row r="1"', "row 1 after"),
    "a style that is not there": (_SHEET, 'r="F1" s="1"', 'r="F1" s="99"', "a style that is not there"),
    "a heading unlike its table's": ("xl/tables/table1.xml", 'name="甲"', 'name="丙"', "under the heading"),
    "a sheet of Excel's own": (_BOOK, 'sheet name="表"', 'sheet name="履歴"', "keeps for itself"),
    "a long tab": (_BOOK, 'sheet name="表"', f'sheet name="{"表" * 32}"', "the name's length"),
    "a name like a cell": (_BOOK, 'name="名"', 'name="AB12"', "looks like a cell"),
    "a part that is not there": ("[Content_Types].xml", "styles.xml", "styles9.xml", "which is not there"),
    "strict names in one part": (
        _SHEET,
        "http://schemas.openxmlformats.org/spreadsheetml/2006/",
        "http://purl.oclc.org/ooxml/spreadsheetml/",
        "one beside the other",
    ),
    "a relation that is not there": (_BOOK, 'r:id="rId1"', 'r:id="rId99"', "uses the relation"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, tmp_path: Path) -> None:
    """The workbook has nothing to repair; with the fault, that is named (1)."""
    part, old, new, told = FAULTS[fault]
    path = tmp_path / "表.xlsx"
    path.write_bytes(sound())
    assert refusals(path) == []
    content = parts(path)[part].decode()
    assert old in content
    rewrite(path, {part: content.replace(old, new).encode()})
    assert told in "\n".join(refusals(path))


def _without_formula(path: Path) -> None:
    content = parts(path)[_SHEET].decode()
    rewrite(path, {_SHEET: content.replace("<f>", "<!--").replace("</f>", "-->").encode()})


def _twice(path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as archive:
        archive.writestr(_STYLES, "<styleSheet/>")


@pytest.mark.parametrize(
    ("spoil", "told"), [(_without_formula, "recalculated at every opening"), (_twice, "there 2 times")]
)
def test_a_fault_of_the_whole(spoil: Callable[[Path], None], told: str, tmp_path: Path) -> None:
    """Recalculation without a formula, a part that is there twice (1)."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(sound())
    spoil(path)
    assert told in "\n".join(refusals(path))


def written(demo: Demo) -> list[Path]:
    """Return a workbook of every kind that the demo and the repository hold: of the forms one, of copies none."""
    forms = sorted((demo.folder / "配布").glob("*.xlsx"))
    back = sorted((demo.folder / "控え" / "差戻し").glob("*.xlsx"))
    others = [demo.folder / "台帳.xlsx", demo.folder / "計画定義.xlsx", *sorted((demo.folder / "結果").glob("*.xlsx"))]
    return [*sorted(FOLDER.glob("*.xlsx")), *others, *forms[:1], *back]


def test_what_is_written_has_nothing_to_repair(demo: Demo) -> None:
    """Forms, corrections, register, definition, every table (2, 4)."""
    books = written(demo)
    assert len(books) > 25
    assert {path.name: wrong for path in books if (wrong := refusals(path))} == {}


@pytest.mark.validator
def test_what_is_written_is_valid(demo: Demo) -> None:
    """The Open XML SDK finds no error in any of them (3)."""
    books = written(demo)
    assert len(books) > 25
    assert {path.name: wrong for path in books if (wrong := validated(path))} == {}


@pytest.mark.validator
def test_the_validator_finds_a_fault(tmp_path: Path) -> None:
    """An attribute that the schema does not know is named (3)."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(sound())
    assert validated(path) == []
    content = parts(path)[_SHEET].decode()
    rewrite(path, {_SHEET: content.replace("<sheetData>", '<sheetData unknown="1">').encode()})
    assert validated(path) != []
