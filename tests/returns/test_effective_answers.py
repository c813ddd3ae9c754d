"""Of everything a respondent sent, what it says now.

1. In whatever order the files come, however often, under whatever names, the same.
2. The last round speaks; a file of which nothing is known any more says nothing.
3. Of several files of one round, a sheet that was filled in speaks, not one left as sent, not what a cover says.
4. What stands in a field counts before a field in which nothing ever stood; values that differ are all heard.
5. Covers that differ leave a sheet that nobody filled in as it went out.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from kohyo.model.answer import AnswerState, FieldAnswer
from kohyo.model.outcome import Outcome
from kohyo.model.returned_file import ReturnedFile
from kohyo.model.value import FieldValue
from kohyo.returns.effective_answers import effective_answers
from tests.register.builders import ITEM, OWNERS, answer, files_of

LEAD, SECOND, _ = OWNERS


def heard(*answers: FieldAnswer, field: str = "measures") -> list[FieldValue]:
    """Return what 土木部 says of a field now, which must not depend on the order of its files."""
    files = [*files_of(*answers), ReturnedFile("空.xlsx", answers[0].sha256, Outcome.DUPLICATE)]
    (said,) = {
        tuple(one.value for voice in effective_answers(order)[ITEM, field] for one in voice.answers)
        for order in permutations(files)
    }
    return list(said)


def test_each_department_has_a_voice_of_its_own() -> None:
    """In the order of their names, by item and field; of one content each answer is heard once (1)."""
    own, other = answer("あ", "前"), answer("い", "前", department=SECOND)
    files = files_of(own, other)
    copy = replace(files[0], file="写し.xlsx")
    every = [effective_answers(order) for order in permutations((*files, copy))]
    assert len(every) > 1
    assert {tuple(found) for found in every} == {((ITEM, "measures"),)}
    said = {tuple((voice.department, voice.answers) for voice in found[ITEM, "measures"]) for found in every}
    assert said == {((LEAD, (own,)), (SECOND, (other,)))}


def test_the_last_round_speaks() -> None:
    """Though it was left as it went out (2)."""
    assert heard(answer("あ", "前"), answer("あ", "あ", round=2)) == ["あ"]
    assert heard(answer("い", "前", sha256="9"), answer("あ", "い", round=2, sha256="1")) == ["あ"]


def test_a_sheet_that_was_filled_in_speaks() -> None:
    """For all its fields, also those left as they were; one left as sent says nothing beside it (3)."""
    left = [answer("前", "前", sha256="1"), answer("係", "係", "person", sha256="1")]
    filled = [answer("あ", "前", sha256="2"), answer("長", "係", "person", sha256="3")]
    assert heard(*left, *filled) == ["あ"]
    assert heard(*left[:1], filled[0]) == ["あ"]
    assert heard(left[0], answer("古", "古", sha256="4")) == ["前", "古"]


def test_a_word_of_the_cover_fills_no_sheet_in() -> None:
    """Beside a sheet on which somebody wrote, a cover's answer for a sheet left as sent is not heard (3)."""
    cover = answer("表紙", None, "person", sha256="1", from_cover=True)
    filled = [answer("係", None, "person", sha256="2"), answer("あ", "前", sha256="2")]
    assert heard(cover, *filled, field="person") == ["係"]
    both = [answer("表紙", None, "person", sha256="2", from_cover=True), filled[1]]
    assert heard(answer("別", None, "person", sha256="1", from_cover=True), *both, field="person") == ["表紙"]


def test_what_stands_counts_before_what_never_stood() -> None:
    """Two sheets that were filled in, one without this field; where neither has it nothing is said (4)."""
    filled = [answer(f"課題{sha}", "前", "situation", sha256=sha) for sha in "12"]
    blank, written = answer(None, None, sha256="1"), answer("あ", None, sha256="2")
    assert heard(*filled, blank, written) == ["あ"]
    assert heard(*filled, blank, blank._replace(sha256="2")) == [None]
    assert heard(*filled, answer("い", None, sha256="1"), written) == ["い", "あ"]
    assert heard(*filled, written._replace(sha256="1"), written) == ["あ"]


def test_covers_that_differ_say_nothing() -> None:
    """The sheet stands as it went out, by one file in any order; a word on a sheet makes it a contradiction (5)."""
    covers = [answer(name, "前任", "person", sha256=name, from_cover=True) for name in ("甲", "乙")]
    for files in permutations(files_of(*covers)):
        (voice,) = effective_answers(files)[ITEM, "person"]
        assert [(one.value, one.state, one.sha256) for one in voice.answers] == [("前任", AnswerState.CONFIRMED, "乙")]
    assert heard(covers[0], covers[0]._replace(sha256="丙"), field="person") == ["甲"]
    own = covers[1]._replace(from_cover=False)
    filled = [answer("文", "前", sha256="甲"), own]
    assert sorted(map(str, heard(covers[0], *filled, field="person"))) == ["乙", "甲"]
