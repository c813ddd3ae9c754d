"""What people do to a register or a form in Excel, a function each: ``TOUCHES``; ``touch`` does some of them.

Each works on one sheet with at least two rows; what it adds of cells stands right of all columns of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.clerk import object_touches, other_spellings, sheet_touches
from tests.clerk.package import Touched
from tests.clerk.written import ITEMS

Touch = Callable[[Touched], None]


TOUCHES: Mapping[str, Touch] = {
    touch.__name__: touch
    for touch in (
        sheet_touches.excel_saved,
        sheet_touches.phonetics,
        sheet_touches.rich_text,
        sheet_touches.conditional_formats,
        sheet_touches.validations,
        sheet_touches.sparklines,
        sheet_touches.printing,
        sheet_touches.formulas,
        sheet_touches.filtered,
        sheet_touches.protected,
        sheet_touches.table,
        object_touches.notes,
        object_touches.threaded_comments,
        object_touches.pictures,
        object_touches.slicer,
        object_touches.own_sheets,
        object_touches.cell_picture,
        object_touches.form_controls,
        other_spellings.strict,
        other_spellings.counted_from_1904,
    )
}
"""Each by itself, over a workbook that Excel saved."""

TOGETHER = (
    "phonetics",
    "notes",
    "slicer",
    "conditional_formats",
    "validations",
    "printing",
    "formulas",
    "own_sheets",
    "protected",
)
"""What one register can have at once: of two that write the same part, one."""

BESIDES = ("rich_text", "threaded_comments", "pictures", "sparklines", "filtered", "cell_picture")
"""The others of each two, at once in another register; a table of its own is part of a slicer's."""


CONTROLLED = ("form_controls", "validations", "printing", "table", "strict")
"""A third register, saved as Strict Open XML."""


def touch(content: bytes, *names: str, page: str = ITEMS, words: Sequence[str] = ("項目名", "取組み2")) -> bytes:
    """Return a workbook as Excel saves it after a person did these things on a sheet, and to some texts on it."""
    book = Touched.of(content)
    book.page, book.words = page, tuple(words)
    sheet_touches.excel_saved(book)
    for name in names:
        if name != sheet_touches.excel_saved.__name__:
            TOUCHES[name](book)
    return book.saved()
