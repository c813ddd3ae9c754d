"""A busy machine changes nothing but the time it takes (混んだパソコンでの取込み).

1. With four processes that never rest, the register and what is said are the same as without.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kohyo.model.finding import Finding
from kohyo.model.register import Register
from kohyo.workspace.folder import Workspace
from tests.usecases.small import Small

DEPARTMENTS = ("企画財政局", "市民局")
BUSY = 4


@contextmanager
def _busy_machine() -> Iterator[None]:
    """Let processes of their own keep every processor busy."""
    command = [sys.executable, "-c", "while True: pass"]
    others = [subprocess.Popen(command) for _ in range(BUSY)]  # noqa: S603 - our own words
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def _consolidated(sent: Path, root: Path) -> tuple[Register, tuple[Finding, ...]]:
    small = Small(Workspace(shutil.copytree(sent, root)))
    result = small.consolidate()
    return small.register(), tuple(result.findings)


def test_a_busy_machine_reads_the_same(small: Small, tmp_path: Path) -> None:
    """No file is refused for want of time, and none is listed otherwise (1)."""
    for department in DEPARTMENTS:
        small.send(department)
    (small.workspace.returns / "壊れた.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    calm = _consolidated(small.root, tmp_path / "静" / "作業")
    with _busy_machine():
        busy = _consolidated(small.root, tmp_path / "混" / "作業")
    assert busy == calm
    assert len(calm[0].receipts) >= len(DEPARTMENTS) + 1
