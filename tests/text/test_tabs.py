"""Names of sheets and files that Excel and Windows take.

1. A tab is at most 31 characters long, holds nothing forbidden and stands once.
2. A title's own tab is one that Excel takes, and never another title's; it depends on the title and its mark alone.
3. A file's name keeps what it says: what Windows forbids becomes full width.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.text.tabs import file_stem, free_tab, is_tab, own_tab


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


@given(st.sets(st.text(st.sampled_from("長い題名の調査/:*'𠮷"), max_size=40), max_size=6))
def test_every_title_has_a_tab_of_its_own(titles: set[str]) -> None:
    """However alike they are, long, or full of what Excel forbids; with a mark behind them as well (2)."""
    for mark in ("", "（終了）"):
        tabs = {own_tab(title, mark) for title in titles}
        assert len({tab.casefold() for tab in tabs}) == len(titles)
        assert all(is_tab(tab) and tab.endswith(mark) for tab in tabs)


def test_a_short_title_is_its_own_tab() -> None:
    """Nothing is put behind what fits (2)."""
    assert (own_tab("市民の声"), own_tab("市民の声", "（終了）")) == ("市民の声", "市民の声（終了）")
    assert own_tab("長" * 28, "（終了）").startswith("長" * 22 + "-")


def test_file_stems() -> None:
    """Nothing is lost of a name (3)."""
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
    """A name of Windows' own, control characters, nothing at all, one that is too long (3)."""
    assert file_stem(name) == stem
