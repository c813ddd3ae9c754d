"""A person saves 台帳.xlsx while a command writes it: whenever that happens, what the person wrote is not lost.

The save comes at the N-th touch of a file below the workspace, as Excel makes it: a new file beside, moved over the
old one, holding the register as it was when the person opened it and one edited cell. ``KOHYO_EVERY_MOMENT=1`` tries
every N, else a draw of them.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.errors import FileError
from kohyo.excel.ooxml import exchange
from kohyo.workspace.folder import Workspace
from tests.usecases.small import NOW, Small

EDIT = "電話で伺った文に直した。"
EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.truncate", "shutil.copyfile", "kohyo.exchange"}
EVERY = bool(os.environ.get("KOHYO_EVERY_MOMENT"))
DRAWN = 14

_watch: list[Callable[[str, tuple[object, ...]], None]] = []


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watch and event in EVENTS:
        _watch[-1](event, arguments)


sys.addaudithook(_hook)


class _Moments:
    """Counts what is done below a folder, and does something at one of the counts."""

    def __init__(self, folder: Path, moment: int, act: Callable[[], None]) -> None:
        self.count = 0
        self._folder, self._moment, self._act = str(folder), moment, act

    def __call__(self, _event: str, arguments: tuple[object, ...]) -> None:
        if any(str(argument).startswith(self._folder) for argument in arguments[:2]):
            self.count += 1
            if self.count == self._moment:
                _watch.append(lambda *_: None)  # what the person does is not counted
                self._act()
                _watch.pop()


@contextmanager
def _watched(moments: _Moments) -> Iterator[None]:
    _watch.append(moments)
    try:
        yield
    finally:
        _watch.clear()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which two departments answered, and something was consolidated before."""
    from tests.usecases.small import new_small  # noqa: PLC0415 - as the fixture of every test does

    small = new_small(tmp_path_factory.mktemp("meanwhile") / "作業")
    small.distribute()
    small.send("市民局", {"2-1": {"overview": "電話で予約する。"}})
    small.consolidate()
    small.send("企画財政局", {"1-1": {"overview": "毎年見直す。"}})
    return small.root


def _saver(register: Path) -> Callable[[], None]:
    """Return what saves the register as the person has it on the screen."""
    book = openpyxl.load_workbook(BytesIO(register.read_bytes()))
    sheet = book["項目"]
    column = next(cell.column for cell in sheet[1] if cell.value == "取組の内容")
    sheet.cell(4, column).value = EDIT
    out = BytesIO()
    book.save(out)

    def save() -> None:
        beside = register.with_name("8A3F2C10")
        beside.write_bytes(out.getvalue())
        beside.replace(register)

    return save


def _consolidated(root: Path, moment: int) -> int:
    """Consolidate with a save at a moment; return how many moments there were. Being told of it is fine."""
    moments = _Moments(root, moment, _saver(root / "台帳.xlsx"))
    with _watched(moments):
        try:
            kohyo.consolidate(root, now=NOW)
        except FileError as error:
            assert error.key in {"register_touched", "register_saved_since"}  # noqa: PT017 - only some may be told
    return moments.count


def _moments(root: Path) -> int:
    copy = root.parent / "勘定"
    shutil.copytree(root, copy)
    return _consolidated(copy, 0)


def test_no_moment_loses_an_edit(prepared: Path, tmp_path: Path) -> None:
    """After the command and the next one, the edit is in the register and the answers are, too."""
    every = range(1, _moments(prepared) + 1)
    last = every[-12:]  # around the exchange itself
    tried = every if EVERY else sorted({*random.Random(3).sample(every, DRAWN), *last})  # noqa: S311 - a draw of tests
    for moment in tried:
        root = tmp_path / str(moment) / "作業"
        shutil.copytree(prepared, root)
        assert _consolidated(root, moment) >= moment
        kohyo.consolidate(root, now=NOW)
        small = Small(Workspace(root))
        assert small.item("2-2").values["overview"] == EDIT, moment
        assert small.item("1-1").values["overview"] == "毎年見直す。", moment
        assert sorted(path.name for path in root.iterdir() if path.name.startswith("~")) == []
        shutil.rmtree(root.parent)
    assert len(tried) > DRAWN


def test_where_files_cannot_be_exchanged(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share that knows no exchange: a save before the last look is seen."""
    monkeypatch.setattr(exchange, "_swap", lambda *_: False)
    root = tmp_path / "作業"
    shutil.copytree(prepared, root)
    kohyo.consolidate(root, now=NOW)
    assert Small(Workspace(root)).item("1-1").values["overview"] == "毎年見直す。"


def test_exchange_gives_back_what_was_saved_since(tmp_path: Path) -> None:
    """A file that is not the expected one stays, and the new one stays beside it."""
    new, target = tmp_path / "新.xlsx", tmp_path / "旧.xlsx"
    new.write_bytes(b"new")
    target.write_bytes(b"saved since")
    assert not exchange.exchange(new, target, "0" * 64)
    assert (new.read_bytes(), target.read_bytes()) == (b"new", b"saved since")
    assert exchange.exchange(new, target, hashlib.sha256(target.read_bytes()).hexdigest())
    assert (new.exists(), target.read_bytes()) == (False, b"new")
