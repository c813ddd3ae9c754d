"""Bases made anew (配布時の控えの作り直し): what a form held as it went out, where every record of it is gone.

The register tells what it holds now and, through its history, what it held when the form went out. What is made from
that counts only where its mark is the form's own, as the form in 配布 bears it or the ledger in 変更履歴 tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from kohyo.definition.lives import lives
from kohyo.definition.surveys import survey_keys, survey_plan
from kohyo.errors import TextError
from kohyo.excel.register_book import load_register
from kohyo.excel.register_book.register_load import read_register
from kohyo.model.issued_form import IssuedForm
from kohyo.model.issued_form_json import with_mark
from kohyo.model.plan import Plan
from kohyo.model.register import ChangeKind, Register
from kohyo.register.replay import as_of
from kohyo.returns.after_end import ends_with_the_year
from kohyo.text.control_number import parse_control_number
from kohyo.usecases.distribute import items_of
from kohyo.usecases.issue_form import issue_for, open_issue
from kohyo.workspace.folder import Workspace
from kohyo.workspace.forms_out import form_files, forms_out
from kohyo.workspace.issued_forms import base_bytes, base_file
from kohyo.workspace.known_definition import plan_of
from kohyo.workspace.past_answers import PastAnswers, past_answers


def proved_bases(
    workspace: Workspace, plan: Plan | None = None, copy: Path | None = None, besides: Collection[str] = ()
) -> dict[str, bytes]:
    """Return the bases, by file name, that can be made anew and proved, without those that are known.

    They are made from the register, or a ``copy`` of it, by the ``plan`` or the definition as it stands. Raises
    FileError where one of these cannot be read.
    """
    if not (copy or workspace.register).is_file():
        return {}
    plan = plan or plan_of(workspace)
    register = _register_of(workspace, plan, copy)
    places = _ledger(register)
    marks = {control: str(register.changes[place].new or "") for control, place in places.items()}
    marks |= {form.control: form.mark for form in forms_out(form_files(workspace.forms), plan)}
    views = (survey_plan(plan, name) for name in survey_keys(plan))
    years = {view: past_answers(workspace, view, register) for view in views}
    found: dict[str, bytes] = {}
    for control, mark in marks.items():
        for view, past in years.items():
            held = ((one, ends_with_the_year(plan, one)) for one in _registers(plan, register, control))
            made = (_made_anew(view, one, control, replace(past, ends=ends)) for one, ends in held)
            issue = next((issue for issue in made if issue and issue.mark == mark), None)
            if issue and base_file(workspace.bases, issue).name not in besides:
                issue = replace(issue, issued_after=places.get(control))
                found[base_file(workspace.bases, issue).name] = base_bytes(issue)
    return found


def _ledger(register: Register) -> dict[str, int]:
    """Return where the history tells that a form went out, by control number."""
    return {row.item: place for place, row in enumerate(register.changes) if row.kind is ChangeKind.ISSUED}


def _registers(plan: Plan, register: Register, control: str) -> Iterator[Register]:
    """Yield the register, then as it was when the form went out, without and with what departments own of it."""
    yield register
    for row in register.changes:
        if row.kind is ChangeKind.ISSUED and row.item == control:
            past = as_of(plan, register, register.changes, row.at).register
            yield past
            yield replace(past, contributions=register.contributions)


def _register_of(workspace: Workspace, plan: Plan, copy: Path | None) -> Register:
    if copy is not None:
        return read_register(copy, plan, []).register
    return load_register(workspace.register, plan, backups=workspace.backups).edited


def _made_anew(plan: Plan, register: Register, control: str, years: PastAnswers) -> IssuedForm | None:
    """Return the form with this control number as it would go out from a register, None for one of another plan."""
    try:
        number = parse_control_number(control, plan.plan.code)
    except TextError:
        return None
    respondent = next((entry for entry in plan.departments if entry.code == number.department), None)
    form = next((entry for entry in plan.forms if entry.code == number.department), None)
    if respondent is not None:
        items = items_of(plan, register, respondent.name)
        years = replace(years, lives=lives(plan, register))
        return with_mark(issue_for(plan, respondent, items, number.round, years, register))
    return with_mark(replace(open_issue(plan, form, number.round), deadline=form.closes)) if form else None
