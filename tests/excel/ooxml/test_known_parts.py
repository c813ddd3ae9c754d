"""Parts that came before (既知の部品).

N1   a part that came before is found just as at first; one that differs in any byte, or in what is declared, is not
N2   a part that came once is not kept, and no more parts are kept than were agreed on
"""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from kohyo.excel.ooxml import known_parts, safety_check
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.excel.ooxml.known_parts import KnownParts
from kohyo.excel.ooxml.zip_entries import Entry
from tests.excel.ooxml.builders import packed, parts_of, sheet_xml

_CELL = '<row r="2"><c r="B2"><v>1</v></c></row>'
_ENTRY = Entry("xl/theme.xml", 2, 4, 9, 77, deflated=True)
_DATA = b"--abcd--"


def _thrice(data: bytes, entry: Entry) -> KnownParts[str]:
    known: KnownParts[str] = KnownParts()
    for _ in range(3):
        known.keep(data, entry, "found")
    return known


def test_a_part_is_known_by_all_its_bytes_and_all_that_is_declared() -> None:
    """N1."""
    known = _thrice(_DATA, _ENTRY)
    assert known.get(b"abcd", _ENTRY._replace(start=0)) == "found"
    for data in (b"--abcD--", b"--Abcd--", b"--abc", b""):
        assert known.get(data, _ENTRY) is None
    others = ({"name": "xl/styles.xml"}, {"packed": 3}, {"size": 8}, {"crc": 78}, {"deflated": False})
    assert all(known.get(_DATA, _ENTRY._replace(**other)) is None for other in others)


def test_few_parts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """N2."""
    for name, most in (("_KEPT", 2), ("_SEEN", 3), ("_LONGEST", 9)):
        monkeypatch.setattr(known_parts, name, most)
    known: KnownParts[str] = KnownParts()
    entries = [_ENTRY._replace(crc=number) for number in range(3)]
    known.keep(_DATA, entries[0], "found")
    assert known.get(_DATA, entries[0]) is None
    for entry in (*entries, _ENTRY._replace(size=10), _ENTRY._replace(size=10)):
        known.keep(_DATA, entry, "found")
    known.keep(_DATA, entries[1], "found")
    assert known.get(_DATA, entries[0]) == "found"
    known.keep(_DATA, entries[2], "found")
    assert [known.get(_DATA, entry) for entry in entries] == ["found", None, "found"]
    assert known.get(_DATA, _ENTRY._replace(size=10)) is None


def test_files_of_known_parts_are_read_as_if_they_were_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """N1: the same books again, bent in one byte anywhere, with what was kept of them and without."""
    chance = random.Random(7)  # noqa: S311 - no secret
    whole = packed(parts_of(sheet_xml(_CELL, after="<headerFooter><oddFooter>&amp;L1</oddFooter></headerFooter>")))
    every = [whole] * 3 + [_bent(whole, chance) for _ in range(400)]
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(every))]
    for path, data in zip(paths, every, strict=True):
        path.write_bytes(data)
    monkeypatch.setattr(safety_check, "_known", KnownParts())
    known = [read_file(path) for path in paths]
    monkeypatch.setattr(known_parts, "_LONGEST", -1)
    monkeypatch.setattr(safety_check, "_known", KnownParts())
    assert [read_file(path) for path in paths] == known
    assert 1 < sum(result.book is None for result in known) < len(known)


def _bent(data: bytes, chance: random.Random) -> bytes:
    """Return a package with another byte somewhere; as it lies, or within a part that is then packed anew."""
    at = chance.randrange(len(data))
    if chance.random() < 0.5:
        return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    at = chance.randrange(len(parts[name]))
    parts[name] = parts[name][:at] + bytes([chance.randrange(32, 127)]) + parts[name][at + 1 :]
    return packed(parts)
