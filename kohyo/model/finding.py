"""Findings (指摘): a problem is a value; its wording comes last, from data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kohyo.model.codes import Code


class Severity(Enum):
    """How much a finding weighs: 誤り must be mended, 確認 must be looked at, 情報 is only said."""

    ERROR = "error"
    CHECK = "check"
    INFO = "info"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where something stands: file (within its folder), sheet and cell (A1 notation); empty when unknown."""

    file: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Finding:
    """One finding. Severity and wording belong to ``code`` and lie in ``data/wording/findings.toml``.

    ``field`` is the label of the field, ``value`` what was found there, ``context`` whatever else the
    message mentions by name.
    """

    code: Code
    place: Place = Place()
    field: str = ""
    value: str = ""
    context: Mapping[str, str] = dataclasses.field(default_factory=dict)
