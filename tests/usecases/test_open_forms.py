"""Forms that anyone may fill (随時の様式): personal proposals and project teams, beside the departments' survey.

1  distribute writes each open form once, with its own deadline and only its own sheets
2  what people send back on copies of it becomes a submission each; nobody is expected, nothing is in conflict
3  its cover counts what is missing from the start; the departments' forms hold none of its sheets
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.excel.form.form_writer import write_form
from kohyo.excel.register_book import load_register
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register, Submission
from kohyo.model.value import FieldValue
from kohyo.usecases.consolidate import consolidate
from kohyo.usecases.distribute import distribute
from kohyo.usecases.import_items import import_items
from kohyo.usecases.issue_form import open_issue
from kohyo.usecases.new import new_workspace
from kohyo.usecases.status import status
from kohyo.workspace.folder import Workspace

LIST = "番号\t項目名\t概要\t所管部\n1-1\t広報の強化\t広く知らせる。\t総務部\n"
IDEA: dict[str, FieldValue] = {
    "title": "会議室の予約",
    "proposer_division": "総務部　総務課",
    "proposer_name": "架空　花子",
    "situation": "空きがわからない。",
    "measures": "予約表を一つにする。",
    "effect_service": "早い。",
    "effect_time": "月3時間。",
    "contact": "内線0000",
    "filled_on": "令和6年5月1日",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return a workspace of one item whose forms went out."""
    found = new_workspace(tmp_path / "作業")
    listed = tmp_path / "一覧.tsv"
    listed.write_text(LIST, encoding="utf-8")
    import_items(found.root, listed)
    distribute(found.root)
    return found


def send(workspace: Workspace, plan: Plan, name: str, **values: FieldValue) -> None:
    """Put a filled personal proposal into 回収."""
    form = plan.forms[0]
    blank = open_issue(plan, form)
    sheets = tuple(replace(sheet, values={**sheet.values, **IDEA, **values}) for sheet in blank.sheets)
    write_form(workspace.returns / name, plan, replace(blank, sheets=sheets), form.closes)


def proposals(register: Register, plan: Plan) -> list[Submission]:
    """Return the personal proposals that the register holds."""
    return [entry for entry in register.submissions if entry.kind == plan.forms[0].key]


def test_each_open_form_goes_out_once(workspace: Workspace) -> None:
    """1: One workbook per open form, its sheets and its deadline; the survey has none of them (3)."""
    plan = read_definition(workspace.definition)
    done = distribute(workspace.root)
    assert [path.name for path in done.open_forms] == [f"様式_{form.name}.xlsx" for form in plan.forms]
    for path, form in zip(done.open_forms, plan.forms, strict=True):
        book = openpyxl.load_workbook(path, data_only=True)
        shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        assert shown[1:] == [kind.tab for kind in plan.kinds_of(form.key)]
        cover = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
        assert any(f"{form.closes.month}月{form.closes.day}日" in text for text in cover)
        assert any(text.startswith("あと ") for text in cover)
    survey = openpyxl.load_workbook(done.forms[0])
    assert not {kind.tab for form in plan.forms for kind in plan.kinds_of(form.key)} & set(survey.sheetnames)


def test_proposals_of_many_people_are_all_kept(workspace: Workspace) -> None:
    """2: Two people answer on copies of one form: two submissions, both accepted, no conflict, no debt."""
    plan = read_definition(workspace.definition)
    send(workspace, plan, "花子.xlsx")
    send(workspace, plan, "太郎.xlsx", title="窓口の案内", proposer_name="架空　太郎")
    shutil.copyfile(workspace.returns / "花子.xlsx", workspace.returns / "花子（再送）.xlsx")
    result = consolidate(workspace.root)
    loaded = load_register(workspace.register, plan, backups=workspace.backups)
    register, sent = loaded.register, proposals(loaded.register, plan)
    assert [entry.values["title"] for entry in sent] == ["窓口の案内", "会議室の予約"]
    assert {entry.department for entry in sent} == {plan.forms[0].name}
    assert not loaded.findings
    assert result.outcomes == {Outcome.ACCEPTED: 2, Outcome.DUPLICATE: 1}
    assert not register.conflicts
    assert [one.department for one in status(workspace.root).respondents] == ["総務部"]


def test_what_is_missing_in_a_proposal_is_told(workspace: Workspace) -> None:
    """2: A required answer that is missing is a finding in its cell, and the rest is kept."""
    plan = read_definition(workspace.definition)
    send(workspace, plan, "花子.xlsx", measures=None)
    result = consolidate(workspace.root)
    assert [finding.field for finding in result.findings if finding.code == "K201"] == ["取組内容"]
    register = load_register(workspace.register, plan, backups=workspace.backups).register
    assert [entry.values["title"] for entry in proposals(register, plan)] == ["会議室の予約"]


def test_a_form_sent_back_empty_is_told(workspace: Workspace) -> None:
    """2: Nobody's proposal is lost in silence: a form without a word is no submission, and is asked about."""
    plan = read_definition(workspace.definition)
    form = plan.forms[0]
    write_form(workspace.returns / "空.xlsx", plan, open_issue(plan, form), form.closes)
    result = consolidate(workspace.root)
    assert "K331" in [finding.code for finding in result.findings]
    assert result.needs_person
    register = load_register(workspace.register, plan, backups=workspace.backups).register
    assert not proposals(register, plan)
