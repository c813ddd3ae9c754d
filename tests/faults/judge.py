"""What must hold after a command was cut off, failed, or wrote while a person saved; whatever does not, in a line."""

from __future__ import annotations

import errno
import hashlib
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl

from tests.faults.commands import HELD, Command, Workspaces
from tests.faults.harness import Call, Fault, Meddled, Ran
from tests.faults.state import (
    MEMORY,
    REGISTER,
    BrokenRegisterError,
    State,
    digest_of,
    register_of,
    returned,
    state_of,
    strays,
)

EVERY = os.environ.get("KOHYO_FAULTS") == "all"
"""Whether every call is tried, and not a draw."""

EDIT = "電話で伺った文に直した。"
CAUSES: Mapping[str, str] = {
    "ENOSPC": "空きがありません",
    "EIO": "装置かネットワークの異常",
    "EACCES": "権限がありません",
    "EROFS": "読み取り専用",
}
"""What a line must say of an error."""

_SPARED_BY: Mapping[str, tuple[str, ...]] = {
    "ENOSPC": ("rename", "exchange", "unlink", "rmdir", "chmod", "utime", "truncate"),
    "EACCES": ("write", "fsync", "chmod", "utime", "truncate"),
}
"""The calls to which an error cannot happen (as in ``meddle.c``)."""

_UNCHANGED = "台帳に、今回の内容は書いていません"
_TOLD_BESIDES = ("待っていた新しい台帳",)
"""What a failed command says was done before it came to its own work."""
_UNEXPECTED = ("思いがけない誤り", "Traceback")
AMPLE = 1 << 40
"""Bytes of a disk that everything fits on."""
_SHOWN = 4
_DEAD = -9


@dataclass(frozen=True)
class Trouble:
    """One thing that does not hold: of which kind, at which call of which command, and what was found."""

    kind: str
    command: str
    fault: Fault
    call: str
    found: str

    def __str__(self) -> str:
        """Say it in a line."""
        how = f"{self.fault.act} {os.strerror(self.fault.errno) if self.fault.errno else ''}".strip()
        stays = " for good" if self.fault.stays else ""
        return f"{self.command} #{self.fault.at} {how}{stays} [{self.call}] {self.kind}: {self.found}"


