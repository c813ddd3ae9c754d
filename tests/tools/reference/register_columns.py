"""The page of the register's sheets and columns (台帳のシートと列), as the shipped plan makes them."""

from __future__ import annotations

from collections.abc import Mapping

from kohyo.excel.register_book.book_sheet import BookColumn, ColumnKind
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.model.plan import Plan
from tests.tools.reference.markdown import code, page, table

_INTRO = (
    "`台帳.xlsx` のシートと列です（{plan}の計画定義によります）。欄の列は、計画定義の「欄」シートで変わります。\n\n"
    "列は見出しで探すので、並べ替えても、列を書き足してもかまいません。"
)
_KINDS: Mapping[ColumnKind, str] = {
    "text": "文字",
    "figure": "整数",
    "moment": "日時",
    "word": "決まった言葉",
    "field": "欄の見出し",
    "value": "その行の欄の値",
    "answer": "欄の値",
    "tick": "○、空白、不明",
    "number": "番号",
}


def register_page(plan: Plan) -> str:
    """Return the page."""
    parts = [
        f"## {sheet.title}\n\n" + table(("見出し", "名前", "中身"), [_row(column) for column in sheet.columns])
        for sheet in book_sheets(plan)
    ]
    return page("台帳の列", _INTRO.format(plan=plan.plan.name), parts)


def _row(column: BookColumn) -> tuple[str, str, str]:
    words = "／".join(shown for _, shown in column.words)
    return column.label, code(column.name), words or _KINDS[column.kind]
