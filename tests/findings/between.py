"""What two of them say differently: returns, register, tables, documents (K401 to K444)."""

from __future__ import annotations

import kohyo
from kohyo.model.data_table import DataTable
from kohyo.model.finding import Finding
from kohyo.tables.sum_check import sum_findings
from tests.findings.stage import Findings, Ground, provokes, put
from tests.usecases.small import NOW, Small


def _disputed(ground: Ground) -> tuple[Small, tuple[Finding, ...]]:
    """Return a workspace with a dispute of each kind, and what was said of them."""
    small = ground.small()
    put(small.workspace.register, "項目", 2, 取組の内容="台帳の文")
    small.send("企画財政局", {"1-1": {"overview": "回答の文"}, "2-1": {"overview": "画面で予約"}})
    small.send("市民局", {"2-1": {"overview": "電話で予約"}})
    small.send("東区役所", {"2-2": {"overview": None}})
    for name, text in (("西.xlsx", "続ける"), ("西（最終）.xlsx", "やめる")):
        small.send("西区役所", {"2-2": {"next_step": text}}, name=name)
    return small, small.consolidate().findings


@provokes("K401", "K402", "K403", "K404")
def disputes(ground: Ground) -> Findings:
    """Consolidate a return against the register, two departments, two returns of one, and an emptied field."""
    return _disputed(ground)[1]


@provokes("K407", "K408", "K409", "K410")
def half_decisions(ground: Ground) -> Findings:
    """Resolve disputes of which each was decided by halves."""
    small, _ = _disputed(ground)
    rows: dict[str, list[int]] = {}
    for row, conflict in enumerate(small.register().conflicts, 1):
        rows.setdefault(conflict.group, []).append(row)
    double, *single = sorted(rows.values(), key=len, reverse=True)
    for row in double:
        small.decide(row, 採用="回答")
    halves: tuple[dict[str, str], ...] = ({"採用": "別の値"}, {"別の値": "第三の文"}, {"決めた人": "髙橋"})
    for (row, *_), columns in zip(single, halves, strict=True):
        small.decide(row, **columns)
    return kohyo.resolve(small.root, now=NOW).findings


@provokes("K411")
def a_decision_about_an_item_that_is_gone(ground: Ground) -> Findings:
    """Resolve a dispute about an item whose row somebody deleted from the register after it arose."""
    small, _ = _disputed(ground)
    row = next(row for row, conflict in enumerate(small.register().conflicts, 1) if conflict.field == "next_step")
    with small.by_hand() as book:
        book["項目"].delete_rows(4)
    small.decide(row, 採用="回答")
    return kohyo.resolve(small.root, now=NOW).findings


@provokes("K405")
def an_answer_to_an_item_that_is_gone(ground: Ground) -> Findings:
    """Consolidate an answer about an item whose row somebody deleted from the register."""
    small = ground.small()
    with small.by_hand() as book:
        book["項目"].delete_rows(3)
    small.send("市民局", {"2-1": {"overview": "電話で予約"}})
    return small.consolidate().findings


@provokes("K420")
def sums_that_no_sign_mends(_ground: Ground) -> Findings:
    """Add up a table from data whose total is none."""
    columns = [
        {"key": "what", "label": "科目", "width": 5},
        {"key": "sum", "label": "額", "width": 5, "kind": "figure"},
    ]
    rows = [{"what": "甲", "sum": "10"}, {"what": "乙", "sum": "3"}, {"what": "計", "sum": "99"}]
    sums = [{"row": "計", "parts": ["甲", "乙"]}]
    table = {"name": "表", "title": "表", "columns": columns, "rows": rows, "sums": sums}
    return sum_findings(DataTable.model_validate(table))


@provokes("K421", "K422")
def tables_of_the_shipped_plan(ground: Ground) -> Findings:
    """Audit a workspace of the shipped plan: its fiscal outlook lost signs when it was printed."""
    return kohyo.audit(kohyo.new_workspace(ground.folder / "作業").root).findings


@provokes("K430", "K431", "K432", "K433", "K434", "K436", "K437", "K438")
def a_register_that_contradicts_itself(ground: Ground) -> Findings:
    """Audit a register with slips, and with entries of the matrix that do not go with their items."""
    small = ground.small()
    register = small.workspace.register
    put(register, "項目", 2, 取組の内容="使用料をを改める。", **{"視点「財源」": "－"})
    put(register, "項目", 5, 取組番号="2-2", 目標=2)
    with small.by_hand() as book:
        for row in (
            (1, "財源", 1, None, "使用料見直し", "1-1"),
            (2, "オンライン", 1, None, "来庁の予約", "2-1"),
            (3, "オンライン", 1, None, "窓口の予約", "2-1"),
            (2, "連携", 1, "事業", "架空市公園協会", "2-1"),
        ):
            book["体系表掲載"].append(row)
    return kohyo.audit(small.root).findings


@provokes("K439", "K440", "K441", "K442", "K443", "K444")
def a_document_that_says_otherwise(ground: Ground) -> Findings:
    """Audit the register with a document that names goals, posts, numbers and items otherwise."""
    small = ground.small()
    path = small.root / "文書.txt"
    path.write_text(
        "到達点1 持続しない財政\n2‐1のこと\n官民協働・行政改革担当課長\n官民連携・行政改革担当課長\n"
        "取組番号\t取組名\t取組の内容\t担当局\n1-1\t別の名前\t文。\t市民局\n1-9\t台帳にない取組\t文。\t市民局\n",
        encoding="utf-8",
    )
    return kohyo.audit(small.root, [path]).findings
