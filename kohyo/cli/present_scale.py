"""Results of many workspaces, in words and as data."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, set_cell_size

from kohyo.cli.present import as_data, as_lines
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.origin import Origin
from kohyo.text.dates import fiscal_year_label

if TYPE_CHECKING:
    from kohyo.usecases.gather import Gathered, GatheredWorkspace
    from kohyo.usecases.query import Found
    from kohyo.usecases.send_up import SentUp
    from kohyo.usecases.trace import Traced

_GAP = "  "
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _say(key: str, **fields: object) -> str:
    return wording(f"scale.result.{key}", **fields)


@as_lines.register
def _(result: Gathered) -> list[str]:
    counted = {"count": len(result.workspaces), "store": result.store}
    lines = [_say("gathered", **counted), *map(_gathered, result.workspaces)]
    lines += [
        _say("moved", root=one.root, before=one.put.moved_from) for one in result.workspaces if one.put.moved_from
    ]
    return lines + [_say("left_out", root=left.root, why=left.why) for left in result.left_out]


def _gathered(one: GatheredWorkspace) -> str:
    rows = one.put.rows
    year = fiscal_year_label(FiscalYear(one.source.year))
    whose = {"municipality": one.source.municipality, "year": year, "root": one.root.name}
    told = {name: rows[name] for name in ("items", "answers", "changes")}
    return _say("workspace" if one.put.written else "unchanged", **whose, **told)


@as_data.register
def _(result: Gathered) -> dict[str, Any]:
    return {
        "store": str(result.store),
        "workspaces": [
            {
                "root": str(one.root),
                "municipality": one.source.municipality,
                "year": one.source.year,
                "plan": one.source.plan,
                "rows": dict(one.put.rows),
                "written": one.put.written,
                "kept": one.put.kept,
                "moved_from": one.put.moved_from,
            }
            for one in result.workspaces
        ],
        "left_out": [{"root": str(left.root), "message": left.why} for left in result.left_out],
    }


@as_lines.register
def _(result: Found) -> list[str]:
    if result.as_csv:
        return [_as_csv(result)]
    shown = [result.columns, *([_shown(value) for value in row] for row in result.rows)]
    widths = [max(cell_len(row[at]) for row in shown) for at in range(len(result.columns))]
    rule = _GAP.join("-" * width for width in widths)
    head, *rows = (_GAP.join(map(set_cell_size, row, widths)).rstrip() for row in shown)
    return [head, rule, *rows, _say("found", count=len(result.rows))]


@as_data.register
def _(result: Found) -> dict[str, Any]:
    return {"columns": list(result.columns), "rows": [[_plain(value) for value in row] for row in result.rows]}


@as_lines.register
def _(result: SentUp) -> list[str]:
    lines = [_say("sent_up", path=result.path, items=result.items, filled=result.filled, same=result.same)]
    lines += [_say("unknown", item=item) for item in result.unknown]
    return [*lines, *([_say("undecided", count=result.open_conflicts)] if result.open_conflicts else [])]


@as_data.register
def _(result: SentUp) -> dict[str, Any]:
    return {**asdict(result), "path": str(result.path), "unknown": list(result.unknown)}


@as_lines.register
def _(result: Traced) -> list[str]:
    value = result.value or _say("empty")
    head = _say("traced", number=result.item.number, label=result.label, value=value)
    return [head, *(map(_origin, result.origins) if result.origins else [_say("no_origin")])]


def _origin(origin: Origin) -> str:
    place = origin.place
    where = _say("place", file=place.file, sheet=place.sheet, cell=place.cell) if place.cell else place.file
    told = {"organisation": origin.organisation, "how": origin.how, "who": origin.who, "at": origin.at}
    return _say("origin", place=where, **told).rstrip()


@as_data.register
def _(result: Traced) -> dict[str, Any]:
    return {
        "item": result.item.id,
        "number": str(result.item.number),
        "field": result.label,
        "value": result.value,
        "origins": [{**asdict(origin), "place": origin.place._asdict()} for origin in result.origins],
    }


def _as_csv(result: Found) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(map(_guarded, result.columns))
    writer.writerows(map(_guarded, map(_plain, row)) for row in result.rows)
    return stream.getvalue().removesuffix("\n")


def _guarded(value: Any) -> Any:  # noqa: ANN401 - whatever a query finds
    """Return a text that Excel would take for a formula behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _shown(value: Any) -> str:  # noqa: ANN401
    """Return a value on one line of the terminal."""
    return "" if value is None else " ".join(str(_plain(value)).split())


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Return a value as JSON can hold it."""
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(inner) for inner in value]
    return str(value)
