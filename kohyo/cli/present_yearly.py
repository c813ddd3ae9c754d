"""Results of versions and the year, in words and as data."""

from __future__ import annotations

from typing import Any

from kohyo.cli.present import as_data, as_lines
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.text.dates import fiscal_year_label
from kohyo.usecases.versions import Frozen


def _say(key: str, **fields: object) -> str:
    return wording(f"versions.result.{key}", **fields)


@as_lines.register
def _(result: Frozen) -> list[str]:
    year = fiscal_year_label(FiscalYear(result.version.year))
    return [_say("frozen", name=result.version.name, year=year, items=result.items, path=result.path)]


@as_data.register
def _(result: Frozen) -> dict[str, Any]:
    told = result.version
    day = told.frozen_on.isoformat() if told.frozen_on else None
    return {"version": told.name, "year": told.year, "date": day, "items": result.items, "path": str(result.path)}
