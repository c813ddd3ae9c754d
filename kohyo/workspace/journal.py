"""The journal (作業の記録): what a command is about to write, on the disk before the first file changes.

While a command writes, 控え/作業中 holds its new files and a record of where they go. What is recorded and sealed can
be carried out by anybody at any time, and twice is as once; what is not sealed has changed nothing.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

from kohyo.excel.ooxml.atomic_write import ends_well, flush, flush_folder, replace_patiently, save_bytes

_RECORD = "record.json"
_BROKEN = (OSError, ValueError, KeyError, TypeError, AttributeError)


ABSENT = "absent"


class Doing(StrEnum):
    """What a step does with a file of the workspace."""

    PUT = "put"
    MOVE = "move"
    REMOVE = "remove"
    KEEP = "keep"  # behind the second copies


@dataclass(frozen=True)
class Step:
    """One file put in its place, moved or removed; paths are as seen from the workspace's folder.

    ``source`` is what is moved, or the name under which what is put lies among the files under way. ``expected`` is
    the SHA-256 of what is replaced or removed, where nothing else may be (``ABSENT`` where nothing stood), and
    ``after`` that of what replaces it.
    """

    doing: Doing
    target: str
    source: str = ""
    expected: str = ""
    after: str = ""


@dataclass(frozen=True)
class RegisterStep:
    """The register before and after, by SHA-256; with ``in_place`` it must not wait beside one that is open."""

    before: str
    after: str
    in_place: bool = False


@dataclass(frozen=True)
class Record:
    """What one command writes. Only a ``sealed`` record is complete and may be carried out."""

    command: str
    at: str
    steps: tuple[Step, ...] = ()
    register: RegisterStep | None = None
    sealed: bool = False
    undoes: str = ""
    """Identity of the record that this one took back."""
    asked: str = ""
    """What the command was asked for beside its name, where it does something else each time."""

    @property
    def identity(self) -> str:
        """What tells this record from the others: its command, its time and the register that it made."""
        return f"{self.command} {self.at} {self.register.after[:16] if self.register else ''}"

    def answers(self, command: str, asked: str = "") -> bool:
        """Tell whether this is what a command was asked for, so that one that was cut off need not do it again."""
        return (self.command, self.asked) == (command, asked)


def write_record(folder: Path, record: Record) -> None:
    """Write the record into the folder of what is under way, onto the disk; raise FileError when that cannot be."""
    save_bytes(folder / _RECORD, _line(record).encode("utf-8"))
    flush_folder(folder)


def read_record(folder: Path) -> Record | None:
    """Return the record of what is under way; None where there is none that can be understood."""
    return read_finished(folder / _RECORD)


def finish_record(folder: Path, finished: Path) -> None:
    """Say in one step that all of a record is done: it lies at ``finished`` from now on; raise OSError."""
    replace_patiently(folder / _RECORD, finished)


def read_finished(path: Path) -> Record | None:
    """Return the record that lies at ``path``; None where there is none that can be understood."""
    try:
        return _record(path.read_text(encoding="utf-8"))
    except _BROKEN:
        return None


def is_record(path: Path) -> bool:
    """Tell whether a file of what is under way is the record itself."""
    return path.name == _RECORD


def add_to_journal(path: Path, record: Record) -> None:
    """Write a record that was carried out behind the others, once; raise OSError when that cannot be done."""
    if read_journal(path)[-1:] == (record,):
        return
    with path.open("a+b") as stream:
        stream.write((b"" if ends_well(path) else b"\n") + _line(record).encode("utf-8") + b"\n")
    flush(path)


def read_journal(path: Path) -> tuple[Record, ...]:
    """Return every record that was carried out, in order; lines that cannot be understood are left out."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return ()
    return tuple(_understood(lines))


def damaged_lines(path: Path) -> int:
    """Return how many lines cannot be understood; 1 where there is something else than a file."""
    if path.exists() and not path.is_file():
        return 1
    with contextlib.suppress(OSError):
        lines = [line for line in path.read_bytes().split(b"\n") if line]
        return len(lines) - len(tuple(_understood(lines)))
    return 0


def _understood(lines: Iterable[bytes]) -> Iterable[Record]:
    for line in lines:
        try:
            yield _record(line.decode("utf-8"))
        except _BROKEN:
            continue


def _line(record: Record) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, separators=(",", ":"))


def _record(text: str) -> Record:
    data = json.loads(text)
    steps = tuple(Step(**{**step, "doing": Doing(step["doing"])}) for step in data["steps"])
    register = RegisterStep(**data["register"]) if data["register"] else None
    return replace(
        Record(data["command"], data["at"], sealed=bool(data["sealed"])),
        steps=steps,
        register=register,
        undoes=data.get("undoes", ""),
        asked=data.get("asked", ""),
    )
