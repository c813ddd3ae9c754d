"""Forms that anyone may fill, and the teams proposed on them (K188, K218, K446 to K449, K464)."""

from __future__ import annotations

import kohyo
from tests.findings.stage import Findings, Ground, provokes, put
from tests.usecases.team_samples import proposed


@provokes("K188", "K218", "K446", "K447", "K464")
def a_team_too_late_and_too_large(ground: Ground) -> Findings:
    """Propose a team of six after the deadline, and write a row of ＰＴ that belongs to nothing."""
    found = proposed(ground.folder)
    found.team(名称="案内チーム", 提案のID="P-000000", 開始日="秋ごろ")
    put(found.workspace.register, "ＰＴ", 3, 名称="窓口チーム", 開始日="令和6年9月2日", 終了日="令和6年9月1日")
    return (*found.result.findings, *kohyo.audit(found.workspace.root).findings)


@provokes("K448", "K449")
def an_item_called_otherwise(ground: Ground) -> Findings:
    """Rename an item after a version was frozen, and let the list of teams call it by a third name."""
    small = ground.small()
    kohyo.freeze(small.root, "素案")
    small.edit(1, 取組名="使用料のあり方")
    put(small.workspace.register, "ＰＴ", 2, 番号="1-1", 名称="料金の見直しＰＴ")
    return kohyo.audit(small.root).findings
