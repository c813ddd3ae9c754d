"""The batch files are such as Japanese Windows runs them.

1. Code page 932, lines as Windows ends them, no character whose second byte the shell takes for its own.
2. Every label that is jumped to is there; every program that is called is Windows' own, or the Python that was found.
3. A text with such a character is refused.
"""

from __future__ import annotations

import re

import pytest

from kohyo.kit.desk import VERSIONS
from kohyo.kit.scripts import batch, setup_script

SCRIPTS = [setup_script(VERSIONS), setup_script(["3.12"], remove=True)]
_TAKEN = set(b"\\^|&<>%")
_COMMANDS = {"@echo", "setlocal", "pushd", "popd", "set", "if", "call", "goto", "exit", "echo", "pause", "%PY%", "%*"}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_bytes_are_those_of_a_japanese_console(script: bytes) -> None:
    """Each character is one of code page 932 that the shell reads whole (1)."""
    assert script.count(b"\n") == script.count(b"\r\n") > 10
    seconds = {spelled[1] for spelled in (one.encode("cp932") for one in script.decode("cp932")) if len(spelled) > 1}
    assert seconds
    assert not seconds & _TAKEN


@pytest.mark.parametrize("script", SCRIPTS)
def test_jumps_and_programs(script: bytes) -> None:
    """No line goes nowhere (2)."""
    text = script.decode("cp932")
    labels = re.findall(r"(?m)^:(\w+)", text)
    jumps = re.findall(r"(?:goto |call :)(\w+)", text)
    assert set(jumps) <= set(labels)
    assert len(labels) == len(set(labels))
    first = {line.split()[0] for line in text.splitlines() if line and not line.startswith(":")}
    assert first <= _COMMANDS
    assert text.splitlines()[0] == "@echo off"
    assert max(map(len, text.splitlines())) < 8191


@pytest.mark.parametrize("character", ["表", "ソ", "能", "ポ"])
def test_a_character_that_the_shell_would_split(character: str) -> None:
    """表 ends in a backslash, ポ in a bar (3)."""
    with pytest.raises(ValueError, match=character):
        batch(f"echo {character}\n")


def test_the_newest_python_is_tried_first() -> None:
    """3.9 would not come before 3.11 (2)."""
    tried = re.findall(r"py -(3\.\d+)", SCRIPTS[0].decode("cp932"))
    assert tried == ["3.14", "3.13", "3.12", "3.11"]
