"""One returned file, understood (回収票の読み取り): which form it is, what it answers, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kohyo.definition.sheet_codes import read_code
from kohyo.errors import TextError
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.worker import ReadResult
from kohyo.messages import severity
from kohyo.model.finding import Finding, Place, Severity
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.response import Answers, FormIssue, RawReturn, SheetIssue
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue
from kohyo.register.merge import Claim, claims_of
from kohyo.rules.held import HeldSheet, block_of, block_values, hold, troubles
from kohyo.rules.identity import identify
from kohyo.rules.pairing import Pair, pair_sheets
from kohyo.rules.trust import trust_sheet
from kohyo.rules.version import allow_for_version


@dataclass(frozen=True)
class Offer:
    """What a department sent besides its items: the answers of a proposal, issue or practice."""

    answers: Answers
    copied_from: str = ""
    replaces: Mapping[str, FieldValue] | None = None
    """What the register took of it before, where a correction shows it again."""


@dataclass(frozen=True)
class ReturnedFile:
    """One received file: outcome so far, the form it is, its claims on items, its offers, its findings."""

    file: str
    sha256: str
    outcome: Outcome
    issue: FormIssue | None
    control: str
    claims: tuple[Claim, ...]
    offers: tuple[Offer, ...]
    seen: tuple[str, ...]
    """Control numbers of the sheets that it holds."""
    findings: tuple[Finding, ...]
    sheets: tuple[HeldSheet, ...] = ()
    """What its sheets hold against what went out."""


def received_files(folder: Path) -> tuple[Path, ...]:
    """Return every file below ``folder``, in a steady order; links are not followed out of it."""
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def understand(result: ReadResult, file: str, plan: Plan, issues: Mapping[str, FormIssue]) -> ReturnedFile:
    """Read one file against the forms that went out; whatever is wrong with it becomes findings."""
    infos = tuple(_in_file(finding, file) for finding in result.infos)
    if result.book is None:
        findings = (_in_file(result.finding, file),) if result.finding else ()
        return _unread(file, result.sha256, Outcome.UNREADABLE, (*infos, *findings))
    raw, located = find_answers(result.book, plan, file)
    identity = identify(raw, plan)
    if identity.control is None:
        return _unread(file, result.sha256, Outcome.FOREIGN, (*infos, *identity.findings))
    control = str(identity.control)
    issue = issues.get(control)
    if issue is None:
        unknown = Finding("K155", Place(file), value=control)
        return _unread(file, result.sha256, Outcome.FOREIGN, (*infos, unknown))
    before = (*infos, *identity.findings, *allow_for_version(located, issue, plan, file))
    return _against(raw, issue, plan, result.sha256, before)


def check_alone(result: ReadResult, file: str, plan: Plan) -> tuple[Finding, ...]:
    """Return the findings of a file without the forms that went out: only what the file itself shows."""
    infos = tuple(_in_file(finding, file) for finding in result.infos)
    if result.book is None:
        return (*infos, *((_in_file(result.finding, file),) if result.finding else ()))
    raw, located = find_answers(result.book, plan, file)
    identity = identify(raw, plan)
    if identity.control is None:
        return (*infos, *identity.findings)
    findings: list[Finding] = [*infos, *identity.findings, *located]
    for sheet in raw.sheets:
        if sheet.kind and _is_form_sheet(sheet.control, plan):
            findings.extend(trust_sheet(plan, sheet, None)[1])
    return tuple(findings)


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


def _unread(file: str, sha256: str, outcome: Outcome, findings: tuple[Finding, ...]) -> ReturnedFile:
    return ReturnedFile(file, sha256, outcome, None, "", (), (), (), findings)


def _in_file(finding: Finding, file: str) -> Finding:
    """Return the finding with the file's name within 回収, which the reader does not know."""
    place = Place(file, finding.place.sheet, finding.place.cell)
    return Finding(finding.code, place, finding.field, finding.value, finding.context)


def _against(raw: RawReturn, issue: FormIssue, plan: Plan, sha256: str, before: tuple[Finding, ...]) -> ReturnedFile:
    pairs, findings = pair_sheets(raw, issue)
    claims: list[Claim] = []
    offers: list[Offer] = []
    sheets: list[HeldSheet] = []
    for pair in pairs:
        answers, wrong = trust_sheet(plan, pair.sheet, pair.base)
        if pair.base is not None and pair.base.item is not None:
            claims.extend(claim for one in answers for claim in claims_of(one, pair.base, issue, sha256))
        else:
            made, wrong = _offered(pair, answers, wrong)
            offers.extend(made)
        findings.extend(wrong)
        sheets.extend(_held(plan, pair, answers, (*before, *findings)))
    if not offers and plan.open_form(issue.department):
        findings.append(Finding("K331", Place(raw.file)))
    every = (*before, *findings)
    return ReturnedFile(
        file=raw.file,
        sha256=sha256,
        outcome=outcome_of(every),
        issue=issue,
        control=issue.control,
        claims=tuple(claims),
        offers=tuple(offers),
        seen=tuple(pair.base.control for pair in pairs if pair.base),
        findings=every,
        sheets=tuple(sheets),
    )


def outcome_of(findings: Sequence[Finding]) -> Outcome:
    """Return what becomes of a file that was read: 不備 where something must be mended, else 受理."""
    return Outcome.DEFECTIVE if by_weight(findings)[Severity.ERROR] else Outcome.ACCEPTED


def _held(plan: Plan, pair: Pair, answers: Sequence[Answers], findings: Sequence[Finding]) -> Iterator[HeldSheet]:
    base = pair.base or pair.copied_from
    if base is not None:
        held = hold(plan, pair.sheet, answers, base, copied=pair.base is None)
        yield replace(held, troubles=troubles(plan, pair.sheet, findings))


def _offered(pair: Pair, answers: Sequence[Answers], wrong: list[Finding]) -> tuple[tuple[Offer, ...], list[Finding]]:
    """Return what a blank sheet or a copy offers; a copy on which nothing was changed offers nothing."""
    if pair.base is not None:
        return _offered_again(pair, pair.base, answers, wrong)
    if pair.copied_from is None:
        return tuple(Offer(one) for one in answers), wrong
    changed = tuple(one for one in answers if _differs(one, pair.copied_from))
    if not changed:
        return (), [Finding("K327", pair.sheet.place, value=pair.copied_from.tab)]
    return tuple(Offer(one, pair.copied_from.tab) for one in changed), wrong


def _offered_again(
    pair: Pair, base: SheetIssue, answers: Sequence[Answers], wrong: list[Finding]
) -> tuple[tuple[Offer, ...], list[Finding]]:
    """Return what a sheet offers that may have gone out filled, as a correction does: only what changed is new."""
    offers: list[Offer] = []
    for one in answers:
        held, known = block_values(base.values, one.block), block_values(base.known, one.block)
        if not _is_filled(held):
            offers.append(Offer(one))
        elif any(answer.value != held.get(name) for name, answer in one.values.items()):
            offers.append(Offer(one, replaces=known))
    touched = {one.block for one in answers}
    blocks = {block_of(name) for name in base.values}
    gone = [block for block in sorted(blocks - touched) if _is_filled(block_values(base.known, block))]
    return tuple(offers), [*wrong, *(Finding("K328", pair.sheet.place, value=base.tab) for _ in gone)]


def _is_filled(values: Mapping[str, FieldValue]) -> bool:
    return any(value not in (None, Tick.UNKNOWN) for value in values.values())


def _differs(answers: Answers, base: SheetIssue) -> bool:
    return any(answer.value != base.values.get(name) for name, answer in answers.values.items())
