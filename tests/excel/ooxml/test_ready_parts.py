"""Packages of ready parts: whoever reads them finds what was put in.

1. Every part holds its pieces one after another, whether they were deflated before or are now.
2. The same pieces give the same bytes; what was deflated before stands in the package as it is.
3. Each part tells its day, its size and that it is deflated, as those that XlsxWriter writes.
"""

from __future__ import annotations

import io
import zipfile

import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.ooxml.ready_parts import Piece, package, ready

CONTENT = st.binary(max_size=400) | st.text(alphabet="個票のab<>", max_size=400).map(str.encode)
PIECES = st.lists(CONTENT.flatmap(lambda content: st.sampled_from([content, ready(content)])), max_size=6)


def _content(piece: Piece) -> bytes:
    return piece if isinstance(piece, bytes) else piece.content


@given(st.lists(PIECES, max_size=4))
def test_what_is_put_in_is_read(parts: list[list[Piece]]) -> None:
    """1, 2: The standard library reads every part whole, checksum and all, and twice makes the same."""
    named = [(f"{place}.xml", pieces) for place, pieces in enumerate(parts)]
    content = package(named)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [name for name, _ in named]
        for name, pieces in named:
            assert archive.read(name) == b"".join(map(_content, pieces))
    assert package(named) == content


def test_what_is_ready_is_not_deflated_again() -> None:
    """2: A piece that was deflated before stands in the package byte for byte."""
    piece = ready("調査票".encode() * 100)
    assert piece.deflated in package([("a.xml", ["前".encode(), piece, "後".encode()])])
    assert len(piece.deflated) < len(piece.content) // 10


def test_parts_are_told_as_xlsxwriter_does() -> None:
    """3: The directory says of a part what it says of those of XlsxWriter."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.add_worksheet()
    theirs = zipfile.ZipFile(target).infolist()[0]
    ours = zipfile.ZipFile(io.BytesIO(package([(theirs.filename, [b"a"])]))).infolist()[0]
    told = ("filename", "date_time", "compress_type", "external_attr", "create_system", "extract_version", "flag_bits")
    assert [getattr(ours, name) for name in told] == [getattr(theirs, name) for name in told]
