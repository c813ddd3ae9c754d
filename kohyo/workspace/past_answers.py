"""What was answered in the years before (これまでの年度の回答), from the versions that keep how each of them ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from kohyo.definition.lives import Life, lives, outside_life
from kohyo.definition.surveys import past_fields, past_years
from kohyo.model.item import Item, ItemId
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.register.ownership import values_for
from kohyo.workspace.folder import Workspace
from kohyo.workspace.versions import LoadedVersion, last_of_year

LastYear: TypeAlias = Mapping[ItemId, Mapping[str, FieldValue]]
"""What was answered last year (前年度の回答), by item and field."""


@dataclass(frozen=True)
class PastAnswers:
    """What was answered: ``last`` in the year before, and in all years that the view of a survey shows.

    ``lives`` are the years in which the items exist: of others nothing is told or asked. ``ends`` are the items that
    are to end with this year, as far as the register knows.
    """

    last: LastYear = field(default_factory=dict)
    versions: Mapping[int, LoadedVersion] = field(default_factory=dict)
    lives: Mapping[ItemId, Life] = field(default_factory=dict)
    ends: Collection[ItemId] = frozenset()

    def told(self, plan: Plan, item: ItemId, department: str) -> dict[str, FieldValue]:
        """Return the results of years before that a survey shows a department on an item, by the fields of the view."""
        found: dict[str, FieldValue] = {}
        for shown, (name, year) in past_fields(plan).items():
            version, known = self.versions.get(year), self._items.get(year, {}).get(item)
            found[shown] = (
                values_for(version.plan, version.register, known, department).get(name) if version and known else None
            )
        return found

    def outside(self, plan: Plan, item: ItemId) -> dict[str, str]:
        """Return the fields of an item's sheet about years in which it does not exist, and on which side they lie."""
        return outside_life(plan, self.lives.get(item, Life()))

    @cached_property
    def _items(self) -> Mapping[int, Mapping[ItemId, Item]]:
        return {year: {item.id: item for item in told.register.items} for year, told in self.versions.items()}


def past_answers(workspace: Workspace, plan: Plan, register: Register) -> PastAnswers:
    """Return what was answered by the end of last year, and of every year whose results the view ``plan`` shows.

    ``register`` tells in which years the items exist. Nothing is known of a year of which no version is kept. Raises
    FileError where a version cannot be read.
    """
    last = plan.cycle.year - 1
    wanted = {last, *(year.year for year in past_years(plan))} if past_fields(plan) else {last}
    versions = {year: found for year in sorted(wanted) if (found := last_of_year(workspace, plan, year))}
    before = versions.get(last)
    answered = {item.id: item.values for item in before.register.items} if before else {}
    return PastAnswers(answered, versions, lives(plan, register))
