"""Lists of what departments sent besides (提案・課題・好事例).

1. A list per kind of sheet, in the order of the organisation, with whom it came from; nothing yet is said in words.
2. Where a sheet has few fields each is a column; where it has many each band is one, its fields as lines.
3. A column that nobody filled is left out; of a copied item sheet its results are not a proposal's.
4. All proposals stand in one list by kind, with what was decided and why; what they say stands in one table, and each
   kind that came has a twin of all its fields.
5. The twin has every field, the day as 2024-06-03 and as printed; the office's own fields are not in it.
6. Any plan has its own kinds.
"""

from __future__ import annotations

from dataclasses import replace

from kohyo.definition.load import load_toml
from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Register, Submission
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.tables.proposals import proposal_tables
from kohyo.tables.submissions import submission_list
from tests.definition.plans import MADEUP
from tests.tables.reading import assert_sound, body, texts
from tests.tables.small_plan import CAME, item, item_id


def sent(kind: str, department: str = "土木部", name: str = "P0001", **values: FieldValue) -> Submission:
    """Return something that was sent."""
    return Submission(name, kind, department, values, Place(), "", CAME)


def test_few_fields_a_column_each(plan: Plan) -> None:
    """課題: three fields, three columns, in the order of the sheet (1, 2)."""
    issues = [sent("issue", issue_text="遅い。", issue_item="1-1", issue_wish="手伝い。"), sent("practice")]
    table = submission_list(plan, plan.sheet_kind("issue"), issues)
    assert table.name == table.title == "課題一覧"
    assert texts(table.head[0]) == ["№", "提出した部", "関連する番号", "課題の内容", "求める対応"]
    assert body(table) == [["1", "土木部", "1-1", "遅い。", "手伝い。"]]
    assert_sound(table)


def test_columns_are_as_wide_as_what_they_say(plan: Plan) -> None:
    """A number takes little room, a long text more than a short one, though not as much more as it is longer (1)."""
    issues = [sent("issue", issue_item="1-1", issue_text="長い。" * 32, issue_wish="やや長い、ひと言の話。")]
    widths = {column.key: column.width for column in submission_list(plan, plan.sheet_kind("issue"), issues).columns}
    assert widths["issue_item"] == len("関連する番号") + 1
    assert widths["issue_wish"] == 11
    assert widths["issue_text"] == 48


def test_in_the_order_of_the_organisation(plan: Plan) -> None:
    """By department, then strangers, from nobody last; of one department as it came (1)."""
    came = [
        sent("issue", department, issue_text=text)
        for department, text in (("謎の部", "己"), ("土木部", "丁"), ("総務部", "乙"), ("土木部", "戊"), ("", "甲"))
    ]
    table = submission_list(plan, plan.sheet_kind("issue"), came)
    assert [(row[0], row[-1]) for row in body(table)] == [
        (str(at), text) for at, text in enumerate(("乙", "丁", "戊", "己", "甲"), 1)
    ]


def test_nothing_yet(plan: Plan) -> None:
    """An empty list says so and keeps its headings (1)."""
    table = submission_list(plan, plan.sheet_kind("issue"), [])
    assert body(table) == [["課題はまだありません。"]]
    assert len(texts(table.head[0])) == 5
    assert_sound(table)


def test_what_nobody_filled_is_left_out(plan: Plan) -> None:
    """好事例 with titles alone, from nobody in particular: № and title (3)."""
    practices = [sent("practice", "", practice_title=title) for title in ("集約", "予約")]
    table = submission_list(plan, plan.sheet_kind("practice"), practices)
    assert body(table) == [["1", "集約"], ["2", "予約"]]
    assert len(table.records[0]) > 6


