"""Drafts (案): files that people go on working on; what somebody changed is never written over or removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kohyo.workspace.session import Session


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
) -> Drafts:
    """Write drafts by their names below ``folder``; those written before, ``among`` those asked for, are removed.

    Only what kohyo wrote and nobody changed is written over or removed; ``record`` keeps what it wrote. Raises
    FileError when a draft or the record cannot be written.
    """
    files, ours = current.files, load_record(record)
    changed = changed_drafts(folder, ours, drafts)
    gone = [name for name in sorted(ours.keys() - drafts.keys() - changed) if among(name)]
    for name in gone:
        files.remove(folder / name)
    written = [name for name in drafts if name not in changed]
    for name in written:
        files.put(folder / name, drafts[name], guarded=True)
    others = {name: digest for name, digest in ours.items() if not among(name)}
    digests = {**others, **{name: digest_of(drafts[name]) for name in written}}
    files.put(record, json.dumps(digests, ensure_ascii=False, indent=1).encode("utf-8"))
    return Drafts(tuple(folder / name for name in written), tuple(folder / name for name in drafts if name in changed))


def changed_drafts(folder: Path, ours: Mapping[str, str], drafts: Mapping[str, bytes]) -> set[str]:
    """Return the names of files that are there and are not as kohyo wrote them; what cannot be read is among them."""
    names = ours.keys() | drafts.keys()
    return {name for name in names if (folder / name).exists() and _digest_of_file(folder / name) != ours.get(name)}


def digest_of(data: bytes) -> str:
    """Return the digest that the record keeps of a draft."""
    return hashlib.sha256(data).hexdigest()


def _digest_of_file(path: Path) -> str:
    """Return the digest of a draft, none of one that cannot be read: nobody knows whether it was changed."""
    try:
        return digest_of(path.read_bytes())
    except OSError:
        return ""


def load_record(path: Path) -> dict[str, str]:
    """Return the record of the drafts as kohyo wrote them: name to digest."""
    try:
        return {str(name): str(digest) for name, digest in json.loads(path.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}
