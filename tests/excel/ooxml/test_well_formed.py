"""No office file leaves whose parts are not XML.

1. A part that Excel or Word could not read is named, and nothing is handed on; a sound file is handed on as it is.
2. Of a person's workbook the parts that were written are looked at, and no others: theirs may be anything.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from kohyo.errors import UsageError
from kohyo.excel.ooxml.well_formed import require_well_formed, well_formed


def _book(sheet: bytes, drawing: bytes = b"<xml><br></xml>") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/sheet1.xml", sheet)
        archive.writestr("xl/vmlDrawing1.vml", drawing)
    return target.getvalue()


def test_a_sound_file_is_handed_on() -> None:
    """Byte for byte; old drawings (VML) are no XML in Excel's own files either (1)."""
    assert well_formed(_book(b"<sheet/>")) == _book(b"<sheet/>")


@pytest.mark.parametrize("sheet", [b"<sheet>", b"<f>\x0b</f>", b"<f>&</f>", b"<a/><b/>", b"", b"<f>\xff</f>"])
def test_a_broken_part_is_named(sheet: bytes) -> None:
    """What is open, holds a control sign or half a sign, is empty (1)."""
    with pytest.raises(UsageError, match=r"xl/sheet1\.xml") as raised:
        well_formed(_book(sheet))
    assert raised.value.key == "part_broken"


def test_only_what_was_written_is_looked_at(tmp_path: Path) -> None:
    """The others are copied as they are (2)."""
    path = tmp_path / "台帳.xlsx"
    path.write_bytes(_book(b"<sheet>"))
    require_well_formed(path, {"xl/other.xml"})
    with pytest.raises(UsageError):
        require_well_formed(path, {"xl/sheet1.xml"})
