"""The commands that look (見る): who has answered, the tables, what contradicts what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kohyo.cli.days import Survey, Today
from kohyo.cli.help import JapaneseCommand
from kohyo.cli.options import Folder, Json
from kohyo.cli.output import Door
from kohyo.cli.spreading import Scheduler, spreading
from kohyo.messages import wording

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kohyo.workspace.progress import Progress


def add_to(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (status, matrix, tables, audit, verify, explain):
        app.command(command.__name__, cls=JapaneseCommand, help=wording(f"cli.help.{command.__name__}"))(command)


def status(
    directory: Folder,
    today: Today = None,
    survey: Survey = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show who has answered (回収状況)."""
    from kohyo.usecases.status import status as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, today, survey))


def matrix(directory: Folder, json: Json = False) -> None:  # noqa: FBT002
    """Write the matrix (体系表)."""
    from kohyo.usecases.matrix import matrix as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory))


def tables(
    directory: Folder,
    only: Annotated[list[str] | None, typer.Option(metavar="NAME", help=wording("cli.options.only"))] = None,
    public: Annotated[bool, typer.Option("--public", help=wording("cli.options.public"))] = False,  # noqa: FBT002
    pdf: Annotated[bool, typer.Option("--pdf", help=wording("cli.options.pdf"))] = False,  # noqa: FBT002
    scheduler: Scheduler = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Write every official table (すべての表)."""
    from kohyo.usecases.tables import make_tables as use_case  # noqa: PLC0415

    def run(_progress: Progress, executor: Executor | None) -> object:
        return use_case(directory, tuple(only or ()), public=public, pdf=pdf, executor=executor)

    Door(json=json).run(spreading(scheduler, run))


def audit(
    directory: Folder,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help=wording("cli.arguments.documents"))
    ] = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell where register, tables, definition and documents contradict each other (点検)."""
    from kohyo.usecases.audit import audit as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, tuple(files or ())))


def verify(directory: Folder, json: Json = False) -> None:  # noqa: FBT002
    """Recompute the register from answers, decisions and edits (検証)."""
    from kohyo.usecases.verify import verify as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory))


def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help=wording("cli.arguments.code"))],
    json: Json = False,  # noqa: FBT002
) -> None:
    """Explain a finding's code (指摘の説明)."""
    from kohyo.usecases.explain import explain as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(code))
