"""A made-up plan of three goals and four perspectives, and items for it: nothing here depends on one plan."""

from __future__ import annotations

from datetime import datetime

from kohyo.definition.fields import tick_name
from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry, MatrixMember
from kohyo.model.numbering import ItemNumber
from kohyo.model.plan import Goal, MatrixWording, Perspective, Plan
from kohyo.model.plan_people import Department, Expansion
from kohyo.model.register import Conflict, ConflictKind
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue

CAME = datetime(2024, 6, 3, 9, 0)  # noqa: DTZ001 - the register knows no time zones
_MARKS = {"o": Tick.YES, "-": Tick.NO, "?": Tick.UNKNOWN}


def small_plan(plan: Plan) -> Plan:
    """Return ``plan`` with other goals, perspectives, departments and matrix wording."""
    return plan.model_copy(
        update={
            "plan": plan.plan.model_copy(update={"name": "みなと町改革プラン", "organisation": "みなと町"}),
            "goals": tuple(Goal(code=code, name=f"目標{code}", list_name=f"目標その{code}") for code in (1, 2, 3)),
            "perspectives": tuple(
                Perspective(key=key, name=label, label=label, list_label=label)
                for key, label in (("people", "人"), ("money", "財源"), ("unknown", "調べもの"), ("items", "物"))
            ),
            "departments": tuple(Department(code=f"0{n}", name=name) for n, name in enumerate(("総務課", "港湾課"), 1)),
            "expansions": (Expansion(name="各課", all=True, lead="港湾課"),),
            "matrix": MatrixWording(separator="／", suffix="ほか", cross_listed="(再)", open="〔", close="〕"),
        }
    )


def item(plan: Plan, number: str, ticks: str, owners: str = "総務課", title: str = "") -> Item:
    """Return an item; ``ticks`` has a sign per perspective: ``o`` 該当, ``-`` 非該当, ``?`` 不明."""
    parsed = ItemNumber.parse(number)
    values: dict[str, FieldValue] = {
        "number": number,
        "goal": parsed.goal,
        "title": title or f"項目{number}",
        "overview": f"{number}の概要。",
        "owners": owners,
        **{tick_name(entry): _MARKS[sign] for entry, sign in zip(plan.perspectives, ticks, strict=True)},
    }
    return Item(item_id(number), parsed, values)


def item_id(number: str) -> ItemId:
    """Return the id that ``item`` gives to a number."""
    return ItemId(f"K{number}")


def conflict(item: ItemId, field: str = "situation", ours: FieldValue = "甲", theirs: FieldValue = "乙") -> Conflict:
    """Return a conflict about an item that nobody has decided yet."""
    return Conflict(
        f"{item}{field}",
        f"{item}{field}",
        ConflictKind.REGISTER,
        item,
        field,
        None,
        ours,
        "",
        theirs,
        "土木部",
        Place(),
        "",
        CAME,
    )


def entry(perspective: str, *labels: str, heading: str = "", goal: int = 1) -> MatrixEntry:
    """Return an entry; each label reads ``label:1-1+1-2`` (its items after the colon, or none)."""
    members = []
    for label in labels:
        text, _, numbers = label.partition(":")
        members.append(MatrixMember(text, tuple(item_id(number) for number in numbers.split("+") if number)))
    return MatrixEntry(goal, perspective, heading, tuple(members))
