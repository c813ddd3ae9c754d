"""The forms that went out (配布した調査票), and an index over what stood on them that one run makes once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.returns.similar_texts import LONG, SimilarTexts
from kohyo.text.control_number import sheet_code
from kohyo.text.normalise import Key, key

if TYPE_CHECKING:
    from kohyo.returns.known_sheets import KnownSheets

NUMBER = "number"
TITLE = "title"
_NOTHING = Key("")


@dataclass(frozen=True)
class KnownSheet:
    """A sheet that went out: what it is about, which is the same for an item on all forms, and what it held."""

    subject: str
    tab: str
    number: Key
    title: Key
    """Empty on a sheet that went out without one."""
    texts: Mapping[str, Key]
    """The title and every long text, by field name."""


@dataclass(frozen=True)
class SentSheet:
    """A known sheet with whom it went to and its place among all: the form's control number, its place in the form."""

    department: str
    place: tuple[str, int]
    known: KnownSheet


def known_sheet(sheet: IssuedSheet, form: IssuedForm) -> KnownSheet:
    """Return a sheet as evidence."""
    texts = {name: key(value) for name, value in sheet.values.items() if isinstance(value, str)}
    return KnownSheet(
        subject=sheet.item or f"{form.department} {sheet_code(sheet.control)}",
        tab=sheet.tab,
        number=texts.get(NUMBER, _NOTHING),
        title=texts.get(TITLE, _NOTHING),
        texts={name: text for name, text in texts.items() if text and (name == TITLE or len(text) >= LONG)},
    )


class SentForms(Mapping[str, IssuedForm]):
    """All forms that went out, by control number; what is looked up in them for every return is worked out once."""

    def __init__(self, forms: Mapping[str, IssuedForm]) -> None:
        self._forms = forms
        self._first: dict[tuple[str, int, str], FirstForms] = {}
        self._known: dict[int, tuple[IssuedForm, tuple[KnownSheet, ...]]] = {}
        self.last: KnownSheets | None = None
        """What is known of the form that was asked for last."""

    @classmethod
    def of(cls, forms: Mapping[str, IssuedForm]) -> SentForms:
        """Return the forms, and themselves where what is looked up is known already."""
        return forms if isinstance(forms, SentForms) else cls(forms)

    def __getitem__(self, control: str) -> IssuedForm:
        return self._forms[control]

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)

    def known(self, form: IssuedForm) -> tuple[KnownSheet, ...]:
        """Return the sheets of a form as evidence; what is held here keeps its number."""
        if id(form) not in self._known:
            self._known[id(form)] = form, tuple(known_sheet(sheet, form) for sheet in form.sheets)
        return self._known[id(form)][1]

    def sent(self, form: IssuedForm, control: str) -> Iterator[SentSheet]:
        """Yield the sheets of a form with whom they went to; the form stands among the others by ``control``."""
        for place, known in enumerate(self.known(form)):
            yield SentSheet(form.department, (control, place), known)

    def first(self, issue: IssuedForm) -> FirstForms:
        """Return the first forms of the survey to which a form belongs."""
        survey = (issue.plan, issue.year, issue.survey)
        if survey not in self._first:
            self._first[survey] = FirstForms(
                sheet
                for control, form in self._sorted
                if (form.plan, form.year, form.survey) == survey and _is_first(form)
                for sheet in self.sent(form, control)
            )
        return self._first[survey]

    def earlier(self, issue: IssuedForm) -> Iterator[tuple[str, IssuedForm]]:
        """Yield the forms of earlier rounds that went to the same department in the same survey."""
        for control, form in self._by_department.get(issue.department, ()):
            if (form.plan, form.year) == (issue.plan, issue.year) and form.round < issue.round:
                yield control, form

    @cached_property
    def _sorted(self) -> list[tuple[str, IssuedForm]]:
        return sorted(self._forms.items(), key=lambda entry: entry[0])

    @cached_property
    def _by_department(self) -> Mapping[str, list[tuple[str, IssuedForm]]]:
        found: dict[str, list[tuple[str, IssuedForm]]] = defaultdict(list)
        for control, form in self._sorted:
            found[form.department].append((control, form))
        return found


def _is_first(form: IssuedForm) -> bool:
    """Tell whether a form went out first; those of a survey within the year go on counting the year's rounds."""
    return not form.correction if form.survey else form.round <= 1


def _tells_nothing(subjects: Mapping[str, set[str]]) -> bool:
    """Tell whether a text went out on two things to others, whichever department looks at it.

    What went to a department alone is none of the others' sheets.
    """
    alone = Counter(next(iter(departments)) for departments in subjects.values() if len(departments) == 1)
    return len(subjects) - max(alone.values(), default=0) > 1


class FirstForms:
    """The sheets of the first forms of one survey, by what identifies them; a correction is never a first form."""

    def __init__(self, sheets: Iterable[SentSheet]) -> None:
        self._sheets = list(sheets)

    @cached_property
    def departments(self) -> set[str]:
        """The departments whose forms went out with any text that may tell."""
        return {sheet.department for sheet in self._sheets if sheet.known.texts}

    @cached_property
    def by_number(self) -> Mapping[str, list[SentSheet]]:
        """The sheets by item number."""
        return self._by(lambda known: known.number)

    @cached_property
    def by_title(self) -> Mapping[str, list[SentSheet]]:
        """The sheets by title."""
        return self._by(lambda known: known.title)

    @cached_property
    def by_tab(self) -> Mapping[str, list[SentSheet]]:
        """The sheets by tab."""
        return self._by(lambda known: key(known.tab))

    @cached_property
    def by_subject(self) -> Mapping[str, list[SentSheet]]:
        """The sheets by what they are about."""
        return self._by(lambda known: known.subject)

    @cached_property
    def subjects(self) -> Mapping[tuple[str, Key], Mapping[str, set[str]]]:
        """By field and text, what the sheets are about that went out with it, and to which departments."""
        found: dict[tuple[str, Key], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for sheet in self._sheets:
            for entry in sheet.known.texts.items():
                found[entry][sheet.known.subject].add(sheet.department)
        return dict(found)

    @property
    def fields(self) -> Iterable[str]:
        """The fields of which any text went out that may tell."""
        return self._similar.keys()

    def candidates(self, name: str, written: Key) -> Iterator[Key]:
        """Yield the texts of a field that a written one may still be."""
        return self._similar[name].candidates(written) if name in self._similar else iter(())

    @cached_property
    def _similar(self) -> Mapping[str, SimilarTexts]:
        """By field, the texts that may tell whose sheet it is to any department; of some fields there are none."""
        texts: dict[str, list[Key]] = {name: [] for name, _ in self.subjects}
        for (name, text), subjects in self.subjects.items():
            if not _tells_nothing(subjects):
                texts[name].append(text)
        return {name: SimilarTexts(found) for name, found in texts.items()}

    def _by(self, mark: Callable[[KnownSheet], str]) -> Mapping[str, list[SentSheet]]:
        found: dict[str, list[SentSheet]] = defaultdict(list)
        for sheet in self._sheets:
            found[mark(sheet.known)].append(sheet)
        return found
