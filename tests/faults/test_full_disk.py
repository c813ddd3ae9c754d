"""A disk that is too small for what a command writes, however little is missing.

1. The register is the old or the new one; nothing in 回収 changed; the cause that is told is the true one.
2. Once there is room, the same command ends as one that was never disturbed; no temporary file stays.
3. The disk of the test is one: it takes what fits, the last write in part, and what is removed makes room again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.commands import NAMED, Command, Workspaces
from tests.faults.harness import Meddled
from tests.faults.judge import Judge

POINTS = 2
COMMANDS = [NAMED[name] for name in ("distribute", "consolidate", "tables", "rollover")]
_STEPS = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
number = os.open(folder / "a", os.O_WRONLY | os.O_CREAT)
print(os.write(number, bytes(6000)), os.write(number, bytes(6000)))
for step in (lambda: os.write(number, b"x"), (folder / "f").mkdir):
    try:
        step()
    except OSError as error:
        print(error.errno)
(folder / "a").unlink()
print((folder / "b").write_bytes(bytes(8192)))
"""


@pytest.mark.faults
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_too_small_a_disk(command: Command, meddled: Meddled, workspaces: Workspaces) -> None:
    """Whatever does not hold is named with the room that there was (1, 2)."""
    judge = Judge(meddled, workspaces, command)
    rooms = judge.rooms(POINTS)
    assert rooms[-1] > 0
    troubles = [str(trouble) for room in rooms for trouble in judge.full(room)]
    assert not troubles, "\n".join(troubles)


@pytest.mark.faults
def test_the_small_disk(library: Path, tmp_path: Path) -> None:
    """Two blocks (3)."""
    folder = tmp_path / "f"
    folder.mkdir()
    wish = {"BELOW": str(folder), "LOG": str(tmp_path / "log"), "ACT": "room", "AT": "8192"}
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        **{f"MEDDLE_{name}": value for name, value in wish.items()},
    }
    command = [sys.executable, "-c", _STEPS, str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8", env=environment)  # noqa: S603 - our own steps
    assert done.stdout.split() == ["6000", "2192", "28", "28", "8192"]
