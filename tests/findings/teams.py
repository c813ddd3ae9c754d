"""Forms that anyone may fill, and the teams proposed on them (K188, K218, K446, K447)."""

from __future__ import annotations

import kohyo
from tests.findings.stage import Findings, Ground, provokes
from tests.usecases.team_samples import proposed


@provokes("K188", "K218", "K446", "K447")
def a_team_too_late_and_too_large(ground: Ground) -> Findings:
    """Propose a team of six after the deadline, and write a row of ＰＴ that belongs to nothing."""
    found = proposed(ground.folder)
    found.team(名称="案内チーム", 提案のID="P-000000", 開始日="秋ごろ")
    return (*found.result.findings, *kohyo.audit(found.workspace.root).findings)
