"""The commands around Excel: the add-in, the doctor, the watched folder."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Annotated, NoReturn

import typer

from kohyo.cli.help import JapaneseCommand, JapaneseGroup
from kohyo.cli.options import Json
from kohyo.cli.output import Door
from kohyo.messages import wording

Startup = Annotated[Path | None, typer.Option("--to", metavar="DIR", help=wording("cli.options.startup"))]

addin = typer.Typer(cls=JapaneseGroup, no_args_is_help=True, rich_markup_mode=None)


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(addin, name="addin", help=wording("cli.help.addin"))
    app.command("doctor", cls=JapaneseCommand, help=wording("cli.help.doctor"))(doctor)
    app.command("watch", cls=JapaneseCommand, help=wording("cli.help.watch"))(watch)


def _run(*, json: bool, use_case: Callable[[], object]) -> NoReturn:
    import kohyo.cli.present_office  # noqa: F401, PLC0415 - teaches the door these results

    Door(json=json).run(lambda _progress: use_case())


@addin.command("install", cls=JapaneseCommand, help=wording("cli.help.addin_install"))
def install(
    to: Startup = None,
    companion: Annotated[bool, typer.Option("--companion", help=wording("cli.options.companion"))] = False,  # noqa: FBT002 - a flag
    json: Json = False,  # noqa: FBT002 - a flag
) -> None:
    """Put the add-in (アドイン) where Excel finds it."""
    from kohyo.addin.installation import install as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(to, companion=companion))


@addin.command("remove", cls=JapaneseCommand, help=wording("cli.help.addin_remove"))
def remove(to: Startup = None, json: Json = False) -> None:  # noqa: FBT002
    """Take the add-in away."""
    from kohyo.addin.installation import remove as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(to))


@addin.command("shortcuts", cls=JapaneseCommand, help=wording("cli.help.addin_shortcuts"))
def shortcuts(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help=wording("cli.arguments.desktop"))] = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Write shortcuts (ショートカット) to the ribbon's tasks."""
    from kohyo.addin.shortcuts import write_shortcuts  # noqa: PLC0415

    _run(json=json, use_case=lambda: write_shortcuts(folder))


@addin.command("run", cls=JapaneseCommand, help=wording("cli.help.addin_run"))
def run(
    task: Annotated[str, typer.Argument(metavar="TASK", help=wording("cli.arguments.task"))],
    json: Json = False,  # noqa: FBT002
) -> None:
    """Carry out a ribbon's task on the Excel that is open, from outside."""
    from kohyo.addin.dispatch import clicked  # noqa: PLC0415

    _run(json=json, use_case=lambda: clicked(task))


def doctor(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help=wording("cli.arguments.workspace"))] = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Check this PC's set-up (診断)."""
    from kohyo.addin.doctor import diagnose  # noqa: PLC0415

    _run(json=json, use_case=lambda: diagnose(folder))


def watch(
    directory: Annotated[Path | None, typer.Argument(metavar="DIR", help=wording("cli.arguments.watched"))] = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Consolidate whatever is put into 回収, carry out what the ribbon asks (見張り), until it is stopped."""
    from kohyo.addin.watching import watch as use_case  # noqa: PLC0415

    def say(sentence: str) -> None:
        if not json:
            with suppress(OSError):  # whoever watches goes on where nobody can read it
                sys.stdout.write(sentence + "\n")
                sys.stdout.flush()

    import kohyo.cli.present_office  # noqa: F401, PLC0415 - teaches the door this result

    Door(json=json).stay(lambda _progress: use_case(directory, say, Event()))
