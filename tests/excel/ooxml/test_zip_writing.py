"""A package as it is written: whoever reads it finds what was put in.

1. The standard library reads every part whole, checksum and all, with its name, day and rights.
2. A part that is larger than a package can tell is refused, as a disk refuses it.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.ooxml import zip_writing
from kohyo.excel.ooxml.zip_writing import PackageWriter

BLOCKS = st.lists(st.binary(max_size=300) | st.text("個票<a>", max_size=300).map(str.encode), max_size=5)
NAMES = st.text("xl/シート1.xml", min_size=1, max_size=20)


def _written(parts: dict[str, list[bytes]], **told: object) -> io.BytesIO:
    target = io.BytesIO()
    writer = PackageWriter(target)
    for name, blocks in parts.items():
        writer.add(name, blocks, **told)  # type: ignore[arg-type] # date_time and attributes
    writer.close()
    return target


@given(st.dictionaries(NAMES, BLOCKS, max_size=4))
def test_what_is_put_in_is_read(parts: dict[str, list[bytes]]) -> None:
    """1: Whatever the name and however many blocks a part is made of."""
    with zipfile.ZipFile(_written(parts)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(parts)
        for name, blocks in parts.items():
            assert archive.read(name) == b"".join(blocks)


def test_day_and_rights_are_told() -> None:
    """1: A part keeps the time and the rights that it had."""
    told = _written({"a.xml": [b"a"]}, date_time=(2024, 2, 29, 23, 59, 58), attributes=0o644 << 16)
    found = zipfile.ZipFile(told).infolist()[0]
    assert found.date_time == (2024, 2, 29, 23, 59, 58)
    assert found.external_attr == 0o644 << 16
    assert found.compress_type == zipfile.ZIP_DEFLATED


def test_a_part_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """2: Its size would not be told rightly."""
    monkeypatch.setattr(zip_writing, "_MOST", 99)
    with pytest.raises(OSError, match="large"):
        _written({"a.xml": [b"a" * 50, b"b" * 50]})
