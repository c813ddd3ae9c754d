"""Parts that came before (既知の部品): what was found in the very same bytes, which the returns of a round share.

The styles, the theme, the lists and the example of a round are the same in every return. What was found in such a part
is kept when it comes for the second time, as most parts never do. Only one that is the same byte for byte as it lies
packed, and declared in the same way, is taken as known, so that what is kept is what a look anew would find; what was
refused is never kept.
"""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from kohyo.excel.ooxml.zip_entries import Entry

_F = TypeVar("_F")

_Key = tuple[str, int, int, int, bool]

_KEPT, _LONGEST, _SEEN = 128, 50_000, 1024
"""Parts that are kept, those that came last; the most bytes of one, once inflated; how many are waited for again."""


class _Known(NamedTuple, Generic[_F]):
    """A part as it lay packed, and what was found in it."""

    packed: bytes
    found: _F


class KnownParts(Generic[_F]):
    """What was found in the parts that came last."""

    def __init__(self) -> None:
        self._parts: dict[_Key, _Known[_F]] = {}
        self._seen: dict[_Key, None] = {}
        """What came once."""

    def get(self, data: bytes, entry: Entry) -> _F | None:
        """Return what was found in the same part before, None where it is another or came too long ago."""
        key = _key(entry)
        known = self._parts.get(key)
        if known is None or not data.startswith(known.packed, entry.start):
            return None
        self._parts[key] = self._parts.pop(key)
        return known.found

    def keep(self, data: bytes, entry: Entry, found: _F) -> None:
        """Keep what was found in a part that comes again, in place of what came longest ago."""
        if entry.size > _LONGEST or entry.packed > _LONGEST:
            return
        key = _key(entry)
        if key in self._seen:
            self._parts.pop(key, None)
            _make_room(self._parts, _KEPT)
            self._parts[key] = _Known(data[entry.start : entry.start + entry.packed], found)
        else:
            _make_room(self._seen, _SEEN)
            self._seen[key] = None


def _make_room(kept: dict[_Key, Any], most: int) -> None:
    if len(kept) >= most:
        del kept[next(iter(kept))]


def _key(entry: Entry) -> _Key:
    """Return all that is declared of a part but where it lies."""
    return entry.name, entry.packed, entry.size, entry.crc, entry.deflated
