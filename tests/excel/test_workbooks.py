"""What lies in ``workbooks/`` is what kohyo writes today.

W1  every form there is rebuilt and compared part by part
W2  nothing lies there that nobody rebuilds
"""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from tests.tools.make_workbooks import FOLDER, built

BUILT = built()


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", sorted(BUILT))
def test_workbook_is_up_to_date(name: str) -> None:
    """W1: A form in the repository equals the one written now; run ``tests.tools.make_workbooks`` after a change."""
    kept, now = parts((FOLDER / name).read_bytes()), parts(BUILT[name])
    assert sorted(kept) == sorted(now)
    assert [part for part in now if kept[part] != now[part]] == []


def test_every_form_is_rebuilt() -> None:
    """W2: Every form in the folder is one of those that are rebuilt."""
    prefix = "調査票"
    kept = {unicodedata.normalize("NFC", path.name) for path in FOLDER.glob("*.xlsx")}
    assert {name for name in kept if name.startswith(prefix)} == set(BUILT)
