"""Archives that two programs may open in two ways (まぎらわしい圧縮)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.bends.packages import TEXTS, Parts
from tests.excel.ooxml.builders import packed

_END = b"PK\x05\x06"


def _patched(data: bytes, at: int, content: bytes) -> bytes:
    return data[:at] + content + data[at + len(content) :]


def _streamed(good: Parts, _decoy: Parts) -> bytes:
    class _Stream(io.RawIOBase):
        def __init__(self) -> None:
            super().__init__()
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in good.items():
            archive.writestr(name, content)
    return bytes(stream.data)


def _stored(good: Parts, _decoy: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in good.items():
            archive.writestr(name, content)
    return target.getvalue()


def _remark(text: bytes) -> Callable[[Parts, Parts], bytes]:
    def remarked(good: Parts, _decoy: Parts) -> bytes:
        data = packed(good)
        return data[:-2] + struct.pack("<H", len(text)) + text

    return remarked


def _second_end(good: Parts, decoy: Parts) -> bytes:
    """Hide a directory of decoys in the remark of the true one."""
    true, other = packed(good), packed(decoy)
    start = other.rfind(_END)
    size, offset = struct.unpack_from("<II", other, start + 12)
    moved = _moved_directory(other[offset : offset + size], len(true))
    remark = other[:offset] + moved
    end = other[start : start + 12] + struct.pack("<IIH", size, len(true) + offset, 0)
    body = true[:-2] + struct.pack("<H", len(remark) + len(end))
    return body + remark + end


def _moved_directory(directory: bytes, by: int) -> bytes:
    found = bytearray(directory)
    at = 0
    while at < len(found):
        name, extra, comment = struct.unpack_from("<HHH", found, at + 28)
        struct.pack_into("<I", found, at + 42, struct.unpack_from("<I", found, at + 42)[0] + by)
        at += 46 + name + extra + comment
    return bytes(found)


def _zip64(good: Parts, decoy: Parts) -> bytes:
    """Put a directory of decoys into a zip64 end record beside the plain one of the true parts."""
    first, second = packed(decoy), packed(good)
    places = [data.rfind(_END) for data in (first, second)]
    size, offset = struct.unpack_from("<II", first, places[0] + 12)
    count = struct.unpack_from("<H", first, places[0] + 10)[0]
    true_size, true_offset = struct.unpack_from("<II", second, places[1] + 12)
    base = places[0]
    directory = _moved_directory(second[true_offset : true_offset + true_size], base)
    body = first[: places[0]] + second[:true_offset] + directory
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(body), 1)
    true_end = second[places[1] : places[1] + 12] + struct.pack("<IIH", true_size, base + true_offset, 0)
    return body + record + locator + true_end


def _other_local_name(good: Parts, decoy: Parts) -> bytes:
    """Let a decoy's own header bear the name of the true list of texts."""
    data = packed(good | {"xl/sharedStringX.xml": decoy[TEXTS]})
    return _patched(data, data.index(b"xl/sharedStringX.xml"), TEXTS.encode())


def _unicode_name(good: Parts, decoy: Parts) -> bytes:
    """Let a decoy bear the true name in the extra field for names in Unicode."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in good.items():
            archive.writestr(name, content)
        info = zipfile.ZipInfo("xl/other.xml")
        info.extra = _unicode_extra(b"xl/other.xml", TEXTS.encode())
        archive.writestr(info, decoy[TEXTS])
    return target.getvalue()


def _unicode_extra(name: bytes, other: bytes) -> bytes:
    content = b"\x01" + struct.pack("<I", zlib.crc32(name)) + other
    return struct.pack("<HH", 0x7075, len(content)) + content


def _local(offset: int, content: bytes) -> Callable[[Parts, Parts], bytes]:
    """Return a way that changes the header that stands before a part's data."""

    def changed(good: Parts, _decoy: Parts) -> bytes:
        data = packed(good)
        return _patched(data, data.index(TEXTS.encode()) - 30 + offset, content)

    return changed


ARCHIVES: dict[str, Callable[[Parts, Parts], bytes]] = {
    "stored": _stored,
    "streamed": _streamed,
    "other order": lambda good, _: packed(dict(reversed(good.items()))),
    "a remark": _remark("回答".encode()),
    "a remark like an end": _remark(_END + bytes(18)),
    "a second end in the remark": _second_end,
    "a zip64 end of decoys": _zip64,
    "another name before the data": _other_local_name,
    "another name in unicode": _unicode_name,
    "another size before the data": _local(18, struct.pack("<I", 7)),
    "another length before the data": _local(22, struct.pack("<I", 7)),
    "another sum before the data": _local(14, b"\1\2\3\4"),
    "another method before the data": _local(8, b"\0\0"),
    "something behind": lambda good, _: packed(good) + b"x" * 100,
    "noughts behind": lambda good, _: packed(good) + bytes(512),
    "another archive behind": lambda good, decoy: packed(good) + packed(decoy),
    "another archive before": lambda good, decoy: packed(decoy) + packed(good),
    "something before": lambda good, _: b"x" * 100 + packed(good),
    "cut off": lambda good, _: packed(good)[:-30],
}
"""Ways of packing the parts of a true file, with the parts of a decoy at hand."""
