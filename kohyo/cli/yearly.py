"""The commands of versions and the year: freeze, diff and what leads from one year into the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kohyo.cli.help import JapaneseCommand
from kohyo.cli.output import Door
from kohyo.messages import wording

Folder = Annotated[Path, typer.Argument(metavar="DIR", help=wording("cli.arguments.workspace"))]
Json = Annotated[bool, typer.Option("--json", help=wording("cli.options.json"))]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for name, command in _COMMANDS.items():
        app.command(name, cls=JapaneseCommand, help=wording(f"versions.help.{name}"))(command)


def _run(*, json: bool, use_case: Callable[[], object]) -> NoReturn:
    import kohyo.cli.present_yearly  # noqa: F401, PLC0415 - teaches the door these results

    Door(json=json).run(lambda _progress: use_case())


def freeze(
    directory: Folder,
    name: Annotated[str, typer.Argument(metavar="NAME", help=wording("versions.arguments.version"))],
    json: Json = False,  # noqa: FBT002 - a flag
) -> None:
    """Freeze the register as a version (版)."""
    from kohyo.usecases.versions import freeze as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, name))


_COMMANDS: dict[str, Callable[..., None]] = {"freeze": freeze}
