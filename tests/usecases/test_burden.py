"""What the forms cost (記入の量), known before they go out.

1. Per form: the cells to type and those filled in, the same as ``distribute`` tells, without a form being written.
2. What is known is told question by question, with the answers: of the register, and of the year before.
3. What a department answers word for word as last year is told once it came back; a short answer may be the same.
4. Items and proposals of different departments that say much the same are listed, those of one department never.
5. Of a year with several surveys, it tells of the one that goes out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import kohyo
from kohyo.definition.load import load_toml, shipped
from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.register import Adoption, Register, Submission
from kohyo.model.value import FieldValue
from kohyo.register.similar_entries import similar_entries
from kohyo.usecases.new import workspace_for
from kohyo.workspace.folder import Workspace
from tests.definition.plans import MADEUP
from tests.tables.real_plan import items as real_items
from tests.usecases.small import LIST, NOW, Small, made_up_plan
from tests.usecases.test_half_years import SECOND, WINTER, half_yearly

NEXT = datetime(2031, 6, 2, 9)  # noqa: DTZ001 - the register knows no time zones
SAME = "窓口の混み具合を毎週数えて壁に貼り出した。"


def test_the_forms_cost_what_distribute_tells(small: Small) -> None:
    """Cells are counted alike, nothing is written but the report (1, 2)."""
    before = {path: path.read_bytes() for path in small.workspace.forms.iterdir()}
    told = kohyo.burden(small.root, now=NOW)
    sent = small.distribute()
    assert told.burdens == sent.burdens
    assert all(entry.to_type and 0 < entry.share < 100 for entry in told.burdens)
    assert {path: path.read_bytes() for path in small.workspace.forms.iterdir()} == before
    (titles,) = (entry for entry in told.known if (entry.department, entry.field) == ("市民局", "title"))
    assert (titles.sheets, titles.filled, titles.beside) == (2, 2, 0)
    assert titles.values == ("窓口の予約", "研修")
    assert "state" not in {entry.field for entry in told.known}
    book = openpyxl.load_workbook(told.report)
    assert book.sheetnames == ["部別", "分かっていること", "前年度と同じ回答", "似た取組み"]


def test_what_is_said_as_last_year(tmp_path: Path) -> None:
    """The same words a year later are told, another text and a short one are not (2, 3)."""
    plan = load_toml(MADEUP)
    text = next(rule for rule in plan.fields if rule.name == "overview")
    done = text.model_copy(update={"name": "done", "label": "行ったこと", "nature": "year", "sheets": ("card",)})
    small = Small(workspace_for(tmp_path / "作業", plan.model_copy(update={"fields": (*plan.fields, done)})))
    kohyo.import_items(small.root, small.write_list(LIST[:3]), now=NOW)
    for now, said in ((NOW, {}), (NEXT, {"2-1": {"done": "予約の画面を新しく作って、案内を配った。"}})):
        kohyo.distribute(small.root, now=now)
        if now is NEXT:
            told = kohyo.burden(small.root, now=now)
            (beside,) = (entry for entry in told.known if (entry.department, entry.field) == ("企画財政局", "done"))
            assert (beside.filled, beside.beside, beside.values) == (0, 2, (SAME,))
            assert told.repeated == ()
        for name in ("企画財政局", "市民局"):
            typed = {number: {"done": SAME, **said.get(number, {})} for number in ("1-1", "2-1")}
            small.send(name, typed)
        kohyo.consolidate(small.root, now=now)
        if now is NOW:
            kohyo.rollover(small.root, now=NEXT)
    told = kohyo.burden(small.root, now=NEXT)
    assert [(entry.department, entry.number, entry.field, entry.text) for entry in told.repeated] == [
        ("企画財政局", "1-1", "done", SAME)
    ]
    assert told.needs_person


def _item(place: int, number: str, title: str, overview: str, owners: str) -> Item:
    goal, serial = map(int, number.split("-"))
    values: dict[str, FieldValue] = {
        "number": number,
        "goal": goal,
        "title": title,
        "overview": overview,
        "owners": owners,
    }
    return Item(ItemId(f"K{place:04d}"), ItemNumber(goal, serial), values)


def _proposal(**changes: Any) -> Submission:  # noqa: ANN401 - any member of a submission
    values = {"title": "水道管の更新を早める", "overview": "古い水道管の更新を、計画より早める。"}
    return replace(Submission("P0001", "idea", "市民局", values, Place(), "", NOW), **changes)


def test_what_is_alike_across_departments() -> None:
    """Two departments' items are a pair, one department's are not; an open proposal counts, a declined one not (4)."""
    plan = made_up_plan()
    items = (
        _item(1, "1-1", "施設予約の電子化", "会館の予約をインターネットで受け付ける。", "市民局"),
        _item(2, "1-2", "体育館予約の電子化", "体育館の予約をインターネットで受け付ける。", "企画財政局"),
        _item(3, "1-3", "会館予約の電子化", "会館の予約をインターネットで受け付ける。", "市民局"),
        _item(4, "2-1", "水道管の更新", "古い水道管の更新を進める。", "上下水道局"),
    )

    def pairs(*sent: Submission) -> set[tuple[str, str]]:
        found = similar_entries(plan, Register(items=items, submissions=sent))
        return {(pair.one.number, pair.other.number) for pair in found}

    assert pairs() == {("1-1", "1-2"), ("1-2", "1-3")}
    assert pairs(_proposal()) - pairs() == {("2-1", "P0001")}
    for left_out in (
        _proposal(decision=Adoption.DECLINED),
        _proposal(item="K0004"),
        _proposal(year=2029),
        _proposal(department="上下水道局"),
    ):
        assert pairs(left_out) == pairs()


def _register(rows: Iterable[tuple[str, str, str]]) -> Register:
    """Return a register of these names, texts and owners."""
    listed = enumerate(rows, 1)
    return Register(items=tuple(_item(place, f"1-{place}", *row) for place, row in listed))


_PLACES = ("第一", "第二", "第三", "北", "南", "東", "西", "中央", "緑ヶ丘", "桜町")
_SORTS = ("小学校", "中学校", "児童館", "保育園", "図書館", "公民館", "会館", "老人福祉センター", "体育館", "出張所")
_FACILITIES = [
    (f"{place}{sort}", f"{sort}の劣化を確かめ、長寿命化の改修を計画的に行う。{place}{across + 1}丁目", across % 4)
    for place in _PLACES
    for across, sort in enumerate(_SORTS)
]


@pytest.mark.parametrize("with_text", [False, True])
def test_facilities_of_one_sort_are_not_alike(with_text: bool) -> None:  # noqa: FBT001 - with what a survey says or without
    """What a plan says everywhere tells no two entries apart: neither names nor a text that all have (4)."""
    plan = shipped("facilities")
    owners = [entry.name for entry in plan.departments]
    rows = [(name, text if with_text else "", owners[place]) for name, text, place in _FACILITIES]
    assert similar_entries(plan, _register(rows)) == ()
    twice = [*rows, ("第一小学校", "", owners[3])]
    assert [(pair.share, pair.other.title) for pair in similar_entries(plan, _register(twice))] == [(100, "第一小学校")]


def test_a_town_s_short_titles_are_not_alike() -> None:
    """A programme of a few items in a few words lists what is about one thing, and no other (4)."""
    plan = shipped("blank")
    rows = [
        ("窓口の一本化", "窓口を一つにする。", "企画部"),
        ("会議の削減", "会議を減らす。", "総務部"),
        ("基金の見直し", "基金をまとめる。", "企画部"),
        ("補助金の見直し", "補助金の効果を確かめて見直す。", "総務部"),
        ("補助金交付の見直し", "交付する補助金の効果を確かめて見直す。", "企画部"),
    ]
    found = similar_entries(plan, _register(rows))
    assert [(pair.one.title, pair.other.title) for pair in found] == [("補助金の見直し", "補助金交付の見直し")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AI議事録の導入", "ＡＩ議事録の活用"),
        ("キャッシュレス決済の導入", "キャッシュレス決済を広げる"),
        ("夜間窓口の開設", "夜間の窓口開設"),
        ("会議のペーパーレス化", "ペーパーレス会議"),
    ],
)
def test_short_names_are_alike_by_their_words(one: str, other: str) -> None:
    """A name in a few letters is enough, where its words are the same (4)."""
    others = [("庁舎の整備", "", "企画部"), ("税の徴収", "", "総務部"), ("道路の整備", "", "総務部")]
    rows = [(one, "", "企画部"), (other, "", "総務部"), *others]
    (found,) = similar_entries(shipped("blank"), _register(rows))
    assert {found.one.title, found.other.title} == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("基金の見直し", "補助金の見直し"),
        ("オンライン相談の導入", "オンライン申請の導入"),
        ("職員研修の充実", "職員採用の充実"),
        ("夜間の窓口", "休日の窓口"),
        ("北児童館", "南児童館"),
        ("中央老人福祉センター", "北老人福祉センター"),
    ],
)
def test_short_names_of_different_things_are_not(one: str, other: str) -> None:
    """Nor are things of one sort, which only a place tells apart (4)."""
    rows = [(one, "", "企画部"), (other, "", "総務部"), ("庁舎の整備", "", "企画部"), ("税の徴収", "", "総務部")]
    assert similar_entries(shipped("blank"), _register(rows)) == ()


def test_a_proposal_is_compared_by_all_that_it_says() -> None:
    """What is to be done tells as much as the overview (4)."""
    items = (_item(1, "1-1", "水道管の更新", "古い水道管の更新を計画より早める。", "上下水道局"),)
    said = {"title": "安心なまち", "overview": "暮らしを守る。"}
    done = {**said, "measures": "古い水道管の更新を計画より早める。"}

    def shares(values: dict[str, str]) -> list[int]:
        register = Register(items=items, submissions=(_proposal(values=values),))
        return [pair.share for pair in similar_entries(made_up_plan(), register)]

    assert (shares(said), len(shares(done))) == ([], 1)


def test_a_ward_s_pairs_are_few() -> None:
    """Of the 93 printed items as many pairs are listed as a person reads, the plainest first (4)."""
    plan = shipped("setagaya-r6")
    found = similar_entries(plan, Register(items=tuple(real_items(plan))))
    assert 5 <= len(found) <= 15
    assert {found[0].one.title, found[0].other.title} == {
        "公共施設の新たな維持管理手法の導入",
        "道路等の公共施設維持管理の包括的民間委託の導入検討",
    }


def test_of_the_survey_that_goes_out(tmp_path: Path) -> None:
    """The winter's survey asks less (5)."""
    workspace: Workspace = workspace_for(tmp_path / "町", half_yearly())
    small = Small(workspace)
    kohyo.import_items(small.root, small.write_list(LIST), now=NOW)
    winter = kohyo.burden(small.root, now=WINTER)
    spring = kohyo.burden(small.root, "上半期", now=WINTER)
    assert (winter.survey, spring.survey) == (SECOND, "上半期")
    assert sum(entry.to_type for entry in winter.burdens) < sum(entry.to_type for entry in spring.burdens)
