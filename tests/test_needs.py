"""Tests whose needs are missing are told, and fail the run where every test is required.

1. A test whose need is missing is skipped, and the last line says how many were, of which kind, and what to do.
2. Where every test is required a skip for any reason is a failure, and the last line says so.
3. A run in several processes says the same.
4. No test but through the fixture reads what lies beside the clone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import documents
from tests.needs import REQUIRED

ROOT = Path(__file__).parents[1]
_CONFTEST = """
import dataclasses
from tests import conftest, needs
here = {"office": True, "faults": True, "validator": True, "documents": False}
conftest.NEEDS = tuple(dataclasses.replace(need, is_here=lambda need=need: here[need.marker]) for need in needs.NEEDS)
"""
_TESTS = """
import pytest
@pytest.mark.documents
@pytest.mark.parametrize("number", [1, 2])
def test_documents(number):
    assert number
def test_other():
    {other}
"""


def _run(folder: Path, *, other: str, required: bool, workers: int = 0) -> tuple[int, list[str]]:
    """Run two tests that need documents that are missing, and another one; return exit code and lines."""
    (folder / "conftest.py").write_text(_CONFTEST, encoding="utf-8")
    (folder / "test_made_up.py").write_text(_TESTS.format(other=other), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), REQUIRED: str(int(required))}
    options = ["-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "-n", str(workers)]
    command = [sys.executable, "-m", "pytest", *options, "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder)]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, str(folder)], capture_output=True, check=False, encoding="utf-8", env=environment, cwd=folder
    )
    return done.returncode, done.stdout.rstrip().splitlines()


@pytest.mark.parametrize("workers", [0, 2])
def test_what_did_not_run_is_said_last(tmp_path: Path, workers: int) -> None:
    """The run succeeds; its last line counts (1, 3)."""
    code, lines = _run(tmp_path, other="pass", required=False, workers=workers)
    assert code == 0
    assert lines[-1].startswith("!!! 計画の文書での試験 2件を実行していません。要るもの：")
    assert lines[-2].startswith("1 passed, 2 skipped")


@pytest.mark.parametrize("workers", [0, 2])
def test_where_all_are_required_a_skip_fails(tmp_path: Path, workers: int) -> None:
    """A skip for another reason counts as well (2, 3)."""
    code, lines = _run(tmp_path, other="pytest.skip('他の訳')", required=True, workers=workers)
    assert code == 1
    assert lines[-1].startswith("!!! 飛ばした試験が3件あります。")
    assert lines[-2].startswith("!!! 計画の文書での試験 2件を")


def test_a_skip_for_another_reason_is_no_missing_need(tmp_path: Path) -> None:
    """Where nothing is required, a test that a platform cannot run is no loud matter (1, 2)."""
    code, lines = _run(tmp_path, other="pytest.skip('他の訳')", required=False)
    assert code == 0
    assert lines[-1].startswith("!!! 計画の文書での試験 2件を")


def test_only_the_fixture_reads_beside_the_clone() -> None:
    """No other source of the tests names the folder that lies beside the clone (4)."""
    step = '/ "' + documents.FOLDER.parent.name + '"'
    naming = [path.name for path in ROOT.glob("tests/**/*.py") if step in path.read_text(encoding="utf-8")]
    assert naming == ["documents.py"]
