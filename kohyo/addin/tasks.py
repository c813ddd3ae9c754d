"""The tasks of the ribbon in the order of the year: one table that ribbon, documents and tests are checked against.

To add a task, write a plain function over an ``xw.Book`` in ``actions`` or ``year_actions``, a row here, and its words
in ``addin.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from kohyo.errors import UsageError
from kohyo.messages import wording

if TYPE_CHECKING:
    import xlwings as xw

_ACTIONS, _YEAR = "kohyo.addin.actions", "kohyo.addin.year_actions"
_FRAMES = "kohyo.addin.frame_actions"


class Action(Protocol):
    """What a task does: it works on the active book and ends with one sentence."""

    def __call__(self, book: xw.Book | None) -> str:
        """Carry the task out."""


@dataclass(frozen=True)
class Task:
    """One task: the tag of its button, the group it stands in, its icon and the command that does the same."""

    tag: str
    group: str
    icon: str
    command: str
    large: bool = False
    module: str = _ACTIONS
    """Where its function stands."""

    def _word(self, name: str) -> str:
        return wording(f"addin.buttons.{self.tag}.{name}")

    @property
    def label(self) -> str:
        """What stands on the button."""
        return self._word("label")

    @property
    def screentip(self) -> str:
        """Heading of the hint."""
        return self._word("screentip")

    @property
    def supertip(self) -> str:
        """Text of the hint."""
        return self._word("supertip")

    @property
    def action(self) -> Action:
        """The function behind the button, of the same name as the tag."""
        action: Action = getattr(import_module(self.module), self.tag)
        return action


TASKS = (
    Task("new", "begin", "FileNew", "kohyo new", module=_YEAR),
    Task("import_items", "begin", "GetExternalDataFromText", "kohyo import", module=_YEAR),
    Task("define", "begin", "PropertySheet", "kohyo define", module=_YEAR),
    Task("burden", "distribute", "Calculator", "kohyo burden", module=_YEAR),
    Task("distribute", "distribute", "ExportExcel", "kohyo distribute", large=True),
    Task("consolidate", "collect", "ImportExcel", "kohyo consolidate", large=True),
    Task("status", "collect", "ChartTypeColumnInsertGallery", "kohyo status"),
    Task("reminders", "collect", "FileSendAsAttachment", "kohyo status"),
    Task("resolve", "check", "AcceptInvitation", "kohyo resolve", large=True),
    Task("findings", "check", "FindDialog", "kohyo consolidate"),
    Task("check", "check", "ErrorChecking", "kohyo check", module=_YEAR),
    Task("audit", "check", "DataValidation", "kohyo audit", module=_YEAR),
    Task("matrix", "tabulate", "TableInsert", "kohyo matrix", large=True),
    Task("item_list", "tabulate", "CreateTable", "kohyo tables --only"),
    Task("diff", "tabulate", "ReviewShowAllComments", "kohyo diff"),
    Task("tables", "tabulate", "FileSaveAs", "kohyo tables"),
    Task("frame", "tabulate", "PivotTableInsert", "kohyo.Workspace(…).frames()", module=_FRAMES),
    Task("freeze", "version", "Lock", "kohyo freeze", large=True),
    Task("renumber", "version", "SortUp", "kohyo renumber", module=_YEAR),
    Task("show", "version", "WatchWindow", "kohyo show", module=_YEAR),
    Task("undo", "version", "Undo", "kohyo undo", module=_YEAR),
    Task("rollover", "version", "FillRight", "kohyo rollover", large=True, module=_YEAR),
    Task("doctor", "setup", "AddInManager", "kohyo doctor"),
    Task("guide", "setup", "Help", "kohyo --help"),
)

BY_TAG: Mapping[str, Task] = {task.tag: task for task in TASKS}


def task(tag: str) -> Task:
    """Return the task of a button; raise UsageError for a tag that no button has."""
    found = BY_TAG.get(tag)
    if found is None:
        raise UsageError("addin_unknown_task", tag=tag)
    return found


def groups() -> Mapping[str, tuple[Task, ...]]:
    """Return the tasks by group, in order."""
    return {
        group: tuple(entry for entry in TASKS if entry.group == group)
        for group in dict.fromkeys(t.group for t in TASKS)
    }
