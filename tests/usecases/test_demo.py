"""The demo: the whole cycle on the plan's 93 items, with the usual trouble among the answers.

1. It tells the items, the forms, the returns by outcome, the conflicts, the findings and the files to open.
2. The usual trouble is in it, and each trouble ends as it must.
3. What it made is a workspace like any other: consolidating again changes nothing.
4. It works in a folder with an odd name and on a console of cp932 (see the fixture).
5. A folder that already holds something is refused, and left as it was.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import openpyxl
import pytest

import kohyo
from kohyo.errors import UsageError
from kohyo.excel.register_book import load_register
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from tests.conftest import Demo

KEYS = {"workspace", "items", "forms", "returns", "missing", "conflicts", "changes", "weights", "findings", "files"}


def _codes(demo: Demo) -> list[str]:
    return [finding["code"] for finding in demo.data["findings"]]


def _register(demo: Demo, plan: Plan) -> Register:
    return load_register(demo.folder / "台帳.xlsx", plan).register


def _overviews(path: Path) -> list[str]:
    """Return where the names of a form put the overview, sheet by sheet; nothing for what is no workbook."""
    try:
        with ZipFile(path) as package:
            text = package.read("xl/workbook.xml").decode()
    except BadZipFile:
        return []
    return sorted(re.findall(r'name="k_overview"[^>]*>[^<]*!([^<]+)<', text))


def test_the_demo_tells_what_it_made(demo: Demo) -> None:
    """One JSON object: 93 items, 29 forms, and every outcome that there is (1)."""
    assert set(demo.data) == KEYS
    assert (demo.data["items"], demo.data["forms"]) == (93, 29)
    assert Path(demo.data["workspace"]) == demo.folder
    assert set(demo.data["returns"]) == {outcome.value for outcome in Outcome}


def test_made_up_trouble_needs_nobody(demo: Demo) -> None:
    """The demo did what it should, trouble and all: its exit code is 0 (1)."""
    assert demo.code == 0


def test_every_file_has_one_outcome(demo: Demo) -> None:
    """27 departments answer, one file is no workbook, two departments are silent (1, 2)."""
    returns = demo.data["returns"]
    received = sum(count for outcome, count in returns.items() if outcome != "missing")
    files = [path for path in (demo.folder / "回収").rglob("*") if path.is_file()]
    assert received == len(files) == 28
    assert returns["missing"] == len(demo.data["missing"]) == 2
    assert returns["unreadable"] == 1


def test_the_files_to_open_exist(demo: Demo) -> None:
    """Every file that the demo names can be opened (1)."""
    paths = [Path(name) for name in demo.data["files"]]
    assert {path.name for path in paths} >= {"台帳.xlsx", "取込結果.xlsx", "体系表.xlsx", "取組み一覧.xlsx"}
    for path in paths:
        openpyxl.load_workbook(path, read_only=True).close()


def test_the_findings_weigh_what_is_said(demo: Demo) -> None:
    """The sums by severity are those of the findings listed (1)."""
    said = [finding["severity"] for finding in demo.data["findings"]]
    assert demo.data["weights"] == {weight: said.count(weight) for weight in ("error", "check", "info")}


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("full-width digits", "K207"),
        ("a required field left empty", "K201"),
        ("two departments that disagree", "K402"),
        ("a copied sheet as a new proposal", "K321"),
        ("a file that is no workbook", "K110"),
    ],
)
def test_the_usual_trouble_is_found(demo: Demo, trouble: str, code: str) -> None:
    """Each trouble has its finding (2)."""
    assert code in _codes(demo), trouble


def test_the_register_itself_is_sound(demo: Demo) -> None:
    """Nothing that the demo did leaves the register with a fault (K5) (3)."""
    codes = _codes(demo)
    assert len(codes) >= 5
    assert [code for code in codes if code.startswith("K5")] == []


def test_a_renamed_return_and_an_inserted_row_are_read(demo: Demo, plan: Plan) -> None:
    """A file under another name in a subfolder, and a form with a row inserted, are accepted (2)."""
    accepted = {row.file for row in _register(demo, plan).receipts if row.outcome is Outcome.ACCEPTED}
    assert "6月14日メール分/回答（最終版）修正2.xlsx" in accepted
    forms = {path.name: _overviews(path) for path in (demo.folder / "配布").iterdir()}
    returns = {path.name: _overviews(path) for path in (demo.folder / "回収").glob("調査票_*.xlsx")}
    bent = {
        name for name, found in returns.items() if found and len(found) == len(forms[name]) and found != forms[name]
    }
    assert len(bent) == 1
    assert bent <= accepted


def test_the_copied_sheet_is_kept_as_a_proposal(demo: Demo, plan: Plan) -> None:
    """What a department wrote on a copied sheet stands in the register's 提案, letter by letter (2)."""
    (proposal,) = [row for row in _register(demo, plan).submissions if row.copied_from]
    assert proposal.values["title"] == "窓口案内の見直し（見本）"


def test_made_up_answers_say_so(demo: Demo, plan: Plan) -> None:
    """Every text in the history that the demo's departments wrote is marked as made up (2)."""
    texts = [
        change.new
        for change in _register(demo, plan).changes
        if change.kind.value == "answered" and isinstance(change.new, str) and change.field.startswith("plan_")
    ]
    assert texts
    assert all("見本" in text for text in texts)


def test_consolidating_the_demo_again_changes_nothing(demo_folder: Path) -> None:
    """Twice is the same as once: no change, and the register stays byte for byte (3)."""
    register = demo_folder / "台帳.xlsx"
    before = hashlib.sha256(register.read_bytes()).hexdigest()
    again = kohyo.consolidate(demo_folder)
    assert again.changes == 0
    assert hashlib.sha256(register.read_bytes()).hexdigest() == before


def test_a_second_demo_in_the_same_folder_is_refused(demo_folder: Path) -> None:
    """The demo never writes into a folder that holds something (5)."""
    before = sorted(demo_folder.rglob("*"))
    with pytest.raises(UsageError) as refused:
        kohyo.demo(demo_folder)
    assert refused.value.key == "not_empty"
    assert sorted(demo_folder.rglob("*")) == before
