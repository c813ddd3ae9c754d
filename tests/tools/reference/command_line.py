"""The commands (コマンド) as ``--help`` knows them, each with the function that it calls and what that returns."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, get_type_hints

import typer.main

from kohyo.cli.app import app
from tests.tools.reference.markdown import code, page, table

_INTRO = (
    "すべてのコマンドと、その引数・オプションです。どれも `--json` を付けると、結果を一つのJSONで出します"
    "（形は[JSONの形](json_shapes.md)）。\n\n"
    "終了コードは、0：できた、1：できたが人の確認が要る、2：使い方か計画定義の誤り、3：ファイルを読めない・書けない、です。"
)


@dataclass(frozen=True)
class Command:
    """One command: its words behind ``kohyo`` and what typer knows of it."""

    words: str
    known: Any

    @property
    def usage(self) -> str:
        """The command as one types it."""
        arguments = " ".join(one.metavar for one in self.known.params if one.param_type_name == "argument")
        return f"kohyo {self.words} {arguments}".rstrip()

    @property
    def functions(self) -> tuple[Callable[..., object], ...]:
        """The functions that the command calls: those that it imports from the use cases and the add-in."""
        source = textwrap.dedent(inspect.getsource(self.known.callback))
        imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
        return tuple(
            getattr(import_module(str(node.module)), name.name)
            for node in imports
            if not str(node.module).startswith("kohyo.cli")
            for name in node.names
        )

    @property
    def results(self) -> tuple[type, ...]:
        """The types of what the functions return, each once."""
        return tuple(dict.fromkeys(get_type_hints(function)["return"] for function in self.functions))


def commands() -> Iterator[Command]:
    """Yield every command in the order of the help, those of a group one by one."""
    yield from _below(typer.main.get_command(app), "")


def _below(group: Any, words: str) -> Iterator[Command]:  # noqa: ANN401 - typer's classes are private
    for name, known in group.commands.items():
        spelled = f"{words} {name}".lstrip()
        if hasattr(known, "commands"):
            yield from _below(known, spelled)
        else:
            yield Command(spelled, known)


def command_page() -> str:
    """Return the page of all commands."""
    return page("コマンド", _INTRO, [_part(command) for command in commands()])


def _part(command: Command) -> str:
    rows = [(code(_spelled(one)), one.help or "") for one in command.known.params]
    return f"## kohyo {command.words}\n\n{command.known.help}\n\n```text\n{command.usage}\n```\n\n" + table(
        ("引数・オプション", "意味"), rows
    )


def _spelled(parameter: Any) -> str:  # noqa: ANN401
    """Return an argument or option as one types it."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar)
    return " ".join([*parameter.opts, *([parameter.metavar] if parameter.metavar else [])])
