"""Made-up returns (見本の回答): what departments send back in a demo's year, with the usual trouble among it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kohyo.definition.departments import split_names
from kohyo.definition.fields import all_fields, item_fields
from kohyo.definition.seed import demo_sent, demo_values
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.form.simulated_edits import copy_sheet, insert_row, write_beside
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.workspace.correction_files import correction_paths
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.progress import Progress

_LATE = 2
"""So many departments answer only when they are reminded."""
_OVERVIEW = "overview"
_TITLE = "title"


@dataclass(frozen=True)
class MadeUpReturns:
    """The departments of a demo: what they answer to the forms that went out, first in time, then late or mended."""

    workspace: Workspace
    plan: Plan
    register: Register

    def send(self, progress: Progress) -> None:
        """Put the returns of all departments but the late ones into 回収, some of them bent as people do."""
        answering = self._forms()[:-_LATE]
        answers = {issue.department: self._answered(issue, at) for at, issue in enumerate(answering)}
        self._spoil(answers)
        for issue in progress(list(answers.values()), wording("cli.progress.answers")):
            self._write(issue, "form")
        self._bend(list(answers.values()))

    def send_late(self) -> None:
        """Put the late returns into 回収, and what came back of the corrections, mended."""
        forms = self._forms()
        for at, issue in enumerate(forms[-_LATE:], start=len(forms) - _LATE):
            self._write(self._answered(issue, at), "form")
        issues = load_bases(self.workspace)
        for department in correction_paths(self.workspace, issues):
            own = [issue for issue in issues.values() if issue.correction and issue.department == department]
            self._write(self._answered(max(own, key=lambda issue: issue.round), -1), "correction")

    def _forms(self) -> list[IssuedForm]:
        """Return the forms of the first round in the order of the departments."""
        order = {entry.name: place for place, entry in enumerate(self.plan.departments)}
        issues = load_bases(self.workspace).values()
        own = (issue for issue in issues if issue.department in order and not issue.correction)
        return sorted(own, key=lambda issue: order[issue.department])

    def _write(self, issue: IssuedForm, name: str) -> None:
        path = self._path(issue, name)
        write_form(path, self.plan, issue, issue.deadline or self.plan.cycle.closes)

    def _path(self, issue: IssuedForm, name: str = "form") -> Path:
        file = wording(f"workbook.files.{name}", department=issue.department, round=issue.round)
        return self.workspace.returns / file

    def _answered(self, issue: IssuedForm, place: int) -> IssuedForm:
        """Return the form as a careful clerk of the department at this place would send it back."""
        return replace(issue, sheets=tuple(self._sheet(issue, sheet, place) for sheet in issue.sheets))

    def _sheet(self, issue: IssuedForm, sheet: IssuedSheet, place: int) -> IssuedSheet:
        item = self.register.item(sheet.item) if sheet.item else None
        made_up = demo_values(self.plan, item, issue.department) if item else demo_sent(self.plan, sheet.kind, place)
        return replace(sheet, values={**sheet.values, **made_up})

    def _spoil(self, answers: dict[str, IssuedForm]) -> None:
        """Put the usual into the answers: a full-width number, an empty field, two departments that disagree."""
        names = list(answers)
        number = next((field.name for field in all_fields(self.plan) if field.type == "integer"), None)
        required = [field.name for field in item_fields(self.plan) if field.required and field.type == "multiline"]
        if number:
            answers[names[1]] = _with(answers[names[1]], {number: wording("demo_cycle.wide_number")})
        answers[names[2]] = _with(answers[names[2]], {required[-1]: None})
        shared = self._shared_item(answers)
        if shared:
            item, department = shared
            said = wording("demo_cycle.disagreement", department=department)
            answers[department] = _with(answers[department], {required[1]: said}, item.id)

    def _shared_item(self, answers: Mapping[str, IssuedForm]) -> tuple[Item, str] | None:
        """Return an item that two departments which both answered own by name, and the second of them."""
        for item in self.register.items:
            named = [name for name in split_names(item.owners) if name in answers]
            if len(named) > 1:
                return item, named[-1]
        return None

    def _bend(self, answers: Sequence[IssuedForm]) -> None:
        """Insert a row, copy a sheet, write a memo, rename a file into a subfolder, add a file that is no workbook."""
        inserted, copied, renamed, noted = answers[3:7]
        insert_row(self._path(inserted), inserted.sheets[0].tab, _OVERVIEW)
        proposal = {_TITLE: wording("demo_cycle.proposal_title"), _OVERVIEW: wording("demo_cycle.proposal_overview")}
        tab = copied.sheets[0].tab
        copy_sheet(self._path(copied), tab, wording("demo_cycle.copied_tab", tab=tab), proposal)
        write_beside(self._path(noted), noted.sheets[0].tab, _TITLE, wording("demo_cycle.memo"))
        subfolder = self.workspace.returns / wording("demo_cycle.subfolder")
        subfolder.mkdir(exist_ok=True)
        self._path(renamed).rename(subfolder / wording("demo_cycle.renamed"))
        (self.workspace.returns / wording("demo_cycle.no_workbook")).write_text(
            wording("demo_cycle.no_workbook_text"), encoding="utf-8"
        )


def _with(issue: IssuedForm, values: Mapping[str, FieldValue], item: str = "") -> IssuedForm:
    """Return the form with values changed on the sheet of ``item``, by default its first item sheet."""
    target = item or next(sheet.item for sheet in issue.sheets if sheet.item)
    sheets = tuple(
        replace(sheet, values={**sheet.values, **values}) if sheet.item == target else sheet for sheet in issue.sheets
    )
    return replace(issue, sheets=sheets)
