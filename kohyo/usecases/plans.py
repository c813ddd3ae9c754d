"""Plans (計画の一覧): the definitions that come with the package, to begin a workspace with."""

from __future__ import annotations

from dataclasses import dataclass

from kohyo.definition.load import shipped_names
from kohyo.messages import wording


@dataclass(frozen=True)
class ShippedPlan:
    """A plan of the gallery: the name that ``new --plan`` takes, and what it is in a line."""

    name: str
    about: str


@dataclass(frozen=True)
class Plans:
    """The gallery, by name."""

    plans: tuple[ShippedPlan, ...]


def plans() -> Plans:
    """Return the plans that a workspace can begin with."""
    return Plans(tuple(ShippedPlan(name, wording(f"definition.gallery.{name}")) for name in shipped_names()))
