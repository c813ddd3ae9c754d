"""What every test may use: the shipped plan, the demo; and what becomes of tests whose needs are missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kohyo.definition.load import shipped
from kohyo.model.plan import Plan
from tests.documents import texts
from tests.lint.judgement import judged
from tests.lint.validator import validator
from tests.lint.written_books import FOLDER as BOOKS
from tests.lint.written_books import begin, take
from tests.needs import NEEDS, all_required, failed_line

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def plan() -> Plan:
    """Return the plan that ships with the package."""
    return shipped("setagaya-r6")


@dataclass(frozen=True)
class Demo:
    """The demo as a user ran it: its folder, the JSON it printed, its exit code; the folder is never changed."""

    folder: Path
    data: dict[str, Any]
    code: int


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run ``kohyo demo --json`` once, on a Japanese console (cp932), in a folder with an odd name."""
    folder = tmp_path_factory.mktemp("demo") / "髙橋　作業 (1)" / "令和6年度"
    command = [sys.executable, "-m", "kohyo", "demo", "--to", str(folder), "--json"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp932"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603 - our own command
    for path in sorted({*folder.rglob("*.xlsx")} - {*(folder / "回収").rglob("*.xlsx")}):
        take(path.read_bytes())
    return Demo(folder, json.loads(done.stdout.decode("cp932")), done.returncode)


@pytest.fixture
def demo_folder(demo: Demo, tmp_path: Path) -> Path:
    """Return a copy of the demo's folder that a test may change."""
    return Path(shutil.copytree(demo.folder, tmp_path / "見本"))


@pytest.fixture(scope="session")
def documents() -> tuple[Path, ...]:
    """Return the texts of the plan's documents; a test that needs them is marked ``documents``."""
    return texts()


def pytest_configure(config: pytest.Config) -> None:
    """Take every workbook that a test lets kohyo write; the processes of a parallel run put theirs into one folder."""
    if not _is_worker(config):
        os.environ[BOOKS] = tempfile.mkdtemp(prefix="kohyo-books-")
    begin()


def _is_worker(config: pytest.Config) -> bool:
    """Whether this process runs a part of a parallel run's tests for another one."""
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test where something that it needs is missing."""
    for need in NEEDS:
        if item.get_closest_marker(need.marker) and not need.is_here():
            pytest.skip(need.reason())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    """Say after everything else, the summary included, what did not run; fail where every test must run."""
    yield
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or _is_worker(session.config):  # the process that started it does the telling
        return
    _judge_books(session, reporter)
    skipped = reporter.stats.get("skipped", [])
    for need in NEEDS:
        count = sum(need.marker in report.keywords and need.reason() in report.longrepr[2] for report in skipped)
        if count:
            reporter.write_line(need.loud_line(count), red=True, bold=True)
    if skipped and all_required():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(failed_line(len(skipped)), red=True, bold=True)


def _judge_books(session: pytest.Session, reporter: pytest.TerminalReporter) -> None:
    """Fail where Excel would repair or refuse a workbook that a test let kohyo write; name the test."""
    folder = Path(os.environ.pop(BOOKS))
    found = judged(folder, validating=all_required() and validator() is not None)
    if found.lines:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    else:
        shutil.rmtree(folder)
    for line in found.report():
        reporter.write_line(line, red=bool(found.lines), bold=bool(found.lines))
