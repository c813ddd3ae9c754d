"""Lists that are imported (K301 to K320)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook

import kohyo
from kohyo.definition.load import shipped
from kohyo.definition.seed import shipped_list
from kohyo.excel.list_book.printed_table import read_printed_table
from kohyo.model.finding import Finding
from tests.findings.stage import Findings, Ground, provokes, put
from tests.usecases.small import LIST, NOW

_PLAN = "setagaya-r6"


@provokes("K301")
def a_file_without_a_list(ground: Ground) -> Findings:
    """Import a text without a heading."""
    small = ground.small()
    return kohyo.import_items(small.root, small.write_list([("ただの", "文")]), now=NOW).findings


@provokes("K302", "K303", "K304", "K305", "K306", "K307", "K309", "K310")
def a_list_with_slips(ground: Ground) -> Findings:
    """Import a list that has each slip in a line of its own."""
    small = ground.small()
    rows = [
        *LIST,
        ("1の1", "番号の書き方", "文。", "市民局"),
        ("1-2", "概要と担当がない"),
        ("1-1", "二度目の番号", "文。", "市民局"),
        ("9-1", "ない目標", "文。", "市民局"),
        ("1-3", "", "文。", "市民局"),
        ("1-4", "概要がない", "", "市民局"),
        ("目標9 なぞの目標",),
        ("1-5", "担当を知らない", "文。", "なぞの局"),
    ]
    return kohyo.import_items(small.root, small.write_list(rows), now=NOW).findings


@provokes("K315")
def a_column_of_no_field(ground: Ground) -> Findings:
    """Import a list with a column that the definition does not know."""
    small = ground.small()
    rows = [(*LIST[0], "天気"), (*LIST[1], "晴れ")]
    return kohyo.import_items(small.root, small.write_list(rows), now=NOW).findings


@provokes("K320")
def a_column_written_in_its_own_way(ground: Ground) -> Findings:
    """Import a list whose figures are in full-width letters."""
    small = ground.small()
    rows = [(*LIST[0], "令和12年度の削減額"), *((*line, "１，２００") for line in LIST[1:])]
    return kohyo.import_items(small.root, small.write_list(rows), now=NOW).findings


@provokes("K316", "K317", "K318", "K319")
def a_printed_table(ground: Ground) -> Findings:
    """Import a table that is not in the file, one with a word for a number, one with a note, and one twice."""
    root = kohyo.new_workspace(ground.folder / "作業").root
    path = ground.folder / "本文.txt"
    path.write_text("ただの文\n", encoding="utf-8")
    found = [*kohyo.import_table(root, path, "政策の柱と施策").findings]
    path.write_text("政策の柱\tNo\t施策名\n健康\t施策一\t防災\n", encoding="utf-8")
    found += kohyo.import_table(root, path, "政策の柱と施策").findings
    heads = "区分\t\t令和4年度\t\t\t令和5年度\n\t\t予算額\t増減額\t増減率\t予算額\t増減額\t増減率\n"
    fiscal = f"{heads}歳入\t税\t1\t1\t1\t1\t1\t1\n※ 概数です。\n"
    for text in (fiscal, fiscal * 2):
        path.write_text(text, encoding="utf-8")
        (table,) = [table for table in shipped(_PLAN).tables if table.name == "財政見通し"]
        found += read_printed_table(path, table)[1]
    return found


@provokes("K308")
def a_number_that_became_a_date(ground: Ground) -> Findings:
    """Import a workbook in which Excel made a day of a number."""
    small = ground.small()
    book = Workbook()
    for row in (*LIST, (date(2030, 1, 24), "番号が日付", "文。", "市民局")):
        book.worksheets[0].append(row)
    path = small.root / "一覧.xlsx"
    book.save(path)
    return kohyo.import_items(small.root, path, now=NOW).findings


@provokes("K311", "K312")
def a_list_that_lags_behind(ground: Ground) -> Findings:
    """Import a list without an item, and with another text for one that a person edited."""
    small = ground.small()
    put(small.workspace.register, "項目", 2, 取組の内容="事務局の文")
    rows = [LIST[0], ("1-1", "使用料の見直し", "一覧の新しい文。", "企画財政局"), *LIST[2:4]]
    return kohyo.import_items(small.root, small.write_list(rows), now=NOW).findings


@provokes("K313", "K314")
def parts_of_the_plan(ground: Ground) -> Findings:
    """Import two items of the shipped plan, whose matrix knows more; then all, and then two again."""
    root = kohyo.new_workspace(ground.folder / "作業").root
    heading, *rows = shipped_list(_PLAN)
    found: list[Finding] = []
    for part in (rows[:2], rows[:40], rows[:2]):
        found += kohyo.import_items(root, _listed(ground.folder, [heading, *part]), now=NOW).findings
    return found


def _listed(folder: Path, rows: Sequence[Sequence[str]]) -> Path:
    path = folder / "一覧.tsv"
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return path
