"""A package of which much lies ready (出来合いの部品): content deflated once is put into many packages as it is.

A deflate stream may be made of pieces that know nothing of each other, each ending at a whole byte (zlib's full
flush, RFC 1951 3.2.4). So what is the same in many parts is deflated once, and between it stands what is not.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

_BEST, _LIVE = 9, 6
_RAW = -15
_LAST_BLOCK = b"\x03\x00"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEEDS, _MADE_BY_UNIX, _DEFLATED = 20, 3, 8
_NO_TIME, _FIRST_DAY = 0, (1 << 5) | 1  # 1980-01-01, the day Excel gives its parts
_OWNERS_FILE = 0o600 << 16


@dataclass(frozen=True)
class Ready:
    """Content and the same content deflated."""

    content: bytes
    deflated: bytes


def ready(content: bytes) -> Ready:
    """Return content that is deflated once, as small as it goes."""
    packer = zlib.compressobj(_BEST, zlib.DEFLATED, _RAW)
    return Ready(content, packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH))


Piece: TypeAlias = bytes | Ready
"""Content from its beginning to its end is made of pieces."""


def package(parts: Iterable[tuple[str, Sequence[Piece]]]) -> bytes:
    """Return a zip package of parts by name (ASCII) with what each is made of, the same bytes for the same input."""
    packer = zlib.compressobj(_LIVE, zlib.DEFLATED, _RAW)
    written: list[bytes] = []
    directory: list[bytes] = []
    place = 0
    for part, pieces in parts:
        name = part.encode("ascii")
        crc, size, packed = _packed(packer, pieces)
        length = sum(map(len, packed))
        facts = (_DEFLATED, _NO_TIME, _FIRST_DAY, crc, length, size, len(name), 0)
        written += (_LOCAL.pack(b"PK\x03\x04", _NEEDS, 0, *facts), name, *packed)
        about = (_NEEDS, _MADE_BY_UNIX, _NEEDS, 0, 0, *facts, 0, 0, 0, _OWNERS_FILE, place)
        directory += (_CENTRAL.pack(b"PK\x01\x02", *about), name)
        place += _LOCAL.size + len(name) + length
    count = len(directory) // 2
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, sum(map(len, directory)), place, 0)
    return b"".join((*written, *directory, end))


def _packed(packer: zlib._Compress, pieces: Sequence[Piece]) -> tuple[int, int, list[bytes]]:
    """Return checksum, size and deflated content of one part; the packer forgets at each full flush what it saw."""
    crc = size = 0
    packed: list[bytes] = []
    for piece in pieces:
        content = piece if isinstance(piece, bytes) else piece.content
        crc = zlib.crc32(content, crc)
        size += len(content)
        if isinstance(piece, bytes):
            packed += (packer.compress(piece), packer.flush(zlib.Z_FULL_FLUSH))
        else:
            packed.append(piece.deflated)
    packed.append(_LAST_BLOCK)
    return crc, size, packed
