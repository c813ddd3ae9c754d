"""Answers as people type them (記入のしかた): what stands in the cell, and what a reader must understand by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from kohyo.definition.fields import FormField, form_fields
from kohyo.model.answer_name import field_of
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from tests.bends.book import Book, Cell, Meant, Page
from tests.bends.opening import meant_cells

Spelled = tuple[RawValue, FieldValue]
"""What is typed, and the value that is meant."""

_WORDS = (
    "区民", "髙﨑", "𠮷野家", "ＤⅩ", "２‐24", "　", " ", "\n", "=1+1", "－", "レ", "「、」", "ﾊﾝｶｸ", "🙂", "を見直す。",
    "窓口の", "データ", "e\u0301", "①", "〜", "ー", "&lt;", "'", "@", "辻\U000e0100", "－２３",
)  # fmt: skip
_ODD = (
    "なし",
    "○",
    "1",
    "不明",
    "千円",
    "概要",
    "改善の視点",
    "１２３",
    "未記入",
    "現状・課題",
    "令和7年度",
    "12",
    "課題 2",
)
_YES = ("○", "〇", "◯", "●", "✓", "レ", "1", " ○ ", "１", "ﾚ", "☑", True, 1)
_NO = ("－", "-", "×", "ー", "０", 0, "該当なし")
_WIDE = str.maketrans("0123456789.,()-", "０１２３４５６７８９．，（）－")
_ERA = 2018  # Reiwa 1 is 2019


def wide(text: str) -> str:
    """Return digits and signs in full width."""
    return text.translate(_WIDE)


def free_text(rng: Random) -> str:
    """Return a text that holds what offices write, and nothing that a workbook cannot hold."""
    if rng.random() < 0.15:
        return rng.choice(_ODD)
    text = "".join(rng.choice(_WORDS) for _ in range(rng.randint(1, 9)))
    return f"{text}{rng.randint(1, 99999)}" if not text.strip() or rng.random() < 0.8 else text


def whole_number(rng: Random, unit: str = "") -> Spelled:
    """Return a whole number in one of its spellings."""
    value = rng.choice([0, 7, 1200, -300, 98765, rng.randint(-(10**6), 10**6)])
    size = f"{abs(value):,}"
    sign = "" if value >= 0 else rng.choice("▲△-−")
    texts: list[RawValue] = [
        f"{sign}{size}",
        f"{sign}{abs(value)}",
        wide(f"{sign}{size}"),
        f"{sign}{size}{unit}",
        f" {sign}{size} ",
    ]
    if value < 0:
        texts += [f"({size})", wide(f"({size}){unit}")]
    return rng.choice([*texts, value]), value


def fraction(rng: Random) -> Spelled:
    """Return a number with a fraction in one of its spellings."""
    value = rng.choice([0.5, 12.25, -3.75, rng.randint(1, 10**5) + 0.5])
    sign = "" if value > 0 else "▲"
    size = f"{sign}{abs(value)}"
    typed: list[RawValue] = [value, size, wide(size), f"{sign}{abs(value):,}"]
    return rng.choice(typed), value


def day(rng: Random) -> Spelled:
    """Return a day in one of its spellings."""
    value = date.fromordinal(rng.randint(date(2020, 1, 1).toordinal(), date(2027, 12, 31).toordinal()))
    era, numbers = value.year - _ERA, (value.month, value.day)
    spellings: list[RawValue] = [
        value,
        "令和{}年{}月{}日".format(era, *numbers),
        "R{}.{}.{}".format(era, *numbers),
        "{}/{}/{}".format(value.year, *numbers),
        wide("{}年{}月{}日".format(value.year, *numbers)),
        wide("令和{}年{}月{}日".format(era, *numbers)),
        (value - date(1899, 12, 30)).days,
    ]
    return rng.choice(spellings), value


def tick(rng: Random) -> Spelled:
    """Return a tick in one of its spellings."""
    kind = rng.choice([Tick.YES, Tick.YES, Tick.NO, Tick.UNKNOWN])
    return {Tick.YES: rng.choice(_YES), Tick.NO: rng.choice(_NO), Tick.UNKNOWN: "不明"}[kind], kind


def spelled(field: FormField, rng: Random) -> Spelled:
    """Return an answer to a field."""
    if field.type in {"select_one", "goal"}:
        return _choice(field, rng)
    makers: Mapping[str, Callable[[], Spelled]] = {
        "integer": lambda: whole_number(rng, field.unit),
        "decimal": lambda: rng.choice([whole_number, fraction])(rng),
        "date": lambda: day(rng),
        "tick": lambda: tick(rng),
    }
    if field.type in makers:
        return makers[field.type]()
    if rng.random() < 0.1:
        number = rng.randint(1, 9999)
        return number, str(number)
    text = free_text(rng)
    return text, text


def _choice(field: FormField, rng: Random) -> Spelled:
    choice = rng.choice(field.choices)
    code = choice.partition(" ")[0]
    if field.type == "goal":
        typed: list[RawValue] = [choice, code, int(code), wide(code), choice.replace(" ", "　")]
        return rng.choice(typed), int(code)
    return rng.choice([choice, f" {choice}", f"{choice[:1]}　{choice[1:]}"]), choice


def know(book: Book, plan: Plan, issue: IssuedForm) -> None:
    """Mark the answers that the form went out with."""
    sheets = {sheet.control: sheet for sheet in issue.sheets}
    for page in book.issued():
        readonly = {field.name for field in form_fields(plan, page.kind) if field.readonly}
        values = sheets[page.control].values
        for name, place in meant_cells(page).items():
            known = values.get(name)
            untouched = known is Tick.UNKNOWN and plan.sheet_kind(page.kind).per != "item"
            if name not in readonly and known is not None and not untouched and place in page.cells:
                page.cells[place].meant = Meant(page.control, name, known)


def fill(book: Book, plan: Plan, rng: Random, share: float = 0.6) -> None:
    """Answer a share of the fields of every sheet, over what was known."""
    for page in book.issued():
        if page.kind == "item" or rng.random() < share:
            _fill_page(page, plan, rng, share)


def _fill_page(page: Page, plan: Plan, rng: Random, share: float) -> None:
    fields = {field.name: field for field in form_fields(plan, page.kind)}
    for name, place in meant_cells(page).items():
        field = fields[field_of(name)]
        if not field.readonly and rng.random() < share:
            typed, value = spelled(field, rng)
            page.cells[place] = Cell(typed, meant=Meant(page.control, name, value))
