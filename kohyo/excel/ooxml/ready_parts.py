"""A package of which much lies ready (出来合いの部品): content deflated once is put into many packages as it is.

A deflate stream may be made of pieces that know nothing of each other, each ending at a whole byte (zlib's full
flush, RFC 1951 3.2.4). So what is the same in many parts is deflated once, and between it stands what is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from zlib_ng import zlib_ng

from kohyo.excel.ooxml.zip_writing import Packer, Part, end_record, packer

_BEST = 9
_LAST_BLOCK = b"\x03\x00"


@dataclass(frozen=True)
class Ready:
    """Content and the same content deflated."""

    content: bytes
    deflated: bytes


def ready(content: bytes) -> Ready:
    """Return content that is deflated once, as small as it goes."""
    engine = packer(_BEST)
    return Ready(content, engine.compress(content) + engine.flush(zlib_ng.Z_FULL_FLUSH))


Piece: TypeAlias = bytes | Ready
"""Content from its beginning to its end is made of pieces."""


def package(parts: Iterable[tuple[str, Sequence[Piece]]]) -> bytes:
    """Return a zip package of parts by name with what each is made of, the same bytes for the same input."""
    engine = packer()
    written: list[bytes] = []
    entries: list[bytes] = []
    place = 0
    for name, pieces in parts:
        crc, size, packed = _packed(engine, pieces)
        length = sum(map(len, packed))
        part = Part(name, crc, length, size)
        header = part.local_header()
        written += (header, *packed)
        entries.append(part.directory_entry(place))
        place += len(header) + length
    return b"".join((*written, *entries, end_record(entries, place)))


def _packed(engine: Packer, pieces: Sequence[Piece]) -> tuple[int, int, list[bytes]]:
    """Return checksum, size and deflated content of one part; the packer forgets at each full flush what it saw."""
    crc = size = 0
    packed: list[bytes] = []
    for piece in pieces:
        content = piece if isinstance(piece, bytes) else piece.content
        crc = zlib_ng.crc32(content, crc)
        size += len(content)
        if isinstance(piece, bytes):
            packed += (engine.compress(piece), engine.flush(zlib_ng.Z_FULL_FLUSH))
        else:
            packed.append(piece.deflated)
    packed.append(_LAST_BLOCK)
    return crc, size, packed
