"""A worker (読取り係) that fails over some files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kohyo.excel.ooxml import worker


def faulty_worker(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """Put a worker in place that does ``body`` over files whose name holds 悪."""
    script = folder / "faulty.py"
    script.write_text(
        "import os, time\n"
        "from kohyo.excel.ooxml import worker_process\n"
        "read = worker_process.read_file\n"
        "def faulty(path, passwords=()):\n"
        f"    if '悪' in path.name:\n        {body}\n"
        "    return read(path)\n"
        "worker_process.read_file = faulty\n"
        "worker_process.serve()\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(worker, "COMMAND", [sys.executable, "-P", str(script)])
