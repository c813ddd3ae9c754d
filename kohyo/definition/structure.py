"""What every plan has, whatever else it defines: the structural fields (骨組みの欄) and their types."""

from __future__ import annotations

from collections.abc import Mapping

from kohyo.model.plan import FieldType

STRUCTURAL_TYPES: Mapping[str, tuple[FieldType, ...]] = {
    "number": ("number",),
    "goal": ("goal",),
    "title": ("text", "multiline"),
    "overview": ("text", "multiline"),
    "owners": ("departments",),
}
"""Fields that every plan has on the item sheet, under these names, and the types that each may have."""

STRUCTURAL_FIELDS = tuple(STRUCTURAL_TYPES)
"""Their names; all other fields are the plan's own. A plan without goals needs no ``goal``."""

OLD_NUMBER = "old_number"
"""The field that shows an item's last number (旧番号), in the plans that have one."""

DIVISION = "division"
"""The field that names the divisions (所管課) an item belongs to, in the plans that have one."""

TEAM_MEMBERS = "team_members"
"""The field that says who may join a team (プロジェクトメンバー), in the plans that have one."""

EFFECT_FINANCE, EFFECT_TIME = "effect_finance", "effect_time"
"""An item's effects in money (財政効果, a figure) and in hours (職員の時間, a text), in the plans that have them."""
