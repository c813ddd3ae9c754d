"""Contents (中身): all that a workspace knows, read at once for whoever analyses it; nothing is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kohyo.model.answer import FieldAnswer
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.returns.effective_answers import effective_answers
from kohyo.workspace.answer_store import load_answers
from kohyo.workspace.folder import Location
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.session import Session, session
from kohyo.workspace.versions import registers_of_past


@dataclass(frozen=True)
class Contents:
    """The plan, its register, what every respondent says now, and the register of each fiscal year that is known.

    ``by_year`` maps a fiscal year to the register as it ended (版), the year that runs to the register as it is.
    """

    plan: Plan
    register: Register
    answers: tuple[FieldAnswer, ...]
    by_year: Mapping[int, Register]


def contents(root: Location) -> Contents:
    """Read a workspace; raise UsageError, DefinitionError or FileError when it cannot be read."""
    with session(root, "contents", reading=True) as current:
        years = {**registers_of_past(current.workspace, current.plan), current.plan.cycle.year: current.register}
        return Contents(current.plan, current.register, _answers(current), years)


def _answers(current: Session) -> tuple[FieldAnswer, ...]:
    """Return the answers that count, of all that is kept of the files that came."""
    issues = load_bases(current.workspace, current.plan)
    said = effective_answers(load_answers(current.workspace.answers, issues).values())
    return tuple(answer for voices in said.values() for voice in voices for answer in voice.answers)
