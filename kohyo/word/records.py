"""Records that people filled in (記録用紙): the rows of the tables of a Word document, by their headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from kohyo.text.normalise import key
from kohyo.word.visible_text import visible


def read_records(data: bytes, headings: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    """Return the rows of every table that has all the headings, whatever else stands beside them.

    A heading is found however it is spaced; a row maps headings to what was written, rows without any text are
    passed over. Raises ValueError for what is no Word file.
    """
    try:
        document = docx.Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise ValueError("no Word file") from error
    found: list[Mapping[str, str]] = []
    for table in document.tables:
        rows = [[visible(cell._tc).strip() for cell in row.cells] for row in table.rows]  # noqa: SLF001 - see there
        places = {key(text): place for place, text in enumerate(rows[0])} if rows else {}
        if all(key(heading) in places for heading in headings):
            read = ({heading: row[places[key(heading)]] for heading in headings} for row in rows[1:])
            found += [row for row in read if any(row.values())]
    return tuple(found)
