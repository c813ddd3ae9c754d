"""A compound file ([MS-CFB], version 3): storages and streams in one file, written whole and always the same."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SECTOR = 512
_MINI = 64
_MINI_LIMIT = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_HEADER_SLOTS = 109
_ENTRIES_PER_SECTOR = SECTOR // 128
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = 0
    size: int = 0
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    color: int = _BLACK

    @property
    def order(self) -> tuple[int, str]:
        """Names are ordered by length, then by letters without case."""
        return len(self.name), self.name.upper()

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = struct.pack("<64sHBBIII", name, len(name), self.kind, self.color, self.left, self.right, self.child)
        return head + bytes(16) + struct.pack("<IQQIQ", 0, 0, 0, self.start, self.size)


class _Sectors:
    """The sectors of the file and the chains that they form."""

    def __init__(self) -> None:
        self.content: list[bytes] = []
        self.next: list[int] = []

    def put(self, data: bytes) -> int:
        """Append data as a chain and return its first sector."""
        if not data:
            return _END
        first = len(self.content)
        pieces = [data[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(data), SECTOR)]
        self.content += pieces
        self.next += [*range(first + 1, first + len(pieces)), _END]
        return first

    def close(self) -> list[int]:
        """Append the table of chains, which names its own sectors too, and return where it lies."""
        count = 1
        while (len(self.next) + count) * 4 > count * SECTOR:
            count += 1
        if count > _HEADER_SLOTS:
            raise ValueError(count)
        places = list(range(len(self.content), len(self.content) + count))
        table = [*self.next, *[_FAT] * count]
        table += [_FREE] * (count * SECTOR // 4 - len(table))
        raw = struct.pack(f"<{len(table)}I", *table)
        self.content += [raw[at : at + SECTOR] for at in range(0, len(raw), SECTOR)]
        return places


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return the file that holds ``streams``, named by their path (``VBA/dir``)."""
    entries = _entries(streams)
    sectors = _Sectors()
    mini, chains = _place_streams(entries, sectors)
    entries[0].start, entries[0].size = sectors.put(mini), len(mini)
    mini_table = struct.pack(f"<{len(chains)}I", *chains)
    mini_table += b"\xff" * (-len(mini_table) % SECTOR)
    mini_start = sectors.put(mini_table)
    directory = b"".join(entry.packed() for entry in entries)
    empty = bytes(68) + struct.pack("<III", _FREE, _FREE, _FREE) + bytes(48)
    directory += empty * (-len(entries) % _ENTRIES_PER_SECTOR)
    directory_start = sectors.put(directory)
    table = sectors.close()
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIII", 0, len(table), directory_start, 0, _MINI_LIMIT)
    head += struct.pack("<IIII", mini_start, len(mini_table) // SECTOR, _END, 0)
    head += struct.pack(f"<{_HEADER_SLOTS}I", *table, *[_FREE] * (_HEADER_SLOTS - len(table)))
    return head + b"".join(sectors.content)


def _entries(streams: Mapping[str, bytes]) -> list[_Entry]:
    """Return the directory: the root, storages and streams, each storage with the tree of its children."""
    entries = [_Entry("Root Entry", _ROOT)]
    storages = {"": 0}
    for path in sorted(streams):
        *folders, name = path.split("/")
        for depth in range(1, len(folders) + 1):
            folder, above = "/".join(folders[:depth]), "/".join(folders[: depth - 1])
            if folder not in storages:
                storages[folder] = len(entries)
                entries[storages[above]].children.append(len(entries))
                entries.append(_Entry(folders[depth - 1], _STORAGE))
        entries[storages["/".join(folders)]].children.append(len(entries))
        entries.append(_Entry(name, _STREAM, streams[path], size=len(streams[path])))
    for entry in entries:
        ordered = sorted(entry.children, key=lambda place: entries[place].order)
        entry.child = _tree(entries, ordered, len(ordered).bit_length())
    return entries


def _tree(entries: Sequence[_Entry], places: Sequence[int], depth: int) -> int:
    """Link places as a balanced red-black tree and return its root: only its lowest, unfilled level is red."""
    if not places:
        return _FREE
    middle = len(places) // 2
    entry = entries[places[middle]]
    entry.left = _tree(entries, places[:middle], depth - 1)
    entry.right = _tree(entries, places[middle + 1 :], depth - 1)
    entry.color = _RED if depth == 1 and entry.left == entry.right == _FREE else _BLACK
    return places[middle]


def _place_streams(entries: Sequence[_Entry], sectors: _Sectors) -> tuple[bytes, list[int]]:
    """Place large streams in sectors of their own; return the small ones together, and their chains."""
    mini = bytearray()
    chains: list[int] = []
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        if entry.size >= _MINI_LIMIT:
            entry.start = sectors.put(entry.data)
            continue
        count = -(-entry.size // _MINI)
        entry.start = len(chains) if count else _END
        chains += [*range(len(chains) + 1, len(chains) + count), _END] if count else []
        mini += entry.data.ljust(count * _MINI, b"\0")
    return bytes(mini), chains
