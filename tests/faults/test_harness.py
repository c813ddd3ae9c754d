"""The harness itself: it changes nothing by watching, counts alike every time, and does what it is asked to.

1. A command that is only watched ends as one that is not, in a process of its own and in a forked one.
2. Two runs make the same calls.
3. A process is killed before its call, after it, and in the middle of a write.
4. A call fails with its error, once or for good, where such an error can happen to it.
5. A command runs before the call, and is not counted.
6. What the judge calls a trouble is one: it tells a register that was spoiled, a return that was, a file left over.
7. What was left to the byte as once before is not run again, and told of each fault that left it.
8. A process is killed before it says anything on its standard output, after all it does to files.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kohyo.workspace.folder import Workspace
from tests.faults.commands import NAMED, Workspaces
from tests.faults.harness import Call, Fault, Meddled, Ran, run_alone
from tests.faults.judge import Judge, Trouble, failures_of
from tests.faults.state import state_of, strays
from tests.usecases.small import Small, new_small

pytestmark = pytest.mark.faults

CONSOLIDATE = NAMED["consolidate"]
_STEPS = """
import os, sys
from pathlib import Path
folder = Path(sys.argv[1])
(folder / "a").write_bytes(b"12345678")
try:
    (folder / "b").mkdir()
except OSError as error:
    print(error.errno)
try:
    (folder / "a").rename(folder / "c")
except OSError as error:
    print(error.errno)
