"""Teams that were proposed (提案型ＰＴの歩み): from the decision to what they reached, a row for each."""

from __future__ import annotations

from kohyo.definition.fields import team_kinds
from kohyo.definition.structure import TEAM_MEMBERS
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.proposed_team import ProposedTeam, proposed_teams
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import heading
from kohyo.text.dates import parse_date, show_date

_WIDTHS = {"title": 14.0, "stage": 6.0, "started": 10.0, "members": 12.0, "meetings": 12.0, "results": 22.0}


def proposed_team_list(plan: Plan, register: Register) -> Table | None:
    """Return the list of the proposed teams that were adopted, None where there is none.

    Who is in a team is left out where the plan's own field of members is internal and not shown (公表用).
    """
    kinds = team_kinds(plan)
    teams = proposed_teams(register, kinds)
    if not teams:
        return None
    columns = tuple(
        Column(name, wording(f"printed.proposed_teams.{name}"), width)
        for name, width in _WIDTHS.items()
        if name != "members" or any(rule.name == TEAM_MEMBERS for rule in plan.fields)
    )
    records = tuple(_record(team) for team in teams)
    shown = ({**record, "started": record["started_shown"]} for record in records)
    return Table(
        name=wording("printed.proposed_teams.name"),
        title=wording("printed.proposed_teams.name"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(Row(tuple(Cell(record[column.key]) for column in columns)) for record in shown),
        record_columns=(Column("id", wording("workbook.teams.proposal"), 8), *columns),
        records=tuple({key: value for key, value in record.items() if key != "started_shown"} for record in records),
    )


def _record(entry: ProposedTeam) -> dict[str, Scalar]:
    team = entry.team
    day, shown = _day(team.started if team else "")
    members = (team.members if team else "") or str(entry.proposal.values.get(TEAM_MEMBERS) or "")
    return {
        "id": entry.proposal.id,
        "title": entry.title,
        "stage": wording(f"printed.proposed_teams.stages.{entry.stage.value}"),
        "started": day,
        "started_shown": shown,
        "members": members or None,
        "meetings": team.meetings or None if team else None,
        "results": team.results or None if team else None,
    }


def _day(text: str) -> tuple[str | None, str | None]:
    """Return a day for machines and for people; as it was written where it is none."""
    try:
        found = parse_date(text)
    except TextError:
        return None, text or None
    return found.isoformat(), show_date(found)
