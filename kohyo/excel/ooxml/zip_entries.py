"""The zip package (圧縮ファイル) of an untrusted workbook: its entries, looked over and inflated within limits.

Everything works on the bytes already read, so that what is checked is what is read. Rules: ECMA-376 part 2
(packages) and the cases of hostile archives (duplicate, overlapping and lying entries).
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from zlib_ng import zlib_ng

from kohyo.excel.ooxml.limits import ENTRIES, PART_SIZE, RATIO, RATIO_GRACE, TOTAL_SIZE, RefusedError
from kohyo.excel.ooxml.zip_writing import DEFLATE_ERROR
from kohyo.model.codes import Code

_LOCAL_HEADER = 30
_LENGTHS, _DECLARED = struct.Struct("<HH"), struct.Struct("<H4xIII")
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_BLOCK = 1 << 20
_END = b"PK\x05\x06"
_END_SIZE, _LOCATOR_SIZE, _LARGE_END_SIZE = 22, 20, 56
_END_REACH = _END_SIZE + 0xFFFF
_SIZES_FOLLOW = 0x8
_UNICODE_NAME = 0x7075
_UNSAID = 0xFFFFFFFF


class Entry(NamedTuple):
    """One entry: its name in lower case with forward slashes, where its data lie, and what it declares."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


def open_package(data: bytes) -> dict[str, Entry]:
    """Return the entries by name; raise RefusedError for a broken, lying, locked or oversized archive."""
    if data.count(b"PK\x01\x02") > ENTRIES:
        raise RefusedError(Code.K130, ENTRIES)
    _refuse_two_ends(data)
    infos, directory = _central_directory(data)
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise RefusedError(Code.K123)
    _refuse_bombs(infos)
    _refuse_bad_names(infos)
    _refuse_overlaps(infos, directory)
    return {entry.name: entry for entry in (_entry(data, info) for info in infos)}


def inflate(data: bytes, entry: Entry) -> Iterator[bytes]:
    """Yield an entry's content block by block; raise RefusedError when it is not what was declared."""
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    size, crc = 0, 0
    for block in _blocks(packed, deflated=entry.deflated):
        size += len(block)
        crc = zlib_ng.crc32(block, crc)
        if size > entry.size:
            raise RefusedError(Code.K105, entry.name)
        yield block
    if size != entry.size or crc != entry.crc:
        raise RefusedError(Code.K105, entry.name)


def inflate_whole(data: bytes, entry: Entry) -> bytes:
    """Return an entry's content in one piece; raise RefusedError when it is not what was declared."""
    packed = memoryview(data)[entry.start : entry.start + entry.packed]
    engine = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS)
    try:
        content = engine.decompress(packed, entry.size + 1) if entry.deflated else bytes(packed)
    except DEFLATE_ERROR as error:
        raise RefusedError(Code.K105, entry.name) from error
    if len(content) != entry.size or zlib_ng.crc32(content) != entry.crc or (entry.deflated and not engine.eof):
        raise RefusedError(Code.K105, entry.name)
    return content


def _blocks(packed: memoryview, *, deflated: bool) -> Iterator[bytes]:
    if not deflated:
        yield bytes(packed)
        return
    engine = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS)
    rest: memoryview | bytes = packed
    while not engine.eof:
        try:
            block = engine.decompress(rest, _BLOCK)
        except DEFLATE_ERROR as error:
            raise RefusedError(Code.K105) from error
        rest = engine.unconsumed_tail
        if not block and not rest and not engine.eof:
            raise RefusedError(Code.K105)
        yield block


