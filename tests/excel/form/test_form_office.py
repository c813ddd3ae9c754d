"""The survey form (調査票) in LibreOffice, which a department may use in place of Excel.

O1  recalculated from nothing, every formula yields the text that the form was written with
O2  saving keeps names, validations, protection and the three places of the control number
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kohyo.excel.form.drawn_form import example_values
from kohyo.excel.form.form_identifiers import HIDDEN_SHEET, PROPERTY
from kohyo.excel.form.form_writer import form_bytes
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.value import FieldValue
from tests.office.presence import OFFICE
from tests.tools.sample_forms import form, item_sheet, sample_form

pytestmark = pytest.mark.office

ODD_ANSWERS: tuple[dict[str, FieldValue], ...] = (
    {"effect_finance": "▲100", "indicator_target": "１，２００", "filled_on": "令和6年6月3日", "tick_digital": "〇"},
    {"effect_finance": "1200千円", "indicator_target": "多い", "filled_on": "そのうち", "tick_digital": "たぶん"},
    {"effect_finance": 1.5, "division": "課" * 61, "direction": "やめる", "title": "　", "filled_on": "R6.6.3"},
    {"effect_finance": "約100", "indicator_target": "-5", "overview": '改\n行と"引用"', "measures": "長" * 601},
)


def odd_form(plan: Plan) -> IssuedForm:
    """Return a form whose items are answered in ways that are nearly right or nearly wrong, and the blank sheets."""
    answers = [{**example_values(plan), "number": f"1-{place}", **odd} for place, odd in enumerate(ODD_ANSWERS, 1)]
    items = [item_sheet(plan, 9100 + place, values) for place, values in enumerate(answers)]
    return form(plan, *items, *sample_form(plan).sheets)


def forgotten(content: bytes) -> bytes:
    """Return the workbook without the results of its formulas, so that whoever opens it has to calculate."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8")
            new.writestr(name, re.sub(r"(</f>)<v>[^<]*</v>", r"\1", part))
    return target.getvalue()


def saved_by_office(content: bytes, folder: Path, *, values: bool) -> Any:  # noqa: ANN401 - types-openpyxl lags
    """Let LibreOffice open and save a workbook, and open what it saved."""
    source, target = folder / "form.xlsx", folder / "saved"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(shutil.which(OFFICE)),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(target),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command, no shell
    return openpyxl.load_workbook(target / source.name, data_only=values)


def test_recalculation_agrees(plan: Plan, tmp_path: Path) -> None:
    """O1: What LibreOffice calculates is what the form says before anything is calculated."""
    content = form_bytes(plan, odd_form(plan), plan.cycle.closes)
    written = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(content))
    calculated = saved_by_office(forgotten(content), tmp_path, values=True)
    cells = [
        (sheet.title, cell.coordinate)
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(cells) > 200
    differing = {
        (tab, place): (written[tab][place].value, calculated[tab][place].value)
        for tab, place in cells
        if (written[tab][place].value or "") != (calculated[tab][place].value or "")
    }
    assert differing == {}


def test_saving_keeps_what_the_reader_needs(plan: Plan, tmp_path: Path) -> None:
    """O2: Sheet-scoped names, rules, protection, property, hidden sheet and printed number survive."""
    issue = sample_form(plan)
    content = form_bytes(plan, issue, plan.cycle.closes)
    before, after = openpyxl.load_workbook(io.BytesIO(content)), saved_by_office(content, tmp_path, values=False)
    for entry in issue.sheets:
        old, new = before[entry.tab], after[entry.tab]
        assert _names(old) == _names(new)
        assert new.protection.sheet
        assert new[_names(new)["k_control"]].value == entry.control
        assert new.data_validations.dataValidation
    assert after.custom_doc_props[PROPERTY].value == issue.control
    assert after[HIDDEN_SHEET]["B1"].value == issue.control


def _names(sheet: Worksheet) -> dict[str, str]:
    found = {name: entry.attr_text.rpartition("!")[2].replace("$", "") for name, entry in sheet.defined_names.items()}
    return {name: cell for name, cell in found.items() if name.startswith("k_")}
