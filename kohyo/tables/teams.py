"""The project teams (ＰＴ一覧) as the plan prints them: joint item numbers, numbered topics, secretariat, members."""

from __future__ import annotations

from collections.abc import Sequence

from kohyo.definition.fields import team_kinds
from kohyo.definition.team_numbers import numbers_of
from kohyo.errors import TextError
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.register import Register, Team
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import heading, nothing
from kohyo.tables.proposed_teams import proposed_team_list
from kohyo.text.dates import fiscal_year_label, parse_date, parse_fiscal_year
from kohyo.text.numbers import circled, without_circle

_EVER = 9999
_WIDTHS = {"numbers": 4.6, "title": 12.5, "topics": 23.0, "secretariat": 11.0, "members": 18.0}


def team_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the year's ＰＴ一覧, those of earlier years, and behind them the teams that were proposed, if any.

    A plan that asks for no teams and has none, and names no book of them, has no list.
    """
    proposed = proposed_team_list(plan, register)
    if not (register.teams or proposed or team_kinds(plan) or plan.books):
        return ()
    begun = {year for team in register.teams if (year := _years(team)[0])}
    years = {*range(min(begun, default=plan.cycle.year), plan.cycle.year), *begun} - {plan.cycle.year}
    dated = {year: [team for team in teams_in(register, year) if _years(team)[0]] for year in years}
    others = (team_list(plan, dated[year], year) for year in sorted(years, reverse=True) if dated[year])
    return (team_list(plan, teams_in(register, plan.cycle.year)), *others, *([proposed] if proposed else []))


def teams_in(register: Register, year: int) -> tuple[Team, ...]:
    """Return the project teams of a fiscal year.

    A team is set up for its year (年度), one that tells none for every year. One that tells when it began (開始日)
    goes on until it tells when it ended (終了日).
    """
    return tuple(team for team in register.teams if _years(team)[0] <= year <= _years(team)[1])


def _years(team: Team) -> tuple[int, int]:
    """Return the first and the last fiscal year in which a team works."""
    began, ended = _year_of_day(team.started), _year_of_day(team.ended)
    if began is None:
        return team.year, team.year or _EVER
    first = min(team.year, began) if team.year else began
    return first, _EVER if ended is None else max(ended, first)


def _year_of_day(text: str) -> int | None:
    try:
        return FiscalYear.of(parse_date(text)).year
    except (TextError, ValueError):
        return None


def team_list(plan: Plan, teams: Sequence[Team], year: int = 0) -> Table:
    """Return ＰＴ一覧, of an earlier ``year`` under its name; numbers are those of the version that each team names."""
    columns = tuple(
        Column(
            name,
            wording(f"printed.teams.{name}"),
            width,
            "center" if name == "numbers" else "left",
            several=name == "numbers",
        )
        for name, width in _WIDTHS.items()
    )
    versions = list(dict.fromkeys(team.version or plan.plan.version for team in teams))
    version, note = (Column(name, wording(f"workbook.teams.{name}"), 8) for name in ("version", "note"))
    version_year = Column("version_year", wording("printed.teams.version_year"), 6, holds="count")
    of_year = Column("year", wording("workbook.teams.year"), 6, holds="count")
    return Table(
        name=_called("name", year),
        title=_called("headline", year),
        columns=columns,
        head=(heading(columns),),
        body=tuple(_row(team, columns) for team in teams) or (nothing(wording("printed.teams.none"), len(columns)),),
        record_columns=(columns[0], version, version_year, of_year, *columns[1:], note),
        records=tuple(_record(plan, team, year) for team in teams),
        subtitle=wording("printed.teams.version", versions=wording("text.list.joiner").join(versions)) if teams else "",
    )


def _called(name: str, year: int) -> str:
    """Return what the list is called, with its year where that is an earlier one."""
    plain = wording(f"printed.teams.{name}")
    return wording("printed.sent.of_year", name=plain, year=fiscal_year_label(FiscalYear(year))) if year else plain


def topics_of(team: Team) -> tuple[str, ...]:
    """Return what a team is to look into, without the numbers that were typed before it."""
    return tuple(text for line in team.topics.splitlines() if (text := without_circle(line.strip())))


def _row(team: Team, columns: Sequence[Column]) -> Row:
    notes = [wording("printed.teams.note", note=team.note)] if team.note else []
    cells = {
        "numbers": Cell("\n".join(numbers_of(team)), "number"),
        "title": Cell(team.title, "title"),
        "topics": Cell("\n".join(f"{circled(place)}{text}" for place, text in enumerate(topics_of(team), 1))),
        "secretariat": Cell("\n".join([team.secretariat, *notes])),
        "members": Cell(team.members),
    }
    return Row(tuple(cells[column.key] for column in columns))


def _year(version: str) -> int | None:
    """Return the year of a version that is called after one, for machines."""
    try:
        return parse_fiscal_year(version).year
    except TextError:
        return None


def _record(plan: Plan, team: Team, year: int) -> dict[str, Scalar]:
    joiner = wording("text.list.joiner")
    return {
        "numbers": joiner.join(numbers_of(team)),
        "version": team.version or plan.plan.version,
        "version_year": _year(team.version or plan.plan.version),
        "year": year or plan.cycle.year,
        "title": team.title,
        "topics": joiner.join(topics_of(team)),
        "secretariat": joiner.join(team.secretariat.splitlines()),
        "members": joiner.join(team.members.splitlines()),
        "note": team.note or None,
    }
