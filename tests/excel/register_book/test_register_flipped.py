"""A bit of the register that a disk has flipped, in whatever part: refused in words, or every value is as it was.

The parser stops at a part's last tag and never comes to compare the checksum: that is done for all parts.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kohyo.errors import FileError
from kohyo.excel.register_book.register_load import read_register
from kohyo.model.plan import Plan
from tests.excel.register_book.register_samples import by_hand, new_register, sample_register

_FLIPS = 24
"""Bits that are flipped in each part."""


@pytest.fixture
def path(tmp_path: Path, plan: Plan) -> Path:
    """Return a register as Excel saves it, its texts in a part of their own."""
    path = new_register(tmp_path, plan, sample_register(plan))
    with by_hand(path):
        pass
    return path


def _flips(data: bytes, part: zipfile.ZipInfo) -> list[bytes]:
    start = part.header_offset + 30 + len(part.filename.encode())
    found = []
    for number in range(_FLIPS):
        harmed = bytearray(data)
        harmed[start + part.compress_size * number // _FLIPS] ^= 1 << number % 8
        found.append(bytes(harmed))
    return found


def test_a_flipped_bit_changes_no_value(path: Path, plan: Plan) -> None:
    """Part by part, from its first byte to its last."""
    data, sound = path.read_bytes(), read_register(path, plan, [])
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    refused: dict[str, int] = dict.fromkeys((part.filename for part in parts), 0)
    for part in parts:
        for harmed in _flips(data, part):
            path.write_bytes(harmed)
            try:
                loaded = read_register(path, plan, [])
            except FileError:
                refused[part.filename] += 1
                continue
            assert (loaded.register, loaded.findings) == (sound.register, sound.findings), part.filename
    assert min(refused.values()) > 0
