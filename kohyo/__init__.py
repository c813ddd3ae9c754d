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
    from kohyo.usecases.freeze import freeze
    from kohyo.usecases.gather import gather
    from kohyo.usecases.import_items import import_items
    from kohyo.usecases.matrix import matrix
    from kohyo.usecases.new import new_workspace
    from kohyo.usecases.papers import make_papers
    from kohyo.usecases.plans import plans
    from kohyo.usecases.query import query
    from kohyo.usecases.renumber import renumber
    from kohyo.usecases.resolve import resolve
    from kohyo.usecases.restore import restore
    from kohyo.usecases.rollover import rollover
    from kohyo.usecases.send_up import send_up
    from kohyo.usecases.show import show
    from kohyo.usecases.status import status
    from kohyo.usecases.tables import make_tables
    from kohyo.usecases.trace import trace
    from kohyo.usecases.undo import undo
    from kohyo.usecases.verify import verify

__version__ = "0.1.0"

_HOMES = {
    "audit": "audit",
    "check": "check",
    "consolidate": "consolidate",
    "demo": "demo",
    "diff": "diff",
    "distribute": "distribute",
    "explain": "explain",
    "freeze": "freeze",
    "gather": "gather",
    "import_items": "import_items",
    "make_papers": "papers",
    "make_tables": "tables",
    "matrix": "matrix",
    "new_workspace": "new",
    "plans": "plans",
    "query": "query",
    "renumber": "renumber",
    "resolve": "resolve",
    "restore": "restore",
    "rollover": "rollover",
    "send_up": "send_up",
    "show": "show",
    "status": "status",
    "trace": "trace",
    "undo": "undo",
    "verify": "verify",
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
    "gather",
    "import_items",
    "make_papers",
    "make_tables",
    "matrix",
    "new_workspace",
    "plans",
    "query",
    "renumber",
    "resolve",
    "restore",
    "rollover",
    "send_up",
    "show",
    "status",
    "trace",
    "undo",
    "verify",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the use cases
    """Load a use case when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"kohyo.usecases.{_HOMES[name]}"), name)
