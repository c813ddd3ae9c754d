"""What crosses the pipe from the worker (読取り係の返事): plain JSON, so that nothing a file does to it can run here.

``encode`` and ``decode`` are each other's inverse; what cannot be decoded raises ValueError.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.raw_book import RawBook, RawGrid
from kohyo.excel.ooxml.read_result import ReadResult
from kohyo.excel.ooxml.workbook_structure import Drawing
from kohyo.model.codes import Code
from kohyo.model.face import Face, Look
from kohyo.model.finding import Finding, Place
from kohyo.model.value import RawValue
from kohyo.model.value_json import value_from_json, value_to_json

_V = TypeVar("_V")
_Json = Any
"""What json makes of letters, before anything is known of it."""

_WHOLE = frozenset({int})
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
    if isinstance(value, dict) and isinstance(moment := value_from_json(value), date):
        return moment
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(value)


def _finding(finding: Finding) -> _Json:
    place = finding.place
    return [finding.code, place.sheet, place.cell, finding.field, finding.value, dict(finding.context)]


def _to_finding(data: _Json, path: Path) -> Finding:
    code, sheet, cell, field, value, context = data
    return Finding(Code(code), Place(path.name, str(sheet), str(cell)), str(field), str(value), _texts(context))


def _book(book: RawBook) -> _Json:
    return {
        "grids": [_grid(grid) for grid in book.grids],
        "names": {sheet: [list(names), _flat(names.values())] for sheet, names in book.names.items()},
        "properties": dict(book.properties),
        "date1904": book.date1904,
    }


def _to_book(data: _Json) -> RawBook:
    shared: dict[str, str] = {}  # the same names stand on every sheet
    names = {
        str(sheet): {shared.setdefault(name, name): cell for name, cell in zip(listed, _to_places(cells), strict=True)}
        for sheet, (listed, cells) in data["names"].items()
    }
    grids = tuple(_to_grid(grid) for grid in data["grids"])
    return RawBook(grids, names, _texts(data["properties"]), bool(data["date1904"]))


def _grid(grid: RawGrid) -> _Json:
    return {
        "name": grid.name,
        "visibility": grid.visibility,
        "cells": [_flat(grid.cells), list(grid.cells.values())],
        "merges": _flat(cell for merge in grid.merges for cell in merge),
        "notes": [_flat(grid.notes), list(grid.notes.values())],
        "comments": [_flat(grid.comments), list(grid.comments.values())],
        "faces": [_flat(grid.faces), list(map(_face, grid.faces.values()))],
        "drawings": [[_flat((drawing.first, drawing.last)), drawing.text] for drawing in grid.drawings],
        "hidden": [sorted(grid.hidden_rows), sorted(grid.hidden_columns)],
    }


def _to_grid(data: _Json) -> RawGrid:
    corners = _to_places(data["merges"])
    return RawGrid(
        name=str(data["name"]),
        visibility=str(data["visibility"]),
        cells=_to_cells(data["cells"]),
        merges=tuple(zip(corners[::2], corners[1::2], strict=True)),
        notes=_by_place(data["notes"], str),
        comments=_by_place(data["comments"], str),
        faces=_by_place(data["faces"], _to_face),
        drawings=tuple(_to_drawing(*drawing) for drawing in data["drawings"]),
        hidden_rows=_to_lines(data["hidden"][0]),
        hidden_columns=_to_lines(data["hidden"][1]),
    )


def _face(face: Face) -> _Json:
    return [face.look.value, face.text, face.unseen]


def _to_face(data: _Json) -> Face:
    look, text, unseen = data
    return Face(Look(look), None if text is None else str(text), bool(unseen))


def _to_lines(numbers: _Json) -> frozenset[int]:
    return frozenset(map(int, numbers))


def _to_drawing(places: _Json, text: _Json) -> Drawing:
    first, last = _to_places(places)
    return Drawing(first, last, str(text))


def _to_cells(data: _Json) -> dict[Position, RawValue]:
    places, values = data
    if not _PLAIN.issuperset(map(type, values)):
        values = map(_to_value, values)
    return dict(zip(_to_places(places), values, strict=True))


def _by_place(data: _Json, read: Callable[[_Json], _V]) -> dict[Position, _V]:
    places, values = data
    return dict(zip(_to_places(places), map(read, values), strict=True))


def _flat(cells: Iterable[Position]) -> list[int]:
    return [number for cell in cells for number in cell]


def _to_places(numbers: _Json) -> list[Position]:
    if not _WHOLE.issuperset(map(type, numbers)):
        raise TypeError(numbers)
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _texts(data: Mapping[_Json, _Json]) -> dict[str, str]:
    return {str(key): str(value) for key, value in data.items()}
