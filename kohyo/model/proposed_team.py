"""Teams that were proposed (提案型ＰＴ): an adopted proposal, the team that it became, and how far it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from kohyo.model.register import Adoption, Register, Submission, Team


class TeamStage(Enum):
    """How far a proposed team is (段階)."""

    RECRUITING = "recruiting"  # 公募中: decided, its members are being looked for
    RUNNING = "running"  # 活動中: it has begun
    REPORTED = "reported"  # 成果あり: it has said what it reached


@dataclass(frozen=True)
class ProposedTeam:
    """An adopted proposal of a team; ``team`` is its row of ＰＴ, None as long as the secretariat wrote none."""

    proposal: Submission
    team: Team | None = None

    @property
    def title(self) -> str:
        """The team's name, before it has one of its own the proposal's."""
        return (self.team.title if self.team else "") or str(self.proposal.values.get("title") or "")

    @property
    def stage(self) -> TeamStage:
        """How far it is, by what the secretariat wrote."""
        if self.team is not None and self.team.results:
            return TeamStage.REPORTED
        return TeamStage.RUNNING if self.team is not None and self.team.started else TeamStage.RECRUITING


def proposed_teams(register: Register, kinds: Collection[str]) -> tuple[ProposedTeam, ...]:
    """Return every adopted proposal that came on a sheet of these ``kinds``, in the register's order."""
    teams = {team.proposal: team for team in register.teams if team.proposal}
    return tuple(
        ProposedTeam(sent, teams.get(sent.id))
        for sent in register.submissions
        if sent.kind in kinds and sent.decision is Adoption.ADOPTED
    )
