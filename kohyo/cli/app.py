"""The commands: each parses its words, calls one use case, and hands the result to ``cli.output``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from copy import copy
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from typer.models import CommandInfo

from kohyo import __version__
from kohyo.cli import going_back, kit, looking, office, scale, yearly
from kohyo.cli.days import METAVAR, Anyway, Survey, Today, day_of
from kohyo.cli.help import JapaneseCommand, JapaneseGroup
from kohyo.cli.misuse import describe_misuse
from kohyo.cli.options import JSON, AskPassword, Folder, Json
from kohyo.cli.output import Door, prepare_streams
from kohyo.cli.spreading import Scheduler, spreading
from kohyo.errors import UsageError
from kohyo.messages import wording

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kohyo.workspace.progress import Progress

app = typer.Typer(
    cls=JapaneseGroup,
    help=wording("cli.help.kohyo"),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Command = TypeVar("Command", bound=Callable[..., None])


def _asked(wanted: bool) -> tuple[str, ...]:  # noqa: FBT001 - the option itself
    """Return the password that a person types, which is shown and kept nowhere; none where it is not wanted.

    Raises UsageError without a terminal, on which alone it can be typed unseen.
    """
    if not wanted:
        return ()
    if not sys.stdin.isatty():
        raise UsageError("no_terminal")
    try:
        return (typer.prompt(wording("cli.prompts.password"), hide_input=True, err=True),)
    except typer.Abort:
        raise KeyboardInterrupt from None


def _say_version(wanted: bool) -> None:  # noqa: FBT001 - the option itself
    if wanted:
        sys.stdout.write(f"kohyo {__version__}\n")
        raise typer.Exit


def _command(name: str) -> Callable[[Command], Command]:
    return app.command(name, cls=JapaneseCommand, help=wording(f"cli.help.{name}"))


@_command("demo")
def demo(
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help=wording("cli.options.to"))] = None,
    json: Json = False,  # noqa: FBT002 - a flag
) -> None:
    """Run the whole cycle (見本) in an empty folder."""
    from kohyo.usecases.demo import demo as use_case  # noqa: PLC0415

    Door(json=json).run(lambda progress: use_case(to or Path(wording("cli.demo.folder")), progress))


@_command("next")
def next_(
    directory: Folder,
    today: Today = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell what to do today (今日すること)."""
    import kohyo.cli.present_next  # noqa: F401, PLC0415 - teaches the door this result
    from kohyo.usecases.next import next_steps as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, today))


