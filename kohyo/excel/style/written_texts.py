"""The texts of a new workbook's cells (共有の文字列): runs are told by their kind, never by their letters.

XlsxWriter holds runs (一つのセルの中で書式の違う文字) as the text that spells them, and takes whatever begins and ends
as a run does for runs: a text that a person typed among them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable, _preserve_whitespace
from xlsxwriter.worksheet import Worksheet


class _Runs(str):
    """Runs as XlsxWriter spells them; never the same as a text, also where it is spelled like them."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Runs) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((_Runs, str.__hash__(self)))


class TextTable(SharedStringTable):  # type: ignore[misc]
    """Every text of a workbook once, and every text in runs."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._takes_runs = False

    @contextmanager
    def taking_runs(self) -> Iterator[None]:
        """Take what is written meanwhile for runs."""
        self._takes_runs = True
        try:
            yield
        finally:
            self._takes_runs = False

    def _get_shared_string_index(self, string: str) -> int:
        index: int = super()._get_shared_string_index(_Runs(string) if self._takes_runs else string)
        return index


class TextSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that tells its workbook which texts are runs."""

    def _write_rich_string(self, row: int, col: int, *args: Any) -> int:  # noqa: ANN401 - XlsxWriter has no types
        with self.str_table.taking_runs():
            written: int = super()._write_rich_string(row, col, *args)
        return written


class Texts(SharedStrings):  # type: ignore[misc]
    """The part that holds the texts."""

    def _write_si(self, string: str) -> None:
        if isinstance(string, _Runs):
            super()._write_si(str(string))
        else:
            spelled = self._escape_control_characters(string)
            self._xml_si_element(spelled, [("xml:space", "preserve")] if _preserve_whitespace(spelled) else [])


def entry(text: str) -> str:
    """Return a text as an entry of the part."""
    writer, target = Texts(), io.StringIO()
    writer._set_filehandle(target)  # noqa: SLF001 - the only door to the spelling of one entry
    writer._write_si(text)  # noqa: SLF001 - likewise
    return target.getvalue()
