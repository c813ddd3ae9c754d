"""Compression of VBA source and of the project's ``dir`` stream ([MS-OVBA] 2.4.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

CHUNK = 4096
_SIGNATURE = b"\x01"
_COMPRESSED = 0xB000
_SHORTEST = 3
_GROUP = 8


def compress(data: bytes) -> bytes:
    """Return ``data`` as a compressed container."""
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return _SIGNATURE + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: bytes) -> bytes:
    """Return one chunk with its header; source text always shrinks, so that raw chunks are never needed."""
    tokens = list(_tokens(chunk))
    body = bytearray()
    for start in range(0, len(tokens), _GROUP):
        group = tokens[start : start + _GROUP]
        body.append(sum(1 << place for place, (copied, _) in enumerate(group) if copied))
        body += b"".join(token for _, token in group)
    if len(body) > CHUNK:
        raise ValueError(len(body))
    return (_COMPRESSED | len(body) - 1).to_bytes(2, "little") + bytes(body)


def _tokens(chunk: bytes) -> Iterator[tuple[bool, bytes]]:
    """Yield literal bytes and copies of what stood before, each with whether it is a copy."""
    places: dict[bytes, list[int]] = defaultdict(list)
    at = 0
    while at < len(chunk):
        bits = max((at - 1).bit_length(), 4) if at else 4
        offset, length = _longest(chunk, at, places[chunk[at : at + _SHORTEST]], (0xFFFF >> bits) + _SHORTEST)
        taken = length or 1
        if length:
            yield True, ((offset - 1) << (16 - bits) | length - _SHORTEST).to_bytes(2, "little")
        else:
            yield False, chunk[at : at + 1]
        for place in range(at, at + taken):
            places[chunk[place : place + _SHORTEST]].append(place)
        at += taken


def _longest(chunk: bytes, at: int, candidates: list[int], limit: int) -> tuple[int, int]:
    """Return distance and length of the longest earlier text that is the same as here, zeros for none."""
    best = (0, 0)
    for start in candidates:
        length = 0
        while length < limit and at + length < len(chunk) and chunk[start + length] == chunk[at + length]:
            length += 1
        if length >= max(_SHORTEST, best[1]):
            best = (at - start, length)
    return best
