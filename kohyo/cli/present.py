"""Results in words and as data: one presenter for each use case's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import singledispatch
from pathlib import Path
from typing import Any

from kohyo.excel.register_book import SaveResult
from kohyo.messages import Explanation, describe, located, severity, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.outcome import Outcome
from kohyo.usecases.checking import Checked
from kohyo.usecases.consolidate import Consolidated
from kohyo.usecases.demo import Demonstrated
from kohyo.usecases.distribute import Distributed
from kohyo.usecases.importing import Imported
from kohyo.usecases.resolving import Resolution
from kohyo.usecases.status import Status
from kohyo.usecases.tables import Tabulated
from kohyo.usecases.workspace import Workspace

_SHOWN = 20
"""How many findings a terminal shows; all of them stand in the report and in ``--json``."""


@singledispatch
def as_lines(result: object) -> list[str]:
    """Return what a command says on the terminal."""
    raise TypeError(type(result))


@singledispatch
def as_data(result: object) -> dict[str, Any]:
    """Return the one JSON object of a command."""
    raise TypeError(type(result))


def _say(key: str, **fields: object) -> str:
    return wording(f"result.{key}", **fields)


def _paths(paths: Iterable[Path]) -> list[str]:
    return [str(path) for path in paths]


def _finding_data(finding: Finding) -> dict[str, Any]:
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


def _weights(findings: Sequence[Finding]) -> dict[str, int]:
    counts = Counter(severity(finding.code) for finding in findings)
    return {weight.value: counts[weight] for weight in Severity}


def _finding_lines(findings: Sequence[Finding]) -> list[str]:
    """Return the weightiest findings, a line each, and how many more there are."""
    order = list(Severity)
    ranked = sorted(findings, key=lambda finding: order.index(severity(finding.code)))
    lines = [located(finding) for finding in ranked[:_SHOWN]]
    return [*lines, _say("more", count=len(ranked) - _SHOWN)] if len(ranked) > _SHOWN else lines


def _weight_line(findings: Sequence[Finding]) -> str:
    return _say("weights", **_weights(findings))


def _saved_lines(saved: SaveResult) -> list[str]:
    return [_say("waiting", path=saved.waiting)] if saved.waiting else []


def _saved_data(saved: SaveResult) -> dict[str, str | None]:
    return {"register_waiting": str(saved.waiting) if saved.waiting else None}


@as_lines.register
def _(result: Workspace) -> list[str]:
    return [_say("new", path=result.root), _say("new_next", definition=result.definition.name, path=result.root)]


@as_data.register
def _(result: Workspace) -> dict[str, Any]:
    return {"workspace": str(result.root), "files": _paths((result.definition, result.register))}


@as_lines.register
def _(result: Imported) -> list[str]:
    counts = {"added": result.added, "changed": result.changed, "unchanged": result.unchanged}
    return [_say("imported", **counts), *_finding_lines(result.findings), *_saved_lines(result.saved)]


@as_data.register
def _(result: Imported) -> dict[str, Any]:
    return {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
        **_saved_data(result.saved),
        "findings": [_finding_data(finding) for finding in result.findings],
    }


@as_lines.register
def _(result: Distributed) -> list[str]:
    folder = result.forms[0].parent
    counts = {"count": len(result.forms), "sheets": result.sheets}
    lines = [_say("distributed", **counts, folder=folder, deadline=result.deadline)]
    if result.open_forms:
        names = wording("text.list.joiner").join(path.name for path in result.open_forms)
        lines.append(_say("open_forms", names=names))
    return lines


@as_data.register
def _(result: Distributed) -> dict[str, Any]:
    return {
        "forms": _paths(result.forms),
        "open_forms": _paths(result.open_forms),
        "departments": list(result.departments),
        "sheets": result.sheets,
        "deadline": result.deadline.isoformat(),
    }


@as_lines.register
def _(result: Checked) -> list[str]:
    if not result.findings:
        return [_say("checked_clean", count=len(result.files))]
    return [located(finding) for finding in result.findings] + [_weight_line(result.findings)]


@as_data.register
def _(result: Checked) -> dict[str, Any]:
    return {"files": list(result.files), "findings": [_finding_data(finding) for finding in result.findings]}


def _outcome_counts(result: Consolidated) -> dict[str, int]:
    return {outcome.value: result.outcomes.get(outcome, 0) for outcome in Outcome if outcome is not Outcome.MISSING}


@as_lines.register
def _(result: Consolidated) -> list[str]:
    outcomes = wording("text.list.joiner").join(
        _say("outcome", outcome=wording(f"workbook.outcome.{outcome.value}"), count=count)
        for outcome, count in result.outcomes.items()
        if count
    )
    lines = [
        _say("consolidated", files=sum(result.outcomes.values()), outcomes=outcomes),
        _say("changes", changes=result.changes, conflicts=result.open_conflicts, missing=len(result.missing)),
        _weight_line(result.findings),
        *_finding_lines([one for one in result.findings if severity(one.code) is not Severity.INFO]),
        *_saved_lines(result.saved),
    ]
    if result.skipped:
        lines.append(_say("skipped", count=result.skipped))
    return [*lines, _say("open", path=result.report)]


@as_data.register
def _(result: Consolidated) -> dict[str, Any]:
    return {
        "outcomes": _outcome_counts(result),
        "missing": list(result.missing),
        "skipped": result.skipped,
        "conflicts": result.open_conflicts,
        "changes": result.changes,
        **_saved_data(result.saved),
        "weights": _weights(result.findings),
        "findings": [_finding_data(finding) for finding in result.findings],
        "report": str(result.report),
    }


@as_lines.register
def _(result: Resolution) -> list[str]:
    return [
        _say("resolved", settled=result.settled, waiting=result.waiting),
        *_finding_lines(result.findings),
        *_saved_lines(result.saved),
    ]


@as_data.register
def _(result: Resolution) -> dict[str, Any]:
    return {
        "settled": result.settled,
        "waiting": result.waiting,
        **_saved_data(result.saved),
        "findings": [_finding_data(finding) for finding in result.findings],
    }


@as_lines.register
def _(result: Status) -> list[str]:
    counts = wording("text.list.joiner").join(
        _say("outcome", outcome=_say(f"state.{state}"), count=count) for state, count in result.counts.items()
    )
    lines = [_say("status", count=len(result.standings), counts=counts)]
    for one in result.standings:
        overdue = _say("overdue") if one.overdue else ""
        lines.append(
            _say(
                "standing",
                state=_say(f"state.{one.state}"),
                department=one.department,
                items=one.items,
                errors=_say("errors", count=one.errors) if one.errors else "",
                overdue=overdue,
            )
        )
    if result.unread:
        lines.append(_say("unread", count=result.unread))
    if result.reminders:
        lines.append(_say("reminders", count=len(result.reminders), folder=result.reminders[0].parent))
    return lines


@as_data.register
def _(result: Status) -> dict[str, Any]:
    standings = [{**asdict(one), "deadline": one.deadline.isoformat()} for one in result.standings]
    return {
        "counts": dict(result.counts),
        "respondents": standings,
        "unread": result.unread,
        "reminders": _paths(result.reminders),
    }


@as_lines.register
def _(result: Tabulated) -> list[str]:
    return [_say("open", path=path) for path in result.books]


@as_data.register
def _(result: Tabulated) -> dict[str, Any]:
    return {"files": _paths(result.books), "data": _paths(result.twins)}


@as_lines.register
def _(result: Explanation) -> list[str]:
    weight = wording(f"finding.severity.{result.severity.value}")
    return [
        _say("explained", code=result.code, severity=weight, title=result.title),
        _say("why", text=result.why),
        _say("mend", text=result.mend),
    ]


@as_data.register
def _(result: Explanation) -> dict[str, Any]:
    return {**asdict(result), "severity": result.severity.value}


@as_lines.register
def _(result: Demonstrated) -> list[str]:
    consolidated = as_data(result.consolidated)
    outcomes = wording("text.list.joiner").join(
        _say("outcome", outcome=wording(f"workbook.outcome.{name}"), count=count)
        for name, count in consolidated["outcomes"].items()
        if count
    )
    findings = _weights(result.consolidated.findings)
    return [
        _say("demo.made_up"),
        _say("demo.items", items=result.items, forms=result.forms, outcomes=outcomes),
        _say("demo.missing", missing=wording("text.list.joiner").join(result.consolidated.missing)),
        _say("demo.waiting", conflicts=result.consolidated.open_conflicts, **findings),
        _say("demo.open"),
        *(_say("demo.file", path=path) for path in result.files),
        _say("demo.next", path=result.workspace.root),
    ]


@as_data.register
def _(result: Demonstrated) -> dict[str, Any]:
    consolidated = as_data(result.consolidated)
    return {
        "workspace": str(result.workspace.root),
        "items": result.items,
        "forms": result.forms,
        "returns": {**consolidated["outcomes"], Outcome.MISSING.value: len(result.consolidated.missing)},
        "missing": consolidated["missing"],
        "conflicts": result.consolidated.open_conflicts,
        "changes": result.consolidated.changes,
        "weights": consolidated["weights"],
        "findings": consolidated["findings"],
        "files": _paths(result.files),
    }
