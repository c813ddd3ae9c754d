"""The plan's list, read out of lines of cells.

1. Columns are found by the definition's labels, in any order and spelling; the goal's column may be missing.
2. Headings, labels of perspectives, bands, blank lines and running text are no items; labels are never ticks.
3. The plan document's own text gives its 93 items letter by letter.
4. A line that looks like an item and cannot be read is a finding at its place, never dropped.
5. Nothing that looks like a list is one finding.
6. Each sheet has columns and bands of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from kohyo.definition.seed import shipped_list
from kohyo.messages import describe, located, severity
from kohyo.model.finding import Finding, Place, Severity
from kohyo.model.plan import Plan
from kohyo.model.value import RawValue
from kohyo.register.plan_list.list_row import ListCell
from kohyo.register.plan_list.list_values import affiliate_named
from kohyo.register.plan_list.read_list import ListReading, heading_columns, read_list, text_lines
from tests.documents import made_up_document, plan_document
from tests.golden import printed_items

HEADING = "番号|項目名|概要|所管部"
GOOD = "1-1|広報の強化|広く知らせる。|政策経営部"


def _read(plan: Plan, *lines: str) -> ListReading:
    return read_list(plan, text_lines("一覧.csv", ((n, line.split("|")) for n, line in enumerate(lines, 1))))


def _only(reading: ListReading) -> Finding:
    assert len(reading.findings) == 1
    return reading.findings[0]


def test_columns_are_found_by_label_in_any_order(plan: Plan) -> None:
    """A list with other columns between, in another order and in full width, is read by its labels (1)."""
    row = _read(plan, "所管部|備考|項 目 名|到達点|概要|番号", " 総務部、政策経営部 |x|組織|５|整える。|５－１").rows[0]
    assert (str(row.number), row.goal, row.title) == ("5-1", 5, "組織")
    assert (row.overview, row.owners) == ("整える。", "総務部、政策経営部")


@pytest.mark.parametrize(
    "goal", ["2", "到達点2", "業務改善による区民サービス向上", "2 業務改善による区民サービスの向上", ""]
)
def test_a_goal_may_be_said_by_code_or_name(plan: Plan, goal: str) -> None:
    """The goal's column says code, name or both; an empty one leaves it to the number (1)."""
    reading = _read(plan, "到達点|" + HEADING, f"{goal}|2-1|健診|改める。|総務部")
    assert reading.findings == ()
    assert reading.rows[0].goal == 2


def test_bands_are_read_in_any_spelling(plan: Plan) -> None:
    """A band in full width, without its name, with a space within, or said again as continued is a band (2)."""
    for band in ("到達点１　新たな仕組みづくり", "到達点 1", "到達点1", "到達点1　新たな仕組みづくり（続き）"):
        assert _read(plan, HEADING, band, GOOD).findings == ()
        assert _only(_read(plan, HEADING, band, GOOD.replace("1-1", "2-1"))).code == "K305"


def test_texts_stay_letter_by_letter(plan: Plan) -> None:
    """Titles and overviews are kept with their full width, spaces and line breaks (2)."""
    row = _read(plan, HEADING, "1-1|ＤⅩの 推進|一行目\n二行目 |政策経営部").rows[0]
    assert (row.title, row.overview) == ("ＤⅩの 推進", "一行目\n二行目 ")


def test_what_is_no_item_is_passed_over(plan: Plan) -> None:
    """Text before and after, repeated headings, labels, bands, page numbers and page breaks say nothing (2)."""
    heading = "番号|項目名|概要|改善の視点||||||所管部"
    labels = "||| 組織|人材育成|協働|デジタル|公共施設|外郭団体|"
    item = "1-2|見直し|改める。|組織|人材育成|協働|デジタル|公共施設|外郭団体|政策経営部"
    reading = _read(
        plan, "はじめに", "到達点1 の説明||", "", "\f" + heading, labels, "到達点1 新たな仕組みづくり|||||||||", item,
        "", "27", "\f", heading, labels, item.replace("1-2", "1-3"), "おわりに",
    )  # fmt: skip
    assert [str(row.number) for row in reading.rows] == ["1-2", "1-3"]
    assert reading.findings == ()


