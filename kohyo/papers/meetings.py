"""The papers of a meeting (会議資料) of each body in the definition: agenda, members, and the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from kohyo.definition.fields import FormField, item_fields
from kohyo.definition.team_numbers import numbers_of
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Team
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Filling, Paper, Record, paper_name, phrase
from kohyo.tables.field_groups import yearly_choices
from kohyo.tables.field_text import labelled_lines
from kohyo.tables.headquarters import headquarters_tables
from kohyo.tables.headquarters_items import is_late
from kohyo.tables.teams import teams_in, topics_of
from kohyo.text.numbers import circled
from kohyo.text.tabs import file_stem

_REPORTED = ("progress", "delayed", "teams", "milestones")


def meetings(occasion: Occasion) -> Iterator[Paper]:
    """Yield 会議資料 for every body of the definition; raise NothingToTellError where it names none."""
    seats = occasion.plan.seats
    if not seats:
        raise NothingToTellError("seats")
    name, report = paper_name("meeting"), _report(occasion)
    for body in dict.fromkeys(seat.body for seat in seats):
        parts = ["seats", *(part for part in _REPORTED if report[part])]
        agenda: list[Record] = [
            {"what": phrase("agenda", number=place, what=phrase(f"meeting.{part}"))}
            for place, part in enumerate(parts, 1)
        ]
        own: list[Record] = [{"post": seat.post, "role": seat.role} for seat in seats if seat.body == body]
        file = phrase("files.of", name=name, part=file_stem(body))
        two = list(_beside(own))
        fields = {**occasion.common, "body": body, "agenda": agenda, "seats": own, "seat_pairs": two, **report}
        yield Paper(name, file, "meeting", file, fields, own_template=file)


def _beside(seats: Sequence[Record]) -> Iterator[Record]:
    """Yield the seats in two columns, to be read down the left one first, so that a long list keeps to its page."""
    half = (len(seats) + 1) // 2
    for left, right in zip_longest(seats[:half], seats[half:], fillvalue={"post": "", "role": ""}):
        yield {**left, "post_beside": right["post"], "role_beside": right["role"]}


def _report(occasion: Occasion) -> Mapping[str, Filling]:
    """Return what is reported to every body alike."""
    return {
        "progress": list(_progress(occasion)),
        "delayed": list(_delayed(occasion)),
        "teams": [_team(occasion, team) for team in teams_in(occasion.register, occasion.plan.cycle.year)],
        "teams_version": _version_of(occasion),
        "milestones": occasion.to_come,
    }


def _version_of(occasion: Occasion) -> str:
    """Return the version (版) that the teams' numbers belong to, or several; the register's where they tell none."""
    teams = teams_in(occasion.register, occasion.plan.cycle.year)
    versions = dict.fromkeys(team.version or str(occasion.common["numbers_version"]) for team in teams)
    return wording("text.list.joiner").join(versions)


def _progress(occasion: Occasion) -> Iterator[Record]:
    """Yield the figures by goal, where anybody has said how an item stands."""
    choices = yearly_choices(occasion.plan)
    if any(item.text(field.name) for item in occasion.register.current for field in choices):
        table = headquarters_tables(occasion.plan, occasion.register)[1]
        yield {"title": table.title, "table": table}


def is_delayed(plan: Plan, item: Item) -> bool:
    """Tell whether any choice of the year says that an item is late."""
    return any(is_late(item.text(field.name)) for field in yearly_choices(plan))


def _delayed(occasion: Occasion) -> Iterator[Record]:
    plan = occasion.plan
    for item in sorted(occasion.register.current, key=lambda entry: entry.number):
        if is_delayed(plan, item):
            reason = labelled_lines(plan, _told_fields(plan), item.values)
            yield {"number": str(item.number), "title": item.title, "owners": item.owners, "reason": reason}


def _told_fields(plan: Plan) -> Sequence[FormField]:
    """Return the texts that each year brings: results and issues."""
    return [field for field in item_fields(plan) if field.nature == "year" and field.type == "multiline"]


def _team(occasion: Occasion, team: Team) -> Record:
    note = wording("printed.teams.note", note=team.note) if team.note else ""
    topics = (f"{circled(place)}{text}" for place, text in enumerate(topics_of(team), 1))
    return {
        "numbers": "\n".join(numbers_of(team)),
        "title": team.title,
        "topics": "\n".join(topics),
        "secretariat": "\n".join(part for part in (team.secretariat, note) if part),
        "members": "\n".join(team.members.splitlines()),
        "state": _state(occasion, team),
    }


def _state(occasion: Occasion, team: Team) -> str:
    """Return how a team's items stand; empty where its numbers belong to another version than the register's."""
    plan = occasion.plan
    if team.version not in ("", plan.plan.version):
        return ""
    own = [item for item in occasion.register.current if str(item.number) in numbers_of(team)]
    fields = [*yearly_choices(plan)[:1], *_told_fields(plan)]
    return "\n".join(text for item in own if (text := labelled_lines(plan, fields, item.values)))
