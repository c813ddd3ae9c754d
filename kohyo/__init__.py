"""kohyo: the item sheets (個票) of a reform plan, distributed, consolidated and published.

``kohyo.Workspace("作業フォルダ")`` is a workspace with every use case as a method; the use cases are public functions
as well (``kohyo.consolidate(folder)``). Each name is loaded when it is first used, so that importing the package
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kohyo.api.workspace import Workspace
    from kohyo.errors import DefinitionError, FileError, KohyoError, UsageError
    from kohyo.model.finding import Finding, Severity
    from kohyo.usecases.audit import audit
    from kohyo.usecases.burden import burden
    from kohyo.usecases.check import check
    from kohyo.usecases.consolidate import consolidate
    from kohyo.usecases.contents import contents
    from kohyo.usecases.define import define
    from kohyo.usecases.demo import demo
    from kohyo.usecases.diff import diff
    from kohyo.usecases.distribute import distribute
    from kohyo.usecases.explain import explain
    from kohyo.usecases.freeze import freeze
    from kohyo.usecases.gather import gather
    from kohyo.usecases.import_items import import_items
    from kohyo.usecases.import_table import import_table
    from kohyo.usecases.kit import make_kit
    from kohyo.usecases.matrix import matrix
    from kohyo.usecases.new import new_workspace
    from kohyo.usecases.next import next_steps
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
    "DefinitionError": "kohyo.errors",
    "FileError": "kohyo.errors",
    "Finding": "kohyo.model.finding",
    "KohyoError": "kohyo.errors",
    "Severity": "kohyo.model.finding",
    "UsageError": "kohyo.errors",
    "Workspace": "kohyo.api.workspace",
    "audit": "kohyo.usecases.audit",
    "burden": "kohyo.usecases.burden",
    "check": "kohyo.usecases.check",
    "consolidate": "kohyo.usecases.consolidate",
    "contents": "kohyo.usecases.contents",
    "define": "kohyo.usecases.define",
    "demo": "kohyo.usecases.demo",
    "diff": "kohyo.usecases.diff",
    "distribute": "kohyo.usecases.distribute",
    "explain": "kohyo.usecases.explain",
    "freeze": "kohyo.usecases.freeze",
    "gather": "kohyo.usecases.gather",
    "import_items": "kohyo.usecases.import_items",
    "import_table": "kohyo.usecases.import_table",
    "make_kit": "kohyo.usecases.kit",
    "make_papers": "kohyo.usecases.papers",
    "make_tables": "kohyo.usecases.tables",
    "matrix": "kohyo.usecases.matrix",
    "new_workspace": "kohyo.usecases.new",
    "next_steps": "kohyo.usecases.next",
    "plans": "kohyo.usecases.plans",
    "query": "kohyo.usecases.query",
    "renumber": "kohyo.usecases.renumber",
    "resolve": "kohyo.usecases.resolve",
    "restore": "kohyo.usecases.restore",
    "rollover": "kohyo.usecases.rollover",
    "send_up": "kohyo.usecases.send_up",
    "show": "kohyo.usecases.show",
    "status": "kohyo.usecases.status",
    "trace": "kohyo.usecases.trace",
    "undo": "kohyo.usecases.undo",
    "verify": "kohyo.usecases.verify",
}
"""Where each public name is defined."""

__all__ = [
    "DefinitionError",
    "FileError",
    "Finding",
    "KohyoError",
    "Severity",
    "UsageError",
    "Workspace",
    "audit",
    "burden",
    "check",
    "consolidate",
    "contents",
    "define",
    "demo",
    "diff",
    "distribute",
    "explain",
    "freeze",
    "gather",
    "import_items",
    "import_table",
    "make_kit",
    "make_papers",
    "make_tables",
    "matrix",
    "new_workspace",
    "next_steps",
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


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the public names
    """Load what is public when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kohyo' has no attribute {name!r}")
    import_module("kohyo.messages.findings")  # errors and findings speak from here on
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return every public name, loaded or not."""
    return sorted({*globals(), *__all__})