def _central_directory(data: bytes) -> tuple[list[zipfile.ZipInfo], int]:
    """Return the directory's entries and where the directory begins."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist(), archive.start_dir
    except (zipfile.BadZipFile, ValueError, struct.error, OSError, NotImplementedError, EOFError) as error:
        raise RefusedError(Code.K105) from error


def _refuse_two_ends(data: bytes) -> None:
    """Refuse an archive in which two programs may find two directories: by two end records, or two accounts of one."""
    last = data.rfind(_END)
    ends = [found.start() for found in re.finditer(re.escape(_END), data[-_END_REACH:])]
    ends = [start + max(0, len(data) - _END_REACH) for start in ends]
    closing = [start for start in ends if not data[start + _END_SIZE + _remark_length(data, start) :].strip(b"\0")]
    if closing != [last]:
        raise RefusedError(Code.K105)
    count, size, offset = struct.unpack_from("<HII", data, last + 10)
    locator = last - _LOCATOR_SIZE
    if locator < 0 or data[locator : locator + 4] != b"PK\x06\x07":
        if size + offset != last:
            raise RefusedError(Code.K105)
        return
    (start,) = struct.unpack_from("<Q", data, locator + 8)
    if data[start : start + 4] != b"PK\x06\x06" or start + _LARGE_END_SIZE > locator:
        raise RefusedError(Code.K105)
    large = struct.unpack_from("<QQQ", data, start + 32)
    plain = zip((count, size, offset), (0xFFFF, _UNSAID, _UNSAID), large, strict=True)
    if any(value not in (unsaid, true) for value, unsaid, true in plain) or large[1] + large[2] != start:
        raise RefusedError(Code.K105)


def _remark_length(data: bytes, start: int) -> int:
    return int.from_bytes(data[start + _END_SIZE - 2 : start + _END_SIZE], "little")


def _refuse_bombs(infos: list[zipfile.ZipInfo]) -> None:
    if sum(info.file_size for info in infos) > TOTAL_SIZE:
        raise RefusedError(Code.K131, TOTAL_SIZE >> 20)
    for info in infos:
        if info.file_size > PART_SIZE:
            raise RefusedError(Code.K131, PART_SIZE >> 20)
        if info.file_size > RATIO_GRACE and info.file_size > RATIO * max(1, info.compress_size):
            raise RefusedError(Code.K132, info.filename)


def _refuse_bad_names(infos: list[zipfile.ZipInfo]) -> None:
    names = [_plain_name(info) for info in infos]
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise RefusedError(Code.K106, name)
    if len(set(names)) != len(names):
        raise RefusedError(Code.K106, next(name for name in names if names.count(name) > 1))


def _refuse_overlaps(infos: list[zipfile.ZipInfo], directory: int) -> None:
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [*(info.header_offset for info in ordered[1:]), directory]
    for info, end in zip(ordered, ends, strict=False):
        if info.header_offset + _LOCAL_HEADER + len(_raw_name(info)) + info.compress_size > end:
            raise RefusedError(Code.K106, info.filename)


def _entry(data: bytes, info: zipfile.ZipInfo) -> Entry:
    """Return an entry whose local header agrees with the directory."""
    header = data[info.header_offset : info.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise RefusedError(Code.K105, info.filename)
    name_length, extra_length = _LENGTHS.unpack_from(header, 26)
    name_start = info.header_offset + _LOCAL_HEADER
    if data[name_start : name_start + name_length] != _raw_name(info):
        raise RefusedError(Code.K105, info.filename)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or not _agrees(header, info):
        raise RefusedError(Code.K105, info.filename)
    return Entry(
        name=_plain_name(info),
        start=name_start + name_length + extra_length,
        packed=info.compress_size,
        size=info.file_size,
        crc=info.CRC,
        deflated=info.compress_type == zipfile.ZIP_DEFLATED,
    )


def _agrees(header: bytes, info: zipfile.ZipInfo) -> bool:
    """Tell whether the header before the data says what the directory says, and the name is the only one."""
    method, crc, packed, size = _DECLARED.unpack_from(header, 8)
    if method != info.compress_type or _has_another_name(info):
        return False
    if (crc, packed, size) == (info.CRC, info.compress_size, info.file_size):
        return True
    unsaid = (0, _UNSAID) if info.flag_bits & _SIZES_FOLLOW or _UNSAID in (packed, size) else ()
    said = ((crc, info.CRC), (packed, info.compress_size), (size, info.file_size))
    return all(local == true or local in unsaid for local, true in said)


def _has_another_name(info: zipfile.ZipInfo) -> bool:
    """Tell whether the extra fields of an entry name it in another way."""
    extra, at = info.extra, 0
    if not extra:
        return False
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == _UNICODE_NAME and extra[at + 9 : at + 4 + length] != info.orig_filename.encode():
            return True
        at += 4 + length
    return False


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    """Return a name as it is spelled; plain letters are the same in both encodings."""
    name = info.orig_filename
    return name.encode("utf-8" if info.flag_bits & _UTF8_NAME or name.isascii() else "cp437")


def _plain_name(info: zipfile.ZipInfo) -> str:
    return info.orig_filename.replace("\\", "/").lower()
