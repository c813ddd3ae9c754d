"""Requirements: every file has one outcome, every respondent a row; offers are kept once, as people left them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.register.receipts import receive
from tests.register.builders import NOW, answer, files_of, merged, offer, register_with, returned

FILE = returned()
OFFER = offer(title="新しい取組み")
OTHER = offer(title="別の取組み")


def outcomes(register: Register) -> list[tuple[str, Outcome]]:
    """Return department and outcome of every row."""
    return [(row.department, row.outcome) for row in register.receipts]


def test_a_respondent_without_a_file_is_missing() -> None:
    """Who was sent a form and has no readable file has a row 未提出, in the order of the organisation."""
    register = receive(Register(), ["財務部", "土木部"], [FILE], NOW)
    assert outcomes(register) == [("財務部", Outcome.MISSING), ("土木部", Outcome.ACCEPTED)]


def test_an_unreadable_file_does_not_count_as_an_answer() -> None:
    """A broken file has its own row and its sender is still missing."""
    broken = replace(FILE, issue=None, outcome=Outcome.UNREADABLE)
    register = receive(Register(), ["土木部"], [broken], NOW)
    assert outcomes(register) == [("土木部", Outcome.MISSING), ("", Outcome.UNREADABLE)]


def test_an_accepted_file_with_an_open_conflict_says_so(plan: Plan) -> None:
    """A file whose answer waits for a decision is 競合あり, not 受理."""
    disputed = merged(register_with(measures="前"), plan, files_of(answer(None, "前")))
    assert outcomes(receive(disputed, ["土木部"], [FILE], NOW)) == [("土木部", Outcome.CONFLICT)]


def test_receiving_again_keeps_the_first_time() -> None:
    """The time of receipt is the first one; twice is the same as once."""
    once = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,))], NOW)
    later = NOW + timedelta(days=1)
    assert receive(once, ["土木部"], [replace(FILE, offers=(OFFER,))], later) == once


def test_a_file_that_is_gone_was_still_received() -> None:
    """A row stays when its file leaves the folder."""
    once = receive(Register(), ["土木部"], [FILE], NOW)
    assert receive(once, ["土木部"], [], NOW) == once


def test_a_file_that_could_not_be_opened_once_has_one_row() -> None:
    """A file without a digest, read at last or not, leaves no second row; when it is gone, its row stays."""
    blocked = replace(FILE, sha256="", issue=None, outcome=Outcome.UNREADABLE)
    once = receive(Register(), [], [blocked], NOW)
    assert outcomes(receive(once, [], [FILE], NOW)) == [("土木部", Outcome.ACCEPTED)]
    assert receive(once, [], [blocked], NOW) == once
    other = replace(blocked, file="別.xlsx")
    assert [row.file for row in receive(once, [], [other], NOW).receipts] == ["別.xlsx", FILE.file]


def test_an_offer_is_kept_with_its_origin() -> None:
    """A proposal gets an id of its own, its place and a line in the history."""
    register = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,))], NOW)
    (entry,) = register.submissions
    assert (entry.id, entry.department, entry.place) == ("P0001", "土木部", OFFER.answers.place)
    assert [change.item for change in register.changes] == ["P0001"]


def test_the_same_offer_in_a_second_file_counts_once() -> None:
    """A proposal sent again word by word is not a second proposal."""
    again = replace(FILE, file="再送.xlsx", sha256="b" * 64, offers=(OFFER,))
    register = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,)), again], NOW)
    assert len(register.submissions) == 1


def test_an_offer_that_was_edited_or_deleted_stays_so() -> None:
    """What the secretariat did to a proposal in the register is not undone when its file is read again."""
    files = [replace(FILE, offers=(OFFER, OTHER))]
    once = receive(Register(), ["土木部"], files, NOW)
    edited = replace(once, submissions=(replace(once.submissions[0], values={"title": "直した名前"}),))
    assert receive(edited, ["土木部"], files, NOW) == edited


def test_the_id_of_a_deleted_offer_is_never_used_again() -> None:
    """The next proposal counts on after every one that the history tells of."""
    once = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,))], NOW)
    other = replace(FILE, sha256="b" * 64, offers=(OTHER,))
    register = receive(replace(once, submissions=()), ["土木部"], [other], NOW)
    assert [entry.id for entry in register.submissions] == ["P0002"]
