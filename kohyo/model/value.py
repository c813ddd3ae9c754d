"""What a field can hold once it is trusted (信頼できる値)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from kohyo.model.tick import Tick

FieldValue: TypeAlias = str | int | float | date | Tick | None
"""None means empty. Free text is kept letter by letter; numbers, dates and ticks are parsed."""

RawValue: TypeAlias = str | int | float | bool | date | None
"""What stood in a cell, as the file says it, before anything was understood."""

OrNone: TypeAlias = Annotated[int, "0 stands for none"]
"""A figure that may be missing (a year, a round): nobody is shown its 0."""
