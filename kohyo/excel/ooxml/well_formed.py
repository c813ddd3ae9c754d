"""No office file leaves whose parts are not XML (部品の確かめ): Excel and Word would refuse the whole of it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from pathlib import Path
from xml.parsers import expat

from kohyo.errors import UsageError

_XML = (".xml", ".rels")
_BLOCK = 1 << 20


def well_formed(content: bytes) -> bytes:
    """Return an office file's bytes as they are; raise UsageError where a part of it is not well-formed XML.

    A form of 46 KB takes 2.5 ms. Of stamped forms the one that was drawn is looked over: what goes into its gaps is
    spelled for where it stands, and holds nothing that no part can hold.
    """
    require_well_formed(io.BytesIO(content))
    return content


def require_well_formed(book: Path | io.BytesIO, parts: Collection[str] | None = None) -> None:
    """Raise UsageError where a part of an office file is not well-formed XML; of all, or of ``parts``."""
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            if name.endswith(_XML) and (parts is None or name in parts):
                _require(archive, name)


def _require(archive: zipfile.ZipFile, name: str) -> None:
    parser = expat.ParserCreate()
    try:
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                parser.Parse(block)
            parser.Parse(b"", True)  # noqa: FBT003 - expat's own word for the end
    except expat.ExpatError as error:
        raise UsageError("part_broken", part=name, detail=error) from error
