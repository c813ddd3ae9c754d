"""The commands of versions and the year: freeze, diff and what leads from one year into the next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kohyo.cli.days import METAVAR, Survey, day_of
from kohyo.cli.help import JapaneseCommand
from kohyo.cli.options import Folder, Json
from kohyo.cli.output import Door
from kohyo.messages import wording

Anyway = Annotated[bool, typer.Option("--anyway", help=wording("versions.options.anyway"))]


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
    anyway: Anyway = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002 - a flag
) -> None:
    """Freeze the register as a version (版)."""
    from kohyo.usecases.freeze import freeze as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, name, anyway=anyway))


def diff(
    directory: Folder,
    old: Annotated[str, typer.Argument(metavar="OLD", help=wording("versions.arguments.old"))],
    new: Annotated[str, typer.Argument(metavar="[NEW]", help=wording("versions.arguments.new"))] = "",
    every: Annotated[bool, typer.Option("--all", help=wording("versions.options.all"))] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Compare two versions (新旧対照)."""
    from kohyo.usecases.diff import diff as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, old, new, unchanged=every))


def renumber(
    directory: Folder,
    crosswalk: Annotated[
        Path | None, typer.Option("--from", metavar="FILE", help=wording("versions.options.crosswalk"))
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help=wording("versions.options.apply"))] = False,  # noqa: FBT002
    version: Annotated[str, typer.Option(metavar="NAME", help=wording("versions.options.version"))] = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Propose new numbers (番号案), and apply them when told to."""
    from kohyo.usecases.renumber import renumber as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, crosswalk, apply=apply, version=version))


def show(
    directory: Folder,
    at: Annotated[date, typer.Option("--at", parser=day_of, metavar=METAVAR, help=wording("versions.options.at"))],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help=wording("versions.options.out"))] = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show the register of a past day (過去の台帳)."""
    from kohyo.usecases.show import show as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, at, out))


def rollover(
    directory: Folder,
    anyway: Anyway = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Open the next fiscal year (年度更新)."""
    from kohyo.usecases.rollover import rollover as use_case  # noqa: PLC0415

    _run(json=json, use_case=lambda: use_case(directory, anyway=anyway))


def papers(  # noqa: PLR0913, PLR0917 - the options of the command
    directory: Folder,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help=wording("papers.cli.names"))] = None,
    since: Annotated[str, typer.Option("--from", metavar="NAME", help=wording("papers.cli.since"))] = "",
    today: Annotated[
        date | None, typer.Option(parser=day_of, metavar=METAVAR, help=wording("papers.cli.today"))
    ] = None,
    survey: Survey = "",
    templates: Annotated[bool, typer.Option("--templates", help=wording("papers.cli.templates"))] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Write the year's papers (文書)."""
    from kohyo.usecases.papers import make_papers as use_case  # noqa: PLC0415
    from kohyo.usecases.papers import write_templates  # noqa: PLC0415

    if templates:
        _run(json=json, use_case=lambda: write_templates(directory))
    _run(json=json, use_case=lambda: use_case(directory, tuple(names or ()), since=since, today=today, survey=survey))


_COMMANDS: dict[str, Callable[..., None]] = {
    "freeze": freeze,
    "diff": diff,
    "renumber": renumber,
    "rollover": rollover,
    "show": show,
    "papers": papers,
}
