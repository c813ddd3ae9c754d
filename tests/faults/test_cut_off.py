"""A command that is killed, whenever that happens, leaves what the next run brings to where it was going.

1. The register is the old or the new one; nothing in 回収 changed.
2. The same command again ends as one that was never disturbed: the register, and every other file.
3. No temporary file stays.
4. Nobody is told of an error that was not expected.
5. One that is killed after it did all, before it could say so, does nothing more when it is asked for again.

``KOHYO_FAULTS=all`` kills at every call, else at a draw of them.
"""

from __future__ import annotations

import pytest

from tests.faults.commands import COMMANDS, Command, Workspaces
from tests.faults.harness import Meddled
from tests.faults.judge import Judge

POINTS = 4


@pytest.mark.faults
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_killed(command: Command, meddled: Meddled, workspaces: Workspaces) -> None:
    """Whatever does not hold is named with its call (1-4)."""
    judge = Judge(meddled, workspaces, command)
    tried = judge.points(POINTS)
    assert len(tried) >= POINTS - 1
    troubles = [str(trouble) for at in tried for trouble in judge.cut_off(at)]
    assert not troubles, "\n".join(troubles)


@pytest.mark.faults
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_killed_before_its_answer(command: Command, meddled: Meddled, workspaces: Workspaces) -> None:
    """What was done is not done once more (5)."""
    judge = Judge(meddled, workspaces, command)
    assert judge.calls
    assert not [str(trouble) for trouble in judge.unanswered()]
