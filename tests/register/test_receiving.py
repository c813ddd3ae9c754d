"""Requirements: every file has one outcome, every respondent a row; offers are kept once, as people left them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.returned_book import Answers
from kohyo.register.identifiers import submission_id
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
    """A file without a digest, read at last or not, leaves no second row; when it is gone, none: nobody ever saw it."""
    blocked = replace(FILE, sha256="", issue=None, outcome=Outcome.UNREADABLE)
    once = receive(Register(), [], [blocked], NOW)
    assert outcomes(receive(once, [], [FILE], NOW)) == [("土木部", Outcome.ACCEPTED)]
    assert receive(once, [], [blocked], NOW) == once
    other = replace(blocked, file="別.xlsx")
    assert [row.file for row in receive(once, [], [other], NOW).receipts] == ["別.xlsx"]


def test_an_offer_is_kept_with_its_origin() -> None:
    """A proposal gets an id of its own, its place and a line in the history."""
    register = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,))], NOW)
    (entry,) = register.submissions
    assert (entry.department, entry.place) == ("土木部", OFFER.answers.place)
    assert [change.item for change in register.changes] == [entry.id]


def test_the_same_offer_in_a_second_file_counts_once() -> None:
    """A proposal sent again word by word is not a second proposal."""
    again = replace(FILE, file="再送.xlsx", sha256="b" * 64, offers=(OFFER,))
    register = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,)), again], NOW)
    assert len(register.submissions) == 1


def test_what_one_file_says_twice_counts_twice() -> None:
    """Two blocks with the same words are two rows with ids of their own, however often and in how many files."""
    files = [replace(FILE, file=f"{letter}.xlsx", sha256=letter * 64, offers=(OFFER, OFFER, OTHER)) for letter in "ab"]
    for register in (receive(Register(), [], files, NOW), receive(Register(), [], files[:1], NOW)):
        assert len(register.submissions) == len({entry.id for entry in register.submissions}) == 3
        assert receive(register, [], files, NOW).submissions == register.submissions


def test_of_two_alike_the_one_that_was_corrected_changes() -> None:
    """The correction of the second leaves the first, read at once in any order, or one after another."""
    later = replace(OFFER.answers, place=OFFER.answers.place._replace(cell="B40"))
    twin = replace(OFFER, answers=later)
    renamed = replace(_renamed("直した案"), place=later.place)
    first = replace(FILE, offers=(OFFER, twin))
    corrected = (replace(OFFER, replaces=OFFER.values), replace(twin, answers=renamed, replaces=OFFER.values))
    second = replace(FILE, file="訂正.xlsx", sha256="b" * 64, offers=corrected)
    after = receive(receive(Register(), [], [first], NOW), [], [first, second], NOW)
    registers = [after, *(receive(Register(), [], order, NOW) for order in permutations((first, second)))]
    (rows,) = {_titles(register) for register in registers}
    assert {title for _, title in rows} == {"新しい取組み", "直した案"}


def test_an_offer_that_was_edited_or_deleted_stays_so() -> None:
    """What the secretariat did to a proposal in the register is not undone when its file is read again."""
    files = [replace(FILE, offers=(OFFER, OTHER))]
    once = receive(Register(), ["土木部"], files, NOW)
    edited = replace(once, submissions=(replace(once.submissions[0], values={"title": "直した名前"}),))
    assert receive(edited, ["土木部"], files, NOW) == edited


def test_the_id_of_an_offer_is_its_own() -> None:
    """Neither what came before nor what was deleted since has a say in it; another department's is another."""
    alone = receive(Register(), ["土木部"], [replace(FILE, offers=(OTHER,))], NOW)
    once = receive(Register(), ["土木部"], [replace(FILE, offers=(OFFER,))], NOW)
    later = replace(FILE, sha256="b" * 64, offers=(OTHER,))
    register = receive(replace(once, submissions=()), ["土木部"], [later], NOW)
    assert [entry.id for entry in register.submissions] == [entry.id for entry in alone.submissions]
    assert once.submissions[0].id != alone.submissions[0].id
    assert submission_id("土木部", "proposal", 2024, {"title": "案"}) != submission_id(
        "総務部", "proposal", 2024, {"title": "案"}
    )


def test_in_any_order_the_offers_are_the_same() -> None:
    """A proposal, its correction and the correction's correction: one row, the last words, the first words' id.

    Read at once in any order, or one after another: a correction is made only of what was read before.
    """
    second, third = (replace(OFFER, answers=_renamed(name)) for name in ("直した案", "もう一度直した案"))
    said = (OFFER, replace(second, replaces=OFFER.values), replace(third, replaces=second.values))
    files = [
        replace(FILE, file=f"{place}.xlsx", sha256=str(place) * 64, offers=(offer, OTHER))
        for place, offer in enumerate(said)
    ]
    one_by_one = Register()
    for end in range(1, len(files) + 1):
        one_by_one = receive(one_by_one, ["土木部"], files[:end], NOW)
    registers = [one_by_one, *(receive(Register(), ["土木部"], order, NOW) for order in permutations(files))]
    (rows,) = {_titles(register) for register in registers}
    assert {title for _, title in rows} == {"もう一度直した案", OTHER.values["title"]}


def _titles(register: Register) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((entry.id, str(entry.values["title"])) for entry in register.submissions))


def _renamed(title: str) -> Answers:
    named = OFFER.answers.values["title"]._replace(value=title)
    return replace(OFFER.answers, values={**OFFER.answers.values, "title": named})
