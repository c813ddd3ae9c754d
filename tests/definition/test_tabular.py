"""The definition as sheets of rows.

1. Nothing is lost: a plan is read back equal from its sheets, whatever its texts.
2. Every value of the model has its column, and every column says whether it must be filled.
3. Sheets, columns and rows may stand in any order among others; blank rows are passed over; headings are
   understood in full width and by their names in the TOML.
4. A cell that Excel changed is read right or refused.
5. Everything that is wrong is said at once, each with sheet, row and column.
6. A missing, doubled or misspelt sheet or heading is refused, never passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from kohyo.definition.layout import SHEETS, sheet_spec
from kohyo.definition.load import load_toml
from kohyo.definition.sheet_spec import SheetSpec
from kohyo.definition.tabular import SheetRows, from_sheets, sheets_of, to_sheets
from kohyo.errors import DefinitionError
from kohyo.messages import describe_problem, section
from kohyo.model import plan as model
from kohyo.model import plan_fields, plan_people, plan_years
from kohyo.model.part import Part
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from kohyo.text.normalise import key
from tests.definition.plans import MADEUP, plans

_MODELS: dict[str, type[Part]] = {
    "years": plan_years.PlanYear,
    "milestones": plan_years.Milestone,
    "goals": model.Goal,
    "perspectives": model.Perspective,
    "departments": plan_people.Department,
    "expansions": plan_people.Expansion,
    "affiliates": plan_people.Affiliate,
    "matrix": model.MatrixWording,
    "seats": plan_people.Seat,
    "hearings": plan_years.HearingDay,
    "sheets": plan_fields.SheetKind,
    "groups": plan_fields.Group,
    "fields": plan_fields.FieldRule,
}


@pytest.fixture(scope="module")
def madeup() -> Plan:
    """Return the made-up plan."""
    return load_toml(MADEUP)


@given(plans())
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_is_read_back_from_its_sheets(generated: Plan) -> None:
    """Whatever the texts, nothing is lost (1)."""
    assert from_sheets(to_sheets(generated), "generated") == generated


def test_the_shipped_plan_is_read_back_from_its_sheets(plan: Plan) -> None:
    """The plan that people use survives as well (1)."""
    assert from_sheets(to_sheets(plan), "shipped") == plan


@pytest.mark.parametrize("spec", [spec for spec in SHEETS if spec.key in _MODELS], ids=lambda spec: str(spec.key))
def test_every_value_of_the_model_has_its_column(spec: SheetSpec) -> None:
    """A value that is added to the model must find its column (2)."""
    fields = _MODELS[spec.key].model_fields
    assert [column.name for column in spec.columns] == list(fields)
    assert {column.name for column in spec.columns if column.required} == {
        name for name, field in fields.items() if field.is_required()
    }


def test_heading_and_cycle_share_a_sheet() -> None:
    """The sheet 計画 holds the plan's heading and the cycle's dates, and no part of the plan is without a sheet (2)."""
    columns = [column.path for column in sheet_spec("plan").columns]
    heading = [("plan", name) for name in model.Heading.model_fields]
    cycle = [("cycle", name) for name in plan_years.Cycle.model_fields if name != "milestones"]
    assert columns == heading + cycle
    parts = {"plan", "cycle", *(spec.path[0] for spec in SHEETS if spec.path)}
    assert parts | {"remembered"} == set(Plan.model_fields)


@pytest.mark.parametrize("spec", SHEETS, ids=lambda spec: str(spec.key))
def test_headings_can_be_told_apart(spec: SheetSpec) -> None:
    """Within a sheet no heading reads like another or like the name of another (2)."""
    seen = [{key(spec.heading(column.name)), column.name} for column in spec.columns]
    assert sum(len(names) for names in seen) == len(set().union(*seen))
    words = section("definition")["sheets"][spec.key]
    assert set(words["columns"]) == {column.name for column in spec.columns}
    assert all(len(spec.hint(column.name)) <= 255 and len(spec.heading(column.name)) <= 32 for column in spec.columns)


def test_order_does_not_matter(madeup: Plan) -> None:
    """Sheets and columns may be moved, sheets, columns, blank rows and a title of their own added (3)."""
    moved = []
    for sheet in reversed(to_sheets(madeup)):
        rows: list[tuple[RawValue, ...]] = [("事務局のメモ",), ()]
        rows += [("覚え書き", *reversed(row), "確認済み") for row in sheet.rows[:1]]
        rows += [(None, *reversed(row)) for row in sheet.rows[1:]]
        rows.insert(4, ())
        rows.append((" ", *(None for _ in sheet.rows[0])))
        moved.append(SheetRows(sheet.name, tuple(rows)))
    moved.append(SheetRows("事務局の作業", (("何", "か"), (1, 2))))
    assert from_sheets(moved, "moved") == madeup


def test_headings_are_understood_in_full_width_and_by_name(madeup: Plan) -> None:
    """Full-width names, spaces, and the names of the TOML are headings as well (3)."""
    renamed = []
    for spec, sheet in zip(sheets_of(madeup), to_sheets(madeup), strict=True):
        wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in spec.columns[0].name)
        headings = (f" {wide}　", *(column.name for column in spec.columns[1:]))
        renamed.append(SheetRows(f"{sheet.name} ", (headings, *sheet.rows[1:])))
    assert from_sheets(renamed, "renamed") == madeup


def test_a_definition_from_before_a_sheet_came_is_read(madeup: Plan) -> None:
    """Sheets that came later, or that a plan need not have, are empty when missing; a misspelt one is refused (6)."""
    used = ("goals", "choices", "forms", "perspectives")
    later = {spec.path[0]: spec.tab for spec in SHEETS if spec.later and spec.key not in used}
    tabs = {*later.values(), *(sheet_spec(key).tab for key in ("tables", "table_columns", "table_checks"))}
    before = [sheet for sheet in to_sheets(madeup)[: len(SHEETS)] if sheet.name not in tabs]
    assert len(before) < len(SHEETS)
    cycle = madeup.cycle.model_copy(update={"milestones": ()})
    empty = dict.fromkeys(later.keys() - {"cycle", "matrix"}, ())
    assert from_sheets(before, "before") == madeup.model_copy(update={**empty, "matrix": None, "cycle": cycle})
    with pytest.raises(DefinitionError):
        from_sheets([*before, SheetRows("ヒヤリング日程", ())], "misspelt")


def test_a_sheet_of_rows_is_the_table_s_or_refused(madeup: Plan) -> None:
    """A table whose sheet is missing has no rows yet; rows of no table, and rows under no heading, are refused (6)."""
    rows = to_sheets(madeup)[len(SHEETS)]
    others = [sheet for sheet in to_sheets(madeup) if sheet.name != rows.name]
    assert from_sheets(others, "none").tables[0].rows == ()
    for stray in (SheetRows(f"{rows.name}２", rows.rows), SheetRows(rows.name, (("種別", *rows.rows[0][1:]),))):
        with pytest.raises(DefinitionError) as caught:
            from_sheets([*others, stray], "stray")
        assert str((stray.rows[0][0] == "種別" and rows.rows[0][0]) or stray.name) in describe_problem(caught.value)


def test_what_is_wrong_with_a_table_is_said_where_it_stands(madeup: Plan) -> None:
    """A column of a table that is not there, a check of too many parts, a value of the wrong kind (5)."""
    for tab, column, row, value, place in (
        ("データの表の列", "table", 3, "ない表", "「データの表の列」シート 3行目「表の名前」"),
        ("データの表の検算", "rule", 2, "差", "「データの表の検算」シート 2行目「計算に使うもの」"),
        ("データの表の検算", "parts", 2, "県税", "「データの表の検算」シート 2行目「計算に使うもの」"),
        ("データの表の列", "key", 4, "Ａ!", "「データの表の列」シート 4行目「符号」"),
    ):
        with pytest.raises(DefinitionError) as caught:
            from_sheets(_changed(madeup, tab, column, row, value), "計画定義.xlsx")
        assert place in describe_problem(caught.value)


Change = Callable[[RawValue], RawValue]


def _changed(plan: Plan, tab: str, column: str, row: int, value: RawValue) -> list[SheetRows]:
    """Return the plan's sheets with one cell replaced; ``row`` is its number in the workbook."""
    spec = next(spec for spec in SHEETS if spec.tab == tab)
    place = [entry.name for entry in spec.columns].index(column)
    sheets = []
    for sheet in to_sheets(plan):
        rows = [list(entry) for entry in sheet.rows]
        if sheet.name == tab:
            rows[row - 1][place] = value
        sheets.append(SheetRows(sheet.name, tuple(tuple(entry) for entry in rows)))
    return sheets


