"""State of the register (台帳) as values: what its sheets hold, one class a sheet.

Texts, numbers, dates and ticks are the model's; how a workbook shows them is for ``excel.register_book``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from kohyo.model.finding import Place
from kohyo.model.item import Item, ItemId, Standing
from kohyo.model.matrix import MatrixEntry
from kohyo.model.note import Note
from kohyo.model.outcome import Outcome
from kohyo.model.value import FieldValue, OrNone


class ConflictKind(Enum):
    """Why two truths stand against each other."""

    REGISTER = "register"  # the register changed since the form went out
    DEPARTMENTS = "departments"  # two departments answer one field of a shared item differently
    RETURNS = "returns"  # two returns of one department, neither a correction
    EMPTIED = "emptied"  # the department emptied what was known


class Decision(Enum):
    """What a person decided (採用): the register's value, the answer, or another value."""

    REGISTER = "register"
    ANSWER = "answer"
    OTHER = "other"


@dataclass(frozen=True)
class Conflict:
    """One row of 競合: a value that the register has not taken. The rows of one ``group`` are one question.

    A group is about a field of an item, of one respondent alone where ``whose`` names it. ``department`` names all
    who said the value, ``places`` where; ``agreed`` are those who stand by the register's value, ``silent`` those
    asked who have not answered.
    """

    id: str
    group: str
    kind: ConflictKind
    item: ItemId
    field: str
    base: FieldValue
    ours: FieldValue
    ours_from: str
    theirs: FieldValue
    department: str
    place: Place
    sha256: str
    raised_at: datetime
    decision: Decision | None = None
    other: FieldValue = None
    decided_by: str = ""
    decided_at: datetime | None = None
    whose: str = ""
    places: str = ""
    agreed: str = ""
    silent: str = ""


class ChangeKind(Enum):
    """What kind of change a row of 変更履歴 tells."""

    CREATED = "created"  # a new item
    IMPORTED = "imported"  # from the plan's list
    ANSWERED = "answered"  # from a return
    DECIDED = "decided"  # by a decision on a conflict
    REFUSED = "refused"  # a value that a decision did not take; kept here
    EDITED = "edited"  # by the secretariat's hand in the register
    RENUMBERED = "renumbered"  # a new number, in a new plan version
    ROLLED = "rolled"  # emptied for the next fiscal year
    REWORDED = "reworded"  # a choice is called otherwise in the definition
    SUBMITTED = "submitted"  # a proposal, issue or practice received
    ISSUED = "issued"  # a form went out; ``item`` is its control number, ``new`` the mark of what it holds
    RESTORED = "restored"  # the register of a copy; ``new`` is how many changes it went back to


class Change(NamedTuple):
    """One row of 変更履歴, append-only: when, what, old, new, and from which file, sheet and cell."""

    at: datetime
    kind: ChangeKind
    item: str
    number: str
    field: str
    old: FieldValue
    new: FieldValue
    place: Place = Place()
    typed: str = ""
    """What the person typed, where it was normalised."""
    by: str = ""


@dataclass(frozen=True)
class Receipt:
    """One row of 回収: a received file, or an expected respondent without one (``file`` empty)."""

    department: str
    outcome: Outcome
    control: str = ""
    round: OrNone = 0
    file: str = ""
    sha256: str = ""
    received_at: datetime | None = None
    errors: int = 0
    checks: int = 0
    infos: int = 0
    survey: str = ""
    """Name of the survey of the year (調査の回) that it belongs to; empty where the year has but one."""


class Adoption(Enum):
    """What was decided on a proposal (採用): it becomes an item, or it does not."""

    ADOPTED = "adopted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Submission:
    """One row of 提案, 課題 or 好事例: what a department sent besides, with its origin."""

    id: str
    kind: str
    """Key of the sheet kind it came on."""
    department: str
    values: Mapping[str, FieldValue]
    place: Place
    sha256: str
    received_at: datetime
    copied_from: str = ""
    """Item number whose sheet was copied to make it, if any."""
    decision: Adoption | None = None
    item: str = ""
    """Id of the item that it became."""
    year: OrNone = 0
    """Fiscal year of the survey that it answers; 0 while nobody told it (a register of before the column 年度)."""
    first_year: OrNone = 0
    """Fiscal year in which the adopted proposal begins (開始年度), 0 while it is not adopted."""
    reason: str = ""
    """Why it was decided so (理由), as the office wrote it."""


