"""A real cluster on the loopback: a scheduler and three workers do with the demo what one process alone does."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

import kohyo
from kohyo.errors import UsageError
from kohyo.usecases.consolidate import Consolidated
from kohyo.workspace.cluster import Cluster, cluster
from kohyo.workspace.folder import Workspace
from kohyo.workspace.notices import listening
from tests.cli.running import Console, run_alone
from tests.tools.manual_year import send_june
from tests.usecases.scheduler import Running, running

_Done = TypeVar("_Done")
_WORKERS = 3
_DEADLY = 2
"""Which batch takes its worker down."""

_BOOKS = ("体系表", "スケジュール", "財政見通し")
_ONLY = tuple(word for book in _BOOKS for word in ("--only", book))


class Sent:
    """The demo's workspace when the forms are back and nothing is taken in, and what one process alone makes of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder / "作業"
        self._now = send_june(self._root, folder / "一覧.tsv")
        self.alone = self.consolidated("一人", None)

    def consolidated(self, name: str, executor: Executor | None) -> Taken:
        """Consolidate a copy of the workspace."""
        root = Path(shutil.copytree(self._root, self._folder / name / self._root.name))
        return Taken(root, kohyo.consolidate(root, self._now, executor=executor))


class Taken:
    """A workspace that was consolidated, and what was told."""

    def __init__(self, root: Path, told: Consolidated) -> None:
        self.root = root
        self.told = told

    @property
    def register(self) -> bytes:
        """The register to the byte."""
        return Workspace(self.root).register.read_bytes()


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """Return a console in this process."""
    return Console(capsys, monkeypatch)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Send the demo's forms out and let them come back."""
    return Sent(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run a scheduler with three workers."""
    with running(tmp_path_factory.mktemp("three"), _WORKERS) as found:
        yield found


def test_a_cluster_makes_the_same_register(sent: Sent, three: Running) -> None:
    """Register, report and what is told are those of one process alone, to the byte."""
    with cluster(three.address) as executor:
        together = sent.consolidated("分担", executor)
    assert together.register == sent.alone.register
    assert together.told.findings == sent.alone.told.findings
    assert together.told.report.read_bytes() == sent.alone.told.report.read_bytes()


def test_workers_may_die(sent: Sent, tmp_path: Path) -> None:
    """One worker is killed over a batch, which another reads: nobody sees it. Then a batch kills all that are left.

    What no worker is left to read this process reads: one finding more, and the same register.
    """
    with running(tmp_path, _WORKERS) as found, cluster(found.address) as executor:
        one_less = sent.consolidated("一つ途絶", Deadly(executor, tmp_path / "died"))
        assert sum(worker.poll() is None for worker in found.workers) == _WORKERS - 1
        without = sent.consolidated("みな途絶", Deadly(executor))
        assert [worker.wait() for worker in found.workers] == [-signal.SIGKILL] * _WORKERS
    assert one_less.register == without.register == sent.alone.register
    assert one_less.told.findings == sent.alone.told.findings
    (more,) = (finding for finding in without.told.findings if finding not in sent.alone.told.findings)
    assert more.code == "K170"


def test_the_scheduler_itself_may_be_lost(sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a scheduler this process does what is left."""
    monkeypatch.setattr("kohyo.workspace.cluster._SECONDS", 5)
    with running(tmp_path, 1) as found, cluster(found.address) as executor, listening() as told:
        deadly = Deadly(executor, victim=found.scheduler.pid)
        made = kohyo.make_tables(sent.alone.root, _BOOKS, executor=deadly)
    assert all(book.exists() for book in made.books)
    assert 1 <= len(told.sentences) <= len(made.books)


def test_forms_and_tables_by_command(sent: Sent, three: Running, console: Console) -> None:
    """``--scheduler`` writes the forms and the tables that are written without it."""
    root = sent.alone.root
    forms = {path.name: path.read_bytes() for path in Workspace(root).forms.iterdir()}
    shutil.rmtree(Workspace(root).forms)
    assert console.run("distribute", root, "--anyway", "--scheduler", three.address).code in (0, 1)
    assert {path.name: path.read_bytes() for path in Workspace(root).forms.iterdir()}.keys() == forms.keys()
    assert console.run("tables", root, *_ONLY).code == 0
    twins = {path.name: path.read_bytes() for path in Workspace(root).data.iterdir()}
    shutil.rmtree(Workspace(root).results)
    ran = console.run("tables", root, *_ONLY, "--scheduler", three.address)
    assert (ran.code, ran.err) == (0, "")
    assert {path.name: path.read_bytes() for path in Workspace(root).data.iterdir()} == twins


def test_local_workers(sent: Sent) -> None:
    """``local`` makes workers on this machine, and ends them."""
    ran = run_alone("tables", sent.alone.root, *_ONLY, "--scheduler", "local")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("tcp://127.0.0.1:1", "tcp://127.0.0.1:1 に、仕事を配る計算機（daskのスケジューラ）が見つかりません。"),
        ("どこか", "どこか に、仕事を配る計算機（daskのスケジューラ）が見つかりません。"),
    ],
)
def test_nobody_answers(sent: Sent, console: Console, monkeypatch: pytest.MonkeyPatch, address: str, line: str) -> None:
    """An address at which nothing is costs one line."""
    monkeypatch.setattr("kohyo.workspace.cluster._SECONDS", 1)
    ran = console.run("tables", sent.alone.root, "--scheduler", address)
    assert ran.code == 2
    assert ran.err.startswith(line)
    assert ran.err.count("\n") == 1


