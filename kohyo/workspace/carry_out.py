"""Carrying out (実行) what a record says, step by step; a step that is done already is done again without effect."""

from __future__ import annotations

import errno
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kohyo.errors import FileError
from kohyo.excel.ooxml.atomic_write import flush_folder, replace_patiently, shared_patience
from kohyo.excel.ooxml.exchange import exchange, give_back
from kohyo.excel.ooxml.file_status import file_sha256, holder
from kohyo.messages import describe_cause, wording
from kohyo.workspace.folder import Workspace
from kohyo.workspace.journal import ABSENT, Doing, Record, Step
from kohyo.workspace.notices import tell, tell_undone
from kohyo.workspace.second_copies import SecondCopies


@dataclass(frozen=True)
class Held:
    """A file that could not be written, moved or removed, and why in words."""

    path: Path
    why: str


def carry_out(workspace: Workspace, record: Record) -> tuple[Held, ...]:
    """Do every step that can be done; return the files that are held, each with its cause.

    Second copies come last, those of one kind together: what is kept of it is looked at once.
    """
    kept: dict[str, list[Step]] = defaultdict(list)
    for step in record.steps:
        kept[step.target if step.doing is Doing.KEEP else ""].append(step)
    works = [*([step] for step in kept.pop("", ())), *kept.values()]
    with shared_patience():
        left = [steps for steps in works if _carried_out(workspace, steps) is not None]
        again = (_carried_out(workspace, steps) for steps in left)  # what failed but once
        held = [found for found in again if found is not None]
    for folder in dict.fromkeys((workspace.root / step.target).parent for step in record.steps):
        flush_folder(folder)
    return tuple(held)


def _carried_out(workspace: Workspace, steps: Sequence[Step]) -> Held | None:
    """Do one step, or those that keep second copies of one kind; return what is held where that cannot be done."""
    step = steps[0]
    path = workspace.root / (step.source if step.doing is Doing.MOVE else step.target)
    try:
        return None if _done(workspace, steps) else Held(path, wording("notices.why.saved_since"))
    except OSError as error:
        return Held(path, describe_cause(error))
    except FileError as problem:  # the file that was to be replaced cannot be read
        cause = problem.__cause__
        return Held(path, describe_cause(cause if isinstance(cause, OSError) else OSError()))


def tell_held(held: tuple[Held, ...], root: Path, *, later: bool = False) -> None:
    """Name what could not be written, each cause in a sentence, and whether the next command does it (``later``)."""
    for why in dict.fromkeys(entry.why for entry in held):
        paths = [entry.path for entry in held if entry.why == why]
        name = paths[0].relative_to(root).as_posix()
        key = ("held" if len(paths) == 1 else "held_more") + ("_till_next" if later else "")
        tell_undone(key, path=name, count=len(paths), why=why)


def tell_untidied(error: OSError) -> None:
    """Say that everything is written, and that the next command tidies up, with the cause."""
    tell("untidied", why=describe_cause(error))


def tell_register_held(register: Path) -> None:
    """Name who has the register open, and the hidden file that says so."""
    held = holder(register)
    if held is not None:
        who = wording("notices.who.named" if held.who else "notices.who.unnamed", name=held.who)
        tell("register_held", path=register.name, who=who, lock=held.lock.name)


def _done(workspace: Workspace, steps: Sequence[Step]) -> bool:
    """Do a step; False where somebody saved meanwhile what it was to replace."""
    step = steps[0]
    target, source = workspace.root / step.target, workspace.root / step.source
    if step.doing is Doing.REMOVE:
        return _removed(target, step.expected)
    if step.doing is Doing.KEEP:
        return _kept(target, [workspace.root / each.source for each in steps])
    if step.doing is Doing.MOVE:
        return _moved(source, target)
    return _in_its_place(workspace.under_way / step.source, target, step)


def _in_its_place(source: Path, target: Path, step: Step) -> bool:
    if not source.exists():
        return True  # done already
    target.parent.mkdir(parents=True, exist_ok=True)
    if step.expected == ABSENT:
        return not target.exists() and _put(source, target)
    return _exchanged(source, target, step) if step.expected else _put(source, target)


def _moved(source: Path, target: Path) -> bool:
    """Move a file or a folder; where the target stands it is done already, and what lies there now came since."""
    if source.exists() and not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        _move(source, target)
    return True


def _put(source: Path, target: Path) -> bool:
    replace_patiently(source, target)
    return True


def _kept(copies: Path, paths: Iterable[Path]) -> bool:
    """Keep second copies of files that are in their places; one that is held is told by its own step."""
    SecondCopies(copies).add_files(path for path in paths if path.is_file())
    return True


def _removed(target: Path, expected: str) -> bool:
    """Remove a file, unless it is another by now: then somebody wrote it."""
    if target.exists():
        if file_sha256(target) != expected:
            return False
        target.unlink()
    return True


def _exchanged(source: Path, target: Path, step: Step) -> bool:
    """Replace a file that people edit, unless somebody saved it since: then theirs stands."""
    lies = file_sha256(source)
    if lies == step.after:
        return exchange(source, target, step.expected)
    if lies == step.expected:  # exchanged already, and cut off before the old one was removed
        source.unlink()
        return True
    give_back(source, target, step.after)
    return False


def _move(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.move(source, target)
