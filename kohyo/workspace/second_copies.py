"""Second copies (控えの写し): what cannot be made again stands twice, each copy with its SHA-256.

One file a kind (配布時, 回答) that only grows, a line each: what a file held, under its name. A line that was cut off
or altered is known by its digest and counts for nothing.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import ends_well, flush


class SecondCopies:
    """The copies of one kind of files."""

    def __init__(self, path: Path) -> None:
        """Take the file that holds them, which need not be there yet; what it holds is looked at once."""
        self._path = path
        self._known: dict[str, set[str]] | None = None

    def digests(self) -> dict[str, set[str]]:
        """Return the SHA-256 of everything that a file ever held, by its name; nothing is read but that."""
        found: dict[str, set[str]] = {}
        for line in self._lines():
            digest, length, name, text = _parts(line)
            if len(text) == length:
                found.setdefault(name, set()).add(digest)
        return found

    def contents(self) -> dict[str, bytes]:
        """Return what each file held last, by its name, as far as the copy is sound."""
        found: dict[str, bytes] = {}
        for line in self._lines():
            data = _held(line)
            if data is not None:
                found[_parts(line)[2]] = data
        return found

    def damaged(self) -> int:
        """Return how many lines were altered or cut off."""
        return sum(_held(line) is None for line in self._lines())

    def lacking(self, files: Mapping[str, bytes]) -> list[str]:
        """Return the names of the files that hold what is not kept soundly."""
        kept = {(_parts(line)[2], _parts(line)[0]) for line in self._lines() if _held(line) is not None}
        return [name for name, data in files.items() if (name, sha256(data).hexdigest()) not in kept]

    def sound_with(self, files: Mapping[str, bytes]) -> Iterator[bytes]:
        """Yield every sound line, then one for each of the files that is not kept soundly."""
        yield from (line.removesuffix(b"\n") + b"\n" for line in self._lines() if _held(line) is not None)
        lacking = ((name, files[name]) for name in self.lacking(files))
        yield from (_line(name, data, sha256(data).hexdigest()) for name, data in lacking)

    def add(self, files: Mapping[str, bytes]) -> None:
        """Keep files behind all that is kept, once each, on the disk; raise FileError when that cannot be done."""
        self._append(files.items())

    def add_files(self, paths: Iterable[Path]) -> None:
        """Keep what these files hold, one after the other; raise FileError when that cannot be done."""
        self._append((path.name, path.read_bytes()) for path in paths)

    def _append(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write what is not kept yet behind all that is."""
        known = self._known = self.digests() if self._known is None else self._known
        try:
            told = ((name, data, sha256(data).hexdigest()) for name, data in files)
            lines = (_line(name, data, digest) for name, data, digest in told if _is_new(known, name, digest))
            first = next(lines, None)
            if first is None:
                return
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a+b") as stream:
                stream.write(b"" if ends_well(self._path) else b"\n")
                stream.writelines(chain((first,), lines))
            flush(self._path)
        except OSError as error:
            self._known = None
            raise FileError("unwritable", path=self._path) from error

    def _lines(self) -> Iterator[bytes]:
        with contextlib.suppress(OSError), self._path.open("rb") as stream:
            yield from stream


def together(earlier: Path, later: Path) -> bytes:
    """Return what two files of second copies keep, as one file; a line that was cut off stays a line of its own."""
    found = (path.read_bytes() for path in (earlier, later))
    return b"".join(data if data.endswith(b"\n") or not data else data + b"\n" for data in found)


def _is_new(known: dict[str, set[str]], name: str, digest: str) -> bool:
    """Tell whether nothing of this SHA-256 is kept under the name, and take it for kept from now on."""
    digests = known.setdefault(name, set())
    new = digest not in digests
    digests.add(digest)
    return new


def _line(name: str, data: bytes, digest: str) -> bytes:
    text = json.dumps(data.decode("utf-8"), ensure_ascii=False).encode("utf-8")
    return f"{digest} {len(text)} {name}\t".encode() + text + b"\n"


def _held(line: bytes) -> bytes | None:
    """Return what a line keeps, None where it was altered or cut off."""
    digest, _, _, text = _parts(line)
    try:
        data: bytes = json.loads(text).encode("utf-8")
    except (ValueError, AttributeError):
        return None
    return data if sha256(data).hexdigest() == digest else None


def _parts(line: bytes) -> tuple[str, int, str, bytes]:
    """Return digest, length, name and text of a line; a line that was cut off is shorter than it says."""
    head, _, text = line.partition(b"\t")
    digest, _, rest = head.decode("utf-8", "replace").partition(" ")
    length, _, name = rest.partition(" ")
    return digest, int(length) if length.isdecimal() else -1, name, text.removesuffix(b"\n")