class Judge:
    """Runs a command undisturbed, then with faults, and tells what does not hold."""

    def __init__(self, meddled: Meddled, workspaces: Workspaces, command: Command) -> None:
        """Take the command; the undisturbed run is made when it is first needed."""
        self._meddled = meddled
        self._workspaces = workspaces
        self._command = command
        self._ended: dict[tuple[bool, str], tuple[Trouble, ...]] = {}
        """What did not hold after the next run, by whether that was the command again and by what it found."""

    @cached_property
    def normal(self) -> tuple[State, State, Ran]:
        """The state before, the state after an undisturbed run, and that run."""
        root = self._workspaces.copy(self._command)
        self._meddled.rehearse(self._command.words_in(root))
        root = self._workspaces.copy(self._command)
        before = state_of(root, self._command.plan)
        ran = self._run(root)
        if self._command.open:
            self._run_again(root)
        return before, state_of(root, self._command.plan), ran

    @property
    def calls(self) -> tuple[Call, ...]:
        """The calls of the undisturbed run."""
        return self.normal[2].calls

    @property
    def torn(self) -> list[int]:
        """Every call that writes."""
        return [call.number for call in self.calls if call.name == "write"]

    @property
    def different(self) -> list[int]:
        """The calls without those that only go on writing into the same file."""
        return [
            call.number
            for call, before in zip(self.calls, (None, *self.calls), strict=False)
            if before is None or (call.name, call.paths) != (before.name, before.paths)
        ]

    def points(self, many: int, seed: int = 0) -> list[int]:
        """Return the calls to try: all of them if asked for, else as many, drawn, the very last ones among them.

        Of a row of writes into one file, one is enough for a draw.
        """
        if EVERY:
            return [call.number for call in self.calls]
        known = self.different
        draw = random.Random(seed + len(known))  # noqa: S311 - a draw of tests
        last, rest = known[-1:], known[:-1]
        edges = [len(rest) * part // (many - 1) for part in range(many)]
        parts = [rest[low:high] for low, high in pairwise(edges)]
        return sorted({*last, *(draw.choice(part) for part in parts if part)})

    def cut_off(self, at: int) -> Iterator[Trouble]:
        """Kill the command at a call, within a write; yield what does not hold then, and after the next run."""
        yield from self._killed(Fault(at, "kill-half"))

    def unanswered(self) -> Iterator[Trouble]:
        """Kill the command as it is about to say what it did; yield what does not hold, and after it is asked again.

        What a command does another time when it is asked for again was done, and nobody knows it.
        """
        yield from self._killed(Fault(act="kill-answer"))

    def _killed(self, fault: Fault) -> Iterator[Trouble]:
        before, after, _ = self.normal
        root = self._workspaces.copy(self._command)
        received = returned(root)
        ran = self._run(root, fault)
        if ran.code != _DEAD:
            yield self._trouble("harness", fault, f"ended with {ran.code}")
        yield from self._sound(root, fault, (before, after), received)
        yield from self._said(fault, ran)
        yield from self._mended(root, fault, after)

    def rooms(self, many: int, seed: int = 0) -> list[int]:
        """Return as many sizes of a disk too small for the command, in bytes, each drawn from its part of the range."""
        peak = self._run(self._workspaces.copy(self._command), Fault(AMPLE, "room")).peak
        draw = random.Random(seed + peak)  # noqa: S311 - a draw of tests
        edges = [peak * part // many for part in range(many + 1)]
        return [draw.randrange(low, high) for low, high in pairwise(edges)]

    def full(self, room: int) -> Iterator[Trouble]:
        """Run the command where the disk has little room; yield what does not hold, and after a run with room."""
        yield from self.failing(Fault(room, "room", errno.ENOSPC, stays=True), "ENOSPC")

    def failing(self, fault: Fault, name: str) -> Iterator[Trouble]:
        """Let a call fail; yield what does not hold of what the command says, then, and after the next run."""
        before, after, _ = self.normal
        root = self._workspaces.copy(self._command)
        received, waits = returned(root), bool(strays(root))
        ran = self._run(root, fault)
        told = ran.code in (0, 1) and CAUSES[name] in ran.said  # what could not be done stands in the register as well
        yield from self._sound(root, fault, () if told else (before, after), received)
        yield from self._said(fault, ran)
        if not waits and _UNCHANGED in ran.said and self._is(root, after) and not self._is(root, before):
            yield self._trouble("untrue", fault, _line(ran.err))
        if ran.failed:
            yield from self._cause(root, fault, ran, CAUSES[name])
        yield from self._mended(root, fault, after, ended=ran.code in (0, 1))

    def person_saves(self, at: int) -> Iterator[Trouble]:
        """Let a person save the register at a call; yield what does not hold."""
        root = self._workspaces.copy(self._command)
        beside = root.with_name("edited.xlsx")
        beside.write_bytes(edited(root / REGISTER))
        save = f"cp '{beside}' '{root}/8A3F2C10' && mv '{root}/8A3F2C10' '{root}/{REGISTER}'"
        fault = Fault(at, "run", run=save)
        first = self._run(root, fault)
        second = self._meddled.run(["consolidate", str(root)], root)
        yield from self._said(fault, first)
        yield from self._said(fault, second)
        named = [path for path in root.rglob("*.xlsx") if path.name in first.said + second.said]
        if not any(_holds_edit(path) for path in (root / REGISTER, *named)):
            yield self._trouble("edit lost", fault, _line(first.said) or str(first.code))

    def _run(self, root: Path, fault: Fault | None = None) -> Ran:
        return self._meddled.run(self._command.words_in(root), root, fault or Fault())

    def _run_again(self, root: Path) -> Ran:
        """Run the command once more, after what was open is closed."""
        (root / HELD).unlink(missing_ok=True)
        return self._run(root)

    def _trouble(self, kind: str, fault: Fault, found: str) -> Trouble:
        return Trouble(kind, self._command.name, fault, self._call(fault), found)

    def _call(self, fault: Fault) -> str:
        """Return the call of a fault in words."""
        return next((f"{call.name} {' → '.join(call.paths)}" for call in self.calls if call.number == fault.at), "?")

    def _sound(
        self, root: Path, fault: Fault, known: Sequence[State], received: Mapping[str, str]
    ) -> Iterator[Trouble]:
        """Yield what is wrong right after the fault: a register neither old nor new, a return that changed."""
        try:
            register = register_of(root, self._command.plan)
            if known and register not in [state.register for state in known]:
                yield self._trouble("register", fault, "neither old nor new")
        except BrokenRegisterError as error:
            yield self._trouble("register", fault, f"cannot be read ({error})")
        everywhere = {hashlib.sha256(path.read_bytes()).hexdigest() for path in root.rglob("*") if path.is_file()}
        gone = [name for name, digest in received.items() if digest not in everywhere]
        there = returned(root)
        altered = [name for name, digest in there.items() if name in received and received[name] != digest]
        if gone or altered:
            yield self._trouble("returns", fault, f"{[*gone, *altered][:_SHOWN]}")

    def _mended(self, root: Path, fault: Fault, after: State, *, ended: bool = False) -> Iterator[Trouble]:
        """Run the command again, or another where it ``ended``; yield what is not as after an undisturbed run.

        Where the same was found before, to the byte, the same comes of it.
        """
        again = not (ended and self._command.once)
        found = again, digest_of(root)
        if found not in self._ended:
            self._ended[found] = tuple(self._not_mended(root, fault, after, again=again))
        call = self._call(fault)
        yield from (replace(trouble, fault=fault, call=call) for trouble in self._ended[found])

    def _not_mended(self, root: Path, fault: Fault, after: State, *, again: bool) -> Iterator[Trouble]:
        ran = self._run_again(root) if again else self._meddled.run(["next", str(root)], root)
        yield from self._said(fault, ran)
        if again and ran.code != self.normal[2].code:
            yield self._trouble("next run", fault, f"ended with {ran.code}: {_line(ran.err)}")
        try:
            differing = state_of(root, self._command.plan).differing(after)
            differing = [name for name in differing if name not in self._command.tells_once]
        except BrokenRegisterError as error:
            differing = [f"{REGISTER} ({error})"]
        if differing:
            told = _line(ran.err) if ran.code > 1 else ""
            found = f"{len(differing)}: {differing[:_SHOWN]} {told}".strip()
            yield self._trouble("next run", fault, found)
        left = strays(root)
        if left:
            yield self._trouble("stray", fault, f"{left[:_SHOWN]}")

    def _said(self, fault: Fault, ran: Ran) -> Iterator[Trouble]:
        for word in _UNEXPECTED:
            if word in ran.said:
                yield self._trouble("said", fault, _line(ran.err))

    def _cause(self, root: Path, fault: Fault, ran: Ran, cause: str) -> Iterator[Trouble]:
        """Yield where a failure is not told for what it is: in one line, or among what a person must look at."""
        lines = [line for line in ran.err.splitlines() if not line.startswith(_TOLD_BESIDES)]
        if ran.code > 1 and (len(lines) != 1 or cause not in ran.err):
            yield self._trouble("wrong cause", fault, _line(ran.err))
        elif ran.code in (0, 1) and cause not in ran.said and self._left_undone(root):
            yield self._trouble("not told", fault, f"{self._left_undone(root)[:_SHOWN]} {_line(ran.out)}")
        elif ran.code < 0:
            yield self._trouble("died", fault, str(ran.code))

    def _is(self, root: Path, state: State) -> bool:
        try:
            return register_of(root, self._command.plan) == state.register
        except BrokenRegisterError:
            return False

    def _left_undone(self, root: Path) -> list[str]:
        """Return what is not done, nothing where the rest waits for Excel anyway."""
        if self._command.open:
            return []
        try:
            differing = state_of(root, self._command.plan).differing(self.normal[1])
            return [name for name in differing if not MEMORY.fullmatch(name)]
        except BrokenRegisterError as error:
            return [str(error)]


def edited(register: Path) -> bytes:
    """Return the register as a person saves it who typed into one cell."""
    book = openpyxl.load_workbook(BytesIO(register.read_bytes()))
    sheet = book["項目"]
    column = next(cell.column for cell in sheet[1] if cell.value == "取組の内容")
    sheet.cell(4, column).value = EDIT
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def failures(at: int) -> Iterator[tuple[Fault, str]]:
    """Yield every failure of a call with the name of its error: each once, for good, and in a write that is torn."""
    for name in CAUSES:
        yield from _fails(at, name)
    yield from tears(at)


def tears(at: int, turn: int | None = None) -> Iterator[tuple[Fault, str]]:
    """Yield how a write is torn, with ``turn`` one way: the disk is full from then on, or did not take the rest."""
    ways = ((Fault(at, "tear", errno.ENOSPC, stays=True), "ENOSPC"), (Fault(at, "tear", errno.EIO), "EIO"))
    yield from ways if turn is None else ways[turn % len(ways) :][:1]


def failures_of(call: Call, turn: int | None = None) -> Iterator[tuple[Fault, str]]:
    """Yield the failures that can happen to a call, each once and for good; with ``turn`` one error of them.

    What cannot happen to it comes at a later call, where it is tried anyway.
    """
    names = [name for name in CAUSES if call.name not in _SPARED_BY.get(name, ())]
    for name in names if turn is None else [names[turn % len(names)]]:
        yield from _fails(call.number, name)


def _fails(at: int, name: str) -> Iterator[tuple[Fault, str]]:
    for stays in (False, True):
        yield Fault(at, "fail", getattr(errno, name), stays), name


def _holds_edit(path: Path) -> bool:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True)
    return any(EDIT in row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def _line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else ""
