"""The catalogue of wordings: one TOML file a subject, read once, when first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


@cache
def section(subject: str) -> Mapping[str, Any]:
    """Return the whole catalogue of one subject (``data/wording/<subject>.toml``)."""
    return toml(folder() / f"{subject}.toml")


def toml(file: Path) -> Mapping[str, Any]:
    """Return what a file of the catalogue holds."""
    import tomllib  # noqa: PLC0415 - the worker needs hardly any words, and its start takes as long as many files

    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def folder() -> Path:
    """Return where the catalogue lies: beside the code, which is never run from an archive."""
    return Path(__file__).parents[1] / "data" / "wording"


def wording(key: str, /, **fields: object) -> str:
    """Return the wording ``subject.table.name`` with its ``{field}`` filled in; raise KeyError for none."""
    template = _template(key)
    return template.format(**fields) if fields else template


@cache
def _template(key: str) -> str:
    subject, *path = key.split(".")
    found: Any = section(subject)
    for step in path:
        found = found[step]
    if not isinstance(found, str):
        raise KeyError(key)
    return found
