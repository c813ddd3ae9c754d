"""Renumber: numbers are proposed and shown, and applied only when told to.

1. Without ``apply`` the register stays as it is; the proposal is a table with its twin.
2. The proposal, edited in Excel, is a crosswalk; so are a CSV, a TSV and JSON in the plan's own shape.
3. Applied: register, matrix entries and history say the new numbers; the definition says which version they are of.
4. What cannot be read or contradicts the register is refused with its place; nothing changes.
5. From one version to the next: freeze, renumber, freeze, diff shows new numbers and never a deletion.
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

import kohyo
from kohyo.cli.app import app
from kohyo.definition.seed import shipped_list
from kohyo.errors import FileError
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.model.comparison import Difference
from kohyo.model.register import ChangeKind
from kohyo.model.renumbering import Why
from kohyo.usecases.new import new_workspace
from tests.findings.stage import put
from tests.usecases.small import NOW, Small, codes, opened


def _numbers(small: Small) -> list[str]:
    return [str(item.number) for item in small.register().items]


def _file(small: Small, name: str, text: str) -> Path:
    path = small.root / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_proposal_changes_nothing(small: Small) -> None:
    """It lies in 結果, and says what it would do (1)."""
    before = small.workspace.register.read_bytes()
    result = kohyo.renumber(small.root, now=NOW)
    assert (result.applied, result.needs_person, len(result.numbers)) == (False, False, 4)
    assert small.workspace.register.read_bytes() == before
    assert result.book == small.workspace.results / "番号案.xlsx"
    records = json.loads((small.workspace.data / "番号案.json").read_text(encoding="utf-8"))["data"]
    assert [one["new"] for one in records] == [str(one.new) for one in result.numbers]


def test_the_proposal_edited_in_excel_is_a_crosswalk(small: Small) -> None:
    """A number typed over the proposed one counts; it stays text (2)."""
    book = kohyo.renumber(small.root, now=NOW).book
    assert book
    with opened(book) as edited:
        sheet = edited.worksheets[0]
        (cell,) = [row[1] for row in sheet.iter_rows() if row[2].value == "研修"]
        assert cell.number_format == "@"
        cell.value = "3-24"
    assert kohyo.renumber(small.root, book, apply=True, now=NOW).applied
    assert "3-24" in _numbers(small)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("対照.csv", "旧番号,新番号,項目名\n2-1,3-5,\n,1-9,新しい取組\n"),
        ("対照.tsv", "新しい番号\tID\t旧番号\n３－５\tK0002\t\n1-9\t\t\n"),
        ("対照.json", '{"crosswalk": [["2-1", "3-5"], [null, "1-9", "新しい取組"]]}'),
        ("対照2.json", '[{"old_number": "2-1", "new_number": "3-5"}, {"new": "1-9"}]'),
    ],
)
def test_a_crosswalk_in_any_shape(small: Small, name: str, text: str) -> None:
    """The item moves with its goal, the addition is there (2)."""
    result = kohyo.renumber(small.root, _file(small, name, text), apply=True, now=NOW)
    assert result.applied
    assert _numbers(small) == ["1-1", "3-5", "2-2", "3-1", "1-9"]
    assert small.item("3-5").goal == 3


def test_applied(small: Small) -> None:
    """History and definition say so; the definition's own cells stay, and a copy of it is kept (3)."""
    with opened(small.workspace.definition) as book:
        book.create_sheet("覚え書き")["A1"] = "部長と相談"
    result = kohyo.renumber(
        small.root, _file(small, "対照.csv", "旧番号,新番号\n2-1,3-5\n"), apply=True, version="令和12年度", now=NOW
    )
    assert result.version == read_definition(small.workspace.definition).plan.version == "令和12年度"
    assert openpyxl.load_workbook(small.workspace.definition)["覚え書き"]["A1"].value == "部長と相談"
    assert [path.name for path in small.workspace.backups.glob("計画定義_*.xlsx")] == ["計画定義_20300601-090000.xlsx"]
    told = [row for row in small.register().changes if row.kind is ChangeKind.RENUMBERED]
    assert [(row.field, row.old, row.new) for row in told] == [("number", "2-1", "3-5"), ("goal", 2, 3)]
    assert kohyo.verify(small.root).findings == ()
    again = kohyo.renumber(small.root, small.root / "対照.csv", apply=True, now=NOW)
    assert again.saved
    assert not again.saved.changed


def test_a_number_that_excel_made_a_date_of(small: Small) -> None:
    """It is refused with its cell (K535), and nothing changes (4)."""
    path = small.root / "対照.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["旧番号", "新番号"])
    sheet.append(["2-1", NOW])
    book.save(path)
    result = kohyo.renumber(small.root, path, apply=True, now=NOW)
    assert (codes(result), result.refused, result.applied) == (["K535"], True, False)
    assert result.findings[0].place.cell == "B2"
    assert "2-1" in _numbers(small)


