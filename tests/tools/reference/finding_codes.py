"""The page of all findings (指摘), a heading each, so that a code can be searched for and linked to."""

from __future__ import annotations

from kohyo.messages import all_codes, explain, section
from kohyo.messages.findings import template_of
from tests.tools.reference.markdown import code, page

_INTRO = (
    "番号は使い回しません。`kohyo explain K201` で、画面でも見られます。重さは、誤り（直すまで台帳に入りません）、"
    "確認（人の確認が要ります）、情報（お知らせだけです）です。"
)
_FAMILIES = {
    "K1": "ファイルと調査票の見分け",
    "K2": "セル",
    "K3": "項目",
    "K4": "項目どうし・部どうし",
    "K5": "台帳",
}


def finding_page() -> str:
    """Return the page."""
    parts = []
    for family, title in _FAMILIES.items():
        codes = [one for one in all_codes() if one.startswith(family)]
        parts += [f"## {family}：{title}\n", *map(_part, codes)]
    return page("指摘の一覧", _INTRO, parts)


def _part(one: str) -> str:
    known = explain(one)
    weight = section("finding")["severity"][known.severity.value]
    message = code(template_of(one).replace("`", ""))
    return (
        f"({one.lower()})=\n### {one}　{known.title}（{weight}）\n\n{message}\n\n{known.why}\n\n直し方：{known.mend}\n"
    )
