"""What lies in ``workbooks/`` is what kohyo writes today.

W1  every form there is rebuilt and compared part by part
W2  no workbook lies there that nobody rebuilds
W3  the guide names all of it, and nothing else
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import pytest

from tests.tools.make_workbooks import FOLDER, TEMPLATES, built, lists, word_templates

BUILT, LISTS, WORDS = built(), lists(), word_templates()


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


@pytest.mark.parametrize("name", sorted(WORDS))
def test_template_is_up_to_date(name: str) -> None:
    """W1: A template of the papers in the repository equals the one made now."""
    kept, now = parts((FOLDER / TEMPLATES / name).read_bytes()), parts(WORDS[name])
    assert sorted(kept) == sorted(now)
    assert [part for part in now if kept[part] != now[part]] == []


def test_every_workbook_is_rebuilt() -> None:
    """W2: Every workbook in the folder is one of those that are rebuilt."""
    assert {unicodedata.normalize("NFC", path.name) for path in FOLDER.glob("*.xlsx")} == set(BUILT)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_list_is_up_to_date(name: str) -> None:
    """W1: A list in the repository is the one made now."""
    assert (FOLDER / name).read_text(encoding="utf-8") == LISTS[name]


def test_the_guide_names_what_is_there() -> None:
    """W3: Every workbook, list and picture is named in the guide, and what the guide names is there."""
    guide = (FOLDER / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\]\(([^)]+)\)", guide))
    kept = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()} - {"README.md"}
    assert {unicodedata.normalize("NFC", name) for name in kept} == named