def _read_text(plan: Plan, text: str) -> ListReading:
    lines = (line.split("\t") for line in text.split("\n"))
    return read_list(plan, text_lines("計画.txt", enumerate(lines, 1)))


def test_a_text_laid_out_as_the_plan_gives_its_items(plan: Plan) -> None:
    """Running text with the plan's list gives its items, their texts letter by letter (3)."""
    _, *items = shipped_list(plan.plan.code)
    rows, findings = _read_text(plan, made_up_document(items))
    assert [[str(row.number), str(row.goal), row.title, row.overview, row.owners] for row in rows] == [
        [*item] for item in items
    ]
    assert findings == ()


@pytest.mark.documents
def test_the_plan_document_gives_its_items(plan: Plan, documents: Sequence[Path]) -> None:
    """The running text of the plan gives 93 items, their texts letter by letter (3)."""
    text = plan_document(documents).read_text(encoding="utf-8")
    rows, findings = _read_text(plan, text)
    printed = [(item.number, item.goal, item.title, item.owners, item.affiliate) for item in printed_items()]
    found = [(str(r.number), r.goal, r.title, r.owners, affiliate_named(plan, r.overview)) for r in rows]
    assert found == printed
    assert [row for row in rows if f"\n{row.number}\t{row.title}\t{row.overview}\t" not in text] == []
    assert Counter(row.goal for row in rows) == {1: 25, 2: 31, 3: 19, 4: 10, 5: 8}
    assert findings == ()


UNREADABLE = [
    ("K302", "1の1|広報|広く。|政策経営部", "1の1"),
    ("K302", "|広報|広く。|政策経営部", ""),
    ("K302", "1-1 広報", "1-1 広報"),
    ("K303", "1-1|広報|広く", "1-1"),
    ("K305", "9-1|広報|広く。|政策経営部", "9-1"),
    ("K306", "1-1||広く。|政策経営部", ""),
    ("K306", "1-1|広報|広く。|　", "　"),
    ("K310", "1-1|広報|広く。|政策経営部、なぞの部", "政策経営部、なぞの部"),
]


@pytest.mark.parametrize(("code", "line", "value"), UNREADABLE)
def test_an_item_that_cannot_be_read_is_a_finding(plan: Plan, code: str, line: str, value: str) -> None:
    """The finding names the line and what stood there; the lines around it are read (4)."""
    reading = _read(plan, HEADING, line, "1-2|見直し|改める。|政策経営部")
    finding = _only(reading)
    assert (finding.code, finding.value) == (code, value)
    assert finding.place == Place("一覧.csv", "", "2行目")
    assert severity(code) is Severity.ERROR
    assert "2行目" in located(finding)
    assert [str(row.number) for row in reading.rows] == ["1-2"]


def test_an_unknown_department_is_named(plan: Plan) -> None:
    """Of several owners the message names the one that nobody bears (4)."""
    finding = _only(_read(plan, HEADING, "1-1|広報|広く。|政策経営部、なぞの部"))
    assert "「なぞの部」" in describe(finding)


def test_a_number_that_stands_twice_is_a_finding(plan: Plan) -> None:
    """The first line counts, the second is named together with the first (4)."""
    reading = _read(plan, HEADING, GOOD, "１－１|別の名前|別。|総務部")
    finding = _only(reading)
    assert (finding.code, finding.context["first"]) == ("K304", "2行目")
    assert [row.title for row in reading.rows] == ["広報の強化"]
    assert "3行目" in located(finding)


def test_an_item_under_the_band_of_another_goal_is_a_finding(plan: Plan) -> None:
    """Number and band contradict each other: which is right is not guessed (4)."""
    reading = _read(plan, HEADING, "到達点2 業務改善による区民サービス向上", GOOD)
    assert (_only(reading).code, _only(reading).value) == ("K305", "2")
    assert reading.rows == ()
    assert "1-1" in located(_only(reading))


