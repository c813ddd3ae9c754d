"""Receiving (受付): one row of 回収 per file and per respondent still missing; what was sent besides is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kohyo.definition.departments import split_names
from kohyo.messages import severity
from kohyo.model.finding import Severity
from kohyo.model.outcome import READABLE, Outcome
from kohyo.model.register import Change, ChangeKind, ConflictKind, Receipt, Register, Submission
from kohyo.model.returned_file import Offer, ReturnedFile
from kohyo.model.value import FieldValue
from kohyo.register.identifiers import submission_id


def receive(register: Register, expected: Sequence[str], files: Sequence[ReturnedFile], now: datetime) -> Register:
    """Return the register with its 回収 rows renewed and new proposals, issues and practices added.

    ``expected`` are the departments a form went out to, in the order of the organisation. A row once written for
    a file stays, even when the file is gone from the folder: it was received. A file that could not be opened, or was
    still being copied, leaves none.
    """
    submitted = _submissions(register, files, now)
    receipts = _receipts(submitted, files, now)
    answered = {receipt.department for receipt in receipts if receipt.outcome in READABLE}
    missing = [Receipt(name, Outcome.MISSING) for name in expected if name not in answered]
    order = {name: place for place, name in enumerate(expected)}
    rows = sorted((*receipts, *missing), key=lambda row: (order.get(row.department, len(order)), row.file))
    return replace(submitted, receipts=tuple(rows))


def set_aside(register: Register, controls: Collection[str]) -> Register:
    """Return the register in which what came back on these forms is 対象外, for nothing tells any more what they held.

    What it brought into the register stays there.
    """
    rows = (
        replace(row, outcome=Outcome.FOREIGN) if row.control in controls and row.outcome in READABLE else row
        for row in register.receipts
    )
    return replace(register, receipts=tuple(rows)) if controls else register


def settle_receipts(register: Register) -> Register:
    """Return the register with 受理 in the place of 競合あり for files of which nothing waits any more."""
    disputed = disputed_departments(register)
    rows = (
        replace(row, outcome=Outcome.ACCEPTED)
        if row.outcome is Outcome.CONFLICT and row.department not in disputed
        else row
        for row in register.receipts
    )
    return replace(register, receipts=tuple(rows))


def disputed_departments(register: Register) -> set[str]:
    """Return whose own answers wait for a decision; a proposal to another's field is nothing to settle with them."""
    own = [row for row in register.open_conflicts if row.kind is not ConflictKind.DEPARTMENTS]
    return {name for row in own for name in split_names(row.department)}


def _receipts(register: Register, files: Sequence[ReturnedFile], now: datetime) -> list[Receipt]:
    disputed = disputed_departments(register)
    earlier = {(row.file, row.sha256): row for row in register.receipts if row.file}
    rows = [_receipt(file, earlier.get((file.file, file.sha256)), disputed, now) for file in files]
    present = {file.sha256 for file in files if file.sha256}
    names = {file.file for file in files}
    gone = [row for row in earlier.values() if row.sha256 and row.sha256 not in present]
    return [*rows, *(row for row in gone if not _was_unfinished(row, names))]


def _was_unfinished(row: Receipt, names: set[str]) -> bool:
    """Tell whether a file that could not be read was only half there: under its name lies another content now."""
    return row.outcome is Outcome.UNREADABLE and row.file in names


def _receipt(file: ReturnedFile, before: Receipt | None, disputed: set[str], now: datetime) -> Receipt:
    outcome = file.outcome
    if outcome is Outcome.ACCEPTED and file.department in disputed:
        outcome = Outcome.CONFLICT
    weights = Counter(severity(finding.code) for finding in file.findings)
    return Receipt(
        department=file.department,
        outcome=outcome,
        control=file.control,
        round=file.round,
        file=file.file,
        sha256=file.sha256,
        received_at=before.received_at if before and before.received_at else now,
        errors=weights[Severity.ERROR],
        checks=weights[Severity.CHECK],
        infos=weights[Severity.INFO],
    )


