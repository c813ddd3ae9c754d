"""What a department is asked to mend or to look at (直していただくこと), from its returns and the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from kohyo.definition.departments import split_names
from kohyo.definition.fields import register_label
from kohyo.messages import describe, explain, section, severity, wording
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place, Severity
from kohyo.model.issued_form import Ask, IssuedForm
from kohyo.model.item import ItemId
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Conflict, ConflictKind, Register
from kohyo.model.returned_file import ReturnedFile, ReturnedSheet
from kohyo.model.value import FieldValue
from kohyo.returns.parse_value import show_value
from kohyo.text.control_number import sheet_code

_EMPTY, _EMPTIED = Code.K201, Code.K404
_AFTER_ALL = Code.K220
_RETURNS = Code.K403


@dataclass(frozen=True)
class CorrectionRequest:
    """Something to ask for: the sheet's code and the answers it is about, the finding, the file it comes from.

    ``required`` says of an emptied field that it must not stay empty.
    """

    code: str
    fields: tuple[str, ...]
    finding: Finding
    sha256: str
    required: bool = False

    @property
    def must(self) -> bool:
        """Whether it has to be mended; else it is to be looked at."""
        return self.required or severity(self.finding.code) is Severity.ERROR

    @property
    def places(self) -> set[tuple[str, str]]:
        """What it is about: the sheet's code with each answer."""
        return {(self.code, name) for name in self.fields or ("",)}

    def ask(self, control: str, tab: str) -> Ask:
        """Return it in words for the department, which knows nothing of registers."""
        words = section("correction")
        word = f"{self.finding.code}_required" if self.required else self.finding.code
        reason = describe(self.finding, words["reasons"].get(word, ""))
        mend = words["mends"].get(word) or explain(self.finding.code).mend
        return Ask(control, self.fields, tab, reason, mend, self.must)


def wishes(
    files: Sequence[ReturnedFile], codes: Callable[[ReturnedFile, ReturnedSheet], str]
) -> Iterator[CorrectionRequest]:
    """Yield what the returns of a department give reason to ask; ``codes`` tells a sheet's code in the correction."""
    for file in files:
        told: list[Finding] = []
        for sheet in file.sheets:
            code = codes(file, sheet)
            told.extend(located.finding for located in sheet.findings)
            yield from (
                CorrectionRequest(code, located.names, located.finding, file.sha256) for located in sheet.findings
            )
        yield from (CorrectionRequest("", (), finding, file.sha256) for finding in file.findings if finding not in told)


def disputes(
    plan: Plan, register: Register, department: str, shown: Callable[[ItemId, str], FieldValue]
) -> Iterator[CorrectionRequest]:
    """Yield the conflicts that only the department can clear up: answers of its own that differ, an emptied field.

    ``shown`` tells what the correction shows in a field: of answers that differ only the others are named.
    """
    own = [row for row in register.open_conflicts if department in split_names(row.department)]
    differing: dict[tuple[ItemId, str], list[Conflict]] = defaultdict(list)
    for row in own:
        if row.kind is ConflictKind.RETURNS:
            differing[row.item, row.field].append(row)
        elif row.kind is ConflictKind.EMPTIED:
            yield _about(plan, row, _EMPTIED, show_value(row.ours))
    for (item, field), rows in differing.items():
        answers = [row.theirs for row in rows] if len(rows) > 1 else [rows[0].ours, rows[0].theirs]
        others = dict.fromkeys(show_value(value) for value in answers if value not in (None, shown(item, field)))
        if others:
            yield _about(plan, rows[0], _RETURNS, wording("correction.labels").join(others))


def _about(plan: Plan, row: Conflict, code: Code, value: str) -> CorrectionRequest:
    place = Place(row.place.file, row.place.sheet)
    return CorrectionRequest(
        row.item, (row.field,), Finding(code, place, register_label(plan, row.field), value), row.sha256
    )


def absent(issue: IssuedForm, files: Sequence[ReturnedFile]) -> Iterator[CorrectionRequest]:
    """Yield the item sheets that went out and stand in none of a department's returns."""
    seen = {sheet_code(control) for file in files for control in file.seen}
    for sheet in issue.sheets:
        code = sheet_code(sheet.control)
        if sheet.item and code not in seen:
            yield CorrectionRequest(code, (), finding_of(Code.K326, Place(files[0].file), value=sheet.tab), "")


def worth_asking(found: Collection[CorrectionRequest]) -> list[CorrectionRequest]:
    """Return what is put before the department: all it must mend, then what it should look at; each once."""
    looked_at = section("correction")["looked_at"]
    kept = _empty_once([wish for wish in found if wish.must or wish.finding.code in looked_at])
    kept.sort(key=lambda wish: not wish.must)
    unique: dict[tuple[object, ...], CorrectionRequest] = {}
    for wish in kept:
        unique.setdefault((wish.code, wish.fields, wish.finding.code, wish.finding.value), wish)
    return _together(list(unique.values()))


def _empty_once(found: Sequence[CorrectionRequest]) -> list[CorrectionRequest]:
    """Return the wishes with one for a required field that was emptied: it says what had stood there."""
    empty = {(wish.code, wish.fields) for wish in found if wish.finding.code == _EMPTY}
    emptied = {(wish.code, wish.fields) for wish in found if wish.finding.code == _EMPTIED} & empty
    return [
        replace(wish, required=wish.finding.code == _EMPTIED) if (wish.code, wish.fields) in emptied else wish
        for wish in found
        if wish.finding.code != _EMPTY or (wish.code, wish.fields) not in emptied
    ]


def _together(found: Sequence[CorrectionRequest]) -> list[CorrectionRequest]:
    """Return the wishes with the empty fields of one sheet of one file as one, in the place of the first."""
    empty: dict[tuple[str, ...], list[CorrectionRequest]] = {}
    for wish in found:
        if wish.finding.code in (_EMPTY, _AFTER_ALL) and wish.fields:
            empty.setdefault((wish.code, wish.sha256, wish.finding.code), []).append(wish)
    firsts = {id(group[0]): group for group in empty.values()}
    others = {id(wish) for group in empty.values() for wish in group[1:]}
    return [_joined(firsts.get(id(wish), [wish])) for wish in found if id(wish) not in others]


def _joined(group: Sequence[CorrectionRequest]) -> CorrectionRequest:
    """Return wishes about empty fields as one that names them all."""
    if len(group) == 1:
        return group[0]
    labels = wording("correction.labels").join(wish.finding.field for wish in group)
    fields = tuple(name for wish in group for name in wish.fields)
    return replace(group[0], fields=fields, finding=replace(group[0].finding, field=labels))
