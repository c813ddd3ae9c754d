"""What stands at the foot of a printed page: texts in Excel's codes, kept within the 255 characters Excel takes."""

from __future__ import annotations

from kohyo.messages import wording
from kohyo.text.cell_text import cut, letters_kept, units

_LIMIT = 255
PAGE, PAGES, TAB = "&P", "&N", "&A"
"""Excel's codes of the page, of how many there are and of the sheet's name."""


def literal(text: str) -> str:
    """Return ``text`` as it stands among Excel's codes."""
    return text.replace("&", "&&")


def footer(font: str, size: float, *, left: str = "", middle: str = "", right: str = "") -> str:
    """Return a footer in Excel's codes; what does not fit is left out from the right, then shortened.

    Texts may hold the codes ``PAGE``, ``PAGES`` and ``TAB``; everything else in them is ``literal``. The space
    before each text keeps the size apart from a text that begins with a digit.
    """
    shape = f'&"{font},Regular"&{int(size)} '
    room, built = _LIMIT, {}
    for place, text in (("&C", middle), ("&L", left), ("&R", right)):
        if text and room > _written(place + shape):
            spare = room - _written(place + shape)
            built[place] = place + shape + _shortened(text, spare - _written(text) + units(text))
            room -= _written(built[place])
    return "".join(built[place] for place in ("&L", "&C", "&R") if place in built)


def _written(text: str) -> int:
    """Return how many signs a text is as a workbook holds it."""
    return units(letters_kept(text))


def _shortened(text: str, room: int) -> str:
    """Return a text of at most so many signs, nothing where not even the mark of what is left out has room."""
    if units(text) <= room:
        return text
    if room < 1:
        return ""
    kept = cut(text, room - 1)
    halved = (len(kept) - len(kept.rstrip("&"))) % 2
    return kept[: len(kept) - halved] + wording("text.cut")
