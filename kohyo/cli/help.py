"""Help in Japanese: the headings and notes that typer words in English."""

from __future__ import annotations

import re
from typing import Any

import typer.core

from kohyo.messages import section

_BRACES = re.compile(r"\{([A-Z]+)\}")
_OPTIONAL = re.compile(r"\[\[([A-Z]+)\](?:\.\.\.)?\]")
_TYPE = re.compile(r"(?<=[A-Z\].]) <[A-Za-z\[\]]+>")
"""What typer puts around and behind the name of an argument; the text beside it says more."""


def _in_japanese(text: str) -> str:
    """Replace typer's own English words, line by line, by the wordings of ``cli.toml``."""
    for english, japanese in section("cli")["typer"].items():
        text = text.replace(english, japanese)
    text = _OPTIONAL.sub(r"[\1]", _BRACES.sub(r"\1", text))
    return _TYPE.sub(lambda kind: " " * len(kind[0]), text)


class JapaneseGroup(typer.core.TyperGroup):
    """The command group, whose help is worded in Japanese."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's class is private
        """Return the help text."""
        return _in_japanese(super().get_help(ctx))


class JapaneseCommand(typer.core.TyperCommand):
    """A command, whose help is worded in Japanese."""

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - as typer calls it
        """Return what the list of commands says of it: all, for typer counts words, which Japanese does not part."""
        return self.short_help or self.help or ""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's class is private
        """Return the help text."""
        return _in_japanese(super().get_help(ctx))
