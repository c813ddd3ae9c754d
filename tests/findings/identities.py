"""Which form a file is, and which of several counts (K150 to K162)."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import openpyxl
from openpyxl import Workbook

import kohyo
from kohyo.excel.definition_book.definition_writer import write_definition
from kohyo.excel.form.form_identifiers import HIDDEN_SHEET
from tests.findings.stage import Findings, Ground, checked, provokes
from tests.usecases.corrections import LATER, RIGHT, WRONG, send_correction
from tests.usecases.small import NOW, Small, cell_of, made_up_plan, opened, tab_of

_DEPARTMENT = "企画財政局"


@provokes("K150")
def another_table(ground: Ground) -> Findings:
    """Check a workbook that is no form."""
    path = ground.folder / "別の表.xlsx"
    Workbook().save(path)
    return checked([path])


@provokes("K151")
def a_form_of_another_plan(ground: Ground) -> Findings:
    """Check a form of the made-up plan by the shipped one."""
    return checked([ground.small().send(_DEPARTMENT)])


@provokes("K152")
def sheets_of_two_forms(ground: Ground) -> Findings:
    """Check a form one sheet of which bears the control number of another department's."""
    small = ground.small()
    others = openpyxl.load_workbook(small.form("市民局"))[tab_of("3-1")]
    path = small.send(_DEPARTMENT)
    with opened(path) as book:
        sheet = book[tab_of("3-1")]
        sheet[cell_of(sheet, "control")].value = others[cell_of(others, "control")].value
    return checked([path], small)


@provokes("K153")
def a_form_of_last_year(ground: Ground) -> Findings:
    """Check last year's form by this year's definition."""
    small = ground.small()
    path = Path(shutil.copy(small.form(_DEPARTMENT), small.root / "去年.xlsx"))
    for department in ("企画財政局", "市民局", "東区役所", "西区役所", "上下水道局"):
        small.send(department)
    small.consolidate()
    kohyo.rollover(small.root, now=NOW + timedelta(days=300), anyway=True)
    return checked([path], small)


@provokes("K154")
def a_form_without_its_hidden_sheet(ground: Ground) -> Findings:
    """Check a form from which a program took what is hidden."""
    small = ground.small()
    path = small.send(_DEPARTMENT)
    with opened(path) as book:
        del book[HIDDEN_SHEET]
    return checked([path], small)


@provokes("K155")
def a_form_that_nobody_sent(ground: Ground) -> Findings:
    """Consolidate a form of which the workspace knows nothing."""
    small = ground.small()
    small.send("市民局")
    small.forget_what_went_out("市民局")
    return small.consolidate().findings


@provokes("K165")
def a_form_of_the_same_number_with_another_content(ground: Ground) -> Findings:
    """Consolidate a form that went out before all was set back, history and 配布 too, and forms went out anew."""
    small = ground.small()
    small.send("市民局")
    shutil.rmtree(small.workspace.backups)
    shutil.rmtree(small.workspace.forms)
    with small.by_hand() as book:
        book["変更履歴"].delete_rows(2, book["変更履歴"].max_row)
    small.edit(2, 取組名="窓口の予約と案内")
    small.distribute()
    return small.consolidate().findings


@provokes("K156")
def the_same_file_twice(ground: Ground) -> Findings:
    """Consolidate a file and its copy."""
    small = ground.small()
    shutil.copy(small.send("市民局", name="a.xlsx"), small.workspace.returns / "b.xlsx")
    return small.consolidate().findings


def _wrong(ground: Ground) -> Small:
    """Return the workspace in which a department sent something to mend."""
    small = ground.small()
    small.send(_DEPARTMENT, {"1-1": WRONG})
    small.consolidate()
    return small


@provokes("K157", "K158")
def an_earlier_round_that_came_late(ground: Ground) -> Findings:
    """Consolidate a correction, and then another file of the first round."""
    small = _wrong(ground)
    send_correction(small, {"1-1": RIGHT})
    first = small.consolidate(LATER).findings
    small.send(_DEPARTMENT, {"1-1": {"schedule_2031": "古い案"}}, name="遅れて届いた.xlsx")
    return (*first, *small.consolidate(LATER + timedelta(days=1)).findings)


@provokes("K159")
def a_file_that_mends_another(ground: Ground) -> Findings:
    """Consolidate the form once more, with every place mended."""
    small = _wrong(ground)
    small.send(_DEPARTMENT, {"1-1": RIGHT}, name="直して再送.xlsx")
    return small.consolidate(LATER).findings


@provokes("K160")
def no_folder_for_corrections(ground: Ground) -> Findings:
    """Consolidate something to mend where 差戻し is no folder."""
    small = ground.small()
    small.workspace.sent_back.rmdir()
    small.workspace.sent_back.write_text("フォルダではない", encoding="utf-8")
    small.send(_DEPARTMENT, {"1-1": WRONG})
    return small.consolidate().findings


@provokes("K161", "K162")
def a_form_of_an_older_version(ground: Ground) -> Findings:
    """Consolidate a form that went out before the definition got another field, and of which nobody kept by what."""
    small, plan = ground.small(), made_up_plan()
    overview = next(rule for rule in plan.fields if rule.name == "overview")
    fields = (*plan.fields, overview.model_copy(update={"name": "reason", "label": "見直しの理由"}))
    heading = plan.plan.model_copy(update={"form_version": "4"})
    newer = plan.model_copy(update={"plan": heading, "fields": fields})
    small.send(_DEPARTMENT)
    kept = (small.workspace.form_definitions.glob("*"), small.workspace.second_copies.glob("*.json"))
    for path in (path for paths in kept for path in paths):
        path.unlink()
    write_definition(small.workspace.definition, newer, created=NOW)
    return small.consolidate().findings
