"""Weighing what was said of one field, where the merge's own tests leave a rule open.

1. Who stands by a value is who left it or wrote it; who was refused, or never wrote anything, stands by nothing.
2. What rests on the lead's form is answered; what only others confirm is not.
3. Where the lead changed, the form that went out last speaks, one of which nobody knows when first of all.
4. A respondent who contradicts itself is asked with every value that is not the register's, and fills no empty field.
"""

from __future__ import annotations

import pytest

from kohyo.model.answer import FieldAnswer, Voice
from kohyo.model.register import ConflictKind
from kohyo.model.value import FieldValue
from kohyo.register.people_edits import Act
from kohyo.register.weigh import Weighed, weigh
from tests.register.builders import OWNERS, answer

LEAD, SECOND, THIRD = OWNERS


def other(value: FieldValue, base: FieldValue = "前", department: str = SECOND, sha256: str = "") -> FieldAnswer:
    """Return the answer of an owner who does not lead."""
    return answer(value, base, department=department, leads=False, sha256=sha256 or department)


def weighed(act: Act, *answers: FieldAnswer, choice: bool = False) -> Weighed:
    """Weigh answers, those of one department as one voice."""
    names = dict.fromkeys(one.department for one in answers)
    voices = [Voice(name, tuple(one for one in answers if one.department == name)) for name in names]
    return weigh(act, voices, choice=choice)


def asked(found: Weighed) -> list[tuple[FieldValue, ConflictKind]]:
    """Return each value that waits, and why."""
    return [(rival.value, rival.kind) for rival in found.rivals]


def test_who_stands_by_a_value() -> None:
    """Not who has nothing there, nor whose other value was refused (1)."""
    found = weighed(Act(), other("い", None), other("う", None, THIRD), other(None, None, "財務部"))
    assert (found.value, found.agreed, len(found.rivals)) == (None, (), 2)
    refused = Act("前", 3, [("い", 3)])
    found = weighed(refused, other("い"), other("前", department=THIRD))
    assert (found.value, found.agreed, found.rivals) == ("前", (THIRD,), ())


@pytest.mark.parametrize(
    ("answers", "answered"),
    [
        ((), False),
        ((other("前"),), False),
        ((answer("前", "前"),), True),
        ((answer("あ", "前"),), True),
        ((answer(None, "前"),), True),
        ((answer("あ", "前"), other("前")), True),
    ],
)
def test_what_rests_on_the_leads_form(answers: tuple[FieldAnswer, ...], *, answered: bool) -> None:
    """Be it what the form showed, where the lead emptied it or others stand by it (2)."""
    found = weighed(Act("前"), *answers, choice=True)
    assert found.answered == answered


def test_the_form_that_went_out_last_speaks() -> None:
    """The number of its rows in the history decides, then the control number (3)."""
    unknown = answer("あ", "前", issued_after=None, control="9")
    first = answer("い", "前", department=SECOND, issued_after=1, control="1")
    assert [weighed(Act("前"), *both).value for both in ((unknown, first), (first, unknown))] == ["い", "い"]
    start = answer("う", "前", department=SECOND, issued_after=0, control="99")
    assert [weighed(Act("前"), *both).value for both in ((unknown, start), (start, unknown))] == ["う", "う"]


def test_a_form_that_was_left_blank_shows_nothing() -> None:
    """What the lead before it emptied stands until somebody decides (3)."""
    emptied = answer(None, "あ", issued_after=1)
    blank = answer(None, None, department=SECOND, issued_after=3)
    found = weighed(Act("前"), emptied, blank)
    assert (found.value, asked(found)) == ("あ", [(None, ConflictKind.EMPTIED)])
    assert weighed(Act("前"), blank).value == "前"


def test_a_choice_that_another_owner_changes_otherwise_is_the_leads() -> None:
    """Only who left it as it went out says that it was right (2)."""
    found = weighed(Act("継続"), answer("廃止", "継続"), other("縮小", "継続"), choice=True)
    assert (found.value, asked(found)) == ("廃止", [("縮小", ConflictKind.DEPARTMENTS)])
    shown_later = other("廃止", "廃止")
    assert weighed(Act("継続"), answer("廃止", "継続"), shown_later, choice=True).value == "廃止"


def test_who_contradicts_itself_fills_no_empty_field() -> None:
    """What another owner says waits beside it (4)."""
    found = weighed(Act(), other("い", None, sha256="1"), other("え", None, sha256="2"), other("う", None, THIRD))
    assert found.value is None
    assert asked(found) == [
        ("い", ConflictKind.RETURNS),
        ("え", ConflictKind.RETURNS),
        ("う", ConflictKind.DEPARTMENTS),
    ]


def test_who_contradicts_itself_is_asked_about_both() -> None:
    """Also about the value that was left, where a person has written another one since (4)."""
    edited = Act("事務局の文", 3)
    found = weighed(edited, answer("あ", "前", sha256="1"), answer("前", "前", sha256="2"))
    assert asked(found) == [("あ", ConflictKind.RETURNS), ("前", ConflictKind.RETURNS)]
