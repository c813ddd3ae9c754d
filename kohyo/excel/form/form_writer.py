"""Writing the survey form (調査票) of one respondent: stamped where its shape allows, drawn otherwise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kohyo.definition.surveys import survey_plan
from kohyo.excel.form.drawn_form import drawn_form
from kohyo.excel.form.form_stamp import stamped_form
from kohyo.excel.ooxml.atomic_write import save_bytes
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan


def write_form(path: Path, plan: Plan, issue: IssuedForm, deadline: date) -> None:
    """Write the form of ``issue`` to ``path``, whole or not at all.

    Raises FileError when the file cannot be written, UsageError when a known value is too long for a cell.
    """
    save_bytes(path, form_bytes(plan, issue, deadline))


def form_bytes(plan: Plan, issue: IssuedForm, deadline: date) -> bytes:
    """Return the form as a workbook's bytes, the same bytes for the same input."""
    plan = survey_plan(plan, issue.survey)
    return stamped_form(plan, issue, deadline) or drawn_form(plan, issue, deadline).content
