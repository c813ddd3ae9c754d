"""What is remembered (覚え): what took long to find out, with the mark of all that it was found out from.

It only spares work. Where it is gone, of something else, altered or cut off, it counts for nothing, and what it says
is found out again; where it cannot be written, the next command does without.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from kohyo import __version__
from kohyo.workspace.folder import Workspace


def mark_of(digests: Iterable[str]) -> str:
    """Return the mark of what something is found out from, by its digests; another version finds out by itself."""
    return sha256("\n".join((__version__, *digests)).encode("utf-8")).hexdigest()


def recalled(workspace: Workspace, name: str, mark: str) -> bytes | None:
    """Return what is remembered under a name with this mark, None where that is nothing whole."""
    try:
        head, _, data = _path(workspace, name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if head == _head(mark, data) else None


def remember(workspace: Workspace, name: str, mark: str, data: bytes) -> None:
    """Remember this under a name in the place of what was; the workspace must be locked."""
    path = _path(workspace, name)
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_head(mark, data) + b"\n" + data)


def _head(mark: str, data: bytes) -> bytes:
    return f"{mark} {sha256(data).hexdigest()}".encode()


def _path(workspace: Workspace, name: str) -> Path:
    return workspace.remembered / f"{name}.json"
