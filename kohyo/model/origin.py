"""Origins (出どころ) of a value: where each level that passed it on had it from, down to a department's cell."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.model.finding import Place


@dataclass(frozen=True)
class Origin:
    """Where one organisation had a value from.

    ``how`` is what happened in people's words (回答, 手修正 …), ``who`` the department that said it, ``place`` the cell
    of the file of which ``sha256`` is the digest, ``at`` the time, as ISO text; empty what is not known.
    """

    organisation: str
    how: str
    who: str = ""
    place: Place = Place()
    at: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Passed:
    """A value that was passed on in a cell of a form, as its text, with the origins from the nearest to the first."""

    place: Place
    number: str
    label: str
    value: str
    origins: tuple[Origin, ...]
