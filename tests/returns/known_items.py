"""Three items of one department and one of another, as they went out and as they come back."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.returned_book import RawReturn, RawSheet
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.pair import SheetPair, pair_sheets
from tests.returns.builders import FILE, control, filled, form_issue, raw_return, raw_sheet, sheet_issue

TEXTS = ("overview", "situation", "measures")

SAID = MappingProxyType(
    {
        "2-1": (
            "健康診断の見直し",
            "会場の使い方を改め、空いた枠を区民に回す。",
            "紙の事務が多く、会場の予約が足りない。",
            "検診の日を分け、結果を電子で受け取る。",
        ),
        "2-4": (
            "会館の予約の電子化",
            "抽選と申請をネットで行い、現金なしで払う。",
            "窓口に並ばないと予約ができず、待たされる。",
            "仕組みを選び、二つの会館で先に試してみる。",
        ),
        "2-5": (
            "道路の点検の効率化",
            "車の画像から傷みを見つけ、直す順を決める。",
            "歩いて回る点検に人手がかかり、遅れがちだ。",
            "業者と撮り方を定め、三つの路線から始める。",
        ),
        "3-5": (
            "図書館の開館時間の延長",
            "夜も本を借りられるよう、自動の機械を置く。",
            "仕事帰りの人が使えず、貸出しが減っている。",
            "駅に近い館から始め、使われ方を確かめていく。",
        ),
    }
)
"""Title and texts by item number; 3-5 is another department's."""

OWN = ("2-1", "2-4", "2-5")


def sent(plan: Plan, number: str, **values: FieldValue) -> IssuedSheet:
    """Return the sheet of an item as it went out."""
    held = dict(zip(("title", *TEXTS), SAID[number], strict=True))
    return sheet_issue(plan, code_of(number), number, **{**held, **values})


def code_of(number: str) -> str:
    """Return the id of an item."""
    return ItemId(f"K{number.replace('-', '0')}")


def own_form(plan: Plan) -> IssuedForm:
    """Return the form of the department that sends back."""
    return form_issue(plan, *(sent(plan, number) for number in OWN))


def forms(plan: Plan) -> dict[str, IssuedForm]:
    """Return all forms that went out."""
    other = sent(plan, "3-5")
    other = replace(other, control=control(plan, code_of("3-5"), "27"))
    form = replace(form_issue(plan, other, department="図書館"), control=control(plan, department="27"))
    return {issue.control: issue for issue in (own_form(plan), form)}


def back(plan: Plan, item: str, tab: str = "", control_of: str = "", /, **changes: RawValue) -> RawSheet:
    """Return the sheet of an item as it comes back: all that went out stands on it, with ``changes`` on top."""
    answers = filled(plan, "item", **{**content(item), "number": item, **changes})
    return raw_sheet(plan, answers, tab or item, code_of(control_of or item))


def content(number: str) -> dict[str, RawValue]:
    """Return what an item went out with, ready to be pasted on another sheet."""
    return dict(zip(("title", *TEXTS), SAID[number], strict=True))


def rewritten(*names: str) -> dict[str, RawValue]:
    """Return new texts for some fields."""
    return {name: f"これから始める新しい取組みの文（{place}番目）です。" for place, name in enumerate(names)}


def returned(plan: Plan, *sheets: RawSheet) -> tuple[tuple[SheetPair, ...], list[Finding]]:
    """Return what the sheets of one book are paired with, all forms known."""
    book: RawReturn = raw_return(plan, *sheets)
    return pair_sheets(book, own_form(plan), forms(plan))


def without_control(sheet: RawSheet) -> RawSheet:
    """Return a sheet that lost its control number."""
    return replace(sheet, control="", place=Place(FILE, sheet.place.sheet))


def taken(pairs: tuple[SheetPair, ...]) -> dict[str, str]:
    """Return which tab was read as the answer of which item, and which as a copy."""
    return {pair.sheet.place.sheet: pair.base.tab if pair.base else "copy" for pair in pairs}


def told(findings: list[Finding]) -> list[tuple[str, str]]:
    """Return codes and tabs of findings."""
    return sorted((finding.code, finding.place.sheet) for finding in findings)
