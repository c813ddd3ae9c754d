"""Submission statuses as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from kohyo.model.issued_form import Ask
from kohyo.model.submission_status import State, SubmissionStatus


def status_to_json(status: SubmissionStatus) -> dict[str, Any]:
    """Return a respondent's standing as JSON can hold it."""
    return {**asdict(status), "deadline": status.deadline.isoformat()}


def status_from_json(data: Mapping[str, Any]) -> SubmissionStatus:
    """Return the standing that ``status_to_json`` put down; raise what a wrong value raises for anything else."""
    parts = {
        "state": State(data["state"]),
        "deadline": date.fromisoformat(data["deadline"]),
        "files": tuple(data["files"]),
        "absent": tuple(data["absent"]),
        "asks": tuple(Ask(**{**ask, "fields": tuple(ask["fields"])}) for ask in data["asks"]),
    }
    return SubmissionStatus(**{**data, **parts})
