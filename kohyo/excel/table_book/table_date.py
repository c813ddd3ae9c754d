"""The date that a workbook of tables carries, exchanged in a workbook as it was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_PROPERTIES = "docProps/core.xml"
_DATED = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*")


def redated(book: bytes, created: datetime) -> bytes:
    """Return a workbook of ours as ``write_tables`` would have written it at another time."""
    day = created.astimezone(UTC) if created.tzinfo else created
    stream = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == _PROPERTIES:
                part = _DATED.sub(rb"\g<1>" + f"{day:%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            same = ZipInfo(entry.filename, entry.date_time)
            same.compress_type = entry.compress_type
            same.external_attr = entry.external_attr
            new.writestr(same, part)
    return stream.getvalue()
