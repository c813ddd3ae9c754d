"""Who is heard (ヒアリングの相手): the divisions of each department, with their items and what they sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kohyo.definition.departments import lead, split_names
from kohyo.definition.fields import item_fields
from kohyo.definition.structure import DIVISION
from kohyo.messages import wording
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Submission
from kohyo.model.value import FieldValue


@dataclass(frozen=True)
class DivisionPage:
    """One division (所管課) of a department, or what no division is named for (empty); items by number."""

    department: str
    division: str
    items: tuple[Item, ...] = ()
    submissions: tuple[Submission, ...] = ()
    divided: bool = True
    """Whether the plan asks for divisions at all."""

    @property
    def name(self) -> str:
        """The division as a page calls it."""
        return self.division or wording(f"printed.hearing.{'no_division' if self.divided else 'whole'}")


def division_pages(plan: Plan, items: Sequence[Item], submissions: Sequence[Submission]) -> list[DivisionPage]:
    """Return the pages in the order of the organisation; within a department as its items are numbered.

    A shared item is its lead's; one that names several divisions stands on the page of each. What a department
    sent without naming a division stands on all of its pages. What somebody proposed on a form that is open to all
    is no department's, and heard elsewhere.
    """
    submissions = [sent for sent in submissions if sent.department and not plan.sheet_kind(sent.kind).form]
    found: dict[tuple[str, str], list[Item]] = {}
    for item in sorted(items, key=lambda item: item.number):
        for division in divisions(item.values):
            found.setdefault((lead(plan, item.owners, unknown=item.owners), division), []).append(item)
    for submission in submissions:
        _add_page(submission, found)
    divided = any(field.name == DIVISION for field in item_fields(plan))
    order = {entry.name: place for place, entry in enumerate(plan.departments)}
    keys = sorted(found, key=lambda page: (order.get(page[0], len(order)), not page[1]))
    return [DivisionPage(*page, tuple(found[page]), _submissions_of(*page, submissions), divided) for page in keys]


def divisions(values: Mapping[str, FieldValue]) -> tuple[str, ...]:
    """Return the divisions that an item or a proposal names; an empty one where it names none."""
    return split_names(str(values.get(DIVISION) or "")) or ("",)


def _add_page(submission: Submission, found: dict[tuple[str, str], list[Item]]) -> None:
    """Let what was sent have a page: its division's, or any page of its department."""
    for division in divisions(submission.values):
        if division or all(department != submission.department for department, _ in found):
            found.setdefault((submission.department, division), [])


def _submissions_of(department: str, division: str, submissions: Sequence[Submission]) -> tuple[Submission, ...]:
    named = {division, ""}
    return tuple(
        submission
        for submission in submissions
        if submission.department == department and named & set(divisions(submission.values))
    )
