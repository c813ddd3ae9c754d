"""Drafts (案): files that people go on working on; what somebody changed is never written over or removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kohyo.workspace.session import Session


@dataclass(frozen=True)
class Made:
    """What the record tells of a draft: how kohyo wrote it, and on what occasion.

    ``day`` is the day that it bears, ``on`` the day on which it was made, ``form`` the control number of the form that
    it goes with; all are empty where a draft has none, ``on`` also where an older kohyo made it.
    """

    digest: str = ""
    day: str = ""
    on: str = ""
    form: str = ""


@dataclass(frozen=True)
class Drafts:
    """The drafts as they lie now: written or still right, and those that somebody changed, which are left alone."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]


def put_drafts(
    current: Session,
    folder: Path,
    record: Path,
    drafts: Mapping[str, bytes],
    among: Callable[[str], bool] = lambda _: True,
    *,
    made: Mapping[str, Made] | None = None,
) -> Drafts:
    """Write drafts by their names below ``folder``; those written before, ``among`` those asked for, are removed.

    Only what kohyo wrote and nobody changed is written over or removed; ``record`` keeps what it wrote, with what
    ``made`` tells of it. Raises FileError when a draft or the record cannot be written.
    """
    files, ours, told = current.files, load_record(record), made or {}
    changed = changed_drafts(folder, ours, drafts)
    gone = [name for name in sorted(ours.keys() - drafts.keys() - changed) if among(name)]
    for name in gone:
        files.remove(folder / name)
    written = [name for name in drafts if name not in changed]
    for name in written:
        files.put(folder / name, drafts[name], guarded=True)
    others = {name: entry for name, entry in ours.items() if not among(name)}
    new = {name: replace(told.get(name, Made()), digest=digest_of(drafts[name])) for name in written}
    files.put(record, json.dumps(_plain({**others, **new}), ensure_ascii=False, indent=1).encode("utf-8"))
    return Drafts(tuple(folder / name for name in written), tuple(folder / name for name in drafts if name in changed))


def changed_drafts(folder: Path, ours: Mapping[str, Made], drafts: Iterable[str]) -> set[str]:
    """Return the names of files that are there and are not as kohyo wrote them; what cannot be read is among them."""
    names = {*ours, *drafts}
    known = {name: entry.digest for name, entry in ours.items()}
    return {name for name in names if (folder / name).exists() and _digest_of_file(folder / name) != known.get(name)}


def digest_of(data: bytes) -> str:
    """Return the digest that the record keeps of a draft."""
    return hashlib.sha256(data).hexdigest()


def _digest_of_file(path: Path) -> str:
    """Return the digest of a draft, none of one that cannot be read: nobody knows whether it was changed."""
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return ""


def load_record(path: Path) -> dict[str, Made]:
    """Return the record of the drafts as kohyo wrote them, by name."""
    try:
        return {str(name): _made(told) for name, told in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _made(told: Any) -> Made:  # noqa: ANN401 - whatever the record holds
    """Return an entry; one that tells nothing but how it was written is its digest alone."""
    return Made(**{key: str(value) for key, value in told.items()}) if isinstance(told, dict) else Made(str(told))


def _plain(entries: Mapping[str, Made]) -> dict[str, object]:
    return {
        name: entry.digest
        if entry == Made(entry.digest)
        else {key: text for key, text in asdict(entry).items() if text}
        for name, entry in entries.items()
    }
