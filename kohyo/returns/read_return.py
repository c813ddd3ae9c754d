"""One returned file, read (回収票の読み取り): which form it is, what it answers, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kohyo.definition.departments import owners
from kohyo.definition.sheet_codes import read_code
from kohyo.errors import TextError
from kohyo.messages import severity
from kohyo.model.answer import FieldAnswer, answer_state
from kohyo.model.answer_name import block_of, block_values
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place, Severity
from kohyo.model.issued_form import IssuedForm, IssuedSheet
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import Answers, RawReturn, RawSheet
from kohyo.model.returned_file import Offer, ReturnedFile, ReturnedSheet
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.returns.compare_sheet import compare_sheet, sheet_findings
from kohyo.returns.identify import Identity, identify
from kohyo.returns.notes import notes_of
from kohyo.returns.older_form import allow_for_version
from kohyo.returns.pair import SheetPair, pair_sheets
from kohyo.returns.validate import trust_sheet


def read_return(
    raw: RawReturn,
    plan: Plan,
    issues: Mapping[str, IssuedForm],
    sha256: str,
    located: Sequence[Finding],
    identity: Identity | None = None,
) -> ReturnedFile:
    """Read one returned book against the forms that went out; whatever is wrong with it becomes findings.

    ``located`` are the reader's findings about where its answers stand; of a form that is not ours nobody asks.
    ``identity`` tells which form it is where that is known already.
    """
    identity = identity or identify(raw, plan)
    if identity.control is None:
        return unread(raw.file, sha256, Outcome.FOREIGN, identity.findings)
    control = str(identity.control)
    issue = issues.get(control)
    if issue is None:
        unknown = finding_of(Code.K155, Place(raw.file), value=control)
        return unread(raw.file, sha256, Outcome.FOREIGN, (unknown,))
    if raw.mark and issue.mark and raw.mark != issue.mark:
        other = finding_of(Code.K165, Place(raw.file), value=control)
        return unread(raw.file, sha256, Outcome.FOREIGN, (other,))
    before = (*identity.findings, *allow_for_version(located, issue, plan, raw.file))
    return _against(raw, issue, issues, plan, sha256, before)


def issue_of(identity: Identity, issues: Mapping[str, IssuedForm]) -> IssuedForm | None:
    """Return the form that a book answers, None where that is not known."""
    return issues.get(str(identity.control)) if identity.control else None


def check_return(raw: RawReturn, plan: Plan, located: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of a book without the forms that went out: only what the file itself shows."""
    identity = identify(raw, plan)
    if identity.control is None:
        return identity.findings
    findings: list[Finding] = [*identity.findings, *located]
    for sheet in raw.sheets:
        if sheet.kind and _is_form_sheet(sheet.control, plan):
            findings.extend(trust_sheet(plan, sheet, None, raw.cover, rest=raw.rest)[1])
    return _each_once(findings)


