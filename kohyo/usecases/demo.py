"""Demo (見本): the whole cycle on the plan's items, with made-up answers and the usual trouble among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kohyo.definition.departments import split_names
from kohyo.definition.fields import all_fields, item_fields
from kohyo.definition.seed import demo_sent, demo_values, shipped_list
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.form.simulated_edits import copy_sheet, insert_row
from kohyo.excel.register_book import load_register
from kohyo.messages import wording
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.value import FieldValue
from kohyo.tables.table_books import official_book
from kohyo.usecases.consolidate import Consolidated, consolidate
from kohyo.usecases.distribute import distribute
from kohyo.usecases.import_items import import_items
from kohyo.usecases.new import DEFAULT_PLAN, new_workspace
from kohyo.usecases.status import Status, status
from kohyo.usecases.tables import make_tables
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.progress import Progress, silent

_SILENT_DEPARTMENTS = 2
_OVERVIEW = "overview"
_TITLE = "title"

_SHOWN_BOOKS = ("matrix", "item_list")
"""Of all the tables made, those to open first."""


@dataclass(frozen=True)
class Demonstrated:
    """What the demo made: the workspace, how many items and forms, the consolidation, the files to open."""

    workspace: Workspace
    items: int
    forms: int
    consolidated: Consolidated
    status: Status
    files: tuple[Path, ...]


def demo(root: Path, progress: Progress = silent) -> Demonstrated:
    """Run the whole cycle in an empty folder; raise UsageError when ``root`` already holds something."""
    workspace = new_workspace(root)
    items = import_items(root, _write_list(workspace)).added
    forms = distribute(root, progress=progress).forms
    _write_returns(workspace, progress)
    consolidated = consolidate(root, progress=progress)
    standing = status(root)
    books = make_tables(root).books
    shown = {official_book(name).file for name in _SHOWN_BOOKS}
    tables_shown = (path for path in books if path.name in shown)
    reports = (consolidated.report, standing.report, workspace.register)
    files = (*reports, *tables_shown, forms[0], *consolidated.sent_back)
    return Demonstrated(workspace, items, len(forms), consolidated, standing, files)


def _write_list(workspace: Workspace) -> Path:
    """Write the shipped list of items as the file that a secretariat would import."""
    path = workspace.root / wording("demo_cycle.list")
    lines = ("\t".join(row) for row in shipped_list(DEFAULT_PLAN))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _write_returns(workspace: Workspace, progress: Progress) -> None:
    """Write made-up returns of all departments but two into 回収, then bend some as people do."""
    plan = read_definition(workspace.definition)
    register = load_register(workspace.register, plan, backups=workspace.backups).register
    issues = list(load_bases(workspace.bases).values())
    answering = _in_order(plan, issues)[:-_SILENT_DEPARTMENTS]
    answers = {issue.department: _answered(plan, register, issue, at) for at, issue in enumerate(answering)}
    _spoil(plan, register, answers)
    due = plan.cycle.closes
    for issue in progress(list(answers.values()), wording("cli.progress.answers")):
        write_form(_returned_path(workspace, issue), plan, issue, due)
    _bend(workspace, list(answers.values()))


def _in_order(plan: Plan, issues: Sequence[IssuedForm]) -> list[IssuedForm]:
    order = {entry.name: place for place, entry in enumerate(plan.departments)}
    return sorted((one for one in issues if one.department in order), key=lambda issue: order[issue.department])


def _returned_path(workspace: Workspace, issue: IssuedForm) -> Path:
    return workspace.returns / wording("workbook.files.form", department=issue.department)


def _answered(plan: Plan, register: Register, issue: IssuedForm, place: int) -> IssuedForm:
    """Return the form as a careful clerk of the department at this place would send it back."""
    items = (_answered_sheet(plan, register, issue, sheet) for sheet in issue.sheets)
    sheets = tuple(
        sheet if sheet.item else replace(sheet, values={**sheet.values, **demo_sent(plan, sheet.kind, place)})
        for sheet in items
    )
    return replace(issue, sheets=sheets)


def _answered_sheet(plan: Plan, register: Register, issue: IssuedForm, sheet: IssuedSheet) -> IssuedSheet:
    item = register.item(sheet.item) if sheet.item else None
    if item is None:
        return sheet
    return replace(sheet, values={**sheet.values, **demo_values(plan, item, issue.department)})


def _spoil(plan: Plan, register: Register, answers: dict[str, IssuedForm]) -> None:
    """Put the usual located into the answers: a full-width number, an empty field, two departments that disagree."""
    names = list(answers)
    number = next((field.name for field in all_fields(plan) if field.type == "integer"), None)
    required = [field.name for field in item_fields(plan) if field.required and field.type == "multiline"]
    if number:
        answers[names[1]] = _with(answers[names[1]], {number: wording("demo_cycle.wide_number")})
    answers[names[2]] = _with(answers[names[2]], {required[-1]: None})
    shared = _shared_item(register, answers)
    if shared:
        item, department = shared
        said = wording("demo_cycle.disagreement", department=department)
        answers[department] = _with(answers[department], {required[1]: said}, item.id)


def _shared_item(register: Register, answers: Mapping[str, IssuedForm]) -> tuple[Item, str] | None:
    """Return an item that two departments which both answered own by name, and the second of them."""
    for item in register.items:
        named = [name for name in split_names(item.owners) if name in answers]
        if len(named) > 1:
            return item, named[-1]
    return None


def _with(issue: IssuedForm, values: Mapping[str, FieldValue], item: str = "") -> IssuedForm:
    """Return the form with values changed on the sheet of ``item``, by default its first item sheet."""
    target = item or next(sheet.item for sheet in issue.sheets if sheet.item)
    sheets = tuple(
        replace(sheet, values={**sheet.values, **values}) if sheet.item == target else sheet for sheet in issue.sheets
    )
    return replace(issue, sheets=sheets)


def _bend(workspace: Workspace, answers: Sequence[IssuedForm]) -> None:
    """Insert a row, copy a sheet as a new proposal, rename a file into a subfolder, add a file that is no workbook."""
    inserted, copied, renamed = answers[3], answers[4], answers[5]
    insert_row(_returned_path(workspace, inserted), inserted.sheets[0].tab, _OVERVIEW)
    proposal = {_TITLE: wording("demo_cycle.proposal_title"), _OVERVIEW: wording("demo_cycle.proposal_overview")}
    tab = copied.sheets[0].tab
    copy_sheet(_returned_path(workspace, copied), tab, wording("demo_cycle.copied_tab", tab=tab), proposal)
    subfolder = workspace.returns / wording("demo_cycle.subfolder")
    subfolder.mkdir(exist_ok=True)
    _returned_path(workspace, renamed).rename(subfolder / wording("demo_cycle.renamed"))
    (workspace.returns / wording("demo_cycle.no_workbook")).write_text(
        wording("demo_cycle.no_workbook_text"), encoding="utf-8"
    )
