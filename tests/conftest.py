"""What every test may use: the shipped plan, the demo; and what becomes of office tests without LibreOffice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from kohyo.definition.load import shipped
from kohyo.model.plan import Plan
from tests.office import presence

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_NOT_RUN = pytest.StashKey[list[str]]()


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
    return Demo(folder, json.loads(done.stdout.decode("cp932")), done.returncode)


@pytest.fixture
def demo_folder(demo: Demo, tmp_path: Path) -> Path:
    """Return a copy of the demo's folder that a test may change."""
    return Path(shutil.copytree(demo.folder, tmp_path / "見本"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip an office test where something that it needs is missing, or fail it where an office is required."""
    if item.get_closest_marker("office") is None or not presence.missing():
        return
    item.config.stash.setdefault(_NOT_RUN, []).append(item.nodeid)
    if presence.is_required():
        pytest.fail(presence.reason(), pytrace=False)
    pytest.skip(presence.reason())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Say after everything else, the summary included, how many office tests did not run."""
    yield
    count = len(session.config.stash.get(_NOT_RUN, []))
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if count and reporter is not None:
        reporter.write_line(presence.loud_line(count), red=True, bold=True)
