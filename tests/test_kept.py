"""A process that goes through many plans does not grow: what is kept is bounded, and no plan is held for good.

1. Whatever is kept by a plan is kept for a bounded number of plans.
2. After many other plans nothing holds the first one any more.
"""

from __future__ import annotations

import gc
import inspect
import pkgutil
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from typing import Any

import pytest

import kohyo
from kohyo.definition.departments import owners
from kohyo.definition.load import shipped
from kohyo.model.plan import KEPT_PARTS, KEPT_PLANS, Plan

_CACHED = type(lru_cache(len))
_MANY = 2 * KEPT_PLANS * KEPT_PARTS
"""More plans than anything keeps, its parts counted."""

_FEW_BYTES = 512
"""Answers that are kept by a plan and the very text of a returned sheet; each is a word."""


def _kept_by_plan() -> Iterator[tuple[str, Any]]:
    for module in pkgutil.walk_packages(kohyo.__path__, "kohyo."):
        for name, known in vars(import_module(module.name)).items():
            if isinstance(known, _CACHED) and known.__module__ == module.name and "Plan" in str(_signature(known)):
                yield f"{module.name}.{name}", known


def _signature(known: Callable[..., object]) -> inspect.Signature:
    return inspect.signature(known)


KEPT = dict(_kept_by_plan())


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_is_bounded(name: str) -> None:
    """Nothing is kept for every plan that ever was (1)."""
    most = KEPT[name].cache_parameters()["maxsize"]
    assert most is not None
    alone = len(_signature(KEPT[name]).parameters) == 1
    assert most <= (2 * KEPT_PLANS if alone else max(KEPT_PLANS * KEPT_PARTS, _FEW_BYTES))


def test_plans_are_let_go() -> None:
    """Of all that works on a plan alone, or on a plan and one of its sheets, nothing holds the first of many (2)."""
    assert len(KEPT) > 20
    first = weakref.ref(_used(0))
    for number in range(1, _MANY):
        _used(number)
    gc.collect()
    assert first() is None


def _used(number: int) -> Plan:
    """Return a plan like no other, after it was asked for everything that is kept."""
    plan = shipped("facilities")
    plan = plan.model_copy(update={"plan": plan.plan.model_copy(update={"organisation": f"架空市{number}"})})
    words = {"kind": plan.sheets[0].key, "name": "", "sheet": "items", "blocks": 1}
    for known in KEPT.values():
        parameters = _signature(known).parameters
        if set(parameters) <= {"plan", *words}:
            with suppress(LookupError, StopIteration):
                known(plan, **{word: words[word] for word in parameters if word != "plan"})
    owners(plan, plan.departments[0].name)
    return plan