def test_an_item_whose_goal_column_says_another_goal_is_a_finding(plan: Plan) -> None:
    """Number and goal column contradict each other: which is right is not guessed (4)."""
    reading = _read(plan, "到達点|" + HEADING, f"3|{GOOD}", f"未定|{GOOD}")
    assert [finding.code for finding in reading.findings] == ["K305", "K305"]
    assert reading.rows == ()


@pytest.mark.parametrize("band", ["到達点9 なぞの到達点", "到達点1 違う名前"])
def test_an_unknown_band_is_looked_at(plan: Plan, band: str) -> None:
    """A band that the plan does not have, by code or by name, is a finding of its own (4)."""
    finding = _read(plan, HEADING, band).findings[0]
    assert (finding.code, finding.value, severity("K309")) == ("K309", band, Severity.CHECK)
    assert band in describe(finding)


def test_an_item_without_overview_is_read_and_said(plan: Plan) -> None:
    """An empty overview does not keep an item out, but somebody should look at it (4)."""
    reading = _read(plan, HEADING, "1-1|広報| |政策経営部")
    assert (_only(reading).code, severity("K307")) == ("K307", Severity.CHECK)
    assert len(reading.rows) == 1
    assert "1-1" in located(_only(reading))


def test_a_number_that_became_a_date_is_a_finding(plan: Plan) -> None:
    """Excel turns 1-24 into a day: the cell is named, the number is not guessed back (4)."""
    values: list[RawValue] = [date(2024, 1, 24), "広報", "広く。", "政策経営部"]
    day = [ListCell(value, Place("一覧.xlsx", "一覧", f"{'ABCD'[n]}2")) for n, value in enumerate(values)]
    heading = [ListCell(label, Place("一覧.xlsx", "一覧", "A1")) for label in HEADING.split("|")]
    reading = read_list(plan, [heading, day])
    assert (_only(reading).code, _only(reading).place.cell) == ("K308", "A2")
    assert "2024-01-24" in describe(_only(reading))


@pytest.mark.parametrize("lines", [(), ("",), (GOOD,), ("番号|項目名|所管部", GOOD)])
def test_no_list_is_one_finding(plan: Plan, lines: tuple[str, ...]) -> None:
    """Without a heading that has all the labels nothing is read, and the finding names the labels (5)."""
    reading = _read(plan, *lines)
    assert (_only(reading).code, reading.rows) == ("K301", ())
    assert "番号、項目名、概要、所管部" in describe(_only(reading))


def test_a_heading_lacks_only_the_goal(plan: Plan) -> None:
    """Every structural label but the goal's must be in a heading (5)."""
    (line,) = text_lines("x", [(1, HEADING.split("|"))])
    assert heading_columns(plan, line) == {"number": 0, "title": 1, "overview": 2, "owners": 3}
    assert heading_columns(plan, line[:3]) == {}


def test_each_sheet_has_its_own_heading_and_bands(plan: Plan) -> None:
    """Neither columns nor bands reach into the next sheet; numbers are compared across sheets (6)."""
    sheets = {
        "一": [HEADING, "到達点1", GOOD],
        "二": ["2-9|見出しの前|無視。|総務部"],
        "三": ["所管部|概要|項目名|番号", "総務部|改める。|健診|2-1", "総務部|改める。|健診|1-1"],
    }
    lines = [
        [ListCell(text, Place("一覧.xlsx", sheet, f"A{n}")) for text in line.split("|")]
        for sheet, texts in sheets.items()
        for n, line in enumerate(texts, 1)
    ]
    reading = read_list(plan, lines)
    assert [str(row.number) for row in reading.rows] == ["1-1", "2-1"]
    assert _only(reading).context["first"] == "一 A3"


def test_numbers_of_a_workbook_are_read_without_their_fraction(plan: Plan) -> None:
    """A goal that a workbook keeps as 1.0 is goal 1 (1)."""
    values: list[RawValue] = [1.0, *GOOD.split("|")]
    heading = [ListCell(label, Place()) for label in ("到達点", *HEADING.split("|"))]
    reading = read_list(plan, [heading, [ListCell(value, Place()) for value in values]])
    assert (len(reading.rows), reading.findings) == (1, ())
