"""What 控え and 版 keep (控えの診断): what is whole, what is made anew by itself, what a person must mend."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kohyo.definition.load import load_toml
from kohyo.errors import KohyoError
from kohyo.excel.register_book.history_copy import is_whole
from kohyo.excel.register_book.last_state import read_state
from kohyo.excel.register_book.register_files import history_copy, last_state, last_state_copy
from kohyo.workspace.folder import Workspace
from kohyo.workspace.journal import damaged_lines
from kohyo.workspace.kept_twice import kept_twice
from kohyo.workspace.known_definition import halves_to_mend
from kohyo.workspace.observation import Observation, State, seen
from kohyo.workspace.register_copies import definition_copies, register_copies
from kohyo.workspace.versions import definition_of, is_as_written, version_files


def look_at_kept(workspace: Workspace) -> Iterator[Observation]:
    """Yield what is to be said of all that a workspace keeps besides the definition, the register and the bases."""
    yield from _answers(workspace)
    yield from _memory(workspace)
    yield from _copies(workspace)
    yield from _second_copies(workspace)
    lines = damaged_lines(workspace.journal)
    if lines:
        yield seen(State.KNOWN, "broken_journal", count=lines, file=workspace.journal.name)
    versions = [path for path in version_files(workspace) if not _is_sound(path) or not _is_as_frozen(path)]
    if versions:
        yield seen(State.DAMAGED, "broken_versions", count=len(versions), first=versions[0].name)


def _answers(workspace: Workspace) -> Iterator[Observation]:
    answers = next(kept for kept in kept_twice(workspace) if kept.folder == workspace.answers)
    broken = answers.broken()
    if broken:
        yield seen(State.DAMAGED, "broken_answers", count=len(broken), first=broken[0].name)


def _memory(workspace: Workspace) -> Iterator[Observation]:
    """Look at the last state, its copy, and the copy of the history that belongs to it."""
    place, copy_place = last_state(workspace.backups), last_state_copy(workspace.backups)
    if not place.exists() and not copy_place.exists():
        return
    state, copy = read_state(place), read_state(copy_place)
    known = state or copy
    if known is None:
        yield seen(State.DAMAGED, "broken_state")
        return
    if state is None or copy is None:
        yield seen(State.KNOWN, "state_from_copy" if copy else "state_without_copy")
    if known.history and not is_whole(history_copy(workspace.backups), known):
        yield seen(State.KNOWN, "broken_history", file=history_copy(workspace.backups).name)


def _copies(workspace: Workspace) -> Iterator[Observation]:
    """Look at the copies of the register and of the definition."""
    copies = register_copies(workspace)
    if copies:
        yield seen(State.SOUND, "copies", count=len(copies), last=copies[-1].path.name)
    broken = _broken(copy.path for copy in (*copies, *definition_copies(workspace)))
    if broken:
        yield seen(State.KNOWN, "broken_copies", count=len(broken), first=broken[0].name)


def _second_copies(workspace: Workspace) -> Iterator[Observation]:
    for kept in kept_twice(workspace):
        faults = kept.faults()
        if faults:
            yield seen(State.DAMAGED, "broken_second_copies", file=kept.copies.name, count=faults)
    halves = halves_to_mend(workspace)
    if halves:
        key = "broken_form_definitions" if all(halves.values()) else "lost_form_definitions"
        yield seen(State.DAMAGED, key, file=next(iter(halves)).name, count=len(halves))


def _is_as_frozen(version: Path) -> bool:
    """Tell whether a version and the definition of its time are as they were frozen."""
    definition = definition_of(version)
    try:
        return not definition.exists() or (is_as_written(version) and bool(load_toml(definition)))
    except (KohyoError, OSError):
        return False


def _broken(books: Iterable[Path]) -> list[Path]:
    """Return the workbooks of which not every byte is as it was written, by the sums in their archives."""
    return [path for path in books if not _is_sound(path)]


def _is_sound(book: Path) -> bool:
    try:
        with zipfile.ZipFile(book) as archive:
            return archive.testzip() is None
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return False
