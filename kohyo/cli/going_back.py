"""The commands that go back: undo and restore."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, NoReturn

import typer

from kohyo.cli.help import JapaneseCommand
from kohyo.cli.options import Folder, Json
from kohyo.cli.output import Door
from kohyo.messages import wording


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    commands: dict[str, Callable[..., None]] = {"restore": restore, "undo": undo}
    for name, command in commands.items():
        app.command(name, cls=JapaneseCommand, help=wording(f"versions.help.{name}"))(command)


def _run(*, json: bool, use_case: Callable[[], object]) -> NoReturn:
    import kohyo.cli.present_going_back  # noqa: F401, PLC0415 - teaches the door these results

    Door(json=json).run(lambda _progress: use_case())


def undo(directory: Folder, json: Json = False) -> None:  # noqa: FBT002
    """Take back the last command that changed the register (取消し)."""
    from kohyo.usecases.undo import undo as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory))


def restore(
    directory: Folder,
    register: Annotated[str, typer.Option(metavar="NAME", help=wording("versions.options.register"))] = "",
    definition: Annotated[str, typer.Option(metavar="NAME", help=wording("versions.options.definition"))] = "",
    bases: Annotated[bool, typer.Option("--bases", help=wording("versions.options.bases"))] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show what there is to go back to, or bring it back (復元)."""
    from kohyo.usecases.restore import restore as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, register=register, definition=definition, bases=bases))
