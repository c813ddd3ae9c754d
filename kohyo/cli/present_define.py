"""What an edited definition changes (定義の反映), in words and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kohyo.cli.present import as_data, as_lines, finding_data, finding_lines, saved_data, saved_lines
from kohyo.messages import wording
from kohyo.usecases.define_lines import change_line, effect_lines, exchanged_lines, reworded_lines

if TYPE_CHECKING:
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
    return [*shown, *more, *exchanged_lines(result), *reworded_lines(result), *effect_lines(result), *findings, *done]


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
        "moved_deadlines": [
            {"form": moved.form, "sent": moved.sent.isoformat(), "defined": moved.defined.isoformat()}
            for moved in result.moved
        ],
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
    return [told, *_rows_by_name(result), *notes, *finding_lines(result.findings)]


def _rows_by_name(result: ImportedTable) -> Iterator[str]:
    """Yield which rows came and went, as many as a line holds."""
    for key, names in (("rows_added", result.added), ("rows_gone", result.gone)):
        if names:
            shown = wording("text.list.joiner").join(names[:_SHOWN])
            yield _say(key, names=shown, count=len(names))


@as_data.register
def _(result: ImportedTable) -> dict[str, Any]:
    return {
        "table": result.table,
        "rows": result.rows,
        "changed": result.changed,
        "added": list(result.added),
        "gone": list(result.gone),
        "findings": [finding_data(finding) for finding in result.findings],
    }


def _say(key: str, **fields: object) -> str:
    return wording(f"define.{key}", **fields)
