"""Several runs at once in one workspace (同時に): one works, the others wait or say so, and nothing is lost or doubled.

1. Two and five consolidations at once: the register is as after one, nothing is left over, each ends in words.
2. Bytes of the register that a disk has flipped: read as ever, or refused in words; never an unexpected error.
"""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kohyo.cli.app import app
from kohyo.excel.ooxml.atomic_write import is_left_over
from kohyo.model.outcome import Outcome
from tests.usecases.small import DEPARTMENTS, Small

UNEXPECTED = ("思いがけない誤り", "Traceback")


def _started(root: Path, command: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "kohyo", command, str(root)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # noqa: S603 - our own command


@pytest.mark.parametrize("count", [2, 5])
def test_runs_at_once(small: Small, count: int) -> None:
    """Consolidations and a status among them; what was busy is done by running it again (1)."""
    for department in DEPARTMENTS:
        small.send(department, {"2-1": {"schedule_2031": f"{department}の予定。"}})
    runs = [_started(small.root, "status" if number == 1 else "consolidate") for number in range(count)]
    said = [run.communicate(timeout=300)[0].decode() for run in runs]
    assert {run.returncode for run in runs} <= {0, 1, 3}
    assert [text for text in said if any(word in text for word in UNEXPECTED)] == []
    small.consolidate()
    assert set(small.outcomes().values()) <= {Outcome.ACCEPTED, Outcome.CONFLICT}
    assert len(small.outcomes()) == len(DEPARTMENTS)
    told = [(change.item, change.field, change.new, change.place.file) for change in small.register().changes]
    assert len(told) == len(set(told))
    assert [path for path in small.root.rglob("*") if is_left_over(path.name)] == []
    assert not small.workspace.under_way.exists()


def test_flipped_bytes(small: Small) -> None:
    """In the register, at two dozen places (2)."""
    small.send("市民局")
    small.consolidate()
    sound = small.workspace.register.read_bytes()
    chosen = random.Random(7)  # noqa: S311 - places to harm
    ends = set()
    for _ in range(24):
        harmed = bytearray(sound)
        harmed[chosen.randrange(len(sound))] ^= 1 << chosen.randrange(8)
        small.workspace.register.write_bytes(bytes(harmed))
        done = CliRunner().invoke(app, ["resolve", str(small.root)])
        assert not any(word in done.output for word in UNEXPECTED), done.output
        ends.add(done.exit_code)
    assert 3 in ends
