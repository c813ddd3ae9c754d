"""The three-way merge: base (配布時), theirs (回答), ours (台帳).

1. Unchanged by the department: nothing is claimed, the register stays.
2. Changed by the department alone: taken, with its history.
3. Both changed, differently: a conflict, both values kept, the register untouched.
4. Two departments, two values: a conflict, nobody wins by being first.
5. Two returns of one department: the later wins only where the form says that it is a correction.
6. An emptied field is asked about.
7. A field in dispute stays in dispute until a person decides.
"""

from __future__ import annotations

from dataclasses import replace

from kohyo.model.plan import Plan
from kohyo.model.register import ChangeKind, ConflictKind, Register
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.tick import Evidence, Tick
from kohyo.register.merge import conflict_findings, merge, orphan_findings
from kohyo.returns.read_return import claims_of
from tests.register.builders import ITEM, NOW, claim, register_with
from tests.returns.builders import form_issue, sheet_issue


def value_of(register: Register, field: str = "measures") -> object:
    """Return what the register holds for the field of its one item."""
    item = register.item(ITEM)
    assert item is not None
    return item.values.get(field)


def kinds(register: Register) -> list[ConflictKind]:
    """Return the kinds of the register's conflicts."""
    return [row.kind for row in register.conflicts]


def test_what_was_left_as_it_was_claims_nothing(plan: Plan) -> None:
    """Only fields that differ from the base become claims (requirement 1)."""
    base = sheet_issue(plan, measures="前", situation="同じ")
    place = claim("x").place
    values = {"measures": Answer("後", place, "後"), "situation": Answer("同じ", place, "同じ")}
    claims = claims_of(Answers("item", ITEM, place, values), base, form_issue(plan, base), "s")
    assert [(one.field, one.base, one.value) for one in claims] == [("measures", "前", "後")]


def test_a_departments_change_is_taken_with_its_history() -> None:
    """The register takes the answer and says from which file, sheet and cell (requirement 2)."""
    merged = merge(register_with(measures="前"), [claim("後", base="前")], NOW)
    assert value_of(merged) == "後"
    (change,) = merged.changes
    assert (change.kind, change.old, change.new, change.by) == (ChangeKind.ANSWERED, "前", "後", "土木部")
    assert (change.place.file, change.place.sheet, change.place.cell) == ("土木部.xlsx", "1-1", "B18")


def test_two_truths_become_a_conflict() -> None:
    """Register and answer both changed: both are kept and the register is untouched (requirement 3)."""
    merged = merge(register_with(measures="台帳で直した"), [claim("回答で直した", base="前")], NOW)
    assert value_of(merged) == "台帳で直した"
    (row,) = merged.conflicts
    assert (row.kind, row.base, row.ours, row.theirs) == (ConflictKind.REGISTER, "前", "台帳で直した", "回答で直した")


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    """When the register already says what the answer says, nothing happens."""
    before = register_with(measures="後")
    assert merge(before, [claim("後", base="前")], NOW) == before


def test_two_departments_that_disagree_both_wait() -> None:
    """Neither answer is taken, whatever the order they came in (requirement 4)."""
    claims = [claim("い", department="政策経営部"), claim("あ")]
    for order in (claims, claims[::-1]):
        merged = merge(register_with(), order, NOW)
        assert value_of(merged) is None
        assert kinds(merged) == [ConflictKind.DEPARTMENTS] * 2
        assert len({row.group for row in merged.conflicts}) == 1


def test_a_department_that_answers_later_does_not_overwrite() -> None:
    """An answer against one taken earlier from another department is a conflict between departments."""
    first = merge(register_with(), [claim("あ")], NOW)
    second = merge(first, [claim("い", department="政策経営部", sha256="b" * 64)], NOW)
    assert value_of(second) == "あ"
    assert kinds(second) == [ConflictKind.DEPARTMENTS]


