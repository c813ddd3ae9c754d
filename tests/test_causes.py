"""A file that the system refuses is told with its true cause.

1. Each cause by its name, on Windows by its own number first.
2. The line says where, why and what to do; what else was wrong is told as before.
3. What a command stumbles over without having thought of it is told likewise, and a mistake of ours stays one.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kohyo.errors import FileError, cause_of
from kohyo.messages import describe_cause, describe_problem
from kohyo.workspace.folder import Workspace
from kohyo.workspace.lock import working

ON_WINDOWS = {5: "denied_or_open", 32: "open", 39: "full", 53: "lost", 112: "full", 19: "read_only", 1117: "broken"}
WORDS = {
    errno.ENOSPC: "ディスクに空きがありません",
    errno.EROFS: "読み取り専用です",
    errno.EACCES: "権限がありません",
    errno.EIO: "異常です",
}


def _refusal(number: int) -> OSError:
    return OSError(number, os.strerror(number))


def _told(key: str, cause: Exception) -> str:
    problem = FileError(key, path=Path("台帳.xlsx"))
    problem.__cause__ = cause
    return describe_problem(problem)


@pytest.mark.parametrize(("number", "name"), ON_WINDOWS.items())
def test_windows_knows_better(number: int, name: str) -> None:
    """Whatever number of C's it is translated to (1)."""
    error = PermissionError(errno.EACCES, "denied")
    error.winerror = number  # type: ignore[attr-defined,unused-ignore] # Windows alone has it
    assert cause_of(error) == name


def test_what_is_no_refusal() -> None:
    """A file that is not there, and what is no matter of files (1)."""
    assert (cause_of(_refusal(errno.ENOENT)), cause_of(ValueError("x")), cause_of(None)) == ("", "", "")


@pytest.mark.parametrize(("number", "words"), WORDS.items())
@pytest.mark.parametrize("key", ["unwritable", "unreadable", "definition_open", "register_unwritable"])
def test_the_line(key: str, number: int, words: str) -> None:
    """It is one line with the file and the cause (2)."""
    line = _told(key, _refusal(number))
    assert line.startswith("台帳.xlsx")
    assert words in line
    assert "\n" not in line


def test_without_a_known_cause() -> None:
    """The line says what may be (2)."""
    assert "書き込みの権限があるか、ほかのソフトで開いていないか" in _told("unwritable", ValueError("x"))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_never_in_the_words_of_the_system(number: int) -> None:
    """Whatever the system says: a sentence of ours, whose end says what to do (1)."""
    told = describe_cause(_refusal(number))
    assert os.strerror(number) not in told
    assert told.endswith("もう一度実行してください。")


def _stumble(root: Path, error: OSError) -> None:
    with working(Workspace(root)):
        raise error


def test_what_a_command_stumbles_over(tmp_path: Path) -> None:
    """The file is named where the system names it, else the workspace (3)."""
    with pytest.raises(FileError) as found:
        _stumble(tmp_path, _refusal(errno.ENOSPC))
    assert describe_problem(found.value).startswith(f"{tmp_path} を読み書きできません。ディスクに空きがありません")
    with pytest.raises(FileError) as found:
        _stumble(tmp_path, PermissionError(errno.EACCES, "denied", "表.xlsx"))
    assert describe_problem(found.value).startswith("表.xlsx を読み書きできません。権限がありません")


def test_a_mistake_stays_one(tmp_path: Path) -> None:
    """A file that should be there and is not (3)."""
    with pytest.raises(FileNotFoundError):
        _stumble(tmp_path, FileNotFoundError(errno.ENOENT, "none", "表.xlsx"))


def test_a_folder_that_cannot_be_locked(tmp_path: Path) -> None:
    """That is told, and what to do (3)."""
    (tmp_path / ".kohyo.lock").mkdir()
    with pytest.raises(FileError) as found, working(Workspace(tmp_path)):
        pass
    assert found.value.key == "lock_unusable"