@dataclass(frozen=True)
class Ending:
    """One row of 廃止・完了・統合: an item that a department proposes to end with a year, and as what (``standing``).

    The office decides. ``successors`` (統合先) are the items, by number or id, in which a merged one lives on. What is
    adopted ends the item when its last year is rolled over, in the plan's last year with the version that keeps it.
    """

    id: str
    item: ItemId
    year: int
    standing: Standing
    department: str = ""
    decision: Adoption | None = None
    reason: str = ""
    successors: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    last_year: OrNone = 0
    """Fiscal year with which the item ends (終了年度), 0 while it is not decided."""

    @property
    def is_adopted(self) -> bool:
        """Whether it was decided that the item ends."""
        return self.decided_at is not None and self.decision is Adoption.ADOPTED

    @property
    def last(self) -> int:
        """The last fiscal year in which the item is carried out: of a decision that names none the proposal's."""
        return self.last_year or self.year


@dataclass(frozen=True)
class Contribution:
    """One row of 部別回答: what one owner of an item answers in the fields that each answers for itself."""

    item: ItemId
    department: str
    values: Mapping[str, FieldValue]


@dataclass(frozen=True)
class Team:
    """One row of ＰＴ, the secretariat's own list; what is several stands a line each.

    ``version`` is the plan version (版) that the item numbers belong to, empty for the one in force. A team that was
    proposed (提案型ＰＴ) names the proposal's id, since when and until when it works, its meetings, and what it reached
    (``results``).
    """

    numbers: str = ""
    version: str = ""
    title: str = ""
    topics: str = ""
    secretariat: str = ""
    members: str = ""
    proposal: str = ""
    started: str = ""
    ended: str = ""
    meetings: str = ""
    results: str = ""
    note: str = ""
    year: OrNone = 0
    """Fiscal year in which it works, or begins where it tells when it began; 0 for every year."""


@dataclass(frozen=True)
class Register:
    """The whole register, immutable: every rule returns a new one."""

    items: tuple[Item, ...] = ()
    entries: tuple[MatrixEntry, ...] = ()
    submissions: tuple[Submission, ...] = ()
    teams: tuple[Team, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    notes: tuple[Note, ...] = ()
    endings: tuple[Ending, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Change, ...] = ()

    def sent_in(self, year: int) -> tuple[Submission, ...]:
        """Return what departments sent besides in the survey of a fiscal year; what tells no year is of any."""
        return tuple(entry for entry in self.submissions if entry.year in (0, year))

    def undecided_in(self, year: int) -> tuple[Submission, ...]:
        """Return those of them that nobody decided on: what was adopted is an item, what was declined is no matter."""
        return tuple(entry for entry in self.sent_in(year) if entry.decision is None)

    @property
    def current(self) -> tuple[Item, ...]:
        """The items that belong to the plan; those abolished, completed or merged stay in ``items``."""
        return tuple(item for item in self.items if item.standing is Standing.CURRENT)

    @property
    def current_entries(self) -> tuple[MatrixEntry, ...]:
        """The matrix entries without the items that no longer belong to the plan."""
        gone = {item.id for item in self.items} - {item.id for item in self.current}
        return tuple(kept for entry in self.entries if (kept := entry.without(gone)).members) if gone else self.entries

    @property
    def open_conflicts(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has decided yet."""
        return tuple(conflict for conflict in self.conflicts if conflict.decided_at is None)

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The groups of conflicts that wait for a decision: one question each, however many values it has."""
        return tuple(dict.fromkeys(conflict.group for conflict in self.open_conflicts))

    @property
    def open_notes(self) -> tuple[Note, ...]:
        """The notes that nobody has seen to yet."""
        return tuple(note for note in self.notes if not note.done)

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id, None when the register has none."""
        return next((item for item in self.items if item.id == item_id), None)
