"""What went out, as evidence of whose sheet a returned one is (配布した内容).

Evidence is what stood on the forms, never what the register holds: this respondent's forms up to the returned one,
and the first forms of all others. A short text (a choice, a division, a name) and a text that went out on several
items tell nothing apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.returns.sent_forms import KnownSheet, SentForms, SentSheet
from kohyo.text.normalise import Key, key

_NONE: Mapping[str, Key] = {}
_FIRST = ""
"""Stands before every control number."""


class KnownSheets:
    """All sheets that went out, against which the sheets of one return are held: first its own, then by control number.

    The sheets of its own department are held here, few as they are; those of all others are looked up.
    """

    def __init__(self, issue: IssuedForm, issues: Mapping[str, IssuedForm]) -> None:
        self._issue = issue
        self._sent = SentForms.of(issues)
        self._others = self._sent.first(issue)
        self._alone = {issue.department}
        self._told: dict[int, tuple[KnownSheet, Mapping[str, Key]]] = {}

    @classmethod
    def of(cls, issue: IssuedForm, issues: Mapping[str, IssuedForm]) -> KnownSheets:
        """Return the sheets for a form; those of the last form are kept, of which several files may come in a row."""
        sent = SentForms.of(issues)
        if sent.last is None or sent.last.issue is not issue:
            sent.last = cls(issue, sent)
        return sent.last

    @property
    def issue(self) -> IssuedForm:
        """The form that came back."""
        return self._issue

    def known(self, sheet: IssuedSheet) -> KnownSheet:
        """Return a sheet of the returned form as evidence."""
        return self._of_form[sheet.control]

    def numbered(self, number: Key) -> KnownSheet | None:
        """Return the item that went out with a number."""
        return self._first(self._by_number, self._others.by_number, number) if number else None

    def titled(self, title: Key) -> KnownSheet | None:
        """Return the sheet that went out with a title."""
        return self._first(self._by_title, self._others.by_title, title) if title else None

    def named(self, tab: Key) -> KnownSheet | None:
        """Return the sheet that went out under a tab."""
        return self._first(self._by_tab, self._others.by_tab, tab)

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields of which any text went out by which a sheet may be told from others."""
        return frozenset({*self._others.fields, *(name for sheet in self._own for name in sheet.known.texts)})

    def telling(self, known: KnownSheet) -> Mapping[str, Key]:
        """Return the texts of a sheet that no other went out with."""
        if id(known) not in self._told:
            self._told[id(known)] = known, dict(self._telling(known))  # what is held here keeps its number
        return self._told[id(known)][1]

    def _telling(self, known: KnownSheet) -> Iterator[tuple[str, Key]]:
        for name, text in known.texts.items():
            if all(subject == known.subject for subject in self._subjects(name, text)):
                yield name, text

    def resembling(self, written: Mapping[str, Key], own: Mapping[str, Key] = _NONE) -> Iterator[KnownSheet]:
        """Yield every sheet with a telling text that is like the one written in its field, and some more.

        What is written letter by letter as it went out (``own``) is like no other sheet's but the very same text.
        """
        found = {sheet.place: sheet for sheet in self._own}
        for name, text in written.items():
            kept = own.get(name) == text
            for candidate in (text,) if kept else self._others.candidates(name, text):
                found.update((sheet.place, sheet) for sheet in self._told_by(name, candidate))
        return (found[place].known for place in sorted(found))

    def _told_by(self, name: str, text: Key) -> Iterator[SentSheet]:
        """Yield the others' sheets about the one thing that a text went out with, if it is one."""
        subjects = self._subjects(name, text)
        about = next(subjects, "")
        if all(subject == about for subject in subjects):
            yield from self._of_others(self._others.by_subject, about)

    def _subjects(self, name: str, text: Key) -> Iterator[str]:
        """Yield what the sheets are about that went out with a text."""
        yield from self._own_subjects.get((name, text), ())
        for subject, departments in self._others.subjects.get((name, text), {}).items():
            if departments != self._alone:
                yield subject

    def _first(
        self, own: Mapping[Key, SentSheet], others: Mapping[str, Iterable[SentSheet]], mark: Key
    ) -> KnownSheet | None:
        """Return the first of the sheets with a mark."""
        theirs = next(self._of_others(others, mark), None)
        found = [sheet for sheet in (own.get(mark), theirs) if sheet]
        return min(found, key=lambda sheet: sheet.place).known if found else None

    def _of_others(self, others: Mapping[str, Iterable[SentSheet]], mark: str) -> Iterator[SentSheet]:
        return (sheet for sheet in others.get(mark, ()) if sheet.department != self._issue.department)

    @cached_property
    def _of_form(self) -> Mapping[str, KnownSheet]:
        """The sheets of the returned form, by control number."""
        controls = (sheet.control for sheet in self._issue.sheets)
        return dict(zip(controls, self._sent.known(self._issue), strict=True))

    @cached_property
    def _own(self) -> tuple[SentSheet, ...]:
        """The sheets of this department up to this return; of a correction what the office wrote, not its answers."""
        forms = ((_FIRST, self._issue), *self._sent.earlier(self._issue))
        sheets = [(form, sheet) for control, form in forms for sheet in self._sent.sent(form, control)]
        plain = [sheet for form, sheet in sheets if not form.correction]
        if not any(sheet.known.texts for sheet in plain) and not self._others.departments - self._alone:
            return tuple(sheet for _, sheet in sheets)
        return tuple(
            replace(sheet, known=self._of_the_office(sheet.known, plain)) if form.correction else sheet
            for form, sheet in sheets
        )

    def _of_the_office(self, known: KnownSheet, plain: Sequence[SentSheet]) -> KnownSheet:
        """Return a sheet of a correction with those texts alone that the item went out with at first.

        What a department answered is no mark of an item: it may have written the same on several.
        """
        own = (sheet for sheet in plain if sheet.known.subject == known.subject)
        same = sorted((*own, *self._of_others(self._others.by_subject, known.subject)), key=lambda sheet: sheet.place)
        first = {name: text for sheet in same for name, text in sheet.known.texts.items()}
        return replace(known, texts={name: text for name, text in known.texts.items() if first.get(name) == text})

    @cached_property
    def _by_number(self) -> Mapping[Key, SentSheet]:
        return _by((sheet.known.number, sheet) for sheet in self._own)

    @cached_property
    def _by_title(self) -> Mapping[Key, SentSheet]:
        return _by((sheet.known.title, sheet) for sheet in self._own)

    @cached_property
    def _by_tab(self) -> Mapping[Key, SentSheet]:
        return _by((key(sheet.known.tab), sheet) for sheet in self._own)

    @cached_property
    def _own_subjects(self) -> Mapping[tuple[str, Key], set[str]]:
        """By field and text, what the sheets of this department are about that went out with it."""
        subjects: dict[tuple[str, Key], set[str]] = defaultdict(set)
        for sheet in self._own:
            for entry in sheet.known.texts.items():
                subjects[entry].add(sheet.known.subject)
        return dict(subjects)


def _by(entries: Iterable[tuple[Key, SentSheet]]) -> dict[Key, SentSheet]:
    """Return the first sheet of each mark in the order in which they stand."""
    found: dict[Key, SentSheet] = {}
    for mark, sheet in sorted(entries, key=lambda entry: entry[1].place):
        found.setdefault(mark, sheet)
    return found
