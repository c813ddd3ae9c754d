"""Every command of the command line is tried with faults, or it is known why not.

1. A command that is neither tried, nor only reads, nor named with its reason does not exist.
2. What is said to read only makes no file, moves none and changes none in a workspace, but for the lock.
"""

from __future__ import annotations

import pytest
import typer.main

from kohyo.cli.app import app
from tests.faults.commands import COMMANDS, ELSEWHERE, NAMED, READING, Command, Workspaces
from tests.faults.harness import Meddled
from tests.faults.state import digest_of

LOCK = ".kohyo.lock"


def test_every_command_is_known() -> None:
    """By its first word (1)."""
    tried = {command.words[0] for command in COMMANDS}
    reading = {words[0] for words in READING.values()}
    known = typer.main.get_command(app)
    assert set(getattr(known, "commands", {})) == tried | reading | set(ELSEWHERE)
    assert not (tried | reading) & set(ELSEWHERE)
    assert all(ELSEWHERE.values())


@pytest.mark.faults
@pytest.mark.parametrize("name", READING)
def test_reading_writes_nothing(name: str, meddled: Meddled, workspaces: Workspaces) -> None:
    """No call but on the lock, and every byte as it was (2)."""
    command = Command(name, READING[name], NAMED["status"].begins)
    root = workspaces.copy(command)
    (root / LOCK).touch()
    before = digest_of(root)
    ran = meddled.run(command.words_in(root), root)
    assert ran.code in (0, 1), ran.said
    assert {path for call in ran.calls for path in call.paths} <= {LOCK, str(root)}  # whose folder is made if need be
    assert digest_of(root) == before
