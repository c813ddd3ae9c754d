"""What crosses the pipe from the worker (読取り係の返事): plain JSON, so that nothing a file does to it can run here.

``encode`` and ``decode`` are each other's inverse; what cannot be decoded raises ValueError. Where the cells of a sheet
stand is one text (``0,1,0,2``): the sheets of a round have the same cells filled, and a text is spelled and read once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import compress, count, repeat, starmap
from operator import is_not
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import Merge, RawBook, RawGrid
from kohyo.excel.ooxml.read_result import ReadResult
from kohyo.excel.ooxml.workbook_structure import Drawing
from kohyo.model.codes import Code
from kohyo.model.face import Face, Look
from kohyo.model.value import RawValue
from kohyo.model.value_json import value_from_json, value_to_json

if TYPE_CHECKING:
    from kohyo.model.finding import Finding

_Json = Any
"""What json makes of letters, before anything is known of it."""

_KEPT, _RECURRING, _LETTERS = 256, 1_000, 5
"""Sheets whose places are kept, the most cells of one that are, and the letters that a place takes."""

_SPELLED = re.compile("(?:[0-9]{1,7}(?:,[0-9]{1,7})*+)?+")
_BETWEEN = "\x7f"
"""It stands between texts that cross as one; hardly a text has it, and JSON spells it as it is."""

_TEXT = frozenset({str})
_PLAIN = frozenset({str, int, float, bool, type(None)})


def encode_request(path: Path, seconds: float, passwords: Sequence[str] = ()) -> bytes:
    """Return the request to read a file within a time, with passwords that may open it."""
    return json.dumps([str(path.absolute()), seconds, list(passwords)]).encode()


def decode_request(frame: bytes) -> tuple[Path, float, tuple[str, ...]]:
    """Return path, time and passwords of a request."""
    path, seconds, passwords = json.loads(frame)
    return Path(path), float(seconds), tuple(map(str, passwords))


def encode(result: ReadResult) -> bytes:
    """Return a result as letters; the path stays behind, since the parent knows what it asked for."""
    data = {
        "sha256": result.sha256,
        "skipped": result.skipped,
        "finding": _finding(result.finding) if result.finding else None,
        "infos": [_finding(info) for info in result.infos],
        "book": _book(result.book) if result.book else None,
    }
    return json.dumps(data, ensure_ascii=False, default=_moment, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode(frame: bytes, path: Path) -> ReadResult:
    """Return the result of reading the file at ``path``; raise ValueError for anything that is none."""
    try:
        data = json.loads(frame.decode("utf-8", "surrogatepass"))
        return ReadResult(
            path,
            str(data["sha256"]),
            _to_book(data["book"]) if data["book"] else None,
            _to_finding(data["finding"], path) if data["finding"] else None,
            tuple(_to_finding(info, path) for info in data["infos"]),
            bool(data["skipped"]),
        )
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError(path.name) from error


def _moment(value: object) -> _Json:
    """Return a day, with its hours where it has some, as JSON knows none."""
    if isinstance(value, date):
        return value_to_json(value)
    raise TypeError(value)


def _to_value(value: _Json) -> RawValue:
    """Return a day, which JSON does not know."""
    if isinstance(value, dict) and isinstance(moment := value_from_json(value), date):
        return moment
    raise TypeError(value)


def _finding(finding: Finding) -> _Json:
    place = finding.place
    return [finding.code, place.sheet, place.cell, finding.field, finding.value, dict(finding.context)]


def _to_finding(data: _Json, path: Path) -> Finding:
    from kohyo.model.finding import Finding, Place  # noqa: PLC0415 - the worker, which never decodes, would load it

    code, sheet, cell, field, value, context = data
    return Finding(Code(code), Place(path.name, str(sheet), str(cell)), str(field), str(value), _texts(context))


def _book(book: RawBook) -> _Json:
    return {
        "grids": [_grid(grid) for grid in book.grids],
        "names": {sheet: [_joined(names), _places(names.values())] for sheet, names in book.names.items()},
        "properties": dict(book.properties),
        "date1904": book.date1904,
    }


def _to_book(data: _Json) -> RawBook:
    names = {str(sheet): _to_names(*named) for sheet, named in data["names"].items()}
    grids = tuple(_to_grid(grid) for grid in data["grids"])
    return RawBook(grids, names, _texts(data["properties"]), bool(data["date1904"]))


def _grid(grid: RawGrid) -> _Json:
    return {
        "name": grid.name,
        "visibility": grid.visibility,
        "cells": [_places(grid.cells), *_values(grid.cells.values())],
        "merges": _places(cell for merge in grid.merges for cell in merge),
        "notes": _by_note(grid.notes),
        "comments": [_places(grid.comments), list(grid.comments.values())],
        "faces": [_places(grid.faces), list(map(_face, grid.faces.values()))],
        "drawings": [[_places((drawing.first, drawing.last)), drawing.text] for drawing in grid.drawings],
        "hidden": [sorted(grid.hidden_rows), sorted(grid.hidden_columns)],
    }


def _to_grid(data: _Json) -> RawGrid:
    return RawGrid(
        name=str(data["name"]),
        visibility=str(data["visibility"]),
        cells=_to_cells(data["cells"]),
        merges=_to_merges(data["merges"]),
        notes=_to_notes(data["notes"]),
        comments=_to_comments(data["comments"]),
        faces=_to_faces(data["faces"]),
        drawings=tuple(_to_drawing(*drawing) for drawing in data["drawings"]),
        hidden_rows=_to_lines(data["hidden"][0]),
        hidden_columns=_to_lines(data["hidden"][1]),
    )


def _face(face: Face) -> _Json:
    return [face.look.value, face.text, face.unseen]


def _to_faces(data: _Json) -> dict[Position, Face]:
    places, faces = data
    return dict(zip(_to_places(places), starmap(_kept_face, faces), strict=True))


def _read_face(look: _Json, text: _Json, unseen: _Json) -> Face:
    return Face(Look(look), None if text is None else str(text), bool(unseen))


def _to_lines(numbers: _Json) -> frozenset[int]:
    return frozenset(map(int, numbers))


def _to_drawing(places: _Json, text: _Json) -> Drawing:
    first, last = _to_places(places)
    return Drawing(first, last, str(text))


def _values(values: Iterable[RawValue]) -> tuple[_Json, list[_Json]]:
    """Return values as texts, nothing for one that is none, and those that are none, each with its number."""
    texts: list[_Json] = list(values)
    others = [] if _TEXT.issuperset(map(type, texts)) else _others(texts)
    return _joined(texts), others


def _others(values: list[_Json]) -> list[_Json]:
    """Take out of values what is no text."""
    numbers = list(compress(count(), map(is_not, map(type, values), repeat(str))))
    others = [(number, values[number]) for number in numbers]
    for number in numbers:
        values[number] = ""
    return others


def _to_cells(data: _Json) -> dict[Position, RawValue]:
    places, texts, others = data
    values: list[RawValue] = [*_to_texts(texts)]
    for number, value in others:
        values[number] = value if type(value) in _PLAIN else _to_value(value)
    return dict(zip(_to_places(places), values, strict=True))


def _to_comments(data: _Json) -> dict[Position, str]:
    places, texts = data
    return dict(zip(_to_places(places), map(str, texts), strict=True))


def _by_note(notes: Mapping[Position, str]) -> dict[str, str]:
    """Return the places of each note that occurs."""
    every = tuple(notes.items())
    return _kept_notes(every) if len(every) <= _RECURRING else _noted(every)


def _noted(every: tuple[tuple[Position, str], ...]) -> dict[str, str]:
    notes = dict(every)
    kinds = dict.fromkeys(notes.values())
    return {kind: _places(cell for cell, note in notes.items() if note == kind) for kind in kinds}


def _places(cells: Iterable[Position]) -> str:
    every = tuple(cells)
    return _kept_spelling(every) if len(every) <= _RECURRING else _spelled(every)


def _spelled(cells: tuple[Position, ...]) -> str:
    return ",".join([f"{row},{column}" for row, column in cells])


def _to_places(spelled: _Json) -> tuple[Position, ...]:
    if not isinstance(spelled, str):
        raise TypeError(spelled)
    return _kept_places(spelled) if len(spelled) <= _RECURRING * _LETTERS else _read(spelled)


def _read(spelled: str) -> tuple[Position, ...]:
    if not _SPELLED.fullmatch(spelled):
        raise ValueError(spelled)
    numbers = map(int, spelled.split(",") if spelled else ())
    return tuple(zip(numbers, numbers, strict=True))


def _to_merges(spelled: _Json) -> tuple[Merge, ...]:
    """Return merged ranges, which are the same on the sheets of every return of a round, as notes are."""
    return (_kept_merges if len(spelled) <= _RECURRING * _LETTERS else _read_merges)(spelled)


def _read_merges(spelled: _Json) -> tuple[Merge, ...]:
    corners = _to_places(spelled)
    return tuple(zip(corners[::2], corners[1::2], strict=True))


def _to_notes(data: Mapping[_Json, _Json]) -> dict[Position, str]:
    every = tuple(data.items())
    return (_kept_note_cells if sum(map(len, data.values())) <= _RECURRING * _LETTERS else _read_notes)(every)


def _read_notes(every: tuple[tuple[_Json, _Json], ...]) -> dict[Position, str]:
    return {cell: str(note) for note, cells in every for cell in _to_places(cells)}


def _joined(texts: Iterable[str]) -> _Json:
    """Return texts as one; as a list where one of them has the sign that stands between them, or there are none."""
    every = list(texts)
    joined = _BETWEEN.join(every)
    return joined if joined.count(_BETWEEN) == len(every) - 1 else every


def _to_texts(texts: _Json) -> list[str]:
    if isinstance(texts, str):
        return texts.split(_BETWEEN)
    if not _TEXT.issuperset(map(type, texts)):
        raise TypeError(texts)
    return list(texts)


def _to_names(names: _Json, places: _Json) -> dict[str, Position]:
    """Return the places of names, which are the same on the sheets of every return of a round."""
    recurs = isinstance(names, str) and len(names) <= _RECURRING * _LETTERS
    return (_kept_names if recurs else _read_names)(names, places)


def _read_names(names: _Json, places: _Json) -> dict[str, Position]:
    return dict(zip(_to_texts(names), _to_places(places), strict=True))


def _texts(data: Mapping[_Json, _Json]) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.items()}


_kept_notes = lru_cache(maxsize=_KEPT)(_noted)
_kept_spelling = lru_cache(maxsize=_KEPT)(_spelled)
_kept_places = lru_cache(maxsize=_KEPT)(_read)
_kept_names = lru_cache(maxsize=_KEPT)(_read_names)
_kept_merges = lru_cache(maxsize=_KEPT)(_read_merges)
_kept_note_cells = lru_cache(maxsize=_KEPT)(_read_notes)
_kept_face = lru_cache(maxsize=_RECURRING, typed=True)(_read_face)
