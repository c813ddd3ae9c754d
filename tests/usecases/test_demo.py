"""The demo: the ordinary year on the plan's 93 items: everybody answers, with the usual trouble, and it ends calm.

1. It tells the items, the forms, how the survey stood after the deadline and in the end, and the files to open.
2. The usual trouble is in it, each trouble ends as it must, and in the end nothing waits for anybody.
3. What it made is a workspace like any other: consolidating again changes nothing.
4. It works in a folder with an odd name and on a console of cp932 (see the fixture).
5. A folder that already holds something is refused, and left as it was.
6. It plays in the plan's own spring, and every owner of an item answers for itself.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import timedelta
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
from kohyo.workspace.folder import Workspace
from kohyo.workspace.issued_forms import load_bases
from tests.conftest import Demo

KEYS = {"workspace", "items", "forms", "first", "settled", "last", "files"}


def _codes(demo: Demo) -> list[str]:
    return [finding["code"] for stage in ("first", "last") for finding in demo.data[stage]["findings"]]


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
    assert set(demo.data["first"]["returns"]) == {outcome.value for outcome in Outcome}


def test_made_up_trouble_needs_nobody(demo: Demo) -> None:
    """The demo did what it should, trouble and all: its exit code is 0 (1)."""
    assert demo.code == 0


def test_every_file_has_one_outcome(demo: Demo) -> None:
    """27 departments answer in time, one file is no workbook; then two late returns and a correction come (1, 2)."""
    first, last = demo.data["first"]["returns"], demo.data["last"]["returns"]
    files = [path for path in (demo.folder / "回収").rglob("*") if path.is_file()]
    assert sum(count for outcome, count in first.items() if outcome != "missing") == 28
    assert sum(count for outcome, count in last.items() if outcome != "missing") == len(files) == 31
    assert first["missing"] == len(demo.data["first"]["missing"]) == 2
    assert (first["unreadable"], first["sent_back"]) == (1, 1)


def test_it_ends_calm(demo: Demo) -> None:
    """All 29 departments are accepted, no question waits, and what is left to see to is a memo (2)."""
    last = demo.data["last"]
    assert (last["returns"]["accepted"], last["missing"], last["conflicts"], last["notes"]) == (29, [], 0, 1)
    assert demo.data["first"]["conflicts"] == demo.data["settled"] > 20
    assert [finding["code"] for finding in last["findings"] if finding["severity"] == "error"] == ["K110"]


def test_it_plays_in_its_own_spring(demo: Demo, plan: Plan) -> None:
    """Everything in the register happened in the months of the survey, 差戻し and its deadline too (6)."""
    register = _register(demo, plan)
    days = {change.at.date() for change in register.changes}
    assert min(days) == plan.cycle.issued
    assert plan.cycle.closes < max(days) < plan.cycle.closes + timedelta(days=31)
    (correction,) = [issue for issue in load_bases(Workspace(demo.folder)).values() if issue.correction]
    assert correction.deadline is not None
    assert plan.cycle.closes < correction.deadline < plan.cycle.closes + timedelta(days=31)


def test_every_owner_answers_for_itself(demo: Demo, plan: Plan) -> None:
    """An item of all departments has a row of 部別回答 for each, in several wordings (6)."""
    register = _register(demo, plan)
    owners = Counter(row.item for row in register.contributions)
    item, count = owners.most_common(1)[0]
    assert count == 29
    said = {row.values["cycle_issue"] for row in register.contributions if row.item == item}
    assert len(said) > 1


def test_the_files_to_open_exist(demo: Demo) -> None:
    """Every file that the demo names can be opened (1)."""
    paths = [Path(name) for name in demo.data["files"]]
    assert {path.name for path in paths} >= {"台帳.xlsx", "取込結果.xlsx", "体系表.xlsx", "取組み一覧.xlsx"}
    for path in paths:
        openpyxl.load_workbook(path, read_only=True).close()


@pytest.mark.parametrize("stage", ["first", "last"])
def test_the_findings_weigh_what_is_said(demo: Demo, stage: str) -> None:
    """The sums by severity are those of the findings listed (1)."""
    said = [finding["severity"] for finding in demo.data[stage]["findings"]]
    assert demo.data[stage]["weights"] == {weight: said.count(weight) for weight in ("error", "check", "info")}


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("full-width digits", "K207"),
        ("a required field left empty", "K201"),
        ("two departments that disagree", "K402"),
        ("a copied sheet as a new proposal", "K321"),
        ("a file that is no workbook", "K110"),
        ("a memo beside a field", "K256"),
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
