"""However a cell, a part or an archive is spelled, what was answered is read, or a finding names it; nothing else.

1. Every way of spelling a cell, used on every answer of a form.
2. Every way of naming a shared text by its number.
3. Parts under other names, decoy parts beside them, relationships spelled in other ways.
4. Archives that two programs may open differently.
5. What is legal is read: none of these is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest

from kohyo.excel.ooxml.worker import Reader
from tests.bends.archives import ARCHIVES
from tests.bends.book import Book
from tests.bends.forms import issue, the_plan
from tests.bends.packages import PACKAGES, TEXTS, Parts
from tests.bends.plain import DEPARTMENT, answered
from tests.bends.spelled_forms import spelled_form, spelled_parts
from tests.bends.spellings import SHARED, Spelled, ways
from tests.bends.truth import Understood, faults, understood
from tests.excel.ooxml.builders import MAIN, packed

_WAYS = dict(ways())
_LEGAL = (
    "letters: comment within", "letters: cdata", "letters: reference first", "letters: instruction within",
    "parts: an empty value beside", "parts: extension", "parts: foreign extension", "parts: single quotes",
    "parts: spaces in tags", "parts: prefixed", "parts: more attributes", "parts: furigana", "parts: runs",
    "numbers: blanks", "numbers: line ends",
)  # fmt: skip
_LEGAL_PACKAGES = (
    "targets from the root", "targets up and down", "another folder", "other names", "a stale list of texts",
    "texts by another name", "a decoy workbook", "backslashes", "a byte order mark",
)  # fmt: skip
_LEGAL_ARCHIVES = ("stored", "streamed", "a remark", "other order")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return one reader for all files."""
    with Reader() as one:
        yield one


@pytest.fixture(scope="module")
def book() -> Book:
    """Return a form on which everything is answered."""
    return answered()


@pytest.fixture
def read(reader: Reader, tmp_path: Path) -> Callable[[bytes], Understood]:
    """Return a function that reads a file as a consolidation does."""

    def read_bytes(data: bytes) -> Understood:
        path = tmp_path / "調査票.xlsx"
        path.write_bytes(data)
        return understood(path, reader, the_plan(), issue(DEPARTMENT))

    return read_bytes


@pytest.mark.parametrize("way", _WAYS)
def test_a_cell_in_another_spelling(way: str, book: Book, read: Callable[[bytes], Understood], tmp_path: Path) -> None:
    """1: Nothing is read that nobody said, and nothing that was said is lost without a finding."""
    found = read(spelled_form(book, _WAYS[way], tmp_path))
    assert faults(book, found) == []
    assert way not in _LEGAL or not found.refused


@pytest.mark.parametrize("way", SHARED)
def test_a_shared_text_by_another_number(
    way: str, book: Book, read: Callable[[bytes], Understood], tmp_path: Path
) -> None:
    """2: A number that is none, or that names no text, never becomes another text."""
    texts = ["囮"]

    def share(cell: Spelled) -> str:
        if not cell.is_text:
            return cell.plain
        texts.append(cell.value)
        return f'<c r="{cell.reference}" t="s"><v>{SHARED[way](len(texts) - 1)}</v></c>'

    found = spelled_parts(book, share, tmp_path)
    assert len(texts) > 10
    listed = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    found[TEXTS] = f'<sst xmlns="{MAIN}">{listed}</sst>'.encode()
    _link(found, "sharedStrings.xml")
    assert faults(book, read(packed(found))) == []


def _link(found: Parts, target: str) -> None:
    """Let the workbook name a list of shared texts."""
    name = "xl/_rels/workbook.xml.rels"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdTexts" Type="{kind}" Target="{escape(target)}"/></Relationships>'
    found[name] = found[name].replace(b"</Relationships>", link.encode())


def _shared(book: Book, tmp_path: Path) -> Parts:
    """Return the parts with every text shared, and a decoy as the first text."""
    texts = ["囮"]

    def share(cell: Spelled) -> str:
        texts.append(cell.value)
        return f'<c r="{cell.reference}" t="s"><v>{len(texts) - 1}</v></c>' if cell.is_text else cell.plain

    found = spelled_parts(book, share, tmp_path)
    listed = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts)
    found[TEXTS] = f'<sst xmlns="{MAIN}">{listed}</sst>'.encode()
    _link(found, "sharedStrings.xml")
    return found


@pytest.mark.parametrize("way", PACKAGES)
def test_a_package_in_another_order(way: str, book: Book, read: Callable[[bytes], Understood], tmp_path: Path) -> None:
    """3: A part is what the relationships say, never what a part of a usual name holds."""
    found = read(packed(PACKAGES[way](_shared(book, tmp_path))))
    assert faults(book, found) == []
    assert way not in _LEGAL_PACKAGES or not found.refused


@pytest.mark.parametrize("way", ARCHIVES)
def test_an_archive_that_can_be_opened_in_two_ways(
    way: str, book: Book, read: Callable[[bytes], Understood], tmp_path: Path
) -> None:
    """4: Where two programs may find different parts in an archive, it is refused."""
    good = _shared(book, tmp_path)
    decoy = {name: re.sub("の答え".encode(), "の囮".encode(), content) for name, content in good.items()}
    found = read(ARCHIVES[way](good, decoy))
    assert faults(book, found) == []
    assert way not in _LEGAL_ARCHIVES or not found.refused


def test_there_are_many_ways() -> None:
    """5: Every way that must be read is one that is tried, and there are as many as were promised."""
    assert set(_LEGAL) <= set(_WAYS)
    assert set(_LEGAL_PACKAGES) <= set(PACKAGES)
    assert set(_LEGAL_ARCHIVES) <= set(ARCHIVES)
    assert len(_WAYS) + len(SHARED) + len(PACKAGES) + len(ARCHIVES) >= 150
