"""The plan's documents (計画の文書): where the real ones lie, and a made-up one of the same layout for every clone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.golden import facts

FOLDER = Path(__file__).parents[2] / "shared" / "seeds"
"""The texts of the plan's documents, beside the clone; only the fixture ``documents`` reads there."""

_ITEMS_A_PAGE = 10
_UNLABELLED = ("4-9", "4-10")
"""Two items stand in the document without the labels of the perspectives."""


def texts() -> tuple[Path, ...]:
    """Return the documents in their order, none where they are not at hand."""
    return tuple(sorted(FOLDER.glob("*.txt")))


def plan_document(documents: Iterable[Path]) -> Path:
    """Return the document that holds the plan's list."""
    heading = "\t".join(facts("list_heading")[0])
    (found,) = [path for path in documents if heading in path.read_text(encoding="utf-8")]
    return found


def made_up_document(items: Iterable[Sequence[str]]) -> str:
    """Return a made-up text, laid out as the plan's document is.

    A report, a table of contents, running text, a page of the matrix, and last the list: a page holds a heading and
    ten items, the first page of a goal its band, the others the labels of the perspectives. Each of ``items`` is
    number, goal, title, overview and owners. The slips are those that the real documents hold.
    """
    rows = [[str(cell) for cell in row] for row in items]
    return "\n".join([_REPORT, *_contents(), _RUNNING_TEXT, *_matrix_page(), *_list_pages(rows), ""])


_REPORT = """

令和5年11月14日
見 本 部

作りものの計画（素案）について

1 主旨

これは試験のために書いた文で、どの文書の写しでもありません。2‐24と2-24は、同じ番号です。

2 今後のスケジュール（予定）

令和5年11月\t委員会報告（計画素案）
3月\t計画策定

構成：官民連携・行政手法改革担当課長、総務課長
"""
_RUNNING_TEXT = """

1. 見本の節

計画の対象は、二つに分かれます。
1-1 は本文にも出てきますが、項目ではありません。

経営改革・行政手法改革担当課長 構成員

「見本の統計」(令和5年7月)より作成
"""


def _contents() -> Iterable[str]:
    yield "I プラン策定の背景\t1\tVI プランの取組み\t27"
    for goal in facts("goals"):
        yield f"{goal['goal']}. 見本の節\t\t到達点{goal['goal']} {goal['contents']}\t"
    yield "V 推進体制\t26\t\t"


def _matrix_page() -> Iterable[str]:
    """Give the last goal of the matrix as its page prints it: one word or cell a line."""
    row: dict[str, Any] = facts("matrix_cells")[-1]
    yield from ("", str(row["goal"]), "", "組織力の向上・人材の", "育成(専門性の向上)", "")
    for text in (*row["cells"], *row["cells"].values()):
        yield from (text, "")


def _list_pages(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    heading, labels = ("\t".join(line) for line in facts("list_heading"))
    for goal in facts("goals"):
        own = [row for row in rows if row[1] == str(goal["goal"])]
        for start in range(0, len(own), _ITEMS_A_PAGE):
            band = f"到達点{goal['goal']} {goal['list']}" + "\t" * 9
            yield from (heading, labels if start else band)
            yield from (_item_line(row) for row in own[start : start + _ITEMS_A_PAGE])
            yield ""


def _item_line(row: Sequence[str]) -> str:
    number, _, title, overview, owners = row
    labels = facts("list_heading")[1][3:-1]
    return "\t".join([number, title, overview, *([""] * len(labels) if number in _UNLABELLED else labels), owners])