@pytest.mark.parametrize(
    ("tab", "column", "row", "value"),
    [
        ("所管部", "code", 3, 1),
        ("所管部", "code", 3, "０１"),
        ("所管部", "code", 2, "a1"),
        ("計画", "form_version", 2, 3),
        ("計画", "year", 2, "令和12年度"),
        ("計画", "issued", 2, "令和12年5月7日"),
        ("年度", "year", 2, "R12"),
        ("到達点", "code", 2, "１"),
        ("まとめ名", "all", 2, True),
        ("まとめ名", "all", 2, "yes"),
        ("まとめ名", "all", 2, 1),
        ("まとめ名", "all", 3, "－"),
        ("まとめ名", "all", 3, False),
        ("まとめ名", "members", 3, " 東区役所\n\n西区役所 \n"),
        ("日程", "date", 2, "2030/5/7"),
        ("日程", "date", 4, "２０３０－１１／２０３１－０１"),
        ("欄", "type", 2, "number"),
        ("欄", "type", 2, "項目 番号"),
        ("欄", "name", 2, "ＮＵＭＢＥＲ"),
        ("欄", "minimum", 9, "０"),
    ],
)
def test_a_cell_typed_in_another_way_is_read_right(
    madeup: Plan, tab: str, column: str, row: int, value: RawValue
) -> None:
    """01 that became 1, TRUE for ○, full width and eras change nothing (4)."""
    assert from_sheets(_changed(madeup, tab, column, row, value), "typed") == madeup