def _submissions(register: Register, files: Iterable[ReturnedFile], now: datetime) -> Register:
    """Add what was offered and is not known yet; the same words in two files of one department count once.

    What one file says twice, two awards of one amount, counts twice. What was taken in once stays as people left it,
    edited or deleted: its file is not asked again. What was corrected since is not taken in any more, whichever of
    the two is read first.
    """
    taken = {row.sha256 for row in register.receipts if row.outcome in READABLE}
    every = list(files)
    earlier = {_spelled(file.department, offer, offer.values): offer for file in every for offer in file.offers}
    corrected = {
        _spelled(file.department, offer, offer.replaces)
        for file in every
        for offer in file.offers
        if offer.replaces is not None and not _is_confirmed(offer)
    }
    for file in every:
        said, begun = Counter[_Spelled](), Counter[_Spelled]()
        for offer in file.offers:
            first = _first(file.department, offer, earlier)
            spelled, at_first = (_spelled(file.department, offer, words) for words in (offer.values, first))
            said[spelled] += 1
            begun[at_first] += 1
            is_old = spelled in corrected and not _is_confirmed(offer)
            if file.sha256 not in taken and not is_old and _known(register, file, offer) < said[spelled]:
                name = submission_id(file.department, offer.answers.kind, _year(file), first, begun[at_first])
                register = _renew(register, file, offer, now) or _submit(register, file, offer, name, now)
    return register


_Spelled = tuple[str, str, str]
"""Who said what of which kind, so that it can be looked up."""


def _spelled(department: str, offer: Offer, values: Mapping[str, FieldValue]) -> _Spelled:
    return department, offer.answers.kind, repr(sorted(_said(values).items()))


def _is_confirmed(offer: Offer) -> bool:
    """Tell whether a correction left an offer as it was."""
    return offer.replaces is not None and _said(offer.replaces) == _said(offer.values)


def _first(department: str, offer: Offer, earlier: Mapping[_Spelled, Offer]) -> Mapping[str, FieldValue]:
    """Return the words with which an offer came first, before its corrections."""
    seen: set[_Spelled] = set()
    while offer.replaces is not None:
        said = _spelled(department, offer, offer.replaces)
        if said in seen or said not in earlier:
            return offer.replaces
        seen.add(said)
        offer = earlier[said]
    return offer.values


def _renew(register: Register, file: ReturnedFile, offer: Offer, now: datetime) -> Register | None:
    """Put a corrected offer in the place of what it was; None where the register no longer holds that."""
    if offer.replaces is None:
        return None
    place = offer.answers.place
    of_others = [row for row in register.submissions if row.sha256 != file.sha256 and _is_of(row, file, offer)]
    found = [row for row in of_others if _said(row.values) == _said(offer.replaces)]
    if not found:
        return None
    entry = next((row for row in found if (row.place.sheet, row.place.cell) == (place.sheet, place.cell)), found[0])
    renewed = replace(entry, values=offer.values, place=place, sha256=file.sha256, received_at=now)
    rows = tuple(renewed if row is entry else row for row in register.submissions)
    return replace(register, submissions=rows, changes=(*register.changes, *_corrected(entry, file, offer, now)))


def _corrected(entry: Submission, file: ReturnedFile, offer: Offer, now: datetime) -> Iterator[Change]:
    """Yield a line of the history for each answer that the correction changed."""
    for name in dict.fromkeys((*entry.values, *offer.values)):
        old, new = entry.values.get(name), offer.values.get(name)
        if old != new:
            place = offer.answers.place
            yield Change(now, ChangeKind.ANSWERED, entry.id, "", name, old, new, place, by=file.department)


def _known(register: Register, file: ReturnedFile, offer: Offer) -> int:
    """Return how many rows say the words of an offer."""
    said = _said(offer.values)
    return sum(_is_of(entry, file, offer) and _said(entry.values) == said for entry in register.submissions)


def _is_of(entry: Submission, file: ReturnedFile, offer: Offer) -> bool:
    """Tell whether an entry is of the same department, kind and year's survey: last year's words are last year's."""
    same = (entry.department, entry.kind) == (file.department, offer.answers.kind)
    return same and entry.year in (0, _year(file))


def _year(file: ReturnedFile) -> int:
    return file.issue.year if file.issue else 0


def _said(values: Mapping[str, FieldValue]) -> dict[str, FieldValue]:
    return {name: value for name, value in values.items() if value is not None}


def _submit(register: Register, file: ReturnedFile, offer: Offer, name: str, now: datetime) -> Register:
    entry = Submission(
        id=name,
        kind=offer.answers.kind,
        department=file.department,
        values=offer.values,
        place=offer.answers.place,
        sha256=file.sha256,
        received_at=now,
        copied_from=offer.copied_from,
        year=_year(file),
    )
    change = Change(now, ChangeKind.SUBMITTED, entry.id, "", "", None, None, offer.answers.place, by=file.department)
    return replace(register, submissions=(*register.submissions, entry), changes=(*register.changes, change))
