"""What offices do to item sheets, row by row: what comes back, what is read as what, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kohyo.model.plan import Plan
from kohyo.model.returned_book import RawSheet
from kohyo.model.value import RawValue
from tests.returns.known_items import SAID, TEXTS, back, content, rewritten, without_control

NEW = rewritten("title", *TEXTS)
Sheets = Callable[[Plan], tuple[RawSheet, ...]]


@dataclass(frozen=True)
class Row:
    """What comes back, which tabs are read as what, and what is said of which tab."""

    name: str
    sheets: Sheets
    taken: dict[str, str]
    told: tuple[tuple[str, str], ...] = ()


READ = (
    Row("as sent", lambda plan: (back(plan, "2-1"),), {"2-1": "2-1"}),
    Row("new title", lambda plan: (back(plan, "2-1", **rewritten("title")),), {"2-1": "2-1"}),
    Row("new texts", lambda plan: (back(plan, "2-1", **rewritten(*TEXTS)),), {"2-1": "2-1"}),
    Row("all new", lambda plan: (back(plan, "2-1", **NEW),), {"2-1": "2-1"}),
    Row(
        "text added to, with a sister's sentence",
        lambda plan: (back(plan, "2-1", **{**NEW, "overview": f"{SAID['2-1'][1]}{SAID['2-4'][1]}"}),),
        {"2-1": "2-1"},
    ),
    Row("all emptied", lambda plan: (back(plan, "2-1", **dict.fromkeys(NEW)),), {"2-1": "2-1"}),
    Row("new tab", lambda plan: (back(plan, "2-1", "最終版"),), {"最終版": "2-1"}, (("K329", "最終版"),)),
    Row(
        "copy with the old title and new texts",
        lambda plan: (back(plan, "2-1", "2-1 (2)", **rewritten(*TEXTS)),),
        {"2-1 (2)": "2-1"},
        (("K329", "2-1 (2)"),),
    ),
    Row(
        "a sister's sentence",
        lambda plan: (back(plan, "2-1", overview=SAID["2-4"][1]),),
        {"2-1": "2-1"},
    ),
    Row(
        "new title and a sister's sentence",
        lambda plan: (back(plan, "2-1", **{**NEW, "overview": SAID["2-4"][1]}),),
        {"2-1": "2-1"},
    ),
    Row(
        "half of the texts a sister's",
        lambda plan: (back(plan, "2-1", situation=SAID["2-4"][2], measures=SAID["2-4"][3]),),
        {"2-1": "2-1"},
    ),
    Row(
        "another's tab",
        lambda plan: (back(plan, "2-1", "2-4"),),
        {"2-4": "2-1"},
        (("K330", "2-4"),),
    ),
    Row(
        "tabs exchanged",
        lambda plan: (back(plan, "2-1", "2-4", **NEW), back(plan, "2-4", "2-1")),
        {"2-4": "2-1", "2-1": "2-4"},
        (("K330", "2-1"), ("K330", "2-4")),
    ),
    Row("number gone", lambda plan: (back(plan, "2-1", number=None),), {"2-1": "2-1"}),
    Row("number of nobody", lambda plan: (back(plan, "2-1", number="2-99"),), {"2-1": "2-1"}),
    Row(
        "control number gone",
        lambda plan: (without_control(back(plan, "2-1")),),
        {"2-1": "2-1"},
        (("K325", "2-1"),),
    ),
)


def _texts(item: str, edit: Callable[[str], str]) -> dict[str, RawValue]:
    """Return the texts of an item, without its title, each edited."""
    return {name: edit(text) for name, text in zip(TEXTS, SAID[item][1:], strict=True)}


def _lone(tab: str, texts: dict[str, RawValue]) -> Row:
    return Row(tab, lambda plan: (back(plan, "2-1", tab, **texts),), {}, (("K332", tab),))


LONE = (
    *(
        _lone(tab, texts)
        for tab in ("2-1 (2)", "2-1_2", "２－１（２）", "Sheet1", "新規案", "2-26", "2-4", "3-5")
        for texts in (NEW, rewritten("title"))
    ),
    Row(
        "without its control number",
        lambda plan: (without_control(back(plan, "2-1", "新規案", **NEW)),),
        {},
        (("K332", "新規案"),),
    ),
    Row(
        "beside other sheets",
        lambda plan: (back(plan, "2-1", "新規案", **NEW), back(plan, "2-4"), back(plan, "2-5")),
        {"2-4": "2-4", "2-5": "2-5"},
        (("K332", "新規案"),),
    ),
)

FOREIGN = (
    Row("answers", lambda plan: (back(plan, "2-1", **content("2-4")),), {}, (("K333", "2-1"),)),
    Row("title alone", lambda plan: (back(plan, "2-1", title=SAID["2-4"][0]),), {}, (("K333", "2-1"),)),
    Row(
        "answers with the number",
        lambda plan: (back(plan, "2-1", **content("2-4"), number="2-4"),),
        {},
        (("K333", "2-1"),),
    ),
    Row(
        "texts without the title",
        lambda plan: (back(plan, "2-1", **{**content("2-4"), "title": SAID["2-1"][0]}),),
        {},
        (("K333", "2-1"),),
    ),
    Row(
        "texts under a new title",
        lambda plan: (back(plan, "2-1", **{**content("2-4"), **rewritten("title")}),),
        {},
        (("K333", "2-1"),),
    ),
    Row(
        "texts that were added to",
        lambda plan: (back(plan, "2-1", **_texts("2-4", lambda text: f"{text}区内の全ての地区で、順に進める。")),),
        {},
        (("K333", "2-1"),),
    ),
    Row(
        "texts with small changes",
        lambda plan: (back(plan, "2-1", **_texts("2-4", lambda text: text[:-2])),),
        {},
        (("K333", "2-1"),),
    ),
    Row(
        "whole sheet beside its source",
        lambda plan: (back(plan, "2-4"), back(plan, "2-4", "2-1")),
        {"2-4": "2-4"},
        (("K333", "2-1"),),
    ),
    Row(
        "another department's item",
        lambda plan: (back(plan, "2-1", **content("3-5")),),
        {},
        (("K333", "2-1"),),
    ),
    Row(
        "exchanged",
        lambda plan: (back(plan, "2-1", **content("2-4")), back(plan, "2-4", **content("2-1"))),
        {},
        (("K333", "2-1"), ("K333", "2-4")),
    ),
    Row(
        "in a ring",
        lambda plan: (
            back(plan, "2-1", **content("2-4")),
            back(plan, "2-4", **content("2-5")),
            back(plan, "2-5", **content("2-1")),
        ),
        {},
        (("K333", "2-1"), ("K333", "2-4"), ("K333", "2-5")),
    ),
    Row(
        "on a copy",
        lambda plan: (back(plan, "2-1"), back(plan, "2-1", "2-1 (2)", **content("2-4"))),
        {"2-1": "2-1"},
        (("K333", "2-1 (2)"),),
    ),
)

CONTRADICTED = (
    Row("another's number", lambda plan: (back(plan, "2-1", number="2-4"),), {}, (("K334", "2-1"),)),
    Row(
        "another department's number",
        lambda plan: (back(plan, "2-1", number="３－５"),),
        {},
        (("K334", "2-1"),),
    ),
    Row("another's control number", lambda plan: (back(plan, "2-1", "2-1", "2-4"),), {}, (("K334", "2-1"),)),
    Row(
        "another's control number beside its owner",
        lambda plan: (back(plan, "2-1", "2-1", "2-4"), back(plan, "2-4")),
        {"2-4": "2-4"},
        (("K334", "2-1"),),
    ),
    Row(
        "no control number and another's number",
        lambda plan: (without_control(back(plan, "2-1", number="2-4")),),
        {},
        (("K334", "2-1"),),
    ),
    Row(
        "a third's content",
        lambda plan: (back(plan, "2-1", **content("2-5"), number="2-4"),),
        {},
        (("K334", "2-1"),),
    ),
    Row(
        "a copy under another's tab",
        lambda plan: (back(plan, "2-4"), back(plan, "2-4", "2-1", **NEW)),
        {"2-4": "2-4"},
        (("K334", "2-1"),),
    ),
)

COPIES = (
    Row(
        "beside its original",
        lambda plan: (back(plan, "2-1"), back(plan, "2-1", "新規案", **NEW)),
        {"2-1": "2-1", "新規案": "copy"},
        (("K321", "新規案"),),
    ),
    Row(
        "beside an original with a new title",
        lambda plan: (back(plan, "2-1", **rewritten("title")), back(plan, "2-1", "新規案", **NEW)),
        {"2-1": "2-1", "新規案": "copy"},
        (("K321", "新規案"),),
    ),
    Row(
        "both renamed",
        lambda plan: (back(plan, "2-1", "い", **NEW), back(plan, "2-1", "あ")),
        {"あ": "2-1", "い": "copy"},
        (("K321", "い"), ("K329", "あ")),
    ),
    Row(
        "tabs exchanged",
        lambda plan: (back(plan, "2-1", **NEW), back(plan, "2-1", "2-1 (2)")),
        {},
        (("K322", "2-1"), ("K322", "2-1 (2)")),
    ),
    Row(
        "tabs exchanged, both titles new",
        lambda plan: (back(plan, "2-1", **NEW), back(plan, "2-1", "2-1_2", **rewritten("title"))),
        {},
        (("K322", "2-1"), ("K322", "2-1_2")),
    ),
    Row(
        "both renamed and retitled",
        lambda plan: (back(plan, "2-1", "あ", **NEW), back(plan, "2-1", "い", **NEW)),
        {},
        (("K322", "あ"), ("K322", "い")),
    ),
)
