"""Results of versions and the year, in words and as data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kohyo.cli.present import (
    as_data,
    as_lines,
    finding_data,
    finding_lines,
    path_names,
    saved_data,
    saved_lines,
)
from kohyo.definition.surveys import survey_keys, survey_plan, surveys_of
from kohyo.messages import wording
from kohyo.model.comparison import Difference
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.renumbering import Why
from kohyo.papers.hearing import record_headings
from kohyo.tables.number_proposal import proposal_data, reason, title_of
from kohyo.text.dates import fiscal_year_label, show_date
from kohyo.workspace.paper_files import TEXT

if TYPE_CHECKING:
    from kohyo.model.plan import Plan
    from kohyo.usecases.diff import Differences
    from kohyo.usecases.papers import Papered
    from kohyo.usecases.renumber import Renumbered
    from kohyo.usecases.rollover import RolledOver
    from kohyo.usecases.show import Shown
    from kohyo.workspace.versions import Frozen


def _say(key: str, **fields: object) -> str:
    return wording(f"versions.result.{key}", **fields)


@as_lines.register
def _(result: Frozen) -> list[str]:
    year = fiscal_year_label(FiscalYear(result.version.year))
    joiner = wording("text.list.joiner")
    ending = [_say("frozen_ending", numbers=joiner.join(result.ending))] if result.ending else []
    return [
        _say("frozen", name=result.version.name, year=year, items=result.items, path=result.path),
        *([_say("frozen_open", lines="".join(result.open))] if result.open else []),
        *([_say("frozen_ended", numbers=joiner.join(result.ended))] if result.ended else ending),
        *(saved_lines(result.saved) if result.saved else []),
    ]


@as_data.register
def _(result: Frozen) -> dict[str, Any]:
    version = result.version
    day = version.frozen_on.isoformat() if version.frozen_on else None
    return {
        "version": version.name,
        "year": version.year,
        "date": day,
        "items": result.items,
        "path": str(result.path),
        "open": list(result.open),
        "ended": list(result.ended),
        "ending": list(result.ending),
        **(saved_data(result.saved) if result.saved else {}),
    }


@as_lines.register
def _(result: Differences) -> list[str]:
    counted = [
        wording("comparison.count", kind=wording(f"comparison.kinds.{kind.value}"), count=result.counts[kind])
        for kind in Difference
        if result.counts.get(kind)
    ]
    counts = wording("text.list.joiner").join(counted) or wording("comparison.no_difference")
    line = _say("diff", old=result.old, new=result.new, counts=counts, unchanged=result.unchanged)
    return [line, *([wording("result.open", path=result.book)] if result.book else [])]


@as_data.register
def _(result: Differences) -> dict[str, Any]:
    return {
        "old": result.old,
        "new": result.new,
        "counts": {kind.value: result.counts.get(kind, 0) for kind in Difference},
        "unchanged": result.unchanged,
        "files": path_names([result.book] if result.book else []),
        "data": [str(path) for path in result.twins],
    }


def _moved(result: Renumbered) -> dict[str, int]:
    kept = result.counts.get(Why.KEPT, 0)
    added = result.counts.get(Why.ADDED, 0)
    return {"changed": len(result.numbers) - kept - added, "added": added, "kept": kept}


@as_lines.register
def _(result: Renumbered) -> list[str]:
    if result.refused:
        return [_say("refused"), *finding_lines(result.findings)]
    none = _say("number_none")
    changed = [
        _say("number", old=number.old or none, new=number.new, title=title_of(number), why=reason(number))
        for number in result.numbers
        if number.changes
    ]
    lines = [_say("applied" if result.applied else "proposed", **_moved(result)), *changed]
    lines += finding_lines(result.findings)
    if result.saved:
        lines += [*saved_lines(result.saved), _say("version_is", version=result.version)]
    else:
        lines.append(_say("apply_next"))
    return [*lines, *([wording("result.open", path=result.book)] if result.book else [])]


@as_data.register
def _(result: Renumbered) -> dict[str, Any]:
    return {
        "applied": result.applied,
        **_moved(result),
        "numbers": [proposal_data(number) for number in result.numbers],
        "findings": [finding_data(finding) for finding in result.findings],
        "files": path_names([result.book] if result.book else []),
        "data": path_names(result.twins),
        **(saved_data(result.saved) if result.saved else {}),
    }


@as_lines.register
def _(result: Shown) -> list[str]:
    moment = {"day": result.day.isoformat(), "before": result.before, "after": result.after}
    lines = [_say("shown", items=len(result.items), **moment), *finding_lines(result.findings)]
    if result.path:
        return [*lines, _say("written", path=result.path)]
    return lines + [_say("item", number=item.number, title=item.title, owners=item.owners) for item in result.items]


@as_data.register
def _(result: Shown) -> dict[str, Any]:
    return {
        "date": result.day.isoformat(),
        "changes_before": result.before,
        "changes_after": result.after,
        "items": [
            {"id": item.id, "number": str(item.number), "title": item.title, "owners": item.owners}
            for item in result.items
        ],
        "findings": [finding_data(finding) for finding in result.findings],
        "files": path_names([result.path] if result.path else []),
    }


def _paper(key: str, **fields: object) -> str:
    return wording(f"papers.result.{key}", **fields)


@as_lines.register
def _(result: Papered) -> list[str]:
    if result.templates:
        return [_paper("templates", count=len(result.templates), folder=result.folder)]
    words = [path for path in result.written if path.suffix != TEXT]
    lines = [_paper("written", count=len(words), folder=result.folder) if words else _paper("none")]
    if result.kept:
        files = wording("text.list.joiner").join(path.name for path in result.kept)
        lines.append(_paper("kept", count=len(result.kept), files=files))
    if result.past:
        names = wording("text.list.joiner").join(dict.fromkeys(_kind_of(result, path) for path in result.past))
        lines.append(_paper("past", count=len(result.past), names=names))
    if result.unused:
        lines.append(_paper("unused", files=wording("text.list.joiner").join(path.name for path in result.unused)))
    for name, (closes, day) in result.late.items():
        lines.append(_paper("late", name=name, deadline=show_date(closes), day=show_date(day)))
    headings = wording("text.list.joiner").join(record_headings().values())
    lines += [_paper("unread", path=path, headings=headings) for path in result.unread]
    return lines + [_paper("left_out", name=name, reason=reason) for name, reason in result.left_out.items()]


def _kind_of(result: Papered, path: Path) -> str:
    """Return what people call a paper by where it lies."""
    return Path(path.relative_to(result.folder).parts[0]).stem


@as_data.register
def _(result: Papered) -> dict[str, Any]:
    return {
        "folder": str(result.folder),
        "files": path_names(result.written),
        "kept": path_names(result.kept),
        "past": path_names(result.past),
        "late": {
            name: {"deadline": closes.isoformat(), "date": day.isoformat()}
            for name, (closes, day) in result.late.items()
        },
        "left_out": dict(result.left_out),
        "unread": path_names(result.unread),
        "unused": path_names(result.unused),
        "templates": path_names(result.templates),
    }


@as_lines.register
def _(result: RolledOver) -> list[str]:
    years = {"old": fiscal_year_label(result.old), "new": fiscal_year_label(result.new)}
    files = wording("text.list.joiner").join(path.name for path in result.left)
    ended = wording("text.list.joiner").join(result.ended)
    begun = wording("text.list.joiner").join(result.begun)
    return [
        _say("rolled", version=result.version, emptied=result.emptied, **years),
        *(_dates(survey_plan(result.plan, survey)) for survey in survey_keys(result.plan)),
        _say("dates_check"),
        _say("archived", path=result.archive),
        *([_say("ended", numbers=ended)] if ended else []),
        *([_say("begun", count=len(result.begun), numbers=begun, **years)] if begun else []),
        *([_say("left", path=result.archive, files=files)] if files else []),
        _say("rolled_next"),
    ]


def _dates(asked: Plan) -> str:
    """Return when the forms of a survey of the new year go out and are to be back."""
    cycle, form = asked.cycle, asked.plan.survey_form_name
    return _say("dates", form=form, issued=show_date(cycle.issued), closes=show_date(cycle.closes))


@as_data.register
def _(result: RolledOver) -> dict[str, Any]:
    return {
        "old": result.old.year,
        "new": result.new.year,
        "version": result.version,
        "emptied": result.emptied,
        "begun": list(result.begun),
        "ended": list(result.ended),
        "surveys": [
            {"survey": entry.key, "issued": entry.issued.isoformat(), "closes": entry.closes.isoformat()}
            for entry in surveys_of(result.plan)
        ],
        "issued": result.plan.cycle.issued.isoformat(),
        "closes": result.plan.cycle.closes.isoformat(),
        "archive": str(result.archive),
        "left": path_names(result.left),
        **saved_data(result.saved),
    }
