"""The commands of many workspaces: gather, query, send-up, trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from kohyo.cli.help import JapaneseCommand
from kohyo.cli.options import Json
from kohyo.cli.output import Door
from kohyo.messages import wording


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for name, command in _COMMANDS.items():
        app.command(name, cls=JapaneseCommand, help=wording(f"scale.help.{command.__name__}"))(command)


def gather(
    roots: Annotated[list[Path], typer.Argument(metavar="ROOT", help=wording("scale.arguments.roots"))],
    to: Annotated[Path, typer.Option("--to", metavar="STORE", help=wording("scale.options.to"))],
    internal: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--internal", help=wording("scale.options.internal"))
    ] = False,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Gather many workspaces into one store (集約)."""
    import kohyo.cli.present_scale  # noqa: F401, PLC0415 - teaches the door these results
    from kohyo.usecases.gather import gather as use_case  # noqa: PLC0415

    Door(json=json).run(lambda progress: use_case(roots, to, internal=internal, progress=progress))


def query(
    store: Annotated[Path, typer.Argument(metavar="STORE", help=wording("scale.arguments.store"))],
    sql: Annotated[str, typer.Argument(metavar="SQL", help=wording("scale.arguments.sql"))],
    csv: Annotated[bool, typer.Option("--csv", help=wording("scale.options.csv"))] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Ask the store in SQL (問合せ)."""
    import kohyo.cli.present_scale  # noqa: F401, PLC0415
    from kohyo.usecases.query import query as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(store, sql, as_csv=csv))


def send_up(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help=wording("scale.arguments.workspace"))],
    form: Annotated[Path, typer.Argument(metavar="FORM", help=wording("scale.arguments.form"))],
    json: Json = False,  # noqa: FBT002
) -> None:
    """Answer the form of the level above from the register (上申)."""
    import kohyo.cli.present_scale  # noqa: F401, PLC0415
    from kohyo.usecases.send_up import send_up as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, form))


def trace(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help=wording("scale.arguments.workspace"))],
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=wording("scale.arguments.number"))],
    field: Annotated[str, typer.Argument(metavar="FIELD", help=wording("scale.arguments.field"))],
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell where a value comes from (出どころ)."""
    import kohyo.cli.present_scale  # noqa: F401, PLC0415
    from kohyo.usecases.trace import trace as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, number, field))


_COMMANDS: dict[str, Callable[..., None]] = {"gather": gather, "query": query, "send-up": send_up, "trace": trace}
