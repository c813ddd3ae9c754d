"""Days on the command line, in every way in which offices write them: 令和7年4月17日, R7.4.17, 2025/4/17, 4/17."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from kohyo.errors import TextError
from kohyo.messages import wording

METAVAR = "DATE"
"""What the help calls a day."""


def day_of(raw: str | date) -> date:
    """Return the day that somebody typed; raise typer's error for what is none."""
    from kohyo.text.dates import parse_day  # noqa: PLC0415 - help waits for every import

    if isinstance(raw, date):
        return raw
    try:
        return parse_day(raw, date.today())  # noqa: DTZ011 - the day of the desk
    except TextError:
        raise typer.BadParameter(f"no day: {raw}") from None  # worded in cli.toml


Today = Annotated[date | None, typer.Option(parser=day_of, metavar=METAVAR, help=wording("cli.options.today"))]
Anyway = Annotated[bool, typer.Option("--anyway", help=wording("cli.options.past_anyway"))]
Survey = Annotated[str, typer.Option("--survey", metavar="NAME", help=wording("cli.options.survey"))]
