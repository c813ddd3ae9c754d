"""Issued forms (配布した調査票): what went out to one respondent in one round, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kohyo.model.item import ItemId
from kohyo.model.value import FieldValue


@dataclass(frozen=True)
class IssuedSheet:
    """One sheet as it went out: its control number, kind, item and the values it held.

    ``before`` are values that the register held where a correction shows the department's own answer that the
    register had not taken: what could not be read, and what waits for a decision.
    """

    control: str
    kind: str
    tab: str
    item: ItemId | None
    values: Mapping[str, FieldValue]
    before: Mapping[str, FieldValue] = field(default_factory=dict)
    last_year: Mapping[str, FieldValue] = field(default_factory=dict)
    """What the department answered last year, where the form shows it beside the new answer."""
    outside: Mapping[str, str] = field(default_factory=dict)
    """The fields about a year before the item began, or after it ends: they are not asked (``outside_life``)."""
    ends: bool = False
    """Whether its item was to end with the year, by an answer (今後の方向性) that this sheet neither asks nor shows."""

    @property
    def known(self) -> Mapping[str, FieldValue]:
        """The merge's base: what the register knew of this sheet when it went out."""
        return {**self.values, **self.before}


@dataclass(frozen=True)
class Ask:
    """What a correction (差戻し) asks to mend or to look at: where, why and how.

    ``sheet`` is a control number, ``fields`` are names of answers with their block; both are empty where the
    place is not in the form. ``tab`` is the sheet as the department called it.
    """

    sheet: str
    fields: tuple[str, ...]
    tab: str
    reason: str
    mend: str
    must: bool


@dataclass(frozen=True)
class IssuedForm:
    """One survey form (調査票) as it went out to one respondent (回答者) in one round (回)."""

    control: str
    plan: str
    form_version: str
    year: int
    department: str
    round: int
    sheets: tuple[IssuedSheet, ...]
    correction: bool = False
    """Whether it went out to have an earlier return corrected: then its answers supersede that return's."""
    deadline: date | None = None
    issued_after: int | None = None
    """How many changes the history told when it went out; what was done later was done without it."""
    answers: tuple[str, ...] = ()
    """SHA-256 of the returns that a correction was made from, whose answers it shows."""
    asks: tuple[Ask, ...] = ()
    """What a correction asks for."""
    survey: str = ""
    """Key of the survey of the year (調査の回) that it belongs to; empty where the year has but one."""
    mark: str = ""
    """Digest of what it holds, which the form carries too; empty where it went out without one."""
    definition: str = ""
    """Digest of the definition under which it went out, as far as that asks; empty where nobody kept it."""

    def sheet(self, control: str) -> IssuedSheet | None:
        """Return the sheet with this control number, None when it is not ours."""
        return next((sheet for sheet in self.sheets if sheet.control == control), None)


def latest(issues: Iterable[IssuedForm], department: str) -> IssuedForm | None:
    """Return the form that went out last to a department, None when none did."""
    own = [issue for issue in issues if issue.department == department]
    return max(own, key=lambda issue: issue.round, default=None)