def _each_once(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings without repetition: what the cover says wrongly is said once, not for every sheet."""
    return tuple(finding for place, finding in enumerate(findings) if finding not in findings[:place])


def unread(file: str, sha256: str, outcome: Outcome, findings: Sequence[Finding]) -> ReturnedFile:
    """Return a file of which nothing could be taken in, and why."""
    return ReturnedFile(file, sha256, outcome, findings=tuple(findings))


def by_weight(findings: Sequence[Finding]) -> dict[Severity, int]:
    """Count findings by severity."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[severity(finding.code)] += 1
    return counts


def _is_form_sheet(control: str, plan: Plan) -> bool:
    if not control:
        return True
    try:
        read_code(plan, control.split("-")[2])
    except (TextError, IndexError):
        return False
    return True


def _against(
    raw: RawReturn,
    issue: IssuedForm,
    issues: Mapping[str, IssuedForm],
    plan: Plan,
    sha256: str,
    before: tuple[Finding, ...],
) -> ReturnedFile:
    pairs, findings = pair_sheets(raw, issue, issues)
    found: list[FieldAnswer] = []
    offers: list[Offer] = []
    sheets: list[tuple[RawSheet, ReturnedSheet]] = []
    for pair in pairs:
        own = pair.copied_from is None
        answers, wrong = trust_sheet(plan, pair.sheet, pair.base, raw.cover if own else {}, rest=raw.rest and own)
        if pair.base is not None and pair.base.item is not None:
            for sheet in answers:
                found += field_answers(sheet, pair.base, issue, plan, sha256)
        else:
            made, wrong = _offered(pair, answers, wrong)
            offers.extend(made)
        findings.extend(wrong)
        sheets.extend((pair.sheet, held) for held in _held(plan, pair, answers, (*before, *findings)))
    if not offers and plan.open_form(issue.department):
        findings.append(finding_of(Code.K331, Place(raw.file)))
    every = _each_once((*before, *findings))
    return ReturnedFile(
        file=raw.file,
        sha256=sha256,
        outcome=outcome_of(every),
        issue=issue,
        answers=tuple(found),
        offers=tuple(offers),
        seen=tuple(pair.base.control for pair in pairs if pair.base),
        findings=every,
        sheets=tuple(held for _, held in sheets),
        notes=notes_of(raw, issue, sheets, plan, sha256),
    )


def field_answers(
    answers: Answers, sheet: IssuedSheet, issue: IssuedForm, plan: Plan, sha256: str
) -> tuple[FieldAnswer, ...]:
    """Return what a returned item sheet says of each field, against what the register held when it went out."""
    if answers.item is None:
        return ()
    known = sheet.known
    leads = _leads(plan, issue.department, known.get("owners"))
    item, tab = answers.item, answers.place.sheet
    department, round_, control, issued_after = issue.department, issue.round, issue.control, issue.issued_after
    found: list[FieldAnswer] = []
    new = tuple.__new__  # thousands of them: made without a look at the names of their parts
    for name, (value, place, typed) in answers.values.items():
        base = known.get(name)
        state = answer_state(value, base)
        about = (item, name, state, value, base, department, round_, control, leads, place, typed, sha256)
        found.append(new(FieldAnswer, (*about, issued_after, place.sheet != tab)))
    return tuple(found)


def _leads(plan: Plan, department: str, owned_by: FieldValue) -> bool:
    """Tell whether a department leads an item whose owners its form named; it does where they name nobody known."""
    try:
        return owners(plan, str(owned_by or "")).lead == department
    except TextError:
        return True


def outcome_of(findings: Sequence[Finding]) -> Outcome:
    """Return what becomes of a file that was read: 不備 where something must be mended, else 受理."""
    return Outcome.DEFECTIVE if by_weight(findings)[Severity.ERROR] else Outcome.ACCEPTED


def _held(
    plan: Plan, pair: SheetPair, answers: Sequence[Answers], findings: Sequence[Finding]
) -> Iterator[ReturnedSheet]:
    base = pair.base or pair.copied_from
    if base is not None:
        held = compare_sheet(plan, pair.sheet, answers, base, copied=pair.base is None)
        told = sheet_findings(plan, pair.sheet, findings) if findings else ()
        yield replace(held, findings=told) if told else held


def _offered(
    pair: SheetPair, answers: Sequence[Answers], wrong: list[Finding]
) -> tuple[tuple[Offer, ...], list[Finding]]:
    """Return what a blank sheet or a copy offers; a copy on which nothing was changed offers nothing."""
    if pair.base is not None:
        return _offered_again(pair, pair.base, answers, wrong)
    if pair.copied_from is None:
        return tuple(Offer(entry) for entry in answers), wrong
    changed = tuple(entry for entry in answers if _differs(entry, pair.copied_from))
    if not changed:
        return (), [finding_of(Code.K327, pair.sheet.place, value=pair.copied_from.tab)]
    return tuple(Offer(entry, pair.copied_from.tab) for entry in changed), wrong


def _offered_again(
    pair: SheetPair, base: IssuedSheet, answers: Sequence[Answers], wrong: list[Finding]
) -> tuple[tuple[Offer, ...], list[Finding]]:
    """Return what a sheet offers that may have gone out filled, as a correction does: only what changed is new."""
    offers: list[Offer] = []
    for entry in answers:
        held, known = block_values(base.values, entry.block), block_values(base.known, entry.block)
        if not _is_filled(held):
            offers.append(Offer(entry))
        elif any(answer.value != held.get(name) for name, answer in entry.values.items()):
            offers.append(Offer(entry, replaces=known))
    touched = {entry.block for entry in answers}
    blocks = {block_of(name) for name in base.values}
    gone = [block for block in sorted(blocks - touched) if _is_filled(block_values(base.known, block))]
    return tuple(offers), [*wrong, *(finding_of(Code.K328, pair.sheet.place, value=base.tab) for _ in gone)]


def _is_filled(values: Mapping[str, FieldValue]) -> bool:
    return any(value not in (None, Tick.UNKNOWN) for value in values.values())


def _differs(answers: Answers, base: IssuedSheet) -> bool:
    return any(answer.value != base.values.get(name) for name, answer in answers.values.items())
