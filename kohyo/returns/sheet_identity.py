"""Whose answer a returned sheet is (個票の同一性): what speaks for it, and what speaks for another.

Five marks are looked at: control number (管理番号), item number (番号), title (項目名), the other texts that went out,
and the tab (シート名). Each names the sheet that it should be, another that went out, or nobody: a text that was
rewritten names nobody. Control number and item number travel with every copy, so they tell from which sheet one was
made, never that it still is that sheet. A sheet is the answer to the one that it was made from if

1. its item number is no other item's,
2. its content is no other sheet's: the title is not another's, and of the texts that another went out with there do
   not stand here at least half, and that half more than of its own, and
3. its tab or its title is still its own. Where tabs were only passed round among the sheets of the book the title
   may be new as well, for a copy is never named so.

Anything else is a question, and the sheet is not taken: K333 where the content of another sheet stands on it, K334
where its marks contradict each other, K332 where it may be a copy that became something new. A tab alone contradicts
nothing; that it is another's is said (K330, see ``pair``).

Texts are compared field by field; one that was only added to, or of which four fifths stand, is still that text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kohyo.messages import wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import Found, RawAnswer, RawSheet
from kohyo.returns.known_sheets import KnownSheets
from kohyo.returns.parse_value import as_typed
from kohyo.returns.sent_forms import NUMBER, TITLE, KnownSheet
from kohyo.returns.similar_texts import alike
from kohyo.text.normalise import Key, key

_UNREAD = ("error", "uncalculated")
_NOTHING = Key("")
_HALF = 0.5


@dataclass(frozen=True)
class SheetMarks:
    """A returned sheet beside ``base``, the sheet that it was made from, and what its marks say."""

    sheet: RawSheet
    base: IssuedSheet
    known: KnownSheets
    bears_control: bool
    """Whether it bears the control number of ``base``, which else was found by its item number."""

    @cached_property
    def own(self) -> KnownSheet:
        """The sheet that it was made from, as evidence."""
        return self.known.known(self.base)

    @cached_property
    def keeps_tab(self) -> bool:
        """Whether its tab is the one that went out."""
        return key(self.sheet.place.sheet) == key(self.base.tab)

    @cached_property
    def keeps_title(self) -> bool:
        """Whether its title is the one that went out; nobody retitles what had no title."""
        return not self.own.title or self._text(TITLE) == self.own.title

    @cached_property
    def loses_title(self) -> bool:
        """Whether another title than its own was surely read, or none."""
        return not self.keeps_title and _is_read(self.sheet.answers.get(TITLE))

    @cached_property
    def share(self) -> float:
        """How much of what went out on its own sheet stands on it, from 0 to 1."""
        own = self.known.telling(self.own)
        return _share(own, lambda name: alike(self._text(name), own[name]))

    @cached_property
    def tab(self) -> KnownSheet | None:
        """The other sheet whose tab it has."""
        return None if self.keeps_tab else self._other(self.known.named(key(self.sheet.place.sheet)))

    @cached_property
    def number(self) -> KnownSheet | None:
        """The other item whose number stands on it."""
        written = self._text(NUMBER)
        return None if written == self.own.number else self._other(self.known.numbered(written))

    @cached_property
    def title(self) -> KnownSheet | None:
        """The other sheet whose title stands on it."""
        return None if self.keeps_title else self._other(self.known.titled(self._text(TITLE)))

    @cached_property
    def texts(self) -> KnownSheet | None:
        """The other sheet of whose texts clearly more stand on it than of its own."""
        own = self.own.texts
        if not own or all(self._text(name) == text for name, text in own.items()):
            return None
        least = self.share + _HALF
        return next((sheet for sheet in self._others() if self._share_of(sheet) >= least), None) if least <= 1 else None

    def doubt(self) -> Finding | None:
        """Return why it is surely not a plain answer to its own sheet, or a copy of it; None where nothing says so."""
        content = self.title or self.texts
        if content is None and self.number is None:
            return None
        if content and not _names(self.tab, content) and (self.number is None or _names(self.number, content)):
            return foreign_content(self.sheet, self.own, content)
        return self.contradiction()

    def contradiction(self) -> Finding:
        """Return the question which sheet this is, with what each mark says."""
        said = wording("text.list.joiner").join(self._said())
        return finding_of(Code.K334, self.sheet.place, value=said)

    def _said(self) -> Iterator[str]:
        keeps_number = bool(self.own.number) and self._text(NUMBER) == self.own.number
        keeps_title = bool(self.own.title) and self.keeps_title
        for mark, other, kept in (
            ("control", None, self.bears_control),
            ("number", self.number, keeps_number),
            ("title", self.title, keeps_title),
            ("texts", self.texts, False),
            ("tab", self.tab, self.keeps_tab),
        ):
            if other or kept:
                yield wording(f"finding.marks.{mark}", tab=other.tab if other else self.base.tab)

    def _others(self) -> Iterator[KnownSheet]:
        return (
            sheet for sheet in self.known.resembling(self._written, self.own.texts) if sheet.subject != self.own.subject
        )

    def _other(self, found: KnownSheet | None) -> KnownSheet | None:
        return found if found is not None and found.subject != self.own.subject else None

    def _share_of(self, other: KnownSheet) -> float:
        theirs = self.known.telling(other)
        return _share(theirs, lambda name: self._is_theirs(name, theirs[name]))

    def _is_theirs(self, name: str, text: Key) -> bool:
        """Tell whether a text is another sheet's; one that is like ours as well is ours unless it is quite theirs."""
        written, ours = self._text(name), self.own.texts.get(name, _NOTHING)
        return written == text or (written != ours and alike(written, text) and not alike(written, ours))

    def _text(self, name: str) -> Key:
        if name not in self._read:
            answer = self.sheet.answers.get(name)
            self._read[name] = key(as_typed(answer.value)) if answer is not None and _is_read(answer) else _NOTHING
        return self._read[name]

    @cached_property
    def _read(self) -> dict[str, Key]:
        """What was read, as far as it was asked for."""
        return {}

    @cached_property
    def _written(self) -> Mapping[str, Key]:
        """What is written in the fields of which anything went out that tells sheets apart."""
        telling = self.known.fields | self.own.texts.keys()
        return {
            name: self._text(name)
            for name, answer in self.sheet.answers.items()
            if name in telling and _is_read(answer)
        }


def foreign_content(sheet: RawSheet, own: KnownSheet, other: KnownSheet) -> Finding:
    """Return that on a sheet that went out as ``own`` stands what went out as ``other``."""
    return finding_of(Code.K333, sheet.place, value=own.tab, other=other.tab)


def _names(mark: KnownSheet | None, other: KnownSheet) -> bool:
    return mark is not None and mark.subject == other.subject


def _is_read(answer: RawAnswer | None) -> bool:
    return answer is not None and answer.found is not Found.NOT_FOUND and answer.note not in _UNREAD


def _share(texts: Mapping[str, Key], stands: Callable[[str], bool]) -> float:
    return sum(1 for name in texts if stands(name)) / len(texts) if texts else 0.0
