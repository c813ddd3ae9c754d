"""The rules for machine-readable tables (統一ルール).

R1  each breach is told at its cell, and a table that keeps the rules has none
R2  what a CSV writer of ours writes keeps them, whatever the records say
R3  a number spelled for Excel is the same number to us
"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohyo.excel.table_book.data_files import csv_bytes
from kohyo.model.finding import Place
from kohyo.model.table import Column, Table
from kohyo.model.value import RawValue
from kohyo.tables.open_data_rules import DataSheet, rule_findings
from kohyo.text.normalise import key
from kohyo.text.open_data import becomes_a_date, plain_signs, steadied

HEAD = ("番号", "名前", "額（千円）", "年度", "西暦", "団体コード")
SOUND = ("1‐10", "窓口、電話の見直し", "-1200", "令和6年度", "2024", "131121")


def found(*rows: tuple[RawValue, ...], typed: bool = True) -> list[tuple[str, str]]:
    """Return code and place of every breach."""
    sheet = DataSheet(rows, lambda row, column: Place("表", "", f"{row},{column}"), typed=typed)
    return [(finding.code, finding.place.cell) for finding in rule_findings(sheet)]


@pytest.mark.parametrize(
    ("row", "breaches"),
    [
        (SOUND, []),
        (("1-10", *SOUND[1:]), [("K457", "2,0")]),
        (("1‐10、1‐11", *SOUND[1:]), [("K450", "2,0")]),
        (("1月10日", *SOUND[1:]), [("K458", "2,0")]),
        ((*SOUND[:2], "1,200", *SOUND[3:]), [("K451", "2,2")]),
        ((*SOUND[:2], "▲300千円", *SOUND[3:]), [("K451", "2,2")]),
        ((*SOUND[:4], "", SOUND[5]), [("K455", "2,3")]),
        ((*SOUND[:5], "131120"), [("K463", "2,5")]),
        (("1‐10", "Ⅵ 窓口", *SOUND[2:]), [("K456", "2,1")]),
        (("1‐10", "2024年の計画、次の計画", *SOUND[2:]), []),
    ],
)
def test_each_breach_stands_at_its_cell(row: tuple[str, ...], breaches: list[tuple[str, str]]) -> None:
    """R1: Below a sound row, one that is not."""
    assert found(HEAD, SOUND, row) == breaches


def test_a_figure_among_texts() -> None:
    """R1: Thousands marks are told in a column of texts as well, a plain figure there is not."""
    rows = [SOUND, SOUND, ("1‐10", "1,200", *SOUND[2:]), ("1‐10", "1200", *SOUND[2:]), SOUND]
    assert found(HEAD, *rows) == [("K451", "3,1")]


def test_headings_and_gaps() -> None:
    """R1: A heading twice, none at all, an empty row between others; a file without anything has no breach."""
    repeated = found(("甲", "甲", "", HEAD[5]), ("一", "二", "三", SOUND[5]))
    assert repeated == [("K453", "0,0"), ("K453", "0,1"), ("K453", "0,2")]
    assert found(HEAD, SOUND, ("",) * 6, SOUND) == [("K459", "2,0")]
    assert found(("", ""), ()) == []


@pytest.mark.parametrize(
    ("headings", "breaches"),
    [
        (("番号", "団体コード"), []),
        (("番号", "名前"), [("K460", "0,0")]),
        (("令和6年度の件数", "団体コード"), [("K461", "0,0")]),
        (("令和6年度（2024年度）の件数", "団体コード"), []),
        (("予算額", "団体コード"), [("K462", "0,0")]),
        (("予算額（千円）", "団体コード"), []),
        (("増減率（％）", "団体コード"), []),
        (("延床面積（m2）", "団体コード"), []),
        (("延床面積（表示）", "団体コード"), [("K462", "0,0")]),
    ],
)
def test_what_headings_must_say(headings: tuple[str, str], breaches: list[tuple[str, str]]) -> None:
    """R1: Whose table it is, western years, and units of what is measured."""
    assert found(headings, ("12", "131121")) == breaches


TEXTS = st.one_of(
    st.sampled_from(["1-10", "3/4", "①", "№3", "1-1、1-2、2-10", "=1+1", "Ⅵ", "㈱山田", "2024-1", "1,200"]),
    st.text(max_size=6),
)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_what_we_write_keeps_the_rules(texts: list[str]) -> None:
    """R2: Numbers one a cell, no thousands marks, no date but of what has a slash, no signs of one platform."""
    columns = (Column("numbers", "番号", 5, several=True),)
    table = Table("表", "表", columns, (), (), columns, tuple({"numbers": text} for text in texts))
    rows = list(csv.reader(io.StringIO(csv_bytes(table).decode("utf-8-sig"), newline="")))
    told = {code for code, _ in found(*(tuple(row) for row in rows)) if code in ("K450", "K456", "K457")}
    assert told <= ({"K457"} if any("/" in text for text in texts) else set())
    assert ["1,200"] not in rows


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_number_stays_the_number(goal: int, place: int) -> None:
    """R3: Excel leaves it alone, and it is read as what it was."""
    number = f"{goal}-{place}"
    assert becomes_a_date(number)
    assert not becomes_a_date(steadied(number))
    assert key(steadied(number)) == key(number)
    assert plain_signs("①と㈱と№") == "1と(株)とNo"
