"""Sheets of which nobody can say whose answer they are: the register stays, and the department is asked.

1. Another item's answers pasted over a sheet change neither item, and the correction says what stands where.
2. A copy without its original changes nothing; its original in another file is taken.
"""

from __future__ import annotations

from kohyo.model.outcome import Outcome
from kohyo.workspace.issued_forms import load_bases
from tests.usecases.small import LIST, Small, codes, opened, tab_of, type_into

TITLES = {number: (title, overview) for number, title, overview, _ in LIST}


def reasons(small: Small) -> list[str]:
    """Return what the one correction gives as reasons."""
    (form,) = (issue for issue in load_bases(small.workspace).values() if issue.correction)
    return [ask.reason for ask in form.asks]


def pasted(number: str) -> dict[str, str]:
    """Return title and overview of an item, as they went out."""
    return dict(zip(("title", "overview"), TITLES[number], strict=True))


def test_exchanged_answers_change_neither_item(small: Small) -> None:
    """Both sheets are asked about in the department's own correction (1)."""
    before = {number: small.item(number).values for number in ("1-1", "2-1")}
    small.send("企画財政局", {"1-1": pasted("2-1"), "2-1": pasted("1-1")})
    result = small.consolidate()
    assert codes(result).count("K333") == 2
    assert {number: small.item(number).values for number in before} == before
    assert small.outcomes() == {"調査票_企画財政局.xlsx": Outcome.SENT_BACK}
    for own, other in (("1-1", "2-1"), ("2-1", "1-1")):
        assert f"「{tab_of(own)}」のシートに「{tab_of(other)}」の内容が書かれていたため、写していません。" in reasons(
            small
        )


def test_another_departments_item_is_recognised(small: Small) -> None:
    """What only another department was sent is known as well (1)."""
    small.send("企画財政局", {"1-1": pasted("2-2")})
    small.consolidate()
    assert small.item("1-1").values["title"] == TITLES["1-1"][0]
    assert f"「{tab_of('1-1')}」のシートに「{tab_of('2-2')}」の内容が書かれていたため、写していません。" in reasons(
        small
    )


def test_a_copy_without_its_original(small: Small) -> None:
    """The copy is asked about; what the original in another file says counts, in whatever order they are read (2)."""
    path = small.send("企画財政局", name="a.xlsx", keep=["1-1"])
    with opened(path) as book:
        sheet = book[tab_of("1-1")]
        type_into(sheet, {"title": "新しい窓口", "overview": "夜の相談を始める。", "state": "遅れ"})
        sheet.title = "新規案"
    small.send("企画財政局", {"1-1": {"title": "使用料と手数料の見直し"}}, name="b.xlsx")
    result = small.consolidate()
    assert "K332" in codes(result)
    assert small.item("1-1").values["title"] == "使用料と手数料の見直し"
    assert small.item("1-1").values["state"] == "順調"
    assert small.register().submissions == ()
    assert small.register().conflicts == ()
