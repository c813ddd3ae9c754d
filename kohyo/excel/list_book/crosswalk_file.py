"""The file that says which number becomes which (番号対照): a table as text or workbook, or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from kohyo.errors import FileError
from kohyo.excel.list_book.list_file import file_content, file_lines, text_of_content
from kohyo.messages import section
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.numbering import DEFAULT_PATTERN, ItemNumber
from kohyo.model.raised import finding_of
from kohyo.model.renumbering import NumberPair as Pair
from kohyo.register.plan_list.list_row import ListCell, ListLine
from kohyo.text.normalise import Key, key

_JSON_STARTS = ("{", "[")
_NUMBER = re.compile("[0-9]-[0-9]")
_FIELDS = ("old", "new", "title", "id")


def read_crosswalk_file(path: Path, pattern: str = DEFAULT_PATTERN) -> tuple[tuple[Pair, ...], tuple[Finding, ...]]:
    """Return the pairs in the file and what cannot be read: K535 a number, K538 an item without a new one.

    ``pattern`` says how numbers are spelled. A table has the headings of ``versions.toml``, in any order; JSON is a
    list of pairs ``[old, new]`` or of records, alone or under ``crosswalk`` or ``records``. An old number that is
    empty means an addition. Raises FileError when the file cannot be read or holds no crosswalk.
    """
    content = file_content(path)
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    rows = _json_rows(path, content) if start in (b"{", b"[") else _table_rows(path)
    pairs: list[Pair] = []
    findings: list[Finding] = []
    for row in rows:
        try:
            if pair := _pair(row, pattern):
                pairs.append(pair)
        except _UnreadNumberError as problem:
            findings.append(finding_of(problem.code, problem.cell.place, value=problem.cell.text))
    if not pairs and not findings:
        raise FileError("crosswalk_empty", path=path)
    return tuple(pairs), tuple(findings)


class _UnreadNumberError(ValueError):
    """A cell that should hold a number and does not, or an old number without a new one."""

    def __init__(self, cell: ListCell, code: Literal[Code.K535, Code.K538] = Code.K535) -> None:
        super().__init__(cell.text)
        self.cell = cell
        self.code = code


def _pair(row: Mapping[str, ListCell], pattern: str) -> Pair | None:
    """Return the pair that a row says; None for a row that says nothing of a new number."""
    old, new, title, identity = (row.get(name, ListCell(None, Place())) for name in _FIELDS)
    if new.empty:
        if _NUMBER.search(key(old.text)):
            raise _UnreadNumberError(old, Code.K538)
        return None
    known = _number(old, pattern) if old.text.strip() else None
    return Pair(known, _number(new, pattern), title.text.strip(), identity.text.strip(), new.place)


def _number(cell: ListCell, pattern: str) -> ItemNumber:
    try:
        return ItemNumber.parse(key(cell.value) if isinstance(cell.value, str) else "", pattern)
    except ValueError:
        raise _UnreadNumberError(cell) from None


def _table_rows(path: Path) -> Iterator[Mapping[str, ListCell]]:
    """Yield the rows below a heading by our names for its columns; a later heading begins anew."""
    columns: Mapping[str, int] = {}
    for line in file_lines(path, lambda line: "new" in _columns(line)):
        found = _columns(line)
        if "new" in found:
            columns = found
        elif columns:
            yield {name: line[place] for name, place in columns.items() if place < len(line)}


def _columns(line: ListLine) -> dict[str, int]:
    words = _words()
    places = ((words.get(key(cell.text)), place) for place, cell in enumerate(line))
    return {name: place for name, place in places if name}


def _words() -> dict[Key, str]:
    spelled: Mapping[str, Sequence[str]] = section("versions")["crosswalk"]
    return {key(word): name for name, words in spelled.items() for word in words}


def _json_rows(path: Path, content: bytes) -> Iterator[Mapping[str, ListCell]]:
    try:
        data = json.loads(text_of_content(path, content))
    except ValueError as error:
        raise FileError("crosswalk_empty", path=path) from error
    if isinstance(data, dict):
        data = data.get("crosswalk", data.get("data", data.get("records")))
    if not isinstance(data, list):
        raise FileError("crosswalk_empty", path=path)
    for place, entry in enumerate(data, 1):
        yield dict(_json_row(entry, Place(path.name, "", f"[{place}]")))


def _json_row(entry: Any, place: Place) -> Iterator[tuple[str, ListCell]]:  # noqa: ANN401 - whatever JSON held
    if isinstance(entry, list):
        pairs = list(zip(_FIELDS, entry, strict=False))
    elif isinstance(entry, dict):
        words = {
            **_words(),
            **{key(f"{name}_number"): name for name in ("old", "new")},
            **{key(field): field for field in _FIELDS},
        }
        pairs = [(words[key(name)], value) for name, value in entry.items() if key(name) in words]
    else:
        pairs = [("new", str(entry))]
    for name, value in pairs:
        yield name, ListCell(value if isinstance(value, str) else None if value is None else str(value), place)
