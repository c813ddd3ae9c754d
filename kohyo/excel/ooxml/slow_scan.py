"""The slow look over a part's XML (遅い点検), event by event: right for every spelling, bounded in memory.

What it finds in a sheet or among the shared texts it spells anew and plainly, so that no parser after it can read
anything else; what has no one meaning is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat  # DTDs are refused in the first handler, so no entity is ever expanded

from kohyo.excel.ooxml.fast_scan import MAIN, READ_KINDS, Scan
from kohyo.excel.ooxml.limits import DEPTH, TEXT, RefusedError
from kohyo.excel.ooxml.respelling import Respelling, TextRespelling
from kohyo.excel.ooxml.sheet_respelling import SheetRespelling
from kohyo.model.codes import Code

_PLAIN_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UNKNOWN_ENCODING = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
_RESPELLED: Mapping[str, Callable[[Scan], Respelling]] = {"worksheet": SheetRespelling, "sst": TextRespelling}
FOREIGN = ""
"""What an element of another namespace is called here."""


def scan_slowly(blocks: Iterable[bytes], name: str) -> Scan:
    """Return what a part holds; raise RefusedError, also for an encoding that is not UTF-8."""
    reader = _Reader(name)
    try:
        for block in blocks:
            reader.feed(block)
        reader.feed(b"", last=True)
    except expat.ExpatError as error:
        if error.code == _UNKNOWN_ENCODING:
            raise RefusedError(Code.K142, name) from error
        if reader.scan.kind in READ_KINDS or not reader.scan.kind:
            raise RefusedError(Code.K143, name) from error
    except (ValueError, LookupError) as error:  # Python's answer to encodings that expat leaves to it
        raise RefusedError(Code.K142, name) from error
    return reader.finish()


class _Reader:
    """Counts while expat reports elements, and hands those of sheets and shared texts on."""

    def __init__(self, name: str) -> None:
        self.scan = Scan()
        self._name = name
        self._plain = True
        self._depth = 0
        self._text = 0
        self._started = False
        self._respelling: Respelling | None = None
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.XmlDeclHandler = self._declaration

    def feed(self, block: bytes, *, last: bool = False) -> None:
        """Take the next block of the part."""
        if not self._started and block:
            self._started = True
            self._plain = not block.startswith(_UTF16) and b"\0" not in block[:4]
        self._parser.Parse(block, last)

    def finish(self) -> Scan:
        """Check what only the whole part shows, and return what was noted."""
        if self.scan.kind in READ_KINDS and not self._plain:
            raise RefusedError(Code.K142, self._name)
        if self._respelling is not None:
            self._respelling.finish()
        return self.scan

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._plain = self._plain and (encoding or "utf-8").lower() in _PLAIN_ENCODINGS

    def _doctype(self, *_: object) -> None:
        raise RefusedError(Code.K136)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._text = 0
        if self._depth > DEPTH:
            raise RefusedError(Code.K135, DEPTH)
        space, _, local = name.rpartition("}")
        if not self.scan.kind:
            self._begin(space, local)
        elif self._respelling is not None:
            self._respelling.start(local if space in MAIN else FOREIGN, attributes)

    def _begin(self, space: str, local: str) -> None:
        """Take the root: of another namespace, a sheet or a list of texts is none."""
        self.scan.kind = local.lower()
        kind = _RESPELLED.get(self.scan.kind)
        if kind is not None:
            if space not in MAIN:
                raise RefusedError(Code.K143, self._name)
            self._respelling = kind(self.scan)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._text = 0
        if self._respelling is not None and self._depth:
            self._respelling.end()

    def _characters(self, text: str) -> None:
        self._text += len(text)
        if self._text > TEXT:
            raise RefusedError(Code.K134)
        if self._respelling is not None:
            self._respelling.characters(text)