def test_many_fields_a_column_a_band(plan: Plan) -> None:
    """A proposal: title, bands as lines, perspectives that apply (2)."""
    values: dict[str, FieldValue] = {
        "title": "見える化",
        "overview": "知らせる。",
        "proposed_goal": 2,
        "tick_digital": Tick.YES,
        "tick_people": Tick.NO,
        "tick_organisation": Tick.YES,
        "plan_2024": "調べる。",
        "effect_finance": -300,
        "person": "見本三郎",
    }
    table = submission_list(plan, plan.sheet_kind("addition"), [replace(sent("addition"), values=values)])
    assert table.title == "令和6年度追加の提案一覧"
    assert texts(table.head[0])[2:] == ["項目名", "基本", "改善の視点", "年度別の計画", "効果"]
    assert body(table)[0][2:] == [
        "見える化",
        "到達点（案）：2 業務改善による区民サービスの向上\n概要：知らせる。",
        "組織、デジタル",
        "令和6年度：調べる。",
        "財政効果（千円）：▲300",
    ]
    assert "person" not in table.records[0]
    assert_sound(table)


def test_a_copied_sheet_has_no_results_of_its_own(plan: Plan) -> None:
    """What another item achieved is not printed of the proposal (3)."""
    copied = sent("item", title="新しい案", result="済んだ。", situation="遅い。")
    table = submission_list(plan, plan.sheet_kind("item"), [copied])
    assert table.title == "個票の写し一覧"
    assert body(table) == [["1", "土木部", "新しい案", "現状・課題：遅い。"]]


def test_all_proposals_in_one_list(plan: Plan) -> None:
    """By kind in the order of the definition, with what became of each; blocks are no proposals (4)."""
    came = [
        sent("team", name="P0003", title="横断"),
        sent("issue", name="P0002", issue_text="遅い。"),
        replace(
            sent("addition", name="P0001", title="予約", overview="窓口で待たない。"),
            decision=Adoption.ADOPTED,
            item=item_id("2-9"),
            reason="効果が大きい",
            first_year=2024,
        ),
    ]
    tables = proposal_tables(plan, Register((item(plan, "2-9", "o-----"),), submissions=tuple(came)))
    kinds = ["令和6年度追加の提案", "提案型プロジェクトチームの提案"]
    assert [table.name for table in tables] == ["提案一覧", "提案の内容", *kinds]
    assert [table.name for table in tables if table.printed] == ["提案一覧", "提案の内容"]
    assert body(tables[0]) == [
        ["1", kinds[0], "土木部", "予約", "令和6年6月3日", "採用", "効果が大きい", "2-9", "令和6年度"],
        ["2", kinds[1], "土木部", "横断", "令和6年6月3日", "", "", "", ""],
    ]
    assert [row[:3] for row in body(tables[1])] == [
        [f"{kinds[0]}　1件"],
        ["1", "土木部", "予約"],
        [f"{kinds[1]}　1件"],
        ["2", "土木部", "横断"],
    ]
    assert "概要：窓口で待たない。" in body(tables[1])[1][3:]
    assert [record["id"] for record in tables[0].records] == ["P0001", "P0003"]
    (nothing,) = proposal_tables(plan, Register())
    assert body(nothing) == [["提案はまだありません。"]]


def test_twin(plan: Plan) -> None:
    """Origin and day in columns of their own, a figure as a figure (5)."""
    table = submission_list(plan, plan.sheet_kind("addition"), [sent("addition", effect_finance=-300)])
    (record,) = table.records
    assert (record["id"], record["department"], record["effect_finance"]) == ("P0001", "土木部", -300)
    assert (record["received_at"], record["received_shown"]) == ("2024-06-03", "令和6年6月3日")


def test_any_plan() -> None:
    """The made-up plan's voices and ideas (6)."""
    plan = load_toml(MADEUP)
    voices = submission_list(plan, plan.sheet_kind("voice"), [sent("voice", heard="長い。", heard_on=CAME.date())])
    assert voices.name == "市民の声一覧"
    assert body(voices) == [["1", "土木部", "長い。", "令和6年6月3日"]]
    assert voices.records[0]["heard_on"] == "2024-06-03"
    ideas = proposal_tables(plan, Register(submissions=(sent("idea", title="見える化"),)))
    assert [table.name for table in ideas] == ["提案一覧", "提案の内容", "令和13年度の新しい取組"]
    for table in (voices, *ideas):
        assert_sound(table)