@pytest.mark.parametrize(
    ("tab", "column", "row", "value", "said"),
    [
        ("所管部", "code", 3, True, "「所管部」シート 3行目「部番号」：「True」は部番号として読めません"),
        ("所管部", "code", 3, None, "「所管部」シート 3行目「部番号」：値がありません"),
        ("所管部", "code", 3, "A-1", "「所管部」シート 3行目「部番号」：「A-1」は使えない書き方です"),
        ("計画", "name", 2, date(2030, 5, 7), "「計画」シート 2行目「計画名」：「2030-05-07」は文字として"),
        ("計画", "form_version", 2, 1.5, "「計画」シート 2行目「様式の版」：「1.5」は文字として"),
        ("計画", "issued", 2, "5月7日", "「計画」シート 2行目「配布日」：「5月7日」は日付として読めません"),
        ("計画", "year", 2, 2018, "「計画」シート 2行目「調査年度」：「2018」は年度として読めません"),
        ("日程", "date", 2, date(2030, 5, 1), "「日程」シート 2行目「時期」：「2030-05-01」は時期として"),
        ("日程", "date", 2, "2030-13", "「日程」シート 2行目「時期」：「2030-13」は時期として"),
        ("到達点", "code", 2, 1.5, "「到達点」シート 2行目「番号」：「1.5」は整数ではありません"),
        ("まとめ名", "all", 2, "不明", "「まとめ名」シート 2行目「すべての部」：「不明」は○ではありません"),
        ("欄", "type", 5, "文字", "「欄」シート 5行目「種類」：「文字」は選べません。文字（一行）、"),
        ("欄", "optional_phases", 8, "前半", "「欄」シート 8行目「必須でない期間」：「前半」は選べません"),
        ("欄", "minimum", 9, "なし", "「欄」シート 9行目「最小」：「なし」は数ではありません"),
        ("欄", "group", 5, "haed", "「欄」シート 5行目「区分」：「haed」はどこにも定義されていません"),
        ("選択肢", "value", 3, "順調", "「選択肢」シート 3行目「選択肢」：「順調」が二度"),
        ("選択肢", "value", 3, None, "「選択肢」シート 3行目「選択肢」：値がありません"),
        ("選択肢", "list_name", 3, "1st", "「選択肢」シート 3行目「一覧の符号」：「1st」は使えない書き方です"),
        ("シート", "copies", 3, 21, "「シート」シート 3行目「枚数・枠数」：「21」は大きすぎます"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    madeup: Plan, tab: str, column: str, row: int, value: RawValue, said: str
) -> None:
    """Sheet, row and column are named as the workbook names them (4, 5)."""
    with pytest.raises(DefinitionError) as caught:
        from_sheets(_changed(madeup, tab, column, row, value), "計画定義.xlsx")
    assert said in describe_problem(caught.value)


def test_everything_is_said_at_once(madeup: Plan) -> None:
    """Cells that cannot be understood and values that are not allowed come in one message (5)."""
    sheets = _changed(madeup, "到達点", "code", 2, "一")
    spoilt = {sheet.name: sheet for sheet in _changed(madeup, "シート", "copies", 3, 99)}
    sheets = [spoilt[sheet.name] if sheet.name == "シート" else sheet for sheet in sheets]
    with pytest.raises(DefinitionError) as caught:
        from_sheets(sheets, "計画定義.xlsx")
    said = describe_problem(caught.value)
    assert caught.value.fields["count"] == 2
    assert "「到達点」シート 2行目「番号」" in said
    assert "「シート」シート 3行目「枚数・枠数」" in said


def test_a_cell_whose_value_the_file_does_not_tell_is_refused(madeup: Plan) -> None:
    """#N/A and a formula never calculated are no blank (4)."""
    sheets = [
        SheetRows(sheet.name, sheet.rows, frozenset({(1, 1)}) if sheet.name == "区分" else frozenset())
        for sheet in to_sheets(madeup)
    ]
    with pytest.raises(DefinitionError) as caught:
        from_sheets(sheets, "計画定義.xlsx")
    assert "「区分」シート 2行目「名前」：計算の誤り" in describe_problem(caught.value)


def _without(plan: Plan, tab: str) -> list[SheetRows]:
    return [sheet for sheet in to_sheets(plan) if sheet.name != tab]


def _headed(plan: Plan, tab: str, *headings: str) -> list[SheetRows]:
    return [
        SheetRows(sheet.name, (headings, *sheet.rows[1:])) if sheet.name == tab else sheet for sheet in to_sheets(plan)
    ]


def test_a_missing_sheet_is_refused(madeup: Plan) -> None:
    """A renamed sheet would otherwise be lost in silence (6)."""
    with pytest.raises(DefinitionError) as caught:
        from_sheets(_without(madeup, "区分"), "計画定義.xlsx")
    assert "シート「区分」がありません" in describe_problem(caught.value)


def test_a_sheet_that_stands_twice_is_refused(madeup: Plan) -> None:
    """Nobody can say which of the two holds (6)."""
    sheets = [*to_sheets(madeup), SheetRows("goals", ())]
    with pytest.raises(DefinitionError) as caught:
        from_sheets(sheets, "計画定義.xlsx")
    assert "シート「到達点」が二つあります" in describe_problem(caught.value)


def test_a_misspelt_heading_is_refused(madeup: Plan) -> None:
    """A heading that nobody knows leaves its column missing (6)."""
    with pytest.raises(DefinitionError) as caught:
        from_sheets(_headed(madeup, "外郭団体", "団体名", "別名"), "計画定義.xlsx")
    assert "「外郭団体」シート：見出し「別の書き方」がありません" in describe_problem(caught.value)


def test_a_heading_that_stands_twice_is_refused(madeup: Plan) -> None:
    """Two columns of one heading are two answers (6)."""
    with pytest.raises(DefinitionError) as caught:
        from_sheets(_headed(madeup, "区分", "符号", "名前", "名前"), "計画定義.xlsx")
    assert "「区分」シート：見出し「名前」が二つあります" in describe_problem(caught.value)


@pytest.mark.parametrize(("count", "said"), [(0, "見出しの下に一行書いてください"), (2, "2行あります")])
def test_a_sheet_of_one_row_holds_one_row(madeup: Plan, count: int, said: str) -> None:
    """There is one plan and one way to spell the matrix (6)."""
    sheets = [
        SheetRows(sheet.name, (sheet.rows[0], *[sheet.rows[1]] * count)) if sheet.name == "計画" else sheet
        for sheet in to_sheets(madeup)
    ]
    with pytest.raises(DefinitionError) as caught:
        from_sheets(sheets, "計画定義.xlsx")
    assert said in describe_problem(caught.value)


def test_optional_sheets_may_be_empty(madeup: Plan) -> None:
    """No expansions, affiliates or milestones is a plan too, and nothing makes 0 of an empty limit (1, 3)."""
    sheets = [
        SheetRows(sheet.name, sheet.rows[:1]) if sheet.name in {"まとめ名", "外郭団体", "日程"} else sheet
        for sheet in to_sheets(madeup)
    ]
    found = from_sheets(sheets, "計画定義.xlsx")
    assert (found.expansions, found.affiliates, found.cycle.milestones) == ((), (), ())
    saving = next(rule for rule in found.fields if rule.name == "saving")
    assert saving.minimum == 0
    assert next(rule for rule in found.fields if rule.name == "title").minimum is None
