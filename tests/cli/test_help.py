"""The command line explains itself, and the README tells of it.

1. Every help text is Japanese, the names of commands, options and arguments apart.
2. Every command that the README names exists, and every command stands in the README.
3. What the README shows of Python exists: the public functions, each the use case of a command.
4. Importing kohyo, and asking for help, imports nothing heavy.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

import kohyo
from kohyo.cli.app import app
from tests.cli.running import Console

README = Path(kohyo.__file__).parents[1] / "README.md"
HEAVY = ("pandas", "openpyxl", "xlsxwriter", "xlwings", "python_calamine", "pydantic", "numpy", "tomlkit", "rich.table")
YEAR = ("demo", "new", "import", "distribute", "check", "consolidate", "status", "resolve", "matrix", "tables")
FUNCTIONS = {"import": "import_items", "new": "new_workspace", "tables": "make_tables"}
"""Commands whose function has another name: a keyword, too bare a verb, the name of a package within."""


def _commands() -> dict[str, list[str]]:
    """Return every command with its subcommands."""
    found = typer.main.get_command(app)
    commands: dict[str, object] = getattr(found, "commands", {})
    return {name: list(getattr(command, "commands", {})) for name, command in commands.items()}


def _every_command() -> list[tuple[str, ...]]:
    words: list[tuple[str, ...]] = [()]
    for name, inner in _commands().items():
        words += [(name,), *((name, sub) for sub in inner)]
    return words


def _english(text: str) -> list[str]:
    """Return lower-case English words of a help text that are no command, option or file."""
    known = {part for words in _every_command() for word in words for part in word.split("-")} | {"kohyo"}
    plain = re.sub(r"--[a-z-]+|[A-Za-z_]+\.(?:xlsx|toml)|setagaya-r6", "", text)
    return [word for word in re.findall(r"(?<![A-Za-z])[A-Za-z]+[a-z][A-Za-z]*", plain) if word not in known]


@pytest.mark.parametrize("words", _every_command(), ids=" ".join)
def test_help_is_japanese(console: Console, words: tuple[str, ...]) -> None:
    """Help exits with 0 and speaks Japanese, whole sentences (1)."""
    ran = console.run(*words, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("使い方: ")
    for line in ran.out.splitlines():
        assert not line.endswith(("--json", "--help")), line
        assert line.startswith("使い方") or not line.endswith("..."), line
    assert set(_english(ran.out)) <= {"xlsx", "Excel", "LibreOffice", "Python", "Word", "dask", "local", "tcp"}


@pytest.mark.parametrize("words", _every_command()[1:], ids=" ".join)
def test_every_option_is_explained(console: Console, words: tuple[str, ...]) -> None:
    """No line of the options or arguments is left without its words (1)."""
    lines = console.run(*words, "--help").out.splitlines()
    listed = [line for line in lines if re.match("  [-A-Za-z]", line)]
    assert listed
    assert all(re.search("[ぁ-んァ-ヶ一-龠]", line) for line in listed)


def test_no_words_show_the_help(console: Console) -> None:
    """``kohyo`` alone is a question, not a mistake (1)."""
    assert console.run().out == console.run("--help").out


def _named_in_readme() -> set[str]:
    found = re.findall(r"(?:`|/)kohyo ([a-z]+(?:-[a-z]+)*)", README.read_text(encoding="utf-8"))
    return set(found)


def test_the_readme_names_commands_that_exist() -> None:
    """Nothing is promised that there is not (2)."""
    assert _named_in_readme() <= set(_commands())


def test_every_command_stands_in_the_readme() -> None:
    """No command is a secret (2)."""
    assert set(_commands()) <= _named_in_readme()


def test_every_command_of_the_year_is_a_function() -> None:
    """What the command line does, a program can do by a function of the package (3)."""
    named = set(re.findall(r"`([a-z_]+)`", README.read_text(encoding="utf-8").partition("```python")[2]))
    for command in YEAR:
        assert FUNCTIONS.get(command, command) in kohyo.__all__
        assert FUNCTIONS.get(command, command) in named


@pytest.mark.parametrize("name", kohyo.__all__)
def test_a_public_function_stays_one(name: str) -> None:
    """No function is hidden by a module of the same name once everything is loaded (3)."""
    importlib.import_module("kohyo.cli.present")
    assert callable(getattr(kohyo, name))


def test_a_function_that_there_is_not() -> None:
    """A wrong name is an AttributeError, as everywhere (3)."""
    with pytest.raises(AttributeError):
        _ = kohyo.nothing


@pytest.mark.parametrize("words", [None, ["--help"], []], ids=["import", "help", "nothing"])
def test_nothing_heavy_is_imported(words: list[str] | None) -> None:
    """Who only imports or asks does not wait for what writes workbooks (4)."""
    run = "" if words is None else f"sys.argv[1:] = {words}; import kohyo.cli; kohyo.cli.main();"
    code = f"import sys, kohyo; {run} print(*set({HEAVY}) & set(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603 - our own command
    assert done.stderr.decode().split() == []


def test_the_version_is_said(console: Console) -> None:
    """``kohyo --version`` names the version and ends well (1)."""
    ran = console.run("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"kohyo {kohyo.__version__}\n", "")
