"""Returned files (受け取ったファイル): one received file, understood, and what it says against what went out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from kohyo.model.answer import FieldAnswer
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.note import Note
from kohyo.model.outcome import Outcome
from kohyo.model.returned_book import Answers
from kohyo.model.value import FieldValue


@dataclass(frozen=True)
class Offer:
    """What a department sent besides its items: the answers of a proposal, issue or practice."""

    answers: Answers
    copied_from: str = ""
    replaces: Mapping[str, FieldValue] | None = None
    """What the register took of it before, where a correction shows it again."""

    @property
    def values(self) -> dict[str, FieldValue]:
        """What it says, by field name."""
        return {name: answer.value for name, answer in self.answers.values.items()}


@dataclass(frozen=True)
class SheetFinding:
    """A finding that somebody must mend or look at, and the answers that it is about, by name with their block."""

    finding: Finding
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnedSheet:
    """A returned sheet against ``base``, the sheet it was when it went out: what was changed, what is not read.

    A copy of a sheet (``copied``) has the original as its base. ``changes`` hold every answer that differs from
    the base, in ``unread`` are the names of those that could not be trusted and stand as they were written.
    """

    tab: str
    base: IssuedSheet
    copied: bool
    changes: Mapping[str, FieldValue]
    unread: frozenset[str]
    findings: tuple[SheetFinding, ...] = ()

    def applied(self, sheet: IssuedSheet, disputed: Collection[str] = ()) -> IssuedSheet:
        """Return ``sheet`` with what was written here, as it goes out again.

        What the register has not taken, ``unread`` or ``disputed``, keeps the register's own value as its base.
        """
        values, before = dict(sheet.values), dict(sheet.before)
        for name, value in self.changes.items():
            values[name] = value
            before.pop(name, None)
            if name in self.unread or name in disputed:
                before[name] = sheet.known.get(name)
        return replace(sheet, values=values, before=before)


@dataclass(frozen=True)
class ReturnedFile:
    """One received file: outcome so far, the form it is, its answers on items, its offers, its findings."""

    file: str
    sha256: str
    outcome: Outcome
    issue: IssuedForm | None = None
    answers: tuple[FieldAnswer, ...] = ()
    offers: tuple[Offer, ...] = ()
    seen: tuple[str, ...] = ()
    """Control numbers of the sheets that it holds."""
    findings: tuple[Finding, ...] = ()
    sheets: tuple[ReturnedSheet, ...] = ()
    """What its sheets hold against what went out."""
    earlier_names: frozenset[str] = frozenset()
    """Under which names it lay in 回収 before."""
    notes: tuple[Note, ...] = ()
    """What was written in it and is not among its answers."""

    @property
    def department(self) -> str:
        """Whose it is, empty where no form of ours could be made out."""
        return self.issue.department if self.issue else ""

    @property
    def control(self) -> str:
        """The control number of its form, empty where there is none."""
        return self.issue.control if self.issue else ""

    @property
    def round(self) -> int:
        """The round of its form, 0 where there is none."""
        return self.issue.round if self.issue else 0
