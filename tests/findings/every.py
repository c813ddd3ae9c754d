"""Every scene there is, by the code of the finding that it brings about."""

from __future__ import annotations

from tests.findings import answers, between, files, identities, lists, register, sheets, tables, teams, versions
from tests.findings.stage import SCENES

__all__ = [
    "SCENES",
    "answers",
    "between",
    "files",
    "identities",
    "lists",
    "register",
    "sheets",
    "tables",
    "teams",
    "versions",
]