def test_an_item_without_a_new_number_keeps_its_own(small: Small) -> None:
    """Nobody guesses what becomes of it (K538); bands and notes of a table are passed over (4)."""
    text = "旧番号,新番号\n到達点1,\n2-1,\n2-2,2-5\n数字は2023年のもの,\n"
    result = kohyo.renumber(small.root, _file(small, "対照.csv", text), now=NOW)
    assert [(one.code, one.value) for one in result.findings] == [("K538", "2-1")]
    assert [str(one.new) for one in result.numbers] == ["1-1", "2-1", "2-5", "3-1"]


@pytest.mark.parametrize("text", ["番号\n1-1\n", "{}", "{壊れた", "", "旧番号,新番号\n"])
def test_a_file_without_a_crosswalk(small: Small, text: str) -> None:
    """One line says what is wanted (4)."""
    with pytest.raises(FileError) as refused:
        kohyo.renumber(small.root, _file(small, "対照.txt", text), now=NOW)
    assert refused.value.key == "crosswalk_empty"


def test_a_curated_entry_that_lost_its_goal_is_told(small: Small) -> None:
    """Where the matrix lists it is for people to decide (K537)."""
    with small.by_hand() as book:
        book["体系表掲載"].append([2, "オンライン", 1, None, "窓口の予約", "2-1"])
    path = _file(small, "対照.csv", "旧番号,新番号\n2-1,3-5\n")
    found = kohyo.renumber(small.root, path, apply=True, now=NOW).findings
    assert [(one.code, one.context["goal"], one.context["number"]) for one in found] == [("K537", "2", "3-5")]


def test_from_one_version_to_the_next(small: Small) -> None:
    """New numbers, a changed goal and an addition; nothing is deleted (5)."""
    kohyo.freeze(small.root, "素案", now=NOW)
    text = '{"crosswalk": [["1-1", "1-24"], ["2-1", "3-2"], [null, "1-1"]]}'
    kohyo.renumber(small.root, _file(small, "対照.json", text), apply=True, now=NOW)
    kohyo.freeze(small.root, "令和12年度", now=NOW)
    counts = dict(kohyo.diff(small.root, "素案", "令和12年度", now=NOW).counts)
    assert counts == {Difference.RENUMBERED: 2, Difference.REGOALED: 1, Difference.ADDED: 1}


def test_an_addition_without_a_department_is_in_no_form(small: Small) -> None:
    """It is told (K544), and all others go out (3)."""
    kohyo.renumber(small.root, _file(small, "対照.csv", "旧番号,新番号\n,1-9\n"), apply=True, now=NOW)
    sent = kohyo.distribute(small.root)
    assert [one.context["number"] for one in sent.findings if one.code == "K544"] == ["1-9"]
    assert (len(sent.forms), sent.needs_person) == (5, True)


def test_the_command_line_shows_before_it_applies(small: Small) -> None:
    """Every change in a line, and how to apply them (1)."""
    path = _file(small, "対照.csv", "旧番号,新番号\n2-1,3-5\n")
    shown = CliRunner().invoke(app, ["renumber", str(small.root), "--from", str(path)])
    assert shown.exit_code == 0
    assert "2-1 → 3-5" in shown.stdout
    assert "--apply" in shown.stdout
    done = CliRunner().invoke(app, ["renumber", str(small.root), "--from", str(path), "--apply", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["applied"]) == (0, True)


def test_the_printed_plan_is_left_as_it_is(tmp_path: Path) -> None:
    """Nothing is proposed on the plan's own 93 items, in the order in which they were printed (1)."""
    workspace = new_workspace(tmp_path / "作業")
    path = workspace.root / "一覧.tsv"
    path.write_text("\n".join("\t".join(row) for row in shipped_list("setagaya-r6")) + "\n", encoding="utf-8")
    kohyo.import_items(workspace.root, path, now=NOW)
    result = kohyo.renumber(workspace.root, now=NOW)
    assert {why: count for why, count in result.counts.items() if count} == {Why.KEPT: 93}


def test_an_addition_is_called_as_the_teams_list_calls_it(small: Small) -> None:
    """A name that the crosswalk leaves out comes from the list of teams of that version, or from a frozen one (2)."""
    put(small.workspace.register, "ＰＴ", 2, 番号="1-9", 番号の版="令和13年度", 名称="料金の窓口")
    put(small.workspace.register, "ＰＴ", 3, 番号="1-8、1-7", 番号の版="令和13年度", 名称="二つにまたがる")
    path = small.root / "対照.json"
    path.write_text('{"crosswalk": [["2-1", "3-5"], [null, "1-9"], [null, "1-8"]]}', encoding="utf-8")
    kohyo.renumber(small.root, path, apply=True, version="令和13年度")
    titles = {str(item.number): item.title for item in small.register().current}
    assert (titles["1-9"], titles["1-8"]) == ("料金の窓口", "（項目名を書いてください）")
