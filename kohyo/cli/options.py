"""Words that many commands share (共通の引数): the workspace, JSON, a password."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kohyo.messages import wording

JSON = "--json"

Folder = Annotated[Path, typer.Argument(metavar="DIR", help=wording("cli.arguments.workspace"))]
Json = Annotated[bool, typer.Option(JSON, help=wording("cli.options.json"))]
AskPassword = Annotated[bool, typer.Option("--ask-password", help=wording("cli.options.ask_password"))]
