"""Findings (指摘): a problem is a value; its wording comes last, from data."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, NamedTuple

from kohyo.model.codes import Code


class Severity(Enum):
    """How much a finding weighs: 誤り must be mended, 確認 must be looked at, 情報 is only said."""

    ERROR = "error"
    CHECK = "check"
    INFO = "info"


class Place(NamedTuple):
    """Where something stands: file (within its folder), sheet and cell (A1 notation); empty when unknown."""

    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Finding:
    """One finding. Severity and wording belong to ``code`` and lie in ``data/wording/findings.toml``.

    ``field`` is the label of the field, ``value`` what was found there, ``context`` whatever else the
    message mentions by name. As text a finding is its sentence, with its place.
    """

    in_words: ClassVar[Callable[[Finding], str] | None] = None
    """How it is said to a user; the wordings, which stand above, put it here when they are loaded."""

    code: Code
    place: Place = Place()
    field: str = ""
    value: str = ""
    context: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        """Return code, place and sentence in one line; the bare value where no wording fits it."""
        try:
            return Finding.in_words(self) if Finding.in_words else self._bare()
        except (KeyError, IndexError):
            return self._bare()

    def __repr__(self) -> str:
        return f"<{self}>"

    def _bare(self) -> str:
        return f"{self.code} {self.place} {self.field!r} {self.value!r} {dict(self.context)!r}"
