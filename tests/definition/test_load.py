"""Reading a definition.

1. What ships is found by name and is sound; a name that does not ship is refused with those that do.
2. A file that cannot be read, is no TOML, or holds wrong values stops with one error that names every place.
3. Raw data becomes a plan in one place: unknown keys and values out of range are refused.
4. A definition that is read again is the plan that was read before, so that a long run compares plans in no time.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kohyo.definition.load import load_toml, plan_from_data, plan_from_toml, shipped, shipped_names
from kohyo.errors import DefinitionError, FileError
from kohyo.messages import describe_problem
from tests.definition.plans import MADEUP, Bend, bent


@pytest.mark.parametrize("name", shipped_names())
def test_what_ships_is_sound(name: str) -> None:
    """Every shipped definition loads without a complaint (1)."""
    assert shipped(name).plan.code == name


def test_a_name_that_does_not_ship_is_refused() -> None:
    """The error lists what can be had (1)."""
    with pytest.raises(DefinitionError) as caught:
        shipped("../secret")
    assert "setagaya-r6" in describe_problem(caught.value)


def test_a_plan_is_read_from_a_file(tmp_path: Path) -> None:
    """A definition saved by a Windows editor, with a byte order mark, is read (2)."""
    path = tmp_path / "計画　定義.toml"
    path.write_text(MADEUP.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert load_toml(path).plan.organisation == "架空市"


def test_what_says_the_same_is_the_same_plan() -> None:
    """Read twice, a definition is one plan; with one word changed it is another (4)."""
    text = MADEUP.read_text(encoding="utf-8")
    assert plan_from_toml(text, "one") is plan_from_toml(text, "two")
    assert plan_from_toml(text.replace("架空市", "別の市"), "other") is not plan_from_toml(text, "one")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The user is told which file could not be read (2)."""
    with pytest.raises(FileError) as caught:
        load_toml(tmp_path / "ない.toml")
    assert "ない.toml" in describe_problem(caught.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file saved as Shift_JIS is not guessed at (2)."""
    path = tmp_path / "plan.toml"
    path.write_text(MADEUP.read_text(encoding="utf-8").replace("〔", "(").replace("〕", ")"), encoding="cp932")
    with pytest.raises(FileError):
        load_toml(path)


def test_a_text_that_is_no_toml_is_refused() -> None:
    """The parser's own place is passed on (2)."""
    with pytest.raises(DefinitionError) as caught:
        plan_from_toml("[plan\n", "壊れた定義")
    assert "壊れた定義" in describe_problem(caught.value)


@pytest.mark.parametrize(
    ("bend", "said"),
    [
        (lambda data: data["plan"].pop("name"), "plan.name：値がありません"),
        (lambda data: data.pop("cycle"), "cycle：値がありません"),
        (lambda data: data["plan"].update(name=""), "plan.name：空のままです"),
        (lambda data: data["plan"].update(nmae="名前"), "plan.nmae：この名前は使われません"),
        (lambda data: data["fields"][3].update(type="texts"), "fields.4.type：「texts」は選べません"),
        (lambda data: data["fields"][3].update(name="項目名"), "fields.4.name：「項目名」は使えない書き方です"),
        (lambda data: data["fields"][3].update(max_length="多い"), "fields.4.max_length：「多い」は整数ではありません"),
        (lambda data: data["fields"][3].update(max_length=40000), "fields.4.max_length：「40000」は大きすぎます"),
        (lambda data: data["fields"][3].update(minimum="零"), "fields.4.minimum：「零」は数ではありません"),
        (lambda data: data["fields"][3].update(minimum=float("inf")), "fields.4.minimum：「inf」は数ではありません"),
        (lambda data: data["fields"][3].update(required="多分"), "fields.4.required：「多分」は真偽ではありません"),
        (lambda data: data["fields"][3].update(sheets="card"), "fields.4.sheets：一覧ではありません"),
        (lambda data: data["cycle"].update(issued="春"), "cycle.issued：「春」は日付ではありません"),
        (lambda data: data["cycle"].update(year=2018), "cycle.year：「2018」は小さすぎます"),
        (lambda data: data["departments"][0].update(code="1"), "departments.1.code：「1」は使えない書き方です"),
        (lambda data: data["goals"].append("四つ目"), "goals.4：書き方が違います"),
        (lambda data: data["plan"].update(font=3), "plan.font：「3」は文字ではありません"),
        (lambda data: data["goals"][0].update(code=0.5), "goals.1.code：「0.5」は整数ではありません"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(bend: Bend, said: str) -> None:
    """Each kind of wrong value has a sentence of its own that begins with where it stands (2, 3)."""
    with pytest.raises(DefinitionError) as caught:
        plan_from_data(bent(bend), "架空")
    assert said in describe_problem(caught.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Nobody has to mend and try again for every single fault (2)."""

    def spoil(data: dict[str, object]) -> None:
        data.pop("cycle")
        data["goals"] = [{"code": 0, "name": "", "list_name": "三"}]

    with pytest.raises(DefinitionError) as caught:
        plan_from_data(bent(spoil), "架空")
    assert caught.value.fields["count"] == 3
    assert describe_problem(caught.value).count("・") >= 3
