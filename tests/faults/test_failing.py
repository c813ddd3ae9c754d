"""A disk that is full, broken or not to be written on: the command ends in one line that says so, and the next mends.

1. The register is the old or the new one; nothing in 回収 changed.
2. The command ends with one line that names the cause, or does all that it would have done, or names the cause among
   what a person must look at. Nobody is told of an error that was not expected.
3. The same command again ends as one that was never disturbed; no temporary file stays.

``KOHYO_FAULTS=all`` lets every call fail with every error, once and for good, else a draw of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest

from tests.faults.commands import COMMANDS, Command, Workspaces
from tests.faults.harness import Fault, Meddled
from tests.faults.judge import EVERY, Judge, failures, failures_of, tears

POINTS = 3


def _tries(judge: Judge, turn: int) -> Iterator[tuple[Fault, str]]:
    """Yield what is tried: of a draw every call with another error, beginning with another for each command."""
    if EVERY:
        for call in judge.calls:
            yield from failures_of(call)
            yield from tears(call.number) if call.name == "write" else ()
        return
    kinds = cycle(failures(0))
    for _ in range(turn):
        next(kinds)
    for at, (fault, name) in zip(judge.points(POINTS, seed=1), kinds, strict=False):
        yield Fault(at, fault.act, fault.errno, fault.stays), name


@pytest.mark.faults
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_call_that_fails(command: Command, meddled: Meddled, workspaces: Workspaces) -> None:
    """Whatever does not hold is named with its call (1-3)."""
    judge = Judge(meddled, workspaces, command)
    tries = list(_tries(judge, 3 * COMMANDS.index(command)))
    assert len(tries) >= POINTS - 1
    troubles = [str(trouble) for fault, name in tries for trouble in judge.failing(fault, name)]
    assert not troubles, "\n".join(troubles)
