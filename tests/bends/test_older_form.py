"""A form of an older version of the definition: what it asked is read, what it could not ask is said (migration)."""

from __future__ import annotations

from pathlib import Path

from kohyo.excel.form.form_writer import form_bytes
from kohyo.excel.ooxml.file_reader import read_file
from kohyo.messages import severity
from kohyo.model.finding import Severity
from kohyo.model.plan import Plan
from kohyo.model.returned_file import ReturnedFile
from kohyo.usecases.issue_form import issue_for
from kohyo.workspace.received_files import understand
from tests.bends.book import Book, Cell
from tests.bends.forms import items, the_plan
from tests.bends.opening import meant_cells, opened, saved

DEPARTMENT = "区長室"


def older(plan: Plan) -> Plan:
    """Return the plan as it was: without 連絡先 and 実績, and with another label for 取組内容."""
    kept = [rule for rule in plan.fields if rule.name not in {"contact", "result"}]
    fields = [rule.model_copy(update={"label": "対策"}) if rule.name == "measures" else rule for rule in kept]
    heading = plan.plan.model_copy(update={"form_version": "0"})
    return plan.model_copy(update={"fields": tuple(fields), "plan": heading})


def returned(folder: Path) -> ReturnedFile:
    """Return what is understood today of an older form with one answer."""
    plan = older(the_plan())
    respondent = next(entry for entry in plan.departments if entry.name == DEPARTMENT)
    sent = issue_for(plan, respondent, items(DEPARTMENT))
    book: Book = opened(form_bytes(plan, sent, plan.cycle.closes), sent)
    page = book.issued()[0]
    page.cells[meant_cells(page)["measures"]] = Cell("窓口を一つにする")
    path = folder / "回答.xlsx"
    path.write_bytes(saved(book))
    return understand(read_file(path), path.name, the_plan(), {sent.control: sent})


def test_an_older_form_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """The renamed field is read by its name, the new fields are told once and asked of nobody."""
    found = returned(tmp_path)
    assert [answer.value for answer in found.answers if answer.changes and answer.field == "measures"] == [
        "窓口を一つにする"
    ]
    assert [one.value for one in found.findings if one.code == "K161"] == ["0"]
    (told,) = [one for one in found.findings if one.code == "K162"]
    assert set(told.context["fields"].split("、")) == {"連絡先", "実績"}
    heavy = {one.code for one in found.findings if severity(one.code) is Severity.ERROR}
    assert heavy <= {"K201", "K216"}
