"""Results in words and as data: one presenter for each use case's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from kohyo.messages import Explanation, describe, located, severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.workspace.folder import Workspace

if TYPE_CHECKING:
    from kohyo.excel.register_book import SaveResult
    from kohyo.usecases.audit import Audited
    from kohyo.usecases.check import Checked
    from kohyo.usecases.distribute import Distributed
    from kohyo.usecases.import_items import Imported
    from kohyo.usecases.plans import Plans
    from kohyo.usecases.tables import Tabulated
    from kohyo.usecases.verify import Verified

_SHOWN = 20
"""How many findings a terminal shows; all of them stand in the report and in ``--json``."""


_Said = TypeVar("_Said")
_Presenter = TypeVar("_Presenter", bound=Callable[[Any], object])


class Presenting(Generic[_Said]):
    """A function that presents each kind of result in its own way.

    A kind is known by the name of its class, as the presenter's annotation spells it: so presenters of many commands
    stand together, and each command loads what it needs itself and no more.
    """

    def __init__(self) -> None:
        """Know no kind yet."""
        self._known: dict[str, Callable[[Any], _Said]] = {}

    def register(self, presenter: _Presenter) -> _Presenter:
        """Take a function for the kind of result that its one argument is said to be."""
        (kind, *_) = presenter.__annotations__.values()
        self._known[kind] = cast("Callable[[Any], _Said]", presenter)
        return presenter

    def of(self, kind: type) -> Callable[[Any], _Said]:
        """Return what presents a kind of result; raise TypeError for one that nobody presents."""
        for known in kind.__mro__:
            if known.__name__ in self._known:
                return self._known[known.__name__]
        raise TypeError(kind)

    def __call__(self, result: object) -> _Said:
        """Present a result; raise TypeError for a kind that nobody presents."""
        return self.of(type(result))(result)


as_lines = Presenting[list[str]]()
"""Returns what a command says on the terminal."""

as_data = Presenting[dict[str, Any]]()
"""Returns the one JSON object of a command."""


def say(key: str, **fields: object) -> str:
    """Return a wording of results."""
    return wording(f"result.{key}", **fields)


def in_survey(survey: str, said: str) -> str:
    """Return a line that names the survey of the year it is about, where the year has several."""
    return say("of_survey", survey=survey, said=said) if survey else said


def typed(path: Path | str) -> str:
    """Return a path or a name as one types it: in quotation marks where it holds a space."""
    spelled = str(path)
    return f'"{spelled}"' if any(char.isspace() for char in spelled) else spelled


def path_names(paths: Iterable[Path]) -> list[str]:
    """Return paths as data."""
    return [str(path) for path in paths]


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as data."""
    return {
        "code": finding.code,
        "severity": severity(finding.code).value,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "field": finding.field,
        "value": finding.value,
        "message": describe(finding),
    }


def weights(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    counts = Counter(severity(finding.code) for finding in findings)
    return {weight.value: counts[weight] for weight in Severity}


def finding_lines(findings: Sequence[Finding], more: str = "more") -> list[str]:
    """Return the weightiest findings, a line each, how many more there are and where they stand (``more``)."""
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(severity(finding.code)))
    lines = [located(finding) for finding in ranked[:_SHOWN]]
    return [*lines, say(more, count=len(ranked) - _SHOWN)] if len(ranked) > _SHOWN else lines


def weight_line(findings: Sequence[Finding]) -> str:
    """Return the sums of findings in a line."""
    return say("weights", **weights(findings))


def saved_lines(saved: SaveResult) -> list[str]:
    """Return where a register waits that could not be put in place."""
    return [say("waiting", path=saved.waiting)] if saved.waiting else []


def saved_data(saved: SaveResult) -> dict[str, str | None]:
    """Return the same as data."""
    return {"register_waiting": str(saved.waiting) if saved.waiting else None}


@as_lines.register
def _(result: Workspace) -> list[str]:
    return [say("new", path=result.root), say("new_next", definition=result.definition.name, path=typed(result.root))]


@as_data.register
def _(result: Workspace) -> dict[str, Any]:
    return {"workspace": str(result.root), "files": path_names((result.definition, result.register))}


