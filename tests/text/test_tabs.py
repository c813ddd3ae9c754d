"""Names of sheets and files that Excel and Windows take.

1. A tab is at most 31 characters long, holds nothing forbidden and stands once.
2. A file's name keeps what it says: what Windows forbids becomes full width.
"""

from __future__ import annotations

import pytest

from kohyo.text.tabs import file_stem, free_tab, is_tab


def test_tabs() -> None:
    """Taken names are told apart however they are spelled, long ones are cut (1)."""
    assert free_tab("1/2", []) == "1_2"
    assert free_tab("Ａ部 a課", ["Ａ部 A課"]) == "Ａ部 a課-2"
    assert [len(free_tab("長" * 40, [])), free_tab("長" * 40, ["長" * 31])[-2:]] == [31, "-2"]


@pytest.mark.parametrize("name", ["History", "履歴", "'甲'", "𠮷" * 16, "長" * 30 + "'甲", "甲\x0b", "", "[甲]"])
def test_tabs_that_excel_refuses(name: str) -> None:
    """Excel's own sheets, quotes at the ends, lengths as Excel counts, control signs: another name is given (1)."""
    assert not is_tab(name)
    assert is_tab(free_tab(name, []))


def test_file_stems() -> None:
    """Nothing is lost of a name (2)."""
    assert file_stem('甲/乙: "丙"?') == "甲／乙： ＂丙＂？"
    assert file_stem("甲. ") == "甲"


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("CON", "CON_"),
        ("nul.課", "nul.課_"),
        ("甲\t乙\x00", "甲乙"),
        (" . ", "_"),
        ("コンビニ", "コンビニ"),
        ("部" * 90, "部" * 60),
    ],
)
def test_file_stems_that_no_file_can_bear(name: str, stem: str) -> None:
    """A name of Windows' own, control characters, nothing at all, one that is too long (2)."""
    assert file_stem(name) == stem
