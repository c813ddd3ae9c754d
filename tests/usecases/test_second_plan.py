"""A second, made-up plan goes the whole way, with no code of its own.

Another organisation, three goals, four perspectives, other fields, sheets, years and words: what works for the
shipped plan works for it, from an empty folder to the tables.

1. The workspace of the plan holds its definition, letter by letter.
2. Answers of every type come back as what they are, ticks with their evidence, proposals and voices besides.
3. The tables speak the plan's own words: goals, perspectives, separators, marks, version.
4. What the secretariat curates in the register is what the matrix prints.
"""

from __future__ import annotations

import csv
from datetime import date

import openpyxl
import pytest

import kohyo
from kohyo.excel.definition_book.definition_reader import read_definition
from kohyo.model.outcome import Outcome
from kohyo.model.tick import Evidence, Tick
from tests.usecases.small import DEPARTMENTS, Small, made_up_plan, new_small, opened, type_into

ENTRIES = (
    (1, "財源", 1, "料金", "使用料", "1-1"),
    (2, "財源", 1, None, "予約", "2-1"),
    (2, "財源", 2, "区", "窓口", "2-2"),
    (2, "オンライン", 1, None, "予約", "2-1"),
)
ANSWERS = {"schedule_2030": "一行目\n二行目", "saving": "１，２００千円", "ratio": "12.5", "next_step": "見直す"}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Go the whole way once: new, import, distribute, answer, consolidate, curate, tables."""
    small = new_small(tmp_path_factory.mktemp("second") / "みらい")
    small.distribute()
    for department in DEPARTMENTS:
        path = small.send(department, {"1-1": ANSWERS})
    with opened(path) as book:
        ticks = {"tick_finance": "－", "tick_online": "〇", "tick_staff": "－", "tick_partners": "－"}
        type_into(book["R13新規"], {"title": "見える化", "overview": "知らせる。", **ticks})
        type_into(book["市民の声"], {"heard.2": "待ち時間が長い。", "heard_on.2": "令和12年6月3日"})
    small.consolidate()
    with small.by_hand() as book:
        for row, entry in enumerate(ENTRIES, start=2):
            for column, value in enumerate(entry, start=1):
                book["体系表掲載"].cell(row, column, value)
    kohyo.matrix(small.root)
    kohyo.make_tables(small.root)
    return small


def _records(small: Small, name: str) -> list[dict[str, str]]:
    with (small.workspace.data / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_definition_is_the_plan(done: Small) -> None:
    """What the workspace holds is the plan that was given (1)."""
    assert read_definition(done.workspace.definition) == made_up_plan()


def test_everybody_is_accepted(done: Small) -> None:
    """Five complete returns, nothing to mend (2)."""
    assert set(done.outcomes().values()) == {Outcome.ACCEPTED}
    status = kohyo.status(done.root, date(2030, 7, 1))
    assert status.counts == {"accepted": 5}


def test_answers_come_back_as_what_they_are(done: Small) -> None:
    """Texts with line breaks, integers, decimals and choices (2)."""
    values = done.item("1-1").values
    assert [values[name] for name in ANSWERS] == ["一行目\n二行目", 1200, 12.5, "見直す"]


def test_ticks_have_their_evidence(done: Small) -> None:
    """A ○ is 該当, a － is 非該当, both by the department's answer (2)."""
    item = done.item("2-2")
    assert (item.values["tick_finance"], item.values["tick_online"]) == (Tick.YES, Tick.NO)
    assert item.evidence["tick_finance"] is Evidence.ANSWER


def test_what_was_sent_besides(done: Small) -> None:
    """A proposal and a voice stand in the register with their origin (2)."""
    sent = {row.kind: row for row in done.register().submissions}
    assert set(sent) == {"idea", "voice"}
    assert sent["idea"].values["tick_online"] is Tick.YES
    assert sent["voice"].values["heard_on"] == date(2030, 6, 3)
    assert {row.department for row in sent.values()} == {DEPARTMENTS[-1]}


def test_the_matrix_is_what_was_curated(done: Small) -> None:
    """Separators, brackets and the mark of what is cross-listed are the plan's own; a row for each number (3, 4)."""
    assert [(row["目標"], row["改善の視点"], row["実施項目（抜粋）"]) for row in _records(done, "体系表（抜粋）")] == [
        ("1", "財源", "料金〔使用料〕"),
        ("2", "財源", "予約／区〔窓口〕"),
        ("2", "財源", "予約／区〔窓口〕"),
        ("2", "オンライン", "予約（再掲）"),
    ]


def test_nothing_speaks_of_the_other_plan(done: Small) -> None:
    """No table says 【再掲】, 世田谷 or a goal of the shipped plan (3)."""
    books = [openpyxl.load_workbook(path, read_only=True) for path in done.workspace.results.glob("*.xlsx")]
    texts = [str(cell.value) for book in books for sheet in book for row in sheet.iter_rows() for cell in row]
    for book in books:
        book.close()
    assert any("令和12年3月 決定" in text for text in texts)
    for foreign in ("【再掲】", "世田谷", "新たな仕組みづくり", "デジタル", "政策経営部"):
        assert not any(foreign in text for text in texts), foreign


def test_the_grid_has_the_plans_shape(done: Small) -> None:
    """Three goals by four perspectives, a row for each number of a cell (3)."""
    (row, *_) = grid = _records(done, "3×4表")
    assert [row["目標"] for row in grid] == ["1", "2", "2", "3"]
    assert [name for name in row if name in ("財源", "オンライン", "職員", "連携")] == [
        "財源",
        "オンライン",
        "職員",
        "連携",
    ]


def test_the_list_has_every_item(done: Small) -> None:
    """取組み一覧 in the order of the numbers, ticks shown (3)."""
    rows = _records(done, "取組み一覧")
    assert [row["取組番号"] for row in rows] == ["1‐1", "2‐1", "2‐2", "3‐1"]  # which Excel takes for no dates
    assert rows[0]["財源"] == "○"
    assert rows[1]["担当局"] == "市民局、企画財政局"


def test_a_shared_item_counts_once(done: Small) -> None:
    """Each owner has it, the sum has it once, one of them leads (3)."""
    (*departments, total) = _records(done, "部別")
    assert total["項目数（件）"] == "4"
    assert sum(int(row["項目数（件）"]) for row in departments) == 10
    assert sum(int(row["うち主管（件）"]) for row in departments) == 4


def test_tables_are_the_same_every_time(done: Small) -> None:
    """The twins of one register are the same bytes whenever they are made (3)."""
    before = {path.name: path.read_bytes() for path in done.workspace.data.iterdir()}
    kohyo.make_tables(done.root)
    assert {path.name: path.read_bytes() for path in done.workspace.data.iterdir()} == before
    assert before


def test_only_the_named_table(done: Small) -> None:
    """--only makes what it names, with full-width letters or without the suffix alike (3)."""
    made = kohyo.make_tables(done.root, only=["体系表.xlsx"])
    assert [path.name for path in made.books] == ["体系表.xlsx"]