@as_lines.register
def _(result: Imported) -> list[str]:
    counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
    told = say("imported", **counts) if result.listed else say("imported_nothing")
    return [told, *finding_lines(result.findings), *saved_lines(result.saved)]


@as_data.register
def _(result: Imported) -> dict[str, Any]:
    return {
        "listed": result.listed,
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
        **saved_data(result.saved),
        "findings": [finding_data(finding) for finding in result.findings],
    }


@as_lines.register
def _(result: Distributed) -> list[str]:
    folder = result.forms[0].parent
    counts = {"count": len(result.forms), "sheets": result.sheets}
    lines = [in_survey(result.survey, say("distributed", **counts, folder=folder, deadline=result.deadline))]
    if result.open_forms:
        names = wording("text.list.joiner").join(path.name for path in result.open_forms)
        lines.append(say("open_forms", names=names))
    lines += [say("burden", **asdict(burden)) for burden in result.burdens]
    return [*lines, *finding_lines(result.findings)]


@as_data.register
def _(result: Distributed) -> dict[str, Any]:
    return {
        "forms": path_names(result.forms),
        "open_forms": path_names(result.open_forms),
        "departments": list(result.departments),
        "sheets": result.sheets,
        "burdens": [asdict(burden) for burden in result.burdens],
        "deadline": result.deadline.isoformat(),
        "survey": result.survey,
        "findings": [finding_data(finding) for finding in result.findings],
    }


@as_lines.register
def _(result: Checked) -> list[str]:
    if not result.findings:
        return [say("checked_clean", count=len(result.files))]
    return [located(finding) for finding in result.findings] + [weight_line(result.findings)]


@as_data.register
def _(result: Checked) -> dict[str, Any]:
    return {"files": list(result.files), "findings": [finding_data(finding) for finding in result.findings]}


@as_lines.register
def _(result: Audited) -> list[str]:
    if not result.findings:
        return [say("audited_clean")]
    return [
        *finding_lines(result.findings, "more_in_audit"),
        weight_line(result.findings),
        *([say("open", path=result.report)] if result.report else []),
    ]


@as_data.register
def _(result: Audited) -> dict[str, Any]:
    return {"findings": [finding_data(finding) for finding in result.findings], "report": str(result.report or "")}


@as_lines.register
def _(result: Verified) -> list[str]:
    said = say("unjustified" if result.findings else "justified", **_verified(result))
    return [*(located(finding) for finding in result.findings), said]


@as_data.register
def _(result: Verified) -> dict[str, Any]:
    return {**_verified(result), "findings": [finding_data(finding) for finding in result.findings]}


def _verified(result: Verified) -> dict[str, int]:
    return {"items": result.items, "cells": result.cells, "unjustified": len(result.findings)}


@as_lines.register
def _(result: Tabulated) -> list[str]:
    lines = [say("open", path=path) for path in (*result.books, *result.pdfs)]
    lines += [say("empty_table", name=name) for name in result.empty]
    return [*lines, say("lacks_office")] if result.lacks_office else lines


@as_data.register
def _(result: Tabulated) -> dict[str, Any]:
    return {
        "files": path_names(result.books),
        "data": path_names(result.twins),
        "pdfs": path_names(result.pdfs),
        "lacks_office": result.lacks_office,
        "empty": list(result.empty),
    }


@as_lines.register
def _(result: Explanation) -> list[str]:
    weight = wording(f"finding.severity.{result.severity.value}")
    return [
        say("explained", code=result.code, severity=weight, title=result.title),
        say("why", text=result.why),
        say("mend", text=result.mend),
    ]


@as_data.register
def _(result: Explanation) -> dict[str, Any]:
    return {**asdict(result), "severity": result.severity.value}


@as_lines.register
def _(result: Plans) -> list[str]:
    return [say("plan", name=plan.name, about=plan.about) for plan in result.plans] + [say("plan_next")]


@as_data.register
def _(result: Plans) -> dict[str, Any]:
    return {"plans": [asdict(plan) for plan in result.plans]}
