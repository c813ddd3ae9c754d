"""What the forms cost (記入の量), in words and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kohyo.cli.present import as_data, as_lines, in_survey, say

if TYPE_CHECKING:
    from kohyo.usecases.burden import Burdened


@as_lines.register
def _(result: Burdened) -> list[str]:
    known = [entry for entry in result.known if entry.filled or entry.beside]
    return [
        *(in_survey(result.survey, say("burden", **asdict(entry))) for entry in result.burdens),
        say("burden_known", questions=len(known), departments=len({entry.department for entry in known})),
        *([say("burden_repeated", count=len(result.repeated))] if result.repeated else []),
        *([say("burden_similar", count=len(result.similar))] if result.similar else []),
        say("open", path=result.report),
    ]


@as_data.register
def _(result: Burdened) -> dict[str, Any]:
    return {
        "survey": result.survey,
        "burdens": [{**asdict(entry), "share": entry.share} for entry in result.burdens],
        "known": [
            {
                "department": entry.department,
                "field": entry.field,
                "sheets": entry.sheets,
                "filled": entry.filled,
                "beside": entry.beside,
            }
            for entry in result.known
        ],
        "repeated": [asdict(entry) for entry in result.repeated],
        "similar": [asdict(pair) for pair in result.similar],
        "report": str(result.report),
    }
