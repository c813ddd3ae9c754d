"""Distribute: one form per respondent, and the round it goes out in.

1. A department gets exactly the items it owns, alone or with others, and those that all departments own.
2. 各部 and 総合支所 expand by definition; a co-owned item goes to each of its owners.
3. What went out is kept as the base of the merge, with the deadline.
4. Distributing again without a change raises no round; after a change of the register it does, for those concerned.
5. Forms carry what is known.
   What the register does not say surely (a row that cannot be read, two items of one number) goes into no form.
6. Open forms, which are nobody's in particular, go out besides with a deadline of their own and count apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

import kohyo
from kohyo.definition.departments import owners
from kohyo.errors import FileError, UsageError
from kohyo.excel.register_book import load_register
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.usecases.new import workspace_for
from kohyo.workspace.issued_forms import load_bases
from tests.conftest import Demo
from tests.usecases.small import DEPARTMENTS, LIST, Small, made_up_plan


def _items(demo: Demo, department: str) -> list[str]:
    book = openpyxl.load_workbook(demo.folder / "配布" / f"調査票_{department}.xlsx", read_only=True)
    numbers = [tab for tab in book.sheetnames if tab[:1].isdigit()]
    book.close()
    return numbers


def _owned(demo: Demo, plan: Plan, owner: str) -> set[str]:
    items = load_register(demo.folder / "台帳.xlsx", plan).register.items
    return {str(item.number) for item in items if owner in item.owners.split("、")}


def _bases(small: Small) -> dict[tuple[str, int], IssuedForm]:
    return {(issue.department, issue.round): issue for issue in load_bases(small.workspace).values()}


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_department_gets_its_items_and_those_of_all(demo: Demo, plan: Plan) -> None:
    """土木部 gets its five items and the three of 各部, nothing else (1)."""
    own, everyone = _owned(demo, plan, "土木部"), _owned(demo, plan, "各部")
    assert (len(own), len(everyone)) == (5, 3)
    assert set(_items(demo, "土木部")) == own | everyone
    assert len(_items(demo, "土木部")) == 8


def test_branch_offices_expand(demo: Demo, plan: Plan) -> None:
    """総合支所 is five respondents, each with the items of 総合支所 (2)."""
    branches = owners(plan, "総合支所").members
    assert len(branches) == 5
    shared = _owned(demo, plan, "総合支所")
    assert shared
    for branch in branches:
        assert shared <= set(_items(demo, branch))


def test_a_shared_item_goes_to_each_owner(demo: Demo, plan: Plan) -> None:
    """Every owner of every item has its sheet, and nobody else (1, 2)."""
    items = load_register(demo.folder / "台帳.xlsx", plan).register.items
    expected = {(name, str(item.number)) for item in items for name in owners(plan, item.owners).members}
    forms = [path.stem.removeprefix("調査票_") for path in (demo.folder / "配布").glob("調査票_*.xlsx")]
    forms = [name for name in forms if any(name == entry.name for entry in plan.departments)]
    assert len(forms) == demo.data["forms"]
    assert {(name, number) for name in forms for number in _items(demo, name)} == expected


def test_the_base_holds_what_the_form_holds(small: Small) -> None:
    """The workspace keeps what each form held, by department, with the definition's deadline (3)."""
    bases = _bases(small)
    assert set(bases) == {(name, 1) for name in (*DEPARTMENTS, *(form.name for form in made_up_plan().forms))}
    issue = bases["市民局", 1]
    assert issue.deadline == date(2030, 6, 28)
    assert [sheet.values["title"] for sheet in issue.sheets if sheet.item] == ["窓口の予約", "研修"]


def test_a_deadline_of_ones_own(small: Small) -> None:
    """A deadline given by hand stands on the result and in the base; open forms keep theirs (3, 6)."""
    result = kohyo.distribute(small.root, date(2030, 7, 5))
    assert result.deadline == date(2030, 7, 5)
    own = {form.name: form.closes for form in made_up_plan().forms}
    assert own
    for (name, _), issue in _bases(small).items():
        assert issue.deadline == own.get(name, date(2030, 7, 5))


