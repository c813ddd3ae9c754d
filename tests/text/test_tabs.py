"""Names of sheets and files that Excel and Windows take.

1. A tab is at most 31 characters long, holds nothing forbidden and stands once.
2. A file's name keeps what it says: what Windows forbids becomes full width.
"""

from __future__ import annotations

from kohyo.text.tabs import file_stem, free_tab


def test_tabs() -> None:
    """Taken names are told apart however they are spelled, long ones are cut (1)."""
    assert free_tab("1/2", []) == "1_2"
    assert free_tab("Ａ部 a課", ["Ａ部 A課"]) == "Ａ部 a課-2"
    assert [len(free_tab("長" * 40, [])), free_tab("長" * 40, ["長" * 31])[-2:]] == [31, "-2"]


def test_file_stems() -> None:
    """Nothing is lost of a name (2)."""
    assert file_stem('甲/乙: "丙"?') == "甲／乙： ＂丙＂？"
    assert file_stem("甲. ") == "甲"
