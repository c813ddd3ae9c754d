"""The item numbers that project teams (ＰＴ) are for, and what the teams' list calls those items."""

from __future__ import annotations

from collections.abc import Iterable

from kohyo.definition.departments import split_names
from kohyo.model.register import Team
from kohyo.text.normalise import key


def numbers_of(team: Team) -> tuple[str, ...]:
    """Return the item numbers that a team is for, spelled as numbers are."""
    return tuple(str(key(number)) for number in split_names(team.numbers))


def team_titles(teams: Iterable[Team], version: str, current: str) -> dict[str, str]:
    """Return what the list of teams calls items, by their number in a version (版); ``current`` is the one in force.

    A team for several items bears a name of its own, and names none of them.
    """
    own = (team for team in teams if key(team.version or current) == key(version) and team.title)
    return {numbers[0]: team.title for team in own if len(numbers := numbers_of(team)) == 1}


def other_version(teams: Iterable[Team], current: str) -> str:
    """Return the one version besides that in force to which teams' numbers belong, empty where there are several."""
    versions = {key(team.version): team.version for team in teams if key(team.version or current) != key(current)}
    return next(iter(versions.values())) if len(versions) == 1 else ""
