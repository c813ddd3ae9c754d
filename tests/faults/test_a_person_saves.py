"""A person saves 台帳.xlsx while a command works, whenever that happens: what was typed is not lost.

1. It stands in the register after the next run, or in a file that one of the two commands names.
2. Nobody is told of an error that was not expected.

The save is Excel's: a new file beside, moved over the old one, holding the register as it was when the person opened
it and one edited cell. ``KOHYO_FAULTS=all`` saves at every call, else at a draw of them.
"""

from __future__ import annotations

import pytest

from tests.faults.commands import COMMANDS, Command, Workspaces
from tests.faults.harness import Meddled
from tests.faults.judge import Judge

POINTS = 3
SAVING = [command for command in COMMANDS if command.saves]


@pytest.mark.faults
@pytest.mark.parametrize("command", SAVING, ids=lambda command: command.name)
def test_an_edit_survives(command: Command, meddled: Meddled, workspaces: Workspaces) -> None:
    """No edit is lost (1, 2)."""
    judge = Judge(meddled, workspaces, command)
    tried = judge.points(POINTS, seed=2)
    assert len(tried) >= POINTS - 1
    troubles = [str(trouble) for at in tried for trouble in judge.person_saves(at)]
    assert not troubles, "\n".join(troubles)
