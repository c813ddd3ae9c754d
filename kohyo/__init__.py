"""kohyo: the item sheets (個票) of a reform plan, distributed, consolidated and published.

The use cases are public functions of this package (``kohyo.consolidate(folder)``); each is loaded when it is
first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kohyo.usecases.audit import audit
    from kohyo.usecases.check import check
    from kohyo.usecases.consolidate import consolidate
    from kohyo.usecases.demo import demo
    from kohyo.usecases.diff import diff
    from kohyo.usecases.distribute import distribute
    from kohyo.usecases.explain import explain
    from kohyo.usecases.import_items import import_items
    from kohyo.usecases.new import new_workspace
    from kohyo.usecases.renumber import renumber
    from kohyo.usecases.resolve import resolve
    from kohyo.usecases.rollover import rollover
    from kohyo.usecases.show import show
    from kohyo.usecases.status import status
    from kohyo.usecases.tables import make_tables, matrix
    from kohyo.workspace.versions import freeze

__version__ = "0.1.0"

_HOMES = {
    "audit": "auditing",
    "check": "checking",
    "consolidate": "consolidate",
    "demo": "demo",
    "diff": "comparing",
    "distribute": "distribute",
    "explain": "explaining",
    "freeze": "versions",
    "import_items": "importing",
    "make_tables": "tables",
    "matrix": "tables",
    "new_workspace": "new",
    "renumber": "renumbering",
    "resolve": "resolving",
    "rollover": "rollover",
    "show": "showing",
    "status": "status",
}

__all__ = [
    "audit",
    "check",
    "consolidate",
    "demo",
    "diff",
    "distribute",
    "explain",
    "freeze",
    "import_items",
    "make_tables",
    "matrix",
    "new_workspace",
    "renumber",
    "resolve",
    "rollover",
    "show",
    "status",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the use cases
    """Load a use case when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"kohyo.usecases.{_HOMES[name]}"), name)
