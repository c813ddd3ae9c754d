"""What went out, as evidence of whose sheet a returned one is (配布した内容).

Evidence is what stood on the forms, never what the register holds: this respondent's forms up to the returned one,
and the first forms of all others. A short text (a choice, a division, a name) and a text that went out on several
items tell nothing apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.text.control_number import sheet_code
from kohyo.text.normalise import Key, key

NUMBER = "number"
TITLE = "title"
_NOTHING = Key("")
LONG = 12
"""Characters from which on a text is somebody's own."""


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


class KnownSheets:
    """All sheets that went out, against which the sheets of one return are held."""

    def __init__(self, issue: IssuedForm, issues: Mapping[str, IssuedForm]) -> None:
        self._issue = issue
        self._issues = issues

    @cached_property
    def every(self) -> tuple[KnownSheet, ...]:
        """Every sheet, those of the returned form first; of a correction what the office wrote, not its answers."""
        first = {
            (known.subject, name): text
            for form in self._forms()
            if not form.correction
            for known in (known_sheet(sheet, form) for sheet in form.sheets)
            for name, text in known.texts.items()
        }
        return tuple(
            _of_the_office(known_sheet(sheet, form), first) if form.correction and first else known_sheet(sheet, form)
            for form in self._forms()
            for sheet in form.sheets
        )

    def known(self, sheet: IssuedSheet) -> KnownSheet:
        """Return a sheet of the returned form as evidence."""
        return known_sheet(sheet, self._issue)

    def numbered(self, number: Key) -> KnownSheet | None:
        """Return the item that went out with a number."""
        return self._by_number.get(number) if number else None

    def titled(self, title: Key) -> KnownSheet | None:
        """Return the sheet that went out with a title."""
        return self._by_title.get(title) if title else None

    def named(self, tab: Key) -> KnownSheet | None:
        """Return the sheet that went out under a tab."""
        return self._by_tab.get(tab)

    def telling(self, known: KnownSheet) -> dict[str, Key]:
        """Return the texts of a sheet that no other went out with."""
        return {name: text for name, text in known.texts.items() if self._subjects[name, text] <= {known.subject}}

    def _forms(self) -> Iterator[IssuedForm]:
        """Yield the forms that count: of this respondent up to this one, of all others the first."""
        own = self._issue
        yield own
        for _, form in sorted(self._issues.items()):
            last = own.round - 1 if form.department == own.department else 1
            if (form.plan, form.year) == (own.plan, own.year) and form.round <= last:
                yield form

    @cached_property
    def _by_number(self) -> Mapping[Key, KnownSheet]:
        return _first((sheet.number, sheet) for sheet in self.every)

    @cached_property
    def _by_title(self) -> Mapping[Key, KnownSheet]:
        return _first((sheet.title, sheet) for sheet in self.every)

    @cached_property
    def _by_tab(self) -> Mapping[Key, KnownSheet]:
        return _first((key(sheet.tab), sheet) for sheet in self.every)

    @cached_property
    def _subjects(self) -> Mapping[tuple[str, Key], set[str]]:
        """By field and text, what the sheets are about that went out with it."""
        subjects: dict[tuple[str, Key], set[str]] = defaultdict(set)
        for sheet in self.every:
            for name, text in sheet.texts.items():
                subjects[name, text].add(sheet.subject)
        return subjects


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


def _of_the_office(known: KnownSheet, first: Mapping[tuple[str, str], Key]) -> KnownSheet:
    """Return a sheet of a correction with those texts alone that the item went out with at first.

    What a department answered is no mark of an item: it may have written the same on several.
    """
    texts = {name: text for name, text in known.texts.items() if first.get((known.subject, name)) == text}
    return replace(known, texts=texts)


def _first(entries: Iterable[tuple[Key, KnownSheet]]) -> dict[Key, KnownSheet]:
    found: dict[Key, KnownSheet] = {}
    for mark, sheet in entries:
        found.setdefault(mark, sheet)
    return found
