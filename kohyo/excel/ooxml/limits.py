"""Limits of what is read from an untrusted file, and the one way to say that it is not read (読取不可)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohyo.model.raised import Plain

FILE_SIZE = 50 << 20
"""Bytes of a file; forms are below 1 MiB, and pictures that people paste are allowed for."""

ENTRIES = 2_000
PART_SIZE = 96 << 20
TOTAL_SIZE = 192 << 20
FAST_SIZE = 16 << 20
"""Parts up to this size are looked over in one piece, larger ones are streamed."""

STRUCTURE_SIZE = 8 << 20
"""Bytes of a part that is parsed into a tree: the workbook's own part, relationships, comments, properties."""

RATIO = 200
RATIO_GRACE = 100 << 10
"""A part may shrink more than RATIO times as long as it is smaller than this once inflated."""

DEPTH = 256
TEXT = 256 << 10
"""Bytes of one text; Excel keeps 32,767 characters a cell, which no spelling in XML takes beyond this."""

STRINGS = 250_000
"""Shared texts; more than half as many as cells stand in no form, and a million take ten seconds to look over."""

CELLS = 500_000
ROWS = 1_048_576
COLUMNS = 16_384
AREA = 7_100_000
"""Cells of the rectangle around everything filled in on a sheet: the reader of values keeps all of it."""

MERGES = 20_000
MERGED_AREA = 5_000_000


class RefusedError(Exception):
    """Raised while a file is looked over: it is not read, for the reason that the finding ``code`` names."""

    def __init__(self, code: Plain, value: object = "", *, sheet: str = "", cell: str = "") -> None:
        """Keep the finding's code, what was found, and where as far as it is known."""
        super().__init__(code, value, sheet, cell)
        self.code = code
        self.value = str(value)
        self.sheet = sheet
        self.cell = cell
