"""What plans have, whatever else they define: the structural fields (骨組みの欄), their types, optional parts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import FieldType
from kohyo.text.normalise import key

STRUCTURAL_TYPES: Mapping[str, tuple[FieldType, ...]] = {
    "number": ("number",),
    "goal": ("goal",),
    "title": ("text", "multiline"),
    "overview": ("text", "multiline"),
    "owners": ("departments",),
}
"""Fields that plans have on the item sheet under these names, and the types that each may have."""

STRUCTURAL_FIELDS = tuple(STRUCTURAL_TYPES)
"""Their names; all other fields are the plan's own. A plan without goals needs no ``goal``."""

OVERVIEW = "overview"
"""The one of them that a plan need not have (概要): nothing then stands in its place."""

OLD_NUMBER = "old_number"
"""The field that shows an item's last number (旧番号), in the plans that have one."""

DIVISION = "division"
"""The field that names the divisions (所管課) an item belongs to, in the plans that have one."""

TEAM_MEMBERS = "team_members"
"""The field that says who may join a team (プロジェクトメンバー), in the plans that have one."""

EFFECT_FINANCE, EFFECT_TIME = "effect_finance", "effect_time"
"""An item's effects in money (財政効果, a figure) and in hours (職員の時間, a text), in the plans that have them."""


def structural_fields(plan: Plan) -> tuple[str, ...]:
    """Return the structural fields that a plan has."""
    present = {rule.name for rule in plan.fields}
    return tuple(name for name in STRUCTURAL_FIELDS if name in present)


def has_overview(plan: Plan) -> bool:
    """Tell whether the items of a plan have an overview (概要)."""
    return OVERVIEW in structural_fields(plan)


def has_matrix(plan: Plan) -> bool:
    """Tell whether a plan has a matrix (体系表): perspectives for its columns, and a way to spell its cells."""
    return bool(plan.perspectives and plan.matrix)


def has_proposals(plan: Plan) -> bool:
    """Tell whether a plan asks for proposals (提案): any sheet that goes out blank."""
    return any(kind.per == "blank" for kind in plan.sheets)


def has_teams(plan: Plan) -> bool:
    """Tell whether a plan lists project teams (ＰＴ): the books that it makes, where it names any, say so."""
    listed = key(Path(wording("workbook.files.teams")).stem)
    return not plan.books or listed in {key(book.name) for book in plan.books}
