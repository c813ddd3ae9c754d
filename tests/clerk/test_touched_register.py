"""A register as Excel saves it after a clerk worked in it: read right, saved without a loss, nothing to repair.

1. Whatever Excel put into it, the register holds the same, and nothing is said.
2. After a save of ours nothing of the clerk's is lost, and what was written is read back.
3. Lint and Microsoft's validator find nothing in it, before and after.
4. Whatever is taken from a workbook is found to be lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kohyo.excel.register_book import load_register
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.clerk.losses import losses
from tests.clerk.package import Touched
from tests.clerk.touches import CONTROLLED, TOGETHER, TOUCHES, touch
from tests.excel.register_book.register_samples import (
    change,
    new_register,
    retitled,
    sample_change,
    sample_item,
    sample_register,
)
from tests.lint.lint import refusals
from tests.lint.validator import validated


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> bytes:
    """Return a register with something on every sheet."""
    return new_register(tmp_path_factory.mktemp("clerk"), plan, sample_register(plan)).read_bytes()


def _extended(register: Register, plan: Plan) -> Register:
    """Return the register with another title, an item more and a change more."""
    new = retitled(register, "新しい題")
    return replace(new, items=(*new.items, sample_item(plan, 4)), changes=(*new.changes, sample_change(3)))


@pytest.mark.parametrize("names", [*((name,) for name in TOUCHES), TOGETHER, CONTROLLED], ids="+".join)
def test_nothing_of_the_clerks_is_lost(names: tuple[str, ...], sample: bytes, tmp_path: Path, plan: Plan) -> None:
    """Each by itself, and all that one workbook can have at once (1, 2, 3)."""
    path = tmp_path / "台帳.xlsx"
    path.write_bytes(touch(sample, *names))
    assert refusals(path) == []
    before = path.read_bytes()
    loaded, saved = change(path, plan, lambda register: _extended(register, plan))
    assert (loaded.register, loaded.findings, loaded.edits) == (sample_register(plan), (), ())
    assert saved.changed
    assert refusals(path) == []
    assert losses(before, path.read_bytes()) == []
    again = load_register(path, plan)
    assert (again.register, again.findings) == (_extended(loaded.register, plan), ())


def test_a_workbook_that_counts_from_1904(sample: bytes, tmp_path: Path, plan: Plan) -> None:
    """Dates are read as the clerk sees them, and written so that they are seen as they are meant (1)."""
    path = tmp_path / "台帳.xlsx"
    book = Touched.of(sample)
    book.swap("xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    path.write_bytes(book.saved())
    seen = load_register(path, plan).register.items[0].values["filled_on"]
    assert seen == date(2024, 6, 3) + timedelta(days=1462)
    day = date(2024, 7, 1)

    def dated(register: Register) -> Register:
        return replace(register, items=(register.items[0].with_value("filled_on", day), *register.items[1:]))

    change(path, plan, dated)
    assert load_register(path, plan).register.items[0].values["filled_on"] == day


def test_what_calls_a_column_by_its_heading_follows(sample: bytes, tmp_path: Path, plan: Plan) -> None:
    """In the year after, headings are renewed; formulas, names, rules and a slicer call them as the table does (2)."""
    old, new = "令和6年度の課題", "令和7年度の課題"
    path = tmp_path / "台帳.xlsx"
    book = Touched.of(touch(sample, "slicer"))
    assert book.text("xl/tables/table1.xml").count(f'name="{old}"') == 1
    sheet = book.sheet("項目")
    one = f"COUNTA(テーブル1[{old}])+SUM(よそのテーブル1[{old}])"
    book.cell(sheet, "BA2", f'<c r="BA2"><f>{one}</f><v>1</v></c>')
    own = book.sheet("回収")
    book.cell(own, "BA1", f'<c r="BA1" t="str"><f>テーブル1[[#This Row],[{old}]]&amp;"[{old}]"</f><v>x</v></c>')
    book.swap(
        "xl/workbook.xml", "</definedNames>", f'<definedName name="一覧">テーブル1[{old}]</definedName></definedNames>'
    )
    cache = "xl/slicerCaches/slicerCache1.xml"
    book.put(cache, book.text(cache).replace('sourceName="番号"', f'sourceName="{old}"'))
    path.write_bytes(book.saved())
    later = plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": plan.cycle.year + 1})})
    change(path, later, lambda register: _extended(register, later))
    after = Touched.of(path.read_bytes())
    assert f"COUNTA(テーブル1[{new}])+SUM(よそのテーブル1[{old}])" in after.text(sheet)
    assert f'テーブル1[[#This Row],[{new}]]&amp;"[{old}]"' in after.text(own)
    assert f">テーブル1[{new}]<" in after.text("xl/workbook.xml")
    assert f'sourceName="{new}"' in after.text(cache)
    assert f'name="{new}"' in after.text("xl/tables/table1.xml")
    assert refusals(path) == []


TAKEN: Mapping[str, tuple[str, str, str]] = {
    "a picture's bytes": ("xl/media/image1.png", "IHDR", "IHDX"),
    "a relation": ("xl/drawings/_rels/drawing1.xml.rels", "image1", "image2"),
    "an anchor": ("xl/drawings/drawing1.xml", "xdr:to", "xdr:ab"),
    "an element of the sheet": ("xl/worksheets/sheet1.xml", "<drawing ", "<drawlng "),
    "an attribute of a row": ("xl/worksheets/sheet1.xml", ' x14ac:dyDescent="0.4"', ""),
    "a cell of the clerk's": ("xl/worksheets/sheet1.xml", "<v>2</v></c></row>", "<v>3</v></c></row>"),
    "a format": ("xl/worksheets/sheet1.xml", '<c r="B2" s="', '<c r="B2" s="1'),
    "a sheet": ("xl/workbook.xml", 'name="回収"', 'name="回收"'),
    "a type": ("[Content_Types].xml", 'Extension="png"', 'Extension="jpg"'),
}


@pytest.mark.parametrize("taken", TAKEN)
def test_what_is_taken_is_found(taken: str, sample: bytes) -> None:
    """So that no test above passes for nothing (4)."""
    book = Touched.of(touch(sample, "pictures", "conditional_formats"))
    before = book.saved()
    assert losses(before, before) == []
    part, old, new = TAKEN[taken]
    content = book.parts[part]
    assert old.encode() in content
    book.parts[part] = content.replace(old.encode(), new.encode(), 1)
    assert losses(before, book.saved()) != []


@pytest.mark.validator
@pytest.mark.parametrize(
    "names", [TOGETHER, CONTROLLED, ("threaded_comments", "pictures", "cell_picture", "sparklines")], ids=str
)
def test_the_corpus_is_as_excel_writes_it(names: tuple[str, ...], sample: bytes, tmp_path: Path, plan: Plan) -> None:
    """Microsoft's validator takes what the corpus makes, and what a save of ours makes of it (3)."""
    path = tmp_path / "台帳.xlsx"
    path.write_bytes(touch(sample, *names))
    assert validated(path) == []
    change(path, plan, lambda register: _extended(register, plan))
    assert validated(path) == []
