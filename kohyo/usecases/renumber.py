"""Renumber (番号の付け直し): numbers are proposed and shown, and applied only when told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kohyo.definition.team_numbers import other_version, team_titles
from kohyo.errors import UsageError
from kohyo.excel.list_book.crosswalk_file import read_crosswalk_file
from kohyo.excel.register_book import SaveResult
from kohyo.messages import severity
from kohyo.model.finding import Finding, Severity
from kohyo.model.renumbering import NumberPair, Proposal, Renumbering, Why
from kohyo.register.number_order import propose
from kohyo.register.numbering import follow, out_of_place
from kohyo.register.numbering import renumber as apply_numbers
from kohyo.tables.number_proposal import number_proposal, untitled
from kohyo.workspace.folder import Location, Name
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken
from kohyo.workspace.versions import find_version, load_version


@dataclass(frozen=True)
class Renumbered:
    """The numbers proposed or applied, by why; what must be looked at; the table, and where the register was saved."""

    counts: Mapping[Why, int]
    numbers: tuple[Renumbering, ...]
    findings: tuple[Finding, ...]
    applied: bool
    book: Path | None
    twins: tuple[Path, ...]
    version: str = ""
    saved: SaveResult | None = None

    @property
    def refused(self) -> bool:
        """Whether a crosswalk contradicts the register, so that nothing could be proposed."""
        return not self.numbers

    @property
    def needs_person(self) -> bool:
        """Tell whether something must be looked at, mended or moved into place."""
        return bool(self.findings) or bool(self.saved and self.saved.waiting)


def renumber(
    root: Location,
    crosswalk: Name | None = None,
    *,
    apply: bool = False,
    version: str = "",
    now: datetime | None = None,
) -> Renumbered:
    """Propose new numbers into 結果/番号案.xlsx, from the plan's order or from a crosswalk; ``apply`` them if told to.

    The old numbers are kept in the register and in its history; the definition then says that the numbers are of
    ``version``, if it is given. A crosswalk that contradicts the register is refused with findings, and nothing
    changes; one that was applied before changes nothing again. An addition without a name is called as the version of
    that name, or the list of project teams with numbers of it, calls the item. Raises UsageError or FileError.
    """
    with session(root, "renumber", now) as current:
        stop_if_broken(current, row_faults(current))
        if not current.register.current:
            raise UsageError("no_items", register=current.workspace.register.name)
        proposal = _proposal(current, None if crosswalk is None else Path(crosswalk), version.strip())
        if not proposal.numbers:
            return Renumbered({}, (), proposal.findings, applied=False, book=None, twins=())
        moved = any(number.why is not Why.KEPT for number in proposal.numbers)
        book, twins = _write(current, proposal.numbers) if moved or not apply else _written_before(current)
        counts = {why: sum(number.why is why for number in proposal.numbers) for why in Why}
        made = Renumbered(counts, proposal.numbers, proposal.findings, applied=False, book=book, twins=twins)
        return _applied(current, proposal, made, version.strip()) if apply else made


def _applied(current: Session, proposal: Proposal, made: Renumbered, version: str) -> Renumbered:
    """Save the register with the proposed numbers, then let the definition say which version they are of."""
    plan = current.plan
    register = apply_numbers(current.register, plan, proposal.numbers, current.now, untitled())
    prepared = current.prepare(register)
    if version:
        heading = plan.plan.model_copy(update={"version": version, "version_note": ""})
        plan = plan.model_copy(update={"plan": heading})
        current.change_definition(plan)
    saved = current.commit(prepared, in_place=bool(version))
    findings = (*proposal.findings, *out_of_place(register), *saved.findings)
    return replace(made, findings=findings, applied=True, version=plan.plan.version, saved=saved)


def _proposal(current: Session, crosswalk: Path | None, version: str) -> Proposal:
    if crosswalk is None:
        return propose(current.plan, current.register)
    pairs, findings = read_crosswalk_file(crosswalk, current.plan.plan.numbering)
    if any(severity(finding.code) is Severity.ERROR for finding in findings):
        return Proposal(findings=findings)
    proposal = follow(current.plan, current.register, _named(current, pairs, version))
    return replace(proposal, findings=(*findings, *proposal.findings))


def _named(current: Session, pairs: Sequence[NumberPair], version: str) -> Sequence[NumberPair]:
    """Return the pairs with names for additions without one: as a frozen version or the teams' list has them."""
    teams, own = current.register.teams, current.plan.plan.version
    wanted = version or other_version(teams, own)
    titles = team_titles(teams, wanted, own)
    if wanted and find_version(current.workspace, wanted) is not None:
        frozen = load_version(current.workspace, current.plan, wanted).register
        titles |= {str(item.number): item.title for item in frozen.current}
    return [pair if pair.title or pair.old else replace(pair, title=titles.get(str(pair.new), "")) for pair in pairs]


def _written_before(current: Session) -> tuple[Path | None, tuple[Path, ...]]:
    """Return the table as it lies there: numbers applied once more must not write over what it tells."""
    book = current.workspace.result("number_proposal")
    return (book if book.is_file() else None), ()


def _write(current: Session, numbers: tuple[Renumbering, ...]) -> tuple[Path, tuple[Path, ...]]:
    table = number_proposal(current.plan, numbers)
    book = current.workspace.result("number_proposal")
    current.put_tables(book, (table,))
    return book, current.put_twins(current.workspace.data, (table,))
