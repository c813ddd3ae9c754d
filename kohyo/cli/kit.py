"""The command that makes the kit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kohyo.cli.help import JapaneseCommand
from kohyo.cli.output import Door
from kohyo.messages import wording


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("kit", cls=JapaneseCommand, help=wording("kit.help.kit"))(kit)


def kit(  # noqa: PLR0913, PLR0917 - each is one choice
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help=wording("kit.options.to"))],
    python: Annotated[list[str] | None, typer.Option(metavar="VERSION", help=wording("kit.options.python"))] = None,
    embedded: Annotated[Path | None, typer.Option(metavar="FILE", help=wording("kit.options.embedded"))] = None,
    wheels: Annotated[Path | None, typer.Option(metavar="DIR", help=wording("kit.options.wheels"))] = None,
    platform: Annotated[str, typer.Option(metavar="NAME", help=wording("kit.options.platform"))] = "",
    analysis: Annotated[  # noqa: FBT002 - a flag
        bool, typer.Option("--with-analysis", help=wording("kit.options.analysis"))
    ] = False,
    json: Annotated[bool, typer.Option("--json", help=wording("cli.options.json"))] = False,  # noqa: FBT002
) -> None:
    """Make the kit (キット) for closed Windows desks."""
    import kohyo.cli.present_kit  # noqa: F401, PLC0415 - teaches the door this result
    from kohyo.usecases.kit import make_kit  # noqa: PLC0415

    Door(json=json).run(
        lambda progress: make_kit(
            to, python or (), embedded=embedded, wheels=wheels, platform=platform, analysis=analysis, progress=progress
        )
    )
