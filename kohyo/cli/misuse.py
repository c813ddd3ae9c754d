"""Wrong use of the command line in words: typer's English, sentence by sentence, becomes Japanese."""

from __future__ import annotations

import re

from kohyo.messages import section, wording


def describe_misuse(english: str) -> str:
    """Return the one line that says what is wrong with the command line, and where to look.

    The patterns of typer's sentences and what they become lie in ``cli.toml``; a sentence that is not known
    there says only that the command was used wrongly.
    """
    for pattern, japanese in section("cli")["misuse"].items():
        found = re.fullmatch(pattern, english)
        if found:
            return wording("cli.wrong_use", what=found.expand(japanese))
    return wording("cli.wrong_use", what=wording("cli.misused"))
