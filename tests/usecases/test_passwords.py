"""Returned workbooks that a password locks (パスワード付きの回収票).

1. A locked return is read with a password that is kept, or typed, and says what it says without one.
2. Where none opens it, it is refused, and taken in once the password is there; it was never anything else.
3. The passwords come from the environment, from a file of the owner's alone, from a prompt; others' eyes are refused.
4. No password is written anywhere in the workspace, nor said.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import is_zipfile

import pytest

import kohyo
from kohyo.errors import FileError
from kohyo.model.outcome import Outcome
from kohyo.workspace.passwords import kept_passwords, password_file
from tests.excel.ooxml.builders import locked
from tests.excel.ooxml.packages import parts
from tests.usecases.small import Small

DEPARTMENT, NUMBER, SECRET = "企画財政局", "1-1", "ひみつの鍵9"
FIELD, SAID = "overview", "鍵のかかった答え。"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of passwords of a user who keeps none yet."""
    monkeypatch.delenv("KOHYO_PASSWORDS", raising=False)
    path = tmp_path / "設定" / "passwords.txt"
    path.parent.mkdir()
    monkeypatch.setenv("KOHYO_PASSWORD_FILE", str(path))
    return path


def _keep(path: Path, *passwords: str) -> None:
    path.write_text("\n".join(passwords) + "\n", encoding="utf-8")
    path.chmod(0o600)


def _send_locked(small: Small) -> Path:
    path = small.send(DEPARTMENT, {NUMBER: {FIELD: SAID}})
    path.write_bytes(locked(path.read_bytes(), SECRET))
    return path


def test_a_locked_return_says_the_same(small: Small, settings: Path) -> None:
    """With the password in the file, the answer is in the register, and it is said which password it was (1, 3)."""
    _send_locked(small)
    _keep(settings, "別の鍵", "", SECRET)
    found = small.consolidate().findings
    assert small.item(NUMBER).values[FIELD] == SAID
    assert [(finding.code, finding.value) for finding in found if finding.code in ("K149", "K124")] == [("K149", "2")]


def test_a_locked_return_waits_for_its_password(small: Small, settings: Path) -> None:
    """Without the password it is refused; once that is there, the next run takes it in (2)."""
    path = _send_locked(small)
    for _ in range(3):
        assert "K123" in {finding.code for finding in small.consolidate().findings}
    _keep(settings, "別の鍵")
    for _ in range(3):
        assert "K124" in {finding.code for finding in small.consolidate().findings}
    assert small.receipt(path.name).outcome is Outcome.UNREADABLE
    _keep(settings, "別の鍵", SECRET)
    small.consolidate()
    assert small.receipt(path.name).outcome is not Outcome.UNREADABLE
    assert small.item(NUMBER).values[FIELD] == SAID


def test_a_password_is_typed(small: Small, settings: Path) -> None:
    """A password that a person typed opens it, after those that are kept (1, 3)."""
    path = _send_locked(small)
    _keep(settings, "別の鍵")
    checked = kohyo.check([path], passwords=[SECRET])
    assert ("K149", "2") in {(finding.code, finding.value) for finding in checked.findings}


def test_passwords_of_the_environment_come_first(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line is a password, once, with its blanks; empty lines are none (3)."""
    monkeypatch.setenv("KOHYO_PASSWORDS", "一\n\n 二 \r\n三")
    _keep(settings, "三", "四")
    assert kept_passwords() == ("一", " 二 ", "三", "四")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_file_that_others_may_read_is_refused(settings: Path) -> None:
    """Passwords in everybody's sight stop the command before anything is read (3)."""
    _keep(settings, SECRET)
    settings.chmod(0o644)
    with pytest.raises(FileError) as caught:
        kept_passwords()
    assert caught.value.key == "passwords_open_to_others"


def test_a_file_that_is_no_text_is_refused(settings: Path) -> None:
    """A file of passwords in another code is named (3)."""
    settings.write_bytes("鍵".encode("cp932"))
    settings.chmod(0o600)
    with pytest.raises(FileError) as caught:
        kept_passwords()
    assert caught.value.key == "passwords_unreadable"


def test_the_file_is_looked_for_in_the_users_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a name of its own, the file lies among the user's settings, never in a workspace (3)."""
    monkeypatch.delenv("KOHYO_PASSWORD_FILE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert password_file() == tmp_path / "kohyo" / "passwords.txt"


def test_no_password_is_left_behind(small: Small, settings: Path) -> None:
    """Nothing that was written holds the password, in no part of any workbook (4)."""
    _send_locked(small)
    _keep(settings, SECRET)
    result = small.consolidate()
    assert SECRET not in repr(result)
    contents = list(_contents(small.root))
    assert any(SAID.encode() in content for content in contents)
    assert not any(SECRET.encode() in content for content in contents)


def _contents(folder: Path) -> Iterator[bytes]:
    """Yield every file of a folder, a workbook part by part."""
    for path in folder.rglob("*"):
        if path.is_file() and is_zipfile(path):
            yield from parts(path).values()
        elif path.is_file():
            yield path.read_bytes()
