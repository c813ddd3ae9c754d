"""What came back is held against what is meant (正しさの判定): read exactly, or named by a finding; nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.cell_reference import Position, a1, position
from kohyo.excel.ooxml.worker import Reader
from kohyo.messages import severity
from kohyo.model.answer_name import block_of, field_of
from kohyo.model.finding import Finding, Severity
from kohyo.model.issued_form import IssuedForm
from kohyo.model.plan import Plan
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.tick import Tick
from kohyo.returns.identify import identify
from kohyo.returns.pair import SheetPair, pair_sheets
from kohyo.returns.validate import trust_sheet
from tests.bends.book import Book, Cell, Comment, Look, Meant, Page
from tests.bends.opening import saved, settle

_WHOLE_SHEET = frozenset({"K258", "K259", "K322", "K323", "K324", "K332", "K333", "K334"})
"""Findings that refuse a sheet as a whole."""

_MORE = "K257"


@dataclass(frozen=True)
class Understood:
    """What the product made of a file: what it trusts, sheet by sheet, and what it says."""

    refused: bool
    trusted: tuple[tuple[SheetPair, Answers], ...]
    findings: tuple[Finding, ...]

    def codes(self) -> set[str]:
        """Return the codes of the findings."""
        return {finding.code for finding in self.findings}

    def value(self, tab: str, field: str) -> object:
        """Return what was read for a field of a sheet; raise KeyError where nothing was."""
        for pair, answers in self.trusted:
            if pair.sheet.place.sheet == tab and field in answers.values:
                return answers.values[field].value
        raise KeyError(tab, field)


def read_back(book: Book, folder: Path, reader: Reader, plan: Plan, issue: IssuedForm) -> Understood:
    """Save a book under its name, read it as a consolidation does, and return what was understood."""
    path = folder / book.file
    settle(book)
    path.write_bytes(saved(book))
    return understood(path, reader, plan, issue)


def understood(path: Path, reader: Reader, plan: Plan, issue: IssuedForm) -> Understood:
    """Read a file as a consolidation does: reader, answers, identity, pairs, trust."""
    result = reader.read(path)
    if result.book is None:
        return Understood(True, (), (*result.infos, *([result.finding] if result.finding else [])))  # noqa: FBT003
    raw, located = find_answers(result.book, plan, path.name)
    identity = identify(raw, plan)
    if identity.control is None or str(identity.control) != issue.control:
        return Understood(True, (), (*result.infos, *identity.findings))  # noqa: FBT003
    pairs, paired = pair_sheets(raw, issue)
    findings = [*result.infos, *identity.findings, *located, *paired]
    trusted: list[tuple[SheetPair, Answers]] = []
    for pair in pairs:
        answers, wrong = trust_sheet(plan, pair.sheet, pair.base)
        trusted += [(pair, one) for one in answers]
        findings += wrong
    return Understood(False, tuple(trusted), tuple(findings))  # noqa: FBT003


def faults(book: Book, found: Understood) -> list[str]:
    """Return every wrong value and every lost answer; none where the product kept its promise."""
    if found.refused:
        heavy = any(severity(finding.code) is Severity.ERROR for finding in found.findings)
        return [] if heavy else ["the file is refused without a word"]
    return [*_wrong(book, found), *_lost(book, found), *_untold(book, found)]


def _wrong(book: Book, found: Understood) -> Iterator[str]:
    """Yield every trusted answer that nobody gave."""
    pages = {page.name: page for page in book.pages}
    for pair, answers in found.trusted:
        page = pages[pair.sheet.place.sheet]
        blocks = set()
        for name, answer in answers.values.items():
            cell = page.cells.get(position(answer.place.cell))
            meant = cell.meant if cell else None
            fault = _fault(page, pair, name, answer, meant)
            if fault:
                yield f"{page.name}!{answer.place.cell} {name}: {fault}"
            if meant:
                blocks.add(block_of(meant.field))
        if len(blocks) > 1:
            yield f"{page.name}: blocks {sorted(blocks)} are mixed"


def _fault(page: Page, pair: SheetPair, name: str, answer: Answer, meant: Meant | None) -> str:
    said = repr(answer.value)
    if answer.value is None or (answer.value in {Tick.NO, Tick.UNKNOWN} and not answer.typed.strip()):
        row = position(answer.place.cell)[0]
        elsewhere = [place for place, other in _all_meant(page) if other.field == name and place[0] == row]
        return f"read as {said}, but it stands at {a1(*elsewhere[0])}" if elsewhere else ""
    if meant is None:
        return "" if answer.value is Tick.UNKNOWN else f"read {said}, where nobody answered"
    if field_of(meant.field) != name:
        return f"read {said}, which answers {meant.field}"
    issued = pair.base or pair.copied_from
    if issued is None or issued.control != meant.control:
        return f"read {said} for another sheet"
    if (pair.base is None) != meant.copied:
        return "a copy and its original are confused"
    same = answer.value == meant.value and type(answer.value) is type(meant.value)
    return "" if same or _as_number(answer.value, meant.value) else f"read {said} instead of {meant.value!r}"


def _as_number(one: object, other: object) -> bool:
    return isinstance(one, (int, float)) and isinstance(other, (int, float)) and one == other


def _all_meant(page: Page) -> Iterator[tuple[Position, Meant]]:
    things: list[tuple[Position, Cell | Comment]] = [*page.cells.items(), *page.comments.items()]
    for place, thing in things:
        if thing.meant and not (isinstance(thing, Cell) and _says_nothing(page, place, thing)):
            yield place, thing.meant


def _lost(book: Book, found: Understood) -> Iterator[str]:
    """Yield every answer and memo that is neither read nor named."""
    read = {
        (pair.sheet.place.sheet, answer.place.cell)
        for pair, answers in found.trusted
        for answer in answers.values.values()
        if answer.value is not None
    }
    named = _named(found)
    refused = {finding.place.sheet for finding in found.findings if finding.code in _WHOLE_SHEET}
    more = {finding.place.sheet: position(finding.place.cell) for finding in found.findings if finding.code == _MORE}
    for page in book.pages:
        if page.name in refused:
            continue
        for place, cell in page.cells.items():
            at = (page.name, a1(*place))
            covered = at in named or (page.name in more and place >= more[page.name])
            if cell.meant and not _says_nothing(page, place, cell) and not covered and at not in read:
                yield f"{page.name}!{at[1]} {cell.meant.field or 'memo'}: {cell.value!r} is lost"
        for place, comment in (*page.comments.items(), *page.boxes.items()):
            if comment.meant and (page.name, a1(*place)) not in named:
                yield f"{page.name}!{a1(*place)}: the comment {comment.text!r} is lost"


def _untold(book: Book, found: Understood) -> Iterator[str]:
    """Yield every answer that was changed where nobody sees it, or of which letters are struck, and is not named."""
    pages, named = {page.name: page for page in book.pages}, _named(found)
    for pair, answers in found.trusted:
        page = pages[pair.sheet.place.sheet]
        for name, answer in answers.values.items():
            row, column = place = position(answer.place.cell)
            look = page.cells[place].look if place in page.cells else Look.PLAIN
            hidden = row in page.hidden_rows or column in page.hidden_columns or look.unseen
            known = pair.base.known.get(name) if pair.base else None
            silent = hidden and answer.typed.strip() and answer.value not in (known, known or Tick.UNKNOWN)
            if (silent or look is Look.STRUCK) and (page.name, answer.place.cell) not in named:
                yield f"{page.name}!{answer.place.cell} {name}: {answer.value!r} is read where nobody sees it"


def _named(found: Understood) -> set[tuple[str, str]]:
    """Return the cells that a person is asked to look at."""
    cells: set[tuple[str, str]] = set()
    for finding in found.findings:
        if severity(finding.code) is not Severity.INFO and finding.place.cell:
            listed = finding.context.get("cells", "").split("、")
            cells |= {(finding.place.sheet, cell) for cell in (finding.place.cell, *listed) if cell}
    return cells


def _says_nothing(page: Page, place: Position, cell: Cell) -> bool:
    """Tell whether a cell is blank; an error or a formula without result away from its label says nothing either.

    The label is the first thing in its row.
    """
    if cell.error or (cell.value is None and cell.formula):
        return place[1] - 1 != min(column for row, column in page.cells if row == place[0])
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.strip())
