"""The slow look over a part's XML (遅い点検), event by event: right for every spelling, bounded in memory."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat  # DTDs are refused in the first handler, so no entity is ever expanded

from kohyo.excel.ooxml.cell_reference import Position, position, refuse_far, refuse_huge_merges, row_number
from kohyo.excel.ooxml.fast_scan import READ_KINDS, Scan
from kohyo.excel.ooxml.limits import CELLS, DEPTH, STRINGS, TEXT, RefusedError
from kohyo.model.codes import Code

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_PLAIN_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii"})
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UNKNOWN_ENCODING = expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]


def scan_slowly(blocks: Iterable[bytes], name: str) -> Scan:
    """Return what a part holds; raise RefusedError, also for an encoding that calamine reads as nothing."""
    reader = _Reader()
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
    return reader.finish(name)


class _Reader:
    """Counts and notes while expat reports elements."""

    def __init__(self) -> None:
        self.scan = Scan()
        self._plain = True
        self._depth = 0
        self._text = 0
        self._strings = 0
        self._at: Position = (-1, -1)
        self._cell_type = ""
        self._value: list[str] | None = None
        self._seen: set[Position] = set()
        self._filled_rows: set[int] = set()
        self._filled_columns: set[int] = set()
        self._merges: list[str] = []
        self._started = False
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

    def finish(self, name: str) -> Scan:
        """Check what only the whole part shows, and return what was noted."""
        if self.scan.kind in READ_KINDS and not self._plain:
            raise RefusedError(Code.K142, name)
        refuse_far(self._filled_rows, self._filled_columns)
        refuse_huge_merges(self._merges)
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
            self.scan.kind = local.lower()
        if space not in _MAIN:
            return
        if self.scan.kind == "worksheet":
            self._start_in_sheet(local, attributes)
        elif local == "si":
            self._strings += 1
            if self._strings > STRINGS:
                raise RefusedError(Code.K133, STRINGS)

    def _start_in_sheet(self, local: str, attributes: dict[str, str]) -> None:
        row, column = self._at
        if local == "row":
            self._at = (row_number(attributes["r"]) if "r" in attributes else row + 1, -1)
        elif local == "c":
            self._at = position(attributes["r"]) if "r" in attributes else (row, column + 1)
            self._cell_type = attributes.get("t", "")
            self._start_cell()
        elif local == "f":
            self.scan.formulas[self._at] = False
        elif local in ("v", "t", "is"):
            self._fill()
            self._value = [] if local == "v" else None
        elif local == "mergeCell":
            self._merges.append(attributes.get("ref", ""))

    def _start_cell(self) -> None:
        self.scan.cells += 1
        if self.scan.cells > CELLS:
            raise RefusedError(Code.K140, CELLS)
        if self._at in self._seen:
            raise RefusedError(Code.K143)
        self._seen.add(self._at)

    def _fill(self) -> None:
        self._filled_rows.add(self._at[0])
        self._filled_columns.add(self._at[1])

    def _characters(self, text: str) -> None:
        self._text += len(text)
        if self._text > TEXT:
            raise RefusedError(Code.K134)
        if self._value is not None:
            self._value.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._text = 0
        if name.endswith("}v") and self._value is not None:
            self._end_value("".join(self._value))
            self._value = None
        elif name.endswith("}t"):
            self.scan.has_values = True

    def _end_value(self, text: str) -> None:
        self.scan.has_values = self.scan.has_values or bool(text)
        if self._at in self.scan.formulas:
            self.scan.formulas[self._at] = bool(text) or self._cell_type == "str"
        if self._cell_type == "e":
            self.scan.errors[self._at] = text