def test_a_department_under_its_former_name_is_the_same() -> None:
    """What 旧部 answered its successor may correct; without the definition's word they are two departments."""
    today = {"旧部": "土木部"}
    first = merge(register_with(), [claim("あ", department="旧部")], NOW)
    correction = claim("い", base="前", round=2, correction=True, sha256="b" * 64)
    assert kinds(merge(first, [correction], NOW)) == [ConflictKind.DEPARTMENTS]
    merged = merge(first, [correction], NOW, lambda name: today.get(name, name))
    assert (value_of(merged), merged.conflicts) == ("い", ())


def test_two_departments_that_agree_are_taken_once() -> None:
    """The same answer from two owners is one change."""
    merged = merge(register_with(), [claim("同じ"), claim("同じ", department="政策経営部")], NOW)
    assert (value_of(merged), len(merged.changes), merged.conflicts) == ("同じ", 1, ())


def test_two_returns_of_one_department_conflict() -> None:
    """Neither file name nor time decides between two first-round returns (requirement 5)."""
    merged = merge(register_with(), [claim("一通目"), claim("二通目", sha256="b" * 64)], NOW)
    assert (value_of(merged), kinds(merged)) == (None, [ConflictKind.RETURNS] * 2)


def test_a_correction_supersedes_the_earlier_round() -> None:
    """The later round wins where the form itself says that it is a correction (requirement 5)."""
    merged = merge(register_with(), [claim("一通目"), claim("直し", round=2, correction=True)], NOW)
    assert (value_of(merged), merged.conflicts) == ("直し", ())


def test_an_emptied_field_is_asked_about() -> None:
    """Clearing a known value changes nothing until a person decides (requirement 6)."""
    merged = merge(register_with(measures="前"), [claim(None, base="前")], NOW)
    assert (value_of(merged), kinds(merged)) == ("前", [ConflictKind.EMPTIED])


def test_a_disputed_field_stays_disputed() -> None:
    """A third answer to a field in dispute joins the dispute instead of settling it (requirement 7)."""
    disputed = merge(register_with(), [claim("あ"), claim("い", department="政策経営部")], NOW)
    merged = merge(disputed, [claim("う", department="財務部", sha256="c" * 64)], NOW)
    assert value_of(merged) is None
    assert len({row.group for row in merged.conflicts}) == 1
    assert [row.id for row in merged.conflicts] == ["C0001", "C0002", "C0003"]


def test_a_tick_rests_on_the_answer() -> None:
    """A tick that a department gave says so in its evidence."""
    before = register_with(tick_digital=Tick.UNKNOWN)
    merged = merge(before, [claim(Tick.YES, base=Tick.UNKNOWN, field="tick_digital")], NOW)
    item = merged.item(ITEM)
    assert item is not None
    assert (item.values["tick_digital"], item.evidence["tick_digital"]) == (Tick.YES, Evidence.ANSWER)


def test_every_kind_of_conflict_has_its_finding(plan: Plan) -> None:
    """K401 to K404 each stand for one kind; a decided conflict is found no more."""
    registers = {
        "K401": merge(register_with(measures="台帳"), [claim("回答", base="前")], NOW),
        "K402": merge(register_with(), [claim("あ"), claim("い", department="政策経営部")], NOW),
        "K403": merge(register_with(), [claim("あ"), claim("い", sha256="b" * 64)], NOW),
        "K404": merge(register_with(measures="前"), [claim(None, base="前")], NOW),
    }
    for code, register in registers.items():
        assert {one.code for one in conflict_findings(register, plan)} == {code}
        decided = replace(register, conflicts=tuple(replace(row, decided_at=NOW) for row in register.conflicts))
        assert conflict_findings(decided, plan) == ()


def test_an_answer_for_a_vanished_item_is_found(plan: Plan) -> None:
    """An answer whose item is gone from the register is K405 and lost nowhere."""
    (finding,) = orphan_findings(Register(), plan, [claim("回答")])
    assert (finding.code, finding.value) == ("K405", "回答")
    assert merge(Register(), [claim("回答")], NOW) == Register()