def test_nobody_works(sent: Sent, tmp_path: Path, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler without any worker costs one line."""
    monkeypatch.setattr("kohyo.workspace.cluster._SECONDS", 2)
    with running(tmp_path, 0) as found:
        ran = console.run("tables", sent.alone.root, "--scheduler", found.address)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "手の空いた計算機（ワーカー）がありません。" in ran.err


def test_another_version_works_there(three: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers with another kohyo are not asked to read."""
    monkeypatch.setattr(kohyo, "__version__", "9.9")
    with pytest.raises(UsageError, match=r"kohyo 9\.9 が入っていません"), cluster(three.address):
        pytest.fail("it was opened")


def test_without_the_extra(sent: Sent, console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where dask is not installed, a line says how to."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = console.run("tables", sent.alone.root, "--scheduler", "local")
    assert ran.code == 2
    assert ran.err == (
        '複数の計算機に分けて働く部品が入っていません。コマンドで pip install "kohyo[scale]" を実行してください。\n'
    )


class Deadly(Executor):
    """A cluster one of whose batches kills the worker that takes it: once, or whoever takes it; or the scheduler."""

    tries = Cluster.tries

    def __init__(self, executor: Executor | None, once: Path | None = None, victim: int = 0) -> None:
        assert executor is not None
        self._executor = executor
        self._once = once
        self._victim = victim
        self._sent = 0

    @property
    def is_alive(self) -> bool:
        """Whether the cluster lives."""
        return bool(getattr(self._executor, "is_alive", False))

    def submit(self, fn: Callable[..., _Done], /, *args: object, **kwargs: object) -> Future[_Done]:
        """Take a piece of work."""
        self._sent += 1
        job = partial(_deadly, self._once, self._victim, fn) if self._sent == _DEADLY else fn
        return self._executor.submit(job, *args, **kwargs)


def _deadly(once: Path | None, victim: int, job: Callable[..., _Done], *args: object) -> _Done:
    """Kill somebody, in the middle of the work; where it is to be ``once``, do the work the next time."""
    if once is None or not once.exists():
        if once is not None:
            once.touch()
        os.kill(victim or os.getpid(), signal.SIGKILL)
    return job(*args)
