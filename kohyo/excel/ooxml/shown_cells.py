"""The two faces of a cell (見た目と値): where what is shown is not what is stored.

Styles and runs of letters are looked up for cells alone that bear a style of consequence; on a form as it went out
these are its dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import chain

from kohyo.excel.ooxml.cell_reference import Position
from kohyo.excel.ooxml.cell_styles import CellStyle
from kohyo.excel.ooxml.stored_cells import Cells
from kohyo.model.face import Face, Look
from kohyo.text.number_format import is_hidden, is_moment, is_percent, shown


def faces_of(cells: Cells, widths: Mapping[int, float]) -> dict[Position, Face]:
    """Return what cells show that hold something else; ``widths``: digits that narrow columns have room for."""
    faces: dict[Position, Face] = {}
    held, styles, visible = cells.held, cells.styles, cells.visible
    wanted = styles.keys() & held.keys()
    if visible:
        wanted |= visible.keys() & held.keys()
    if widths:  # a text is shown in any width
        others = chain(cells.numbers, cells.moments)
        wanted |= {cell for cell in others if cell[1] in widths and type(held[cell]) is not str}
    for cell in wanted:
        face = face_of(held[cell], styles.get(cell), visible.get(cell))
        face = _in_width(held[cell], face, widths.get(cell[1], 0.0))
        if face is not None:
            faces[cell] = face
    return faces


def face_of(value: object, style: CellStyle | None, visible: str | None) -> Face | None:
    """Return the face of a cell, None where it shows what it holds."""
    if visible is not None:
        return Face(Look.STRUCK if visible.strip() else Look.ERASED, visible)
    if style is None:
        return None
    face = None if isinstance(value, str) else _formatted(value, style)
    if style.struck:
        return Face(Look.ERASED, "")
    if is_hidden(style.format):
        return Face(Look.UNSEEN, "")
    return (face or _plain(value))._replace(unseen=True) if style.unseen else face


def _in_width(value: object, face: Face | None, width: float) -> Face | None:
    """Return a face that is marked as unseen where a number is shown as ### for want of room."""
    shown_text = None if face is None else face.text
    text = str(value) if shown_text is None else shown_text
    if isinstance(value, (str, bool)) or not 0 < width < len(text):
        return face
    return (face or _plain(value))._replace(unseen=True)


def _plain(value: object) -> Face:
    return Face(Look.PLAIN, str(value))


@lru_cache(maxsize=4096, typed=True)
def _formatted(value: object, style: CellStyle) -> Face | None:
    """Return the face of what is no text: the same days and numbers stand on many sheets."""
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float, date, time, timedelta)):
        return None
    text = shown(style.format, value)
    if not isinstance(value, (int, float)) or is_moment(style.format):
        return Face(Look.MOMENT, text)
    return Face(Look.PERCENT if is_percent(style.format) else Look.FORMATTED, text)
