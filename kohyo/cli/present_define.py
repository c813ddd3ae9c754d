"""What an edited definition changes (定義の反映), in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kohyo.cli.present import as_data, as_lines, finding_data, finding_lines, saved_data, saved_lines
from kohyo.definition.changes import DefinitionChange
from kohyo.definition.layout import sheet_spec
from kohyo.messages import wording
from kohyo.usecases.define import Defined
from kohyo.usecases.import_table import ImportedTable

_SHOWN = 20
"""How many changes a terminal shows."""


@as_lines.register
def _(result: Defined) -> list[str]:
    if not result.changes:
        return [_say("none"), *finding_lines(result.findings), *saved_lines(result.saved)]
    changes = [change_line(change) for change in result.changes]
    shown = [_say("head", count=len(changes)), *changes[:_SHOWN]]
    more = [_say("more", count=len(changes) - _SHOWN)] if len(changes) > _SHOWN else []
    done = [_say("applied" if result.applied else "unapplied")]
    findings = [*finding_lines(result.findings), *saved_lines(result.saved)]
    return [*shown, *more, *_exchanged(result), *_reworded(result), *_effects(result), *findings, *done]


@as_data.register
def _(result: Defined) -> dict[str, Any]:
    return {
        "changes": [{**asdict(change), "kind": change.kind.value} for change in result.changes],
        "exchanged": [{"sheet": one.sheet, "before": one.code, "after": two.code} for one, two in result.exchanged],
        "reworded": [asdict(choice) for choice in result.reworded],
        "register": {
            name: [asdict(column) for column in getattr(result, name)] for name in ("renamed", "added", "kept")
        },
        "tabs": [asdict(tab) for tab in result.tabs],
        "forms": list(result.forms),
        "tables": {name: list(getattr(result, name)) for name in ("made", "unmade", "altered")},
        "applied": result.applied,
        **saved_data(result.saved),
        "findings": [finding_data(finding) for finding in result.findings],
    }


@as_lines.register
def _(result: ImportedTable) -> list[str]:
    counts = {"name": result.table, "rows": result.rows, "changed": result.changed}
    notes = (
        [_say("notes", notes=wording("text.list.joiner").join(result.notes))] if result.notes and result.changed else []
    )
    told = _say("table" if result.changed else "table_same", **counts) if result.rows else _say("table_none", **counts)
    return [told, *notes, *finding_lines(result.findings)]


@as_data.register
def _(result: ImportedTable) -> dict[str, Any]:
    return {
        "table": result.table,
        "rows": result.rows,
        "changed": result.changed,
        "findings": [finding_data(finding) for finding in result.findings],
    }


def change_line(change: DefinitionChange) -> str:
    """Return a change as a sentence: the sheet of the definition, the row and what became of it."""
    spec = sheet_spec(change.sheet)
    headings = [_say("column", name=spec.heading(name)) for name in change.columns if _has(change, name)]
    return wording(
        f"define.kinds.{change.kind.value}",
        sheet=spec.tab,
        name=change.name or _say("unnamed"),
        code=change.code or spec.tab,
        before=change.before,
        columns=wording("text.list.joiner").join(headings) or _say("rows"),
    )


def _has(change: DefinitionChange, column: str) -> bool:
    return column in {known.name for known in sheet_spec(change.sheet).columns}


def _exchanged(result: Defined) -> Iterator[str]:
    for one, two in result.exchanged:
        yield _say("exchanged", sheet=sheet_spec(one.sheet).tab, name=one.name, before=one.code, after=two.code)


def _reworded(result: Defined) -> Iterator[str]:
    for choice in result.reworded:
        yield _say("reworded", before=choice.before, after=choice.after)


def _effects(result: Defined) -> Iterator[str]:
    for name in ("renamed", "added", "kept"):
        for column in getattr(result, name):
            yield wording(f"define.effects.{name}", **asdict(column))
    for tab in result.tabs:
        yield wording(f"define.effects.{'tab_retired' if tab.retired else 'tab'}", before=tab.before, after=tab.after)
    joiner = wording("text.list.joiner")
    for name in ("forms", "made", "unmade", "altered"):
        names = getattr(result, name)
        if names:
            yield wording(f"define.effects.{name}", names=joiner.join(names))


def _say(key: str, **fields: object) -> str:
    return wording(f"define.{key}", **fields)
