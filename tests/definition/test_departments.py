"""Departments.

1. A department is known by its name and its aliases, however they are typed.
2. Several departments in one text are all owners, in the order of the organisation; the first leads.
3. A collective name expands by the definition and brings its lead.
4. A name that nobody bears is refused, with the name; so is an empty text.
5. The same holds for a plan of another organisation.
6. A department that was renamed, merged or split stands for those who answer today.
"""

from __future__ import annotations

import pytest

from kohyo.definition.departments import Owners, department, now_called, owners, split_names
from kohyo.definition.load import load_toml
from kohyo.errors import TextError
from kohyo.model.plan import Plan
from kohyo.model.plan_people import FormerDepartment
from tests.definition.plans import MADEUP


@pytest.fixture(scope="module")
def madeup() -> Plan:
    """Return the made-up plan."""
    return load_toml(MADEUP)


@pytest.mark.parametrize("name", ["DX推進担当部", "ＤＸ推進担当部", "ＤⅩ推進担当部", " DX 推進担当部\u3000"])
def test_a_department_is_known_however_it_is_typed(plan: Plan, name: str) -> None:
    """Width, white space and look-alike numerals make no difference (1)."""
    assert department(plan, name).name == "DX推進担当部"


def test_an_alias_is_the_department(plan: Plan, madeup: Plan) -> None:
    """An old or short name stands for the department (1, 5)."""
    assert department(plan, "教育政策・生涯学習部").name == "教育委員会事務局"
    assert department(madeup, "水道局").code == "10"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("総務部、政策経営部", ("総務部", "政策経営部")),
        ("総務部，政策経営部", ("総務部", "政策経営部")),
        ("総務部 / 政策経営部", ("総務部", "政策経営部")),
        ("総務部\n政策経営部\n", ("総務部", "政策経営部")),
        ("子ども・若者部、清掃・リサイクル部", ("子ども・若者部", "清掃・リサイクル部")),
        ("", ()),
    ],
)
def test_a_text_names_several_departments(text: str, names: tuple[str, ...]) -> None:
    """The separators are those that offices use; the middle dot belongs to names (2)."""
    assert split_names(text) == names


def test_the_first_named_leads(plan: Plan) -> None:
    """Owners stand in the order of the organisation, whoever leads (2)."""
    assert owners(plan, "総務部、政策経営部") == Owners("総務部", ("政策経営部", "総務部"))


def test_a_collective_name_expands(plan: Plan, madeup: Plan) -> None:
    """各部 is all departments, a group its members; the lead is the definition's or the first member (3, 5)."""
    assert owners(plan, "各部") == Owners("政策経営部", tuple(entry.name for entry in plan.departments))
    assert owners(plan, "総合支所").lead == "世田谷総合支所"
    assert len(owners(plan, "総合支所").members) == 5
    assert owners(madeup, "各区役所") == Owners("東区役所", ("東区役所", "西区役所"))
    assert owners(madeup, "全局").members == tuple(entry.name for entry in madeup.departments)


def test_a_collective_name_beside_a_department(plan: Plan) -> None:
    """The department that is named first leads, and nobody counts twice (2, 3)."""
    found = owners(plan, "地域行政部、総合支所、世田谷総合支所")
    assert found.lead == "地域行政部"
    assert len(found.members) == len(set(found.members)) == 6


def _with_former(plan: Plan) -> Plan:
    """Return the plan after departments were renamed, merged and split."""
    former = (
        FormerDepartment(code="X1", name="旧土木部", aliases=("土木局",), successors=("土木部",)),
        FormerDepartment(code="X2", name="福祉部", successors=("高齢福祉部", "保健福祉政策部")),
        FormerDepartment(code="X3", name="情報部", successors=("DX推進担当部",)),
        FormerDepartment(code="X4", name="電算部", successors=("DX推進担当部",)),
    )
    return plan.model_copy(update={"former": former})


def test_a_department_that_is_no_more_stands_for_its_successors(plan: Plan) -> None:
    """Renamed, merged, split: each old name leads to those who answer today (6)."""
    later = _with_former(plan)
    names = [department(later, name).name for name in ("旧土木部", "土木局", "福祉部")]
    assert names == ["土木部", "土木部", "高齢福祉部"]
    assert owners(later, "福祉部") == Owners("高齢福祉部", ("保健福祉政策部", "高齢福祉部"))
    assert owners(later, "情報部、電算部、総務部") == Owners("DX推進担当部", ("DX推進担当部", "総務部"))
    assert (now_called(later, "福祉部"), now_called(later, "誰も知らない部")) == ("高齢福祉部", "誰も知らない部")


@pytest.mark.parametrize("text", ["総務部、存在しない部", "総務部政策経営部", "各課", "", "、"])
def test_a_name_that_nobody_bears_is_refused(plan: Plan, text: str) -> None:
    """Nothing is guessed from part of a name (4)."""
    with pytest.raises(TextError):
        owners(plan, text)


def test_the_unknown_name_is_told(plan: Plan) -> None:
    """The error holds the one name that is unknown (4)."""
    with pytest.raises(TextError) as caught:
        owners(plan, "総務部、存在しない部")
    assert caught.value.text == "存在しない部"