print(sorted(path.name for path in folder.iterdir()))
"""
CALLS = [("open", "a"), ("write", "a"), ("mkdir", "b"), ("rename", "a")]


def _steps(library: Path, folder: Path, **fault: str) -> tuple[int, list[str], list[str]]:
    """Run a few steps in a folder; return exit code, what they printed, and what lies there."""
    folder.mkdir()
    wish = {f"MEDDLE_{name.upper()}": value for name, value in fault.items()}
    log = folder.with_name("steps.log")
    log.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "MEDDLE_BELOW": str(folder),
        "MEDDLE_LOG": str(log),
        **wish,
    }
    command = [sys.executable, "-c", _STEPS, str(folder)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment)  # noqa: S603 - our own steps
    return done.returncode, done.stdout.split("\n")[:-1], log.read_text(encoding="utf-8").splitlines()


def _plain(root: Path) -> None:
    """Consolidate with nothing loaded that meddles."""
    Small(Workspace(root)).consolidate()


def test_watching_changes_nothing(meddled: Meddled, workspaces: Workspaces) -> None:
    """A watched run ends as an unwatched one (1)."""
    root = workspaces.copy(CONSOLIDATE)
    _plain(root)
    plain = state_of(root, CONSOLIDATE.plan)
    root = workspaces.copy(CONSOLIDATE)
    ran = meddled.run(CONSOLIDATE.words_in(root), root)
    assert state_of(root, CONSOLIDATE.plan).differing(plain) == []
    assert ran.code == 1
    assert len(ran.calls) > 50
    assert not strays(root)


def test_forked_as_fresh(library: Path, meddled: Meddled, workspaces: Workspaces) -> None:
    """A fresh process says and does the same as one that is forked, and makes the same calls (1)."""
    command = NAMED["matrix"]
    root = workspaces.copy(command)
    forked = meddled.run(command.words_in(root), root)
    root = workspaces.copy(command)
    fresh = run_alone(library, command.words_in(root), root)
    assert (fresh.code, fresh.out, fresh.err) == (forked.code, forked.out, forked.err)
    assert _calls(fresh) == _calls(forked)
    assert (root / "結果" / "体系表.xlsx").is_file()


def _calls(ran: Ran) -> list[tuple[str, tuple[str, ...]]]:
    """Return the calls; how many writes a file takes may depend on its compressed length."""
    return [(call.name, call.paths) for call in ran.calls]


@pytest.mark.parametrize("name", ["new", "consolidate", "rollover"])
def test_counted_alike(name: str, meddled: Meddled, workspaces: Workspaces) -> None:
    """The N-th call of one run is that of the next (2)."""
    command = NAMED[name]
    runs = []
    for _ in range(2):
        root = workspaces.copy(command)
        runs.append(_calls(meddled.run(command.words_in(root), root)))
    assert len(runs[0]) > 15
    assert runs[0] == runs[1]


def test_every_call_is_counted(library: Path, tmp_path: Path) -> None:
    """What makes, writes, moves and marks, with its path (2)."""
    code, said, log = _steps(library, tmp_path / "f")
    calls = [line.split("\t") for line in log]
    assert [(name, Path(paths[0]).name) for _, name, *paths in calls] == CALLS
    assert (code, said) == (0, ["['b', 'c']"])


@pytest.mark.parametrize(
    ("act", "at", "there"),
    [("kill", 1, {}), ("kill-after", 1, {"a": b""}), ("kill", 2, {"a": b""}), ("kill-half", 2, {"a": b"1234"})],
)
def test_killed_at_a_call(act: str, at: int, there: dict[str, bytes], library: Path, tmp_path: Path) -> None:
    """Before it, after it, in the middle of it (3)."""
    code, _, _ = _steps(library, tmp_path / "f", act=act, at=str(at))
    assert code == -9
    assert {path.name: path.read_bytes() for path in (tmp_path / "f").iterdir()} == there


@pytest.mark.parametrize(
    ("number", "stays", "said"),
    [
        (errno.ENOSPC, False, [str(errno.ENOSPC), "['c']"]),
        (errno.ENOSPC, True, [str(errno.ENOSPC), "['c']"]),
        (errno.EROFS, False, [str(errno.EROFS), "['c']"]),
        (errno.EROFS, True, [str(errno.EROFS), str(errno.EROFS), "['a']"]),
    ],
)
def test_a_call_fails(number: int, stays: bool, said: list[str], library: Path, tmp_path: Path) -> None:  # noqa: FBT001 - a case
    """A full disk has room for a file that moves (4)."""
    wish = {"act": "fail", "at": "3", "errno": str(number), "stays": str(int(stays))}
    assert _steps(library, tmp_path / "f", **wish)[:2] == (0, said)


def test_an_error_waits_for_its_call(library: Path, tmp_path: Path) -> None:
    """A right that is missing is not missed in writing what is open (4)."""
    wish = {"act": "fail", "at": "2", "errno": str(errno.EACCES)}
    assert _steps(library, tmp_path / "f", **wish)[:2] == (0, [str(errno.EACCES), "['c']"])


def test_a_command_runs_in_between(library: Path, tmp_path: Path) -> None:
    """It finds what was there before the call (5)."""
    folder = tmp_path / "f"
    _, said, log = _steps(
        library, folder, act="run", at="4", run=f"cp '{folder}/a' '{folder}/d'; echo x > '{folder}/e'"
    )
    assert said == ["['b', 'c', 'd', 'e']"]
    assert (folder / "d").read_bytes() == b"12345678"
    assert len(log) == len(CALLS)


class _Spoiling(Meddled):
    """Runs nothing, and spoils the workspace instead."""

    def __init__(self, spoil: str) -> None:
        self._spoil = spoil
        self.undisturbed = 0

    def rehearse(self, words: object, now: object = None) -> None:
        """Leave it as it is."""

    def run(self, words: object, below: Path, fault: Fault = Fault(), now: object = None) -> Ran:  # noqa: ARG002, B008 - as in what it stands for
        target = below / self._spoil
        self.undisturbed += not fault.at
        if fault.at:
            target.write_bytes(b"spoiled")
        return Ran(-9 if fault.at else 0, "", "思いがけない誤り" if fault.at else "", (), ())


@pytest.mark.parametrize(
    ("spoil", "kinds"),
    [
        ("台帳.xlsx", {"register", "next run", "said"}),
        ("回収/一.xlsx", {"returns", "next run", "said"}),
        ("結果/~12345678.tmp", {"stray", "said"}),
        ("配布/別.xlsx", {"next run", "said"}),
    ],
)
def test_a_trouble_is_told(spoil: str, kinds: set[str], workspaces: Workspaces) -> None:
    """Each kind by its name (6)."""
    found = Judge(_Spoiling(spoil), workspaces, CONSOLIDATE).cut_off(1)
    assert {trouble.kind for trouble in found} == kinds


def test_the_same_is_not_run_again(workspaces: Workspaces) -> None:
    """Two faults that leave the same: one more run, and the troubles of both (7)."""
    spoiling = _Spoiling("配布/別.xlsx")
    judge = Judge(spoiling, workspaces, CONSOLIDATE)
    found = [list(judge.cut_off(at)) for at in (1, 2)]
    assert [[(trouble.kind, trouble.fault.at) for trouble in one] for one in found] == [
        [("said", at), ("next run", at)] for at in (1, 2)
    ]
    assert spoiling.undisturbed == 2  # the one to compare with, and the one after the faults


@pytest.mark.parametrize(
    ("call", "errors"),
    [
        ("open", {"ENOSPC", "EIO", "EACCES", "EROFS"}),
        ("write", {"ENOSPC", "EIO", "EROFS"}),
        ("rename", {"EIO", "EACCES", "EROFS"}),
        ("chmod", {"EIO", "EROFS"}),
    ],
)
def test_the_errors_of_a_call(call: str, errors: set[str]) -> None:
    """Those that can happen to it, each once and for good; in turn one of them (4)."""
    tried = list(failures_of(Call(7, call, ("a",))))
    assert {name for _, name in tried} == errors
    assert [fault.stays for fault, _ in tried] == [False, True] * len(errors)
    in_turn = [list(failures_of(Call(7, call, ("a",)), turn)) for turn in range(len(errors))]
    assert [pair for pairs in in_turn for pair in pairs] == tried


def test_killed_before_it_answers(library: Path, tmp_path: Path) -> None:
    """All files are made, and nothing was said (8)."""
    code, said, log = _steps(library, tmp_path / "f", act="kill-answer")
    assert (code, said, len(log)) == (-9, [], len(CALLS))


def test_a_trouble_in_words() -> None:
    """Command, call, error and what was found (6)."""
    trouble = Trouble("stray", "new", Fault(3, "fail", errno.EROFS, stays=True), "mkdir 控え", "~.tmp")
    assert str(trouble) == "new #3 fail Read-only file system for good [mkdir 控え] stray: ~.tmp"


def test_without_a_register_there_is_none(tmp_path: Path) -> None:
    """A folder that is to become a workspace has no register yet (6)."""
    assert state_of(tmp_path, CONSOLIDATE.plan).register is None
    assert state_of(new_small(tmp_path / "作業").root, CONSOLIDATE.plan).register is not None
