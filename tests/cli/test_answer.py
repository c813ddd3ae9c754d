"""The answer: what a command did stays known, and its workspace locked, until it was printed.

1. Asked again after its answer could not be printed, it says what it did and does no more; then it does.
2. That it could not be printed is said in one line, with the cause, in JSON as well.
3. Nobody else works in the workspace before the answer was printed; a program that runs one command after the other is
   not locked out by itself.
4. A command that fails after it found what was done forgets nothing of it.
5. Whatever goes on and on answers by itself.
6. Help and version that cannot be printed end in one line too; where not even that can be said, in their code.
"""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kohyo
from kohyo.cli.output import Door
from kohyo.errors import FileError
from kohyo.messages import wording
from kohyo.usecases.undo import Undone
from kohyo.workspace import lock
from kohyo.workspace.answer import answering
from kohyo.workspace.folder import Workspace
from tests.cli.running import Console
from tests.usecases.small import NOW, Small

NUMBER = "2-1"


class _Full(io.StringIO):
    """A screen that takes nothing."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


class StopError(Exception):
    """Whatever stops a program."""


@pytest.fixture(scope="module")
def twice_origin(small_origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Make a workspace in which two commands changed the register; never changed afterwards."""
    made = Small(Workspace(small_origin)).copied(tmp_path_factory.mktemp("twice"))
    for name in ("一", "二"):
        made.send("市民局", {NUMBER: {"overview": f"{name}度目の案。"}}, name=f"{name}.xlsx")
        made.consolidate()
    return made


@pytest.fixture
def twice(twice_origin: Small, tmp_path: Path) -> Small:
    """Return a copy of it that a test may change."""
    return twice_origin.copied(tmp_path)


def _stands(small: Small) -> object:
    return small.item(NUMBER).values["overview"]


@pytest.mark.parametrize("words", [(), ("--json",)], ids=["lines", "json"])
def test_an_answer_that_cannot_be_printed(
    words: tuple[str, ...], twice: Small, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Undo says again what it took back, and takes back the one before only when it is asked for once more (1, 2)."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", _Full())
        first = console.run("undo", twice.root, *words)
        sys.stdout.close()
    once = _stands(twice)
    assert first.code == 3
    (line,) = first.err.splitlines()
    assert "表示できませんでした" in line
    assert wording("errors.because.full") in line
    assert twice.workspace.finished.is_file()
    second = console.run("undo", twice.root, *words)
    assert (second.code, _stands(twice)) == (0, once)
    assert not twice.workspace.finished.exists()
    assert console.run("undo", twice.root, *words).code == 0
    assert _stands(twice) != once


def test_locked_until_it_is_answered(twice: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another one is told that the workspace is busy; what nobody was told is not forgotten (1, 3)."""
    monkeypatch.setattr(lock, "_SECONDS", 0)
    with ThreadPoolExecutor(1) as another, answering():
        kohyo.undo(twice.root, now=NOW)
        with pytest.raises(FileError) as busy:
            another.submit(kohyo.status, twice.root).result()
        assert busy.value.key == "busy"
    assert kohyo.status(twice.root).respondents


def test_one_command_after_the_other(twice: Small) -> None:
    """A program that asks for another command knows what the one before did (3)."""
    with answering():
        kohyo.undo(twice.root, now=NOW)
        assert twice.workspace.finished.is_file()
        once = _stands(twice)
        kohyo.undo(twice.root, now=NOW)
    assert _stands(twice) != once
    assert not twice.workspace.finished.exists()


@pytest.mark.parametrize(
    ("fails", "command"),
    [
        ("kohyo.workspace.status_report.submission_statuses", kohyo.status),
        ("kohyo.usecases.consolidate.stop_if_broken", kohyo.consolidate),
    ],
    ids=["status", "consolidate"],
)
def test_a_command_that_fails_forgets_nothing(
    twice: Small, monkeypatch: pytest.MonkeyPatch, fails: str, command: Callable[[Path], object]
) -> None:
    """What it found done was the answer to another question (4)."""
    first = _unanswered(twice)
    once = twice.workspace.register.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(fails, _stop)
        with pytest.raises(StopError):
            command(twice.root)
    again = kohyo.undo(twice.root, now=NOW)
    assert (again.command, again.at) == (first.command, first.at)
    assert twice.workspace.register.read_bytes() == once


def _unanswered(small: Small) -> Undone:
    """Take a command back, and stop before anybody was told."""
    undone = []

    def work() -> None:
        with answering():
            undone.append(kohyo.undo(small.root, now=NOW))
            raise StopError

    with pytest.raises(StopError):
        work()
    return undone[0]


def _stop(*_: object) -> None:
    raise StopError


def test_what_goes_on_answers_by_itself(twice: Small, capsys: pytest.CaptureFixture[str]) -> None:
    """While it waits for more, others work in the workspace (5)."""

    def work(_: object) -> object:
        undone = kohyo.undo(twice.root, now=NOW)
        assert not twice.workspace.finished.exists()
        return undone

    with pytest.raises(SystemExit) as ended:
        Door(json=False).stay(work)
    assert ended.value.code == 0
    assert capsys.readouterr().out


@pytest.mark.parametrize("words", [("--help",), ("status", "--help"), ("--version",)], ids=" ".join)
def test_help_that_cannot_be_printed(words: tuple[str, ...], console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says why, and no traceback (6)."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", _Full())
        ran = console.run(*words)
        sys.stdout.close()
    assert (ran.code, ran.err) == (3, wording("cli.no_help", why=wording("errors.because.full")) + "\n")


def test_nobody_to_tell(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where stderr takes nothing either, the code says it (6)."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", _Full())
        assert console.run("nonsense").code == 2
        sys.stderr.close()
