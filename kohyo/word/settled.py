"""Word files that are the same whenever they are made: one date in the package, title and language told."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx

from kohyo.excel.ooxml.well_formed import well_formed

_DATE = (2024, 4, 1, 0, 0, 0)
_LANGUAGE = "ja-JP"


def settled(data: bytes, title: str) -> bytes:
    """Return a Word file with its title and language in the properties, and no trace of when it was made."""
    document = docx.Document(BytesIO(data))
    properties = document.core_properties
    properties.title, properties.language, properties.author, properties.comments = title, _LANGUAGE, "", ""
    stream = BytesIO()
    document.save(stream)
    settling = BytesIO()
    with ZipFile(stream) as old, ZipFile(settling, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            same = ZipInfo(entry.filename, _DATE)
            same.compress_type = ZIP_DEFLATED
            new.writestr(same, old.read(entry))
    return well_formed(settling.getvalue())
