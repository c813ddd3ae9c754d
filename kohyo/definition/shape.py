"""The shape of a definition (定義の形): what its forms ask, in one digest; forms that ask the same have the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from kohyo.model.plan import Plan, SurveyPlan
from kohyo.model.plan_fields import Remembered

ASKED = ("sheets", "groups", "fields", "choices", "years", "goals", "perspectives", "forms", "surveys")
"""The parts of a definition on which what a form asks depends."""

_BESIDE: Mapping[str, tuple[str, ...]] = {
    "fields": ("hint", "verification_hint", "lines", "aliases", "internal"),
    "sheets": ("guide", "aliases"),
    "choices": ("former",),
    "forms": ("closes", "purpose", "background"),
    "surveys": ("issued", "closes"),
}
"""What stands beside the questions, and may be bettered while forms are out: explanations, days, other names."""
_LENGTH = 16


def shape_of(plan: Plan) -> str:
    """Return the digest of what forms ask under a definition, that of the whole for a survey's view; empty is none."""
    return plan.shape if isinstance(plan, SurveyPlan) else _digest(plan)


@lru_cache(maxsize=8)
def _digest(plan: Plan) -> str:
    written = plan.model_copy(update={"remembered": Remembered()})
    data = written.model_dump(mode="json", include=set(ASKED))
    data["year"] = plan.cycle.year
    for part, names in _BESIDE.items():
        for entry in data[part]:
            for name in names:
                entry.pop(name, None)
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode("utf-8")).hexdigest()[:_LENGTH]
