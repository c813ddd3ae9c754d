"""The state (状態) of a workspace, as the judge compares it.

It is what the register says, the bytes of every other file and whether it may be written; of 控え, whose files depend
on the way that led there, the names, without what only spares the next run its work.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import openpyxl

from kohyo.errors import KohyoError
from kohyo.excel.register_book.register_load import read_register
from kohyo.model.plan import Plan
from kohyo.model.register import Register

REGISTER, RETURNS, BACKUPS = "台帳.xlsx", "回収", "控え"

_STRAY = re.compile(r"^~(?!\$)|\.part$|\.part\.xlsx$|\.tmp$|\.new$|_書込み中\.xlsx$|_更新待ち\.xlsx$")
_LOCK = ".kohyo.lock"
_SPARED = (f"{BACKUPS}/変わりなし.json", f"{BACKUPS}/覚え/")
MEMORY = re.compile(rf"{BACKUPS}/台帳_(?:前回|前々回|次回)\.jsonl")
"""What is kept of the register to notice edits: the one serves as well as the other."""
_STAMP = re.compile(r"_\d{8}-\d{6}(?:_\d+)?(?=\.)")

_read: dict[str, Register] = {}
"""Registers that were read before, by the SHA-256 of their files."""


@dataclass(frozen=True)
class State:
    """What a workspace holds: its register, None where there is none, and its files by path."""

    register: Register | None
    files: Mapping[str, str]
    headings: tuple[object, ...] = ()
    """The headings of the register's sheets."""

    def differing(self, other: State) -> list[str]:
        """Return what is not the same in another state."""
        names = sorted(name for name in {*self.files, *other.files} if self.files.get(name) != other.files.get(name))
        same = (self.register, self.headings) == (other.register, other.headings)
        return [*([] if same else [REGISTER]), *names]


class BrokenRegisterError(Exception):
    """Raised for a register that is neither old nor new: it cannot be read."""


def state_of(root: Path, plan: Plan) -> State:
    """Return the state of a workspace; raise BrokenRegisterError when its register cannot be read."""
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and path.name != _LOCK]
    files: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        if _STRAY.search(path.name) or name == REGISTER or name.startswith(_SPARED):
            continue
        if name.startswith(f"{BACKUPS}/"):
            files[_STAMP.sub("", name)] = ""
        else:
            writable = "w" if path.stat().st_mode & stat.S_IWUSR else "-"
            files[name] = writable + hashlib.sha256(path.read_bytes()).hexdigest()
    register = register_of(root, plan)
    return State(register, files, _headings((root / REGISTER).read_bytes()) if register else ())


@lru_cache(maxsize=64)
def _headings(data: bytes) -> tuple[object, ...]:
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    return tuple((sheet.title, next(sheet.iter_rows(values_only=True), ())) for sheet in book.worksheets)


def register_of(root: Path, plan: Plan) -> Register | None:
    """Return what the register holds, None where there is none; raise BrokenRegisterError when it cannot be read."""
    path = root / REGISTER
    if not path.exists():
        return None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest not in _read:
        try:
            _read[digest] = read_register(path, plan, []).register
        except KohyoError as error:
            raise BrokenRegisterError(error.key) from error
    return _read[digest]


def strays(root: Path) -> list[str]:
    """Return the temporary files that lie in a workspace."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if _STRAY.search(path.name))


def returned(root: Path) -> dict[str, str]:
    """Return the files in 回収 with their digests."""
    paths = sorted((root / RETURNS).rglob("*"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()}


def digest_of(root: Path) -> str:
    """Return one digest of all that lies in a workspace, to the byte: a command ends alike where it is the same."""
    found = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        status = path.lstat()
        data = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
        found.update(f"{path.relative_to(root)}\t{status.st_mode}\t{data}\n".encode("utf-8", "surrogatepass"))
    return found.hexdigest()
