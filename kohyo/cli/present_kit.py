"""The kit that was made, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kohyo.cli.present import as_data, as_lines
from kohyo.messages import wording

if TYPE_CHECKING:
    from kohyo.usecases.kit import Kit

_MEGABYTE = 1_000_000


@as_lines.register
def _(result: Kit) -> list[str]:
    size = round(result.size / _MEGABYTE)
    versions = wording("text.list.joiner").join(result.versions)
    return [
        wording("kit.result.made", path=result.path, wheels=result.wheels, versions=versions, size=size),
        wording("kit.result.digest", file=wording("kit.files.hashes"), digest=result.digest),
        wording("kit.result.next"),
    ]


@as_data.register
def _(result: Kit) -> dict[str, Any]:
    return {
        "path": str(result.path),
        "wheels": result.wheels,
        "versions": list(result.versions),
        "size": result.size,
        "sha256": result.digest,
    }
