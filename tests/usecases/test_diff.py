"""Compare two versions: 結果/新旧対照表.xlsx.

1. With the crosswalk from the draft of November 2023 into 令和6年度: new numbers, a changed goal, additions, and never
   a deletion with an addition.
2. The workbook opens with rich text where words changed; the twins lie in 結果/data.
3. Without a second name the register as it stands is compared; a version that there is not is wrong use.
"""

from __future__ import annotations

import json
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

import kohyo
from kohyo.errors import UsageError
from kohyo.model.comparison import Difference
from tests.usecases.small import NOW, Small


def _records(small: Small, name: str = "新旧対照表") -> list[dict[str, Any]]:
    text = (small.workspace.data / f"{name}.json").read_text(encoding="utf-8")
    records: list[dict[str, Any]] = json.loads(text)["data"]
    return records


def test_words_that_changed_are_marked_in_the_workbook(small: Small) -> None:
    """The cell holds the whole text, the changed words in bold and underlined (2)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    small.edit(1, 取組の内容="使用料を実費に近づける。")
    result = kohyo.diff(small.root, "素案", now=NOW)
    assert dict(result.counts) == {Difference.REVISED: 1}
    assert result.book
    sheet = openpyxl.load_workbook(result.book, rich_text=True)["新旧対照表"]
    rich = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, CellRichText)]
    assert [str(text) for text in rich] == ["使用料を実費に近づける。", "使用料を実費に合わせる。"]
    blocks = [part for part in rich[0] if isinstance(part, TextBlock)]
    assert [(part.text, part.font.u, part.font.b) for part in blocks if part.font.u] == [("近づける", "single", True)]
    assert _records(small)[0]["fields"] == "取組の内容"


def test_two_versions_each_by_its_own_numbers(small: Small) -> None:
    """What happens to the register later does not matter (1, 3)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    small.edit(2, 取組番号="3-9", 目標=3)
    kohyo.freeze(small.root, "令和12年度", now=NOW)
    small.edit(2, 取組番号="1-7", 目標=1)
    result = kohyo.diff(small.root, "素案", "令和12年度", now=NOW)
    assert dict(result.counts) == {Difference.REGOALED: 1, Difference.RENUMBERED: 1}
    (only,) = _records(small)
    assert (only["old_number"], only["new_number"], only["kind"]) == ("2-1", "3-9", "到達点変更、番号変更")
    assert len(_records(small, "番号対照表")) == 4


def test_unchanged_items_are_listed_on_demand(small: Small) -> None:
    """All four items, none of which changed (2)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    assert kohyo.diff(small.root, "素案", now=NOW).unchanged == 4
    assert _records(small) == []
    kohyo.diff(small.root, "素案", unchanged=True, now=NOW)
    assert [one["kind"] for one in _records(small)] == ["変更なし"] * 4


def test_a_version_that_there_is_not(small: Small) -> None:
    """Nothing is written (3)."""
    with pytest.raises(UsageError) as refused:
        kohyo.diff(small.root, "素案")
    assert refused.value.key == "unknown_version"
    assert not (small.workspace.results / "新旧対照表.xlsx").exists()
