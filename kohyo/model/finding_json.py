"""Findings as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON can hold it."""
    return {**asdict(finding), "place": finding.place._asdict(), "context": dict(finding.context)}


def finding_from_json(data: Mapping[str, Any]) -> Finding:
    """Return the finding that ``finding_to_json`` put down; raise what a wrong value raises for anything else."""
    return Finding(Code(data["code"]), Place(**data["place"]), data["field"], data["value"], data["context"])
