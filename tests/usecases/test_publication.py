"""Tables for publication (公表) and as PDF.

U1  published workbooks hold no author, path, comment, hidden sheet, link to a file or internal field
U2  they lie in a folder of their own; books for the office alone are not among them
U3  a PDF lies beside each workbook where LibreOffice is; where it is not, one line says so and the tables are there
"""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

import kohyo
from kohyo.cli.present import as_lines
from kohyo.definition.load import shipped
from kohyo.definition.public import public_plan
from kohyo.tables.table_books import table_books
from tests.usecases.small import Small

PUBLIC = "公表"


def parts(book: Path) -> dict[str, str]:
    """Return the XML parts of a workbook as text."""
    with zipfile.ZipFile(book) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def test_nothing_of_the_office_is_left_in_them(small: Small) -> None:
    """U1: Properties name the plan and the organisation alone; nothing leads out of the workbook, nothing is hidden."""
    made = kohyo.make_tables(small.root, public=True)
    assert made.books
    for book in made.books:
        found = parts(book)
        author = re.search(r"<dc:creator>(.*?)</dc:creator>", found["docProps/core.xml"])
        assert author is None or not author[1]
        assert not re.search(r"<cp:lastModifiedBy>[^<]+<", found["docProps/core.xml"])
        assert not [name for name in found if "comment" in name or "externalLink" in name or "custom.xml" in name]
        everything = "".join(found.values())
        assert 'TargetMode="External"' not in everything
        assert small.root.name not in everything
        assert str(small.root.parent) not in everything
        assert 'state="hidden"' not in found["xl/workbook.xml"]
        assert 'state="veryHidden"' not in found["xl/workbook.xml"]
        assert 'hidden="1"' not in everything


def test_they_lie_apart_with_their_twins(small: Small) -> None:
    """U2: Whatever was made for the office stays as it is."""
    made = kohyo.make_tables(small.root, public=True)
    folder = small.workspace.results / PUBLIC
    assert {book.parent for book in made.books} == {folder}
    assert {twin.parent for twin in made.twins} == {folder / "data"}
    assert not list(small.workspace.results.glob("*表.xlsx"))
    assert not [book for book in table_books(shipped("setagaya-r6")) if book.internal and (folder / book.file).exists()]


def test_internal_fields_are_no_part_of_a_public_plan() -> None:
    """U1: What no published table may show is taken out of the definition that the tables are built from."""
    plan = shipped("setagaya-r6")
    names = {rule.name for rule in public_plan(plan).fields}
    assert {"person", "contact", "proposer_name"} <= {rule.name for rule in plan.fields} - names
    assert "title" in names


def test_without_an_office_one_line_says_so(small: Small, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """U3: The tables are made all the same, and a person is told what is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    made = kohyo.make_tables(small.root, ["体系表"], pdf=True)
    assert (made.books[0].is_file(), made.pdfs, made.needs_person) == (True, (), True)
    assert "LibreOffice" in as_lines(made)[-1]


@pytest.mark.office
def test_a_pdf_lies_beside_each_workbook(small: Small) -> None:
    """U3: As many PDFs as workbooks, and no trace of the work."""
    made = kohyo.make_tables(small.root, ["体系表", "取組み一覧"], pdf=True)
    assert [pdf.name for pdf in made.pdfs] == ["体系表.pdf", "取組み一覧.pdf"]
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in made.pdfs)
    shutil.rmtree(small.root)  # nothing holds a file open
