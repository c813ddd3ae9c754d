"""Signs that people paste without seeing them: no text stops a command, and every workbook that goes out opens.

1. Control signs from PowerPoint and Word (_x000B_), U+0000–001F, U+FFFE and half pairs in every answer, a memo, a
   comment, the cover, the title of the file: everything is taken in or asked about, and what goes out is sound.
2. What was sent back with such signs comes back, and its marks go when the answer is mended.
3. Any text, in an answer or in what is asked, yields a form that opens, or is refused with its place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

import kohyo
from kohyo.definition.load import shipped
from kohyo.errors import UsageError
from kohyo.excel.form.form_formulas import literal
from kohyo.excel.form.form_writer import form_bytes
from kohyo.model.issued_form import Ask, IssuedForm
from kohyo.model.plan import Plan
from tests.excel.ooxml.packages import parts, rewrite
from tests.lint.formula_rules import formula_rules
from tests.lint.lint import refusals
from tests.tools.sample_forms import control_number, form, item_sheet
from tests.usecases.corrections import LATER, RIGHT, correction, send_correction
from tests.usecases.small import COMPLETE, Small, opened, tab_of, type_into

PLAN = shipped("setagaya-r6")
SIGNS = ("_x000B_", "_x0000__x001F__xFFFE__xD800_")
HERE = "HEREGOESIT"
"""Stands where the sign is put, for openpyxl would refuse it."""

_ANSWERS = {
    "title": f"使用料{HERE}見直し",
    "state": f"だめ{HERE}",
    "tick_finance": f"○{HERE}",
    "saving": f"約{HERE}三百万",
    "schedule_2030": f"検討{HERE}する",
    "schedule_2031": HERE,
}


def _send(small: Small, sign: str, *, copied: bool = True) -> None:
    """Send a return of 企画財政局 with ``sign`` wherever people write, and on a copied sheet."""
    path = small.send("企画財政局")
    with opened(path) as book:
        sheet = book[tab_of("1-1")]
        type_into(sheet, {**COMPLETE, **_ANSWERS})
        sheet["G5"] = f"余白の{HERE}メモ"
        sheet["B6"].comment = Comment(f"ここは{HERE}どうしますか", f"課長{HERE}")
        if copied:
            book.copy_worksheet(sheet).title = "写し§"
        book.properties.title = f"題{HERE}"
    spelled = {name: content.replace(HERE.encode(), sign.encode()) for name, content in parts(path).items()}
    rewrite(path, spelled)


def _workbooks(small: Small) -> list[Path]:
    """Return the workbooks that kohyo wrote: everything but what came back."""
    return [path for path in small.root.rglob("*.xlsx") if small.workspace.returns not in path.parents]


def _unsound(small: Small) -> list[str]:
    books = _workbooks(small)
    assert len(books) > 5
    return [f"{path.name}: {wrong}" for path in books for wrong in refusals(path)]


@pytest.mark.parametrize("sign", SIGNS)
def test_a_form_with_signs_nobody_sees(small: Small, sign: str) -> None:
    """The return ends in an outcome, and the register, the results and what is sent back are sound (1)."""
    _send(small, sign)
    small.send("市民局")
    small.consolidate()
    assert len(small.outcomes()) == 2
    assert _unsound(small) == []
    kohyo.make_tables(small.root)
    kohyo.status(small.root)
    assert _unsound(small) == []


def test_what_was_sent_back_with_signs_comes_back(small: Small) -> None:
    """The department mends the answers in the correction itself, and it is accepted (2)."""
    _send(small, "_x000B_", copied=False)
    small.consolidate()
    assert correction(small).exists()
    mended = {**COMPLETE, **RIGHT, "title": "使用料の見直し", "schedule_2031": "始める。"}
    send_correction(small, {"1-1": mended})
    small.consolidate(LATER)
    assert str(small.outcomes()["直し2.xlsx"].value) == "accepted"


TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\x0b\x00\x1f\ufffe\ud800\"'&<=@\n\t_x000B_𠮷〓")),
    max_size=400,
)


def _form(plan: Plan, text: str) -> IssuedForm:
    sheet = item_sheet(plan, 9001, {"number": "4-101", "title": text, "overview": text, "situation": text})
    asks = tuple(
        Ask(control_number(plan, "K9001"), (name,), "4-101", text, text, must=True) for name in ("title", "situation")
    )
    return replace(form(plan, sheet), correction=True, asks=asks)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@example("ほうれん草\x0b")
@example("_x000B_ と _x005f_x000B_")
@example("𠮷" * 300)
@example('"' * 400)
@given(text=TEXTS)
def test_any_text_in_a_form(text: str) -> None:
    """The form opens, or the text is refused with the field that holds it (3)."""
    try:
        content = form_bytes(PLAN, _form(PLAN, text), date(2024, 6, 14))
    except UsageError as refused:
        assert refused.key == "unfit_for_cell"  # noqa: PT017 - either is right
        assert re.search("[\ud800-\udfff\ufffe\uffff]", text)
        return
    assert refusals(content) == []


@example("_x000B_x000b_" * 30)
@given(text=TEXTS)
def test_any_text_in_a_formula(text: str) -> None:
    """A text in a formula is pieces of at most 255 signs, none of them a control sign or read as one (3)."""
    try:
        spelled = literal(text)
    except ValueError:
        assert re.search("[\ud800-\udfff\ufffe\uffff]", text)
        return
    assert list(formula_rules(spelled)) == []
