"""What went out is found through an index as by looking at every sheet (配布した内容).

Q1  numbers, titles and tabs name the first sheet that bears them, the own form's before all others
Q2  the telling texts of a sheet are those that no other counted sheet went out with
Q3  every sheet with a telling text like the written one is among those that resemble it, in order
Q4  every text that is alike is among the candidates
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.item import ItemId
from kohyo.returns.known_sheets import KnownSheets
from kohyo.returns.sent_forms import KnownSheet, SentForms, known_sheet
from kohyo.returns.similar_texts import SimilarTexts, alike
from kohyo.text.normalise import Key, key

_POOL = (
    "区民の声を聴き業務の進め方を見直す取組み",
    "区民の声を聴き業務の進め方を見直す取組みを広げる",
    "窓口に来なくてもよい手続きを増やしていく",
    "窓口に来なくてもよい手続を増やして行く",
    "広報",
    "広報紙",
    "施設の維持管理にかかる経費を年度ごとに平準化する",
)
_texts = st.sampled_from(_POOL)
_letters = st.text("あいうえおかき", max_size=30).map(Key)


@st.composite
def _sheets(draw: st.DrawFn, control: str) -> tuple[IssuedSheet, ...]:
    items = draw(st.lists(st.sampled_from(["K1", "K2", "K3", None]), min_size=1, max_size=3))
    return tuple(
        IssuedSheet(
            control=f"{control}-{place}-X",
            kind="item",
            tab=draw(st.sampled_from(["1-1", "1-2", "1-3"])),
            item=ItemId(item) if item else None,
            values={
                "number": draw(st.sampled_from(["1-1", "1-2", ""])),
                **draw(st.dictionaries(st.sampled_from(["title", "overview", "plan"]), _texts)),
            },
        )
        for place, item in enumerate(items)
    )


@st.composite
def _forms(draw: st.DrawFn) -> dict[str, IssuedForm]:
    forms = {}
    for number in range(draw(st.integers(1, 5))):
        control = f"S-{draw(st.integers(0, 9))}-{number}"
        round_ = draw(st.integers(1, 3))
        forms[control] = IssuedForm(
            control=control,
            plan="S",
            form_version="1",
            year=draw(st.sampled_from([2024, 2024, 2023])),
            department=draw(st.sampled_from(["総務部", "政策経営部", "財務部"])),
            round=round_,
            sheets=draw(_sheets(control)),
            correction=round_ > 1 and draw(st.booleans()),
        )
    return forms


def _counted(own: IssuedForm, forms: Mapping[str, IssuedForm]) -> Iterator[IssuedForm]:
    """Yield the forms that count: of this respondent up to this one, of all others the first."""
    yield own
    for _, form in sorted(forms.items()):
        last = own.round - 1 if form.department == own.department else 1
        if (form.plan, form.year) == (own.plan, own.year) and form.round <= last:
            yield form


def _every(own: IssuedForm, forms: Mapping[str, IssuedForm]) -> list[KnownSheet]:
    counted = list(_counted(own, forms))
    pairs = [(form, known_sheet(sheet, form)) for form in counted for sheet in form.sheets]
    first = {
        (known.subject, name): text
        for form, known in pairs
        if not form.correction
        for name, text in known.texts.items()
    }

    def office(known: KnownSheet) -> KnownSheet:
        return replace(
            known, texts={n: text for n, text in known.texts.items() if first.get((known.subject, n)) == text}
        )

    return [office(known) if form.correction and first else known for form, known in pairs]


def _telling(known: KnownSheet, every: list[KnownSheet]) -> dict[str, Key]:
    return {
        name: text
        for name, text in known.texts.items()
        if all(other.subject == known.subject for other in every if other.texts.get(name) == text)
    }


@given(_forms(), st.data())
def test_a_mark_names_the_first_sheet_that_bears_it(forms: dict[str, IssuedForm], data: st.DataObject) -> None:
    """Q1, Q2: Looked up or looked for, a number, title or tab names one sheet, and the same texts tell."""
    own = data.draw(st.sampled_from(list(forms.values())))
    known, every = KnownSheets(own, SentForms(forms)), _every(own, forms)
    for sheet in every:
        first = next(other for other in every if other.tab == sheet.tab)
        assert known.named(key(sheet.tab)) == first
        if sheet.number:
            assert known.numbered(sheet.number) == next(other for other in every if other.number == sheet.number)
        if sheet.title:
            assert known.titled(sheet.title) == next(other for other in every if other.title == sheet.title)
        assert known.telling(sheet) == _telling(sheet, every)
    assert known.named(Key("9-9")) is known.numbered(Key("")) is known.titled(Key("")) is None


@given(_forms(), st.dictionaries(st.sampled_from(["title", "overview", "plan"]), _texts), st.data())
def test_what_resembles_is_found(forms: dict[str, IssuedForm], texts: dict[str, str], data: st.DataObject) -> None:
    """Q3: No sheet is overlooked of which a telling text stands, and they come in the order of all."""
    own = data.draw(st.sampled_from(list(forms.values())))
    known, every = KnownSheets(own, forms), _every(own, forms)
    written = {name: key(text) for name, text in texts.items()}
    found = list(known.resembling(written))
    below = iter(every)
    assert all(sheet in below for sheet in found)
    alike_to = [
        sheet
        for sheet in every
        if any(alike(written.get(name, Key("")), text) for name, text in _telling(sheet, every).items())
    ]
    assert len(found) <= len(every)
    assert [sheet for sheet in alike_to if sheet not in found] == []


@given(st.lists(_letters.filter(bool), max_size=12), _letters, st.integers(0, 30), st.integers(0, 6))
def test_no_like_text_is_overlooked(texts: list[Key], written: Key, start: int, length: int) -> None:
    """Q4: A text from which something was taken, or to which something was added, is found if it still is alike."""
    bent = Key(written[:start] + written[start + length :])
    every = SimilarTexts([*texts, *filter(None, (written, bent))])
    for asked in (written, bent, Key(f"{bent}あ{written}"), *texts):
        found = set(every.candidates(asked))
        assert {text for text in (*texts, written, bent) if text and alike(asked, text)} <= found


def test_what_is_quite_different_is_no_candidate() -> None:
    """Q4: The candidates are few: a text of the same length in other words is none."""
    every = SimilarTexts(map(key, _POOL))
    assert set(every.candidates(key(_POOL[2]))) == {key(_POOL[2]), key(_POOL[3])}
    assert set(every.candidates(Key(""))) == set()
