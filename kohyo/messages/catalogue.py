"""The catalogue of wordings: one TOML file a subject, read once, when first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("kohyo") / "data" / "wording"


@cache
def section(subject: str) -> Mapping[str, Any]:
    """Return the whole catalogue of one subject (``data/wording/<subject>.toml``)."""
    return tomllib.loads((FOLDER / f"{subject}.toml").read_text(encoding="utf-8"))


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
