"""Small builders of registers and answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kohyo.model.answer import FieldAnswer, answer_state
from kohyo.model.finding import Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.returned_file import Offer, ReturnedFile
from kohyo.model.value import FieldValue
from kohyo.register.merge import Said, merge
from kohyo.returns.effective_answers import effective_answers

NOW = datetime(2024, 6, 17, 9, 0)  # noqa: DTZ001 - an office's clock on the wall
ITEM = ItemId("K0001")
OWNERS = ("土木部", "政策経営部", "総務部")


def register_with(**values: FieldValue) -> Register:
    """Return a register of one item, 1-1, with these values."""
    known: dict[str, FieldValue] = {
        "number": "1-1",
        "goal": 1,
        "title": "広報",
        "overview": "",
        "owners": "土木部、政策経営部、総務部",
    }
    return Register(items=(Item(ITEM, ItemNumber(1, 1), {**known, **values}),))


def answer(value: FieldValue, base: FieldValue = None, field: str = "measures", **changes: object) -> FieldAnswer:
    """Return an answer of 土木部's first return, which leads the item, unless said otherwise."""
    facts: dict[str, object] = {"department": "土木部", "round": 1, "leads": True, "issued_after": 0, **changes}
    name, number = facts["department"], facts["round"]
    facts.setdefault("control", f"{name}-{number}")
    facts.setdefault("sha256", f"{name}-{number}")
    place = Place(f"{facts['sha256']}.xlsx", "1-1", "B18")
    state = answer_state(value, base)
    return FieldAnswer(ITEM, field, state, value, base, place=place, typed=str(value or ""), **facts)  # type: ignore[arg-type]


def files_of(*answers: FieldAnswer) -> tuple[ReturnedFile, ...]:
    """Return the files that these answers stand in."""
    by_content: dict[str, list[FieldAnswer]] = {}
    for one in answers:
        by_content.setdefault(one.sha256, []).append(one)
    return tuple(
        ReturnedFile(f"{sha}.xlsx", sha, Outcome.ACCEPTED, answers=tuple(own)) for sha, own in by_content.items()
    )


def merged(register: Register, plan: Plan, files: Iterable[ReturnedFile], now: datetime = NOW) -> Register:
    """Return the register with everything taken in that these files say."""
    known = tuple(files)
    names = {file.file for file in known}
    return merge(register, plan, Said(effective_answers(known), names, {ITEM: OWNERS}), now)


def offer(kind: str = "addition", copied_from: str = "", **values: FieldValue) -> Offer:
    """Return what 土木部 sent besides its items."""
    place = Place("土木部.xlsx", "R6追加")
    answers = {name: Answer(value, place, str(value or "")) for name, value in values.items()}
    return Offer(Answers(kind, None, place, answers), copied_from)


def returned(department: str = "土木部", *offers: Offer, sha256: str = "a" * 64) -> ReturnedFile:
    """Return a file of a department that was read and has nothing to mend."""
    form = IssuedForm("R6-28-0-1-00", "r6", "1", 2024, department, 1, ())
    return ReturnedFile(f"{department}.xlsx", sha256, Outcome.ACCEPTED, form, offers=offers)