def test_open_forms_count_apart(small: Small) -> None:
    """An open form is written beside the others and is none of the departments' (6)."""
    result = small.distribute()
    assert len(result.forms) == len(result.departments) == len(DEPARTMENTS)
    assert len(result.open_forms) == len(made_up_plan().forms)
    assert {*result.forms, *result.open_forms} == set(small.workspace.forms.iterdir())


def test_the_form_carries_what_is_known(small: Small) -> None:
    """Number, name, overview and owners of an item stand on its sheet (5)."""
    book = openpyxl.load_workbook(small.form("東区役所"), read_only=True)
    written = {cell.value for row in book["カード2-2"].iter_rows() for cell in row}
    book.close()
    assert {"2-2", "区の窓口", "区の窓口をまとめる。", "各区役所"} <= written


def test_again_without_a_change_the_forms_stay(small: Small) -> None:
    """Distributing twice writes the same forms in the same round (4)."""
    before, bases = _digests(small.workspace.forms), set(_bases(small))
    small.distribute()
    assert _digests(small.workspace.forms) == before
    assert set(_bases(small)) == bases


def test_after_a_change_those_concerned_get_the_next_round(small: Small) -> None:
    """A changed overview raises the round of the department that owns the item, and of no other (4)."""
    changed = [*LIST[:3], ("2-2", "区の窓口", "区の窓口を一つにまとめる。", "各区役所"), LIST[4]]
    kohyo.import_items(small.root, small.write_list(changed))
    small.distribute()
    rounds = {department: number for department, number in _bases(small) if number > 1}
    assert rounds == {"東区役所": 2, "西区役所": 2}
    assert ("東区役所", 1) in _bases(small)


@pytest.mark.parametrize(("cell", "typed", "code"), [("B4", "2-1", "K436"), ("A4", None, "K526")])
def test_a_register_in_doubt_goes_into_no_form(small: Small, cell: str, typed: str | None, code: str) -> None:
    """A number that two items bear, a row without its id: it is told, and the forms stay as they were (5)."""
    before = _digests(small.workspace.forms)
    with small.by_hand() as book:
        book["項目"][cell] = typed
    with pytest.raises(FileError) as refused:
        small.distribute()
    assert refused.value.key == "register_broken"
    assert code in str(refused.value.fields["details"])
    assert _digests(small.workspace.forms) == before


@pytest.mark.parametrize("command", [kohyo.distribute, kohyo.consolidate, kohyo.status])
def test_what_went_out_is_not_forgotten(small: Small, command: Callable[[Path], object]) -> None:
    """Once a form came back, its number is never given to another, nor read without its base (3, 4)."""
    small.send("市民局")
    small.consolidate()
    before = _digests(small.workspace.forms)
    small.forget_what_went_out()
    small.workspace.bases.rmdir()
    with pytest.raises(FileError) as refused:
        command(small.root)
    assert refused.value.key == "bases_gone"
    assert _digests(small.workspace.forms) == before
    assert not small.workspace.bases.exists()


def test_nothing_to_distribute(tmp_path: Path) -> None:
    """A register without items gives one error, not empty forms (1)."""
    workspace = workspace_for(tmp_path / "空", made_up_plan())
    with pytest.raises(UsageError) as refused:
        kohyo.distribute(workspace.root)
    assert refused.value.key == "no_items"
    assert list(workspace.forms.iterdir()) == []


def test_a_department_without_items_gets_no_form(tmp_path: Path) -> None:
    """Who owns nothing is not asked (1)."""
    small = Small(workspace_for(tmp_path / "作業", made_up_plan()))
    kohyo.import_items(small.root, small.write_list(LIST[:3]))
    assert small.distribute().departments == ("企画財政局", "市民局")
    assert {path.stem for path in small.workspace.forms.glob("調査票_*")} == {"調査票_企画財政局", "調査票_市民局"}