@_command("new")
def new(
    directory: Folder,
    plan: Annotated[str, typer.Option(metavar="NAME", help=wording("cli.options.plan"))] = "setagaya-r6",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Make a workspace (作業フォルダ)."""
    from kohyo.usecases.new import new_workspace  # noqa: PLC0415

    Door(json=json).run(lambda _progress: new_workspace(directory, plan))


@_command("plans")
def plans(json: Json = False) -> None:  # noqa: FBT002
    """List the plans that a workspace can begin with (計画の一覧)."""
    from kohyo.usecases.plans import plans as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case())


@_command("import")
def import_(
    directory: Folder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=wording("cli.arguments.list"))],
    table: Annotated[str, typer.Option(metavar="NAME", help=wording("cli.options.table"))] = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Import the plan's list (取組み一覧の取込み), or a printed table into the definition."""
    import kohyo.cli.present_define  # noqa: F401, PLC0415 - teaches the door the result of a table
    from kohyo.usecases.import_items import import_items  # noqa: PLC0415
    from kohyo.usecases.import_table import import_table  # noqa: PLC0415

    if table:
        Door(json=json).run(lambda _progress: import_table(directory, file, table))
    Door(json=json).run(lambda _progress: import_items(directory, file))


@_command("define")
def define(
    directory: Folder,
    check: Annotated[bool, typer.Option("--check", help=wording("define.option"))] = False,  # noqa: FBT002
    same: Annotated[bool, typer.Option("--same-choices", help=wording("define.same_option"))] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Bring the register in line with the definition (定義の反映)."""
    import kohyo.cli.present_define  # noqa: F401, PLC0415 - teaches the door this result
    from kohyo.usecases.define import define as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, check=check, same_choices=same))


@_command("distribute")
def distribute(
    directory: Folder,
    deadline: Annotated[
        date | None, typer.Option(parser=day_of, metavar=METAVAR, help=wording("cli.options.deadline"))
    ] = None,
    survey: Survey = "",
    anyway: Anyway = False,  # noqa: FBT002
    scheduler: Scheduler = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Write the forms (調査票) into 配布."""
    from kohyo.usecases.distribute import distribute as use_case  # noqa: PLC0415

    def run(progress: Progress, executor: Executor | None) -> object:
        return use_case(directory, deadline, progress, anyway=anyway, survey=survey, executor=executor)

    Door(json=json).run(spreading(scheduler, run))


@_command("burden")
def burden(
    directory: Folder,
    survey: Survey = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell what the forms cost (記入の量)."""
    import kohyo.cli.present_burden  # noqa: F401, PLC0415 - teaches the door this result
    from kohyo.usecases.burden import burden as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory, survey))


@_command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=wording("cli.arguments.returns"))],
    definition: Annotated[Path | None, typer.Option(metavar="FILE", help=wording("cli.options.definition"))] = None,
    ask_password: AskPassword = False,  # noqa: FBT002
    rules: Annotated[bool, typer.Option("--rules", help=wording("cli.options.rules"))] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> None:
    """Check returned forms (点検) without a workspace, or any tables against the rules for machine-readable ones."""
    from kohyo.usecases.check import check as use_case  # noqa: PLC0415
    from kohyo.usecases.check import check_rules  # noqa: PLC0415

    if rules:
        Door(json=json).run(lambda progress: check_rules(files, progress))
    Door(json=json).run(lambda progress: use_case(files, definition, progress, _asked(ask_password)))


@_command("consolidate")
def consolidate(
    directory: Folder,
    deadline: Annotated[
        date | None, typer.Option(parser=day_of, metavar=METAVAR, help=wording("cli.options.mend_by"))
    ] = None,
    anyway: Anyway = False,  # noqa: FBT002
    ask_password: AskPassword = False,  # noqa: FBT002
    scheduler: Scheduler = "",
    json: Json = False,  # noqa: FBT002
) -> None:
    """Take 回収 into the register (取込), and send back what must be mended (差戻し)."""
    from kohyo.usecases.consolidate import consolidate as use_case  # noqa: PLC0415

    def run(progress: Progress, executor: Executor | None) -> object:
        return use_case(directory, None, progress, deadline, _asked(ask_password), anyway=anyway, executor=executor)

    Door(json=json).run(spreading(scheduler, run))


@_command("resolve")
def resolve(directory: Folder, json: Json = False) -> None:  # noqa: FBT002
    """Apply the decisions of the 競合 sheet (裁定)."""
    from kohyo.usecases.resolve import resolve as use_case  # noqa: PLC0415

    Door(json=json).run(lambda _progress: use_case(directory))


@app.callback()
def kohyo(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help=wording("cli.options.version"))
    ] = False,
) -> None:
    """Do what stands before every command: say the version (版) when asked."""


looking.add_to(app)
office.add_to(app)
yearly.add_to(app)
going_back.add_to(app)
scale.add_to(app)
kit.add_to(app)


def _unlearned(known: CommandInfo) -> CommandInfo:
    light = copy(known)
    light.callback = lambda: None
    return light


def _with(words: Sequence[str]) -> typer.Typer:
    """Return the command line in which only the command that is asked for knows its words: to learn them takes long."""
    wanted = copy(app)
    wanted.registered_commands = [
        known if known.name in words else _unlearned(known) for known in app.registered_commands
    ]
    return wanted


def run() -> None:
    """Run the command line; wrong use ends in one Japanese line and exit code 2, no words at all in the help."""
    prepare_streams()
    words = sys.argv[1:]
    door = Door(json=JSON in words)
    try:
        if _with(words)(words or ["--help"], prog_name="kohyo", standalone_mode=False):
            door.abort()  # stopped by hand outside of the door: typer hands back a code for it and says nothing
        sys.stdout.flush()
    except OSError as error:  # of help and version alone: what a command prints, its door does
        door.unprinted("cli.no_help", error)
    except typer.Exit as end:
        sys.exit(end.exit_code)
    except typer.Abort:
        door.abort()
    except typer.TyperException as error:
        door.refuse(describe_misuse(error.format_message()))
