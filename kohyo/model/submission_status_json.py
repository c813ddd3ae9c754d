"""Submission statuses as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from kohyo.model.issued_form import Ask
from kohyo.model.submission_status import MovedDeadline, State, StillOut, SubmissionStatus


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


def still_out_to_json(out: StillOut) -> dict[str, Any]:
    """Return what is still out of an earlier survey as JSON can hold it."""
    return {"form": out.form, "survey": out.survey, "owing": list(map(status_to_json, out.owing))}


def still_out_from_json(data: Mapping[str, Any]) -> StillOut:
    """Return what ``still_out_to_json`` put down; raise what a wrong value raises for anything else."""
    return StillOut(data["form"], data["survey"], tuple(map(status_from_json, data["owing"])))


def moved_to_json(moved: MovedDeadline) -> list[str]:
    """Return a deadline that was moved as JSON can hold it."""
    return [moved.form, moved.sent.isoformat(), moved.defined.isoformat()]


def moved_from_json(data: Sequence[str]) -> MovedDeadline:
    """Return what ``moved_to_json`` put down; raise what a wrong value raises for anything else."""
    form, sent, defined = data
    return MovedDeadline(form, date.fromisoformat(sent), date.fromisoformat(defined))
