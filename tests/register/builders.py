"""Small builders of registers and claims."""

from __future__ import annotations

from datetime import datetime

from kohyo.model.finding import Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.item import Item, ItemId
from kohyo.model.numbering import ItemNumber
from kohyo.model.outcome import Outcome
from kohyo.model.register import Register
from kohyo.model.returned_book import Answer, Answers
from kohyo.model.returned_file import Claim, Offer, ReturnedFile
from kohyo.model.value import FieldValue

NOW = datetime(2024, 6, 17, 9, 0)  # noqa: DTZ001 - an office's clock on the wall
ITEM = ItemId("K0001")


def register_with(**values: FieldValue) -> Register:
    """Return a register of one item, 1-1, with these values."""
    known: dict[str, FieldValue] = {"number": "1-1", "goal": 1, "title": "広報", "overview": "", "owners": "土木部"}
    return Register(items=(Item(ITEM, ItemNumber(1, 1), {**known, **values}),))


def claim(value: FieldValue, base: FieldValue = None, field: str = "measures", **changes: object) -> Claim:
    """Return a claim of 土木部's first return, unless said otherwise."""
    facts: dict[str, object] = {"department": "土木部", "round": 1, "correction": False, "sha256": "a" * 64, **changes}
    place = Place(f"{facts['department']}.xlsx", "1-1", "B18")
    return Claim(ITEM, field, base, value, place=place, typed=str(value or ""), **facts)  # type: ignore[arg-type]


def offer(kind: str = "addition", copied_from: str = "", **values: FieldValue) -> Offer:
    """Return what 土木部 sent besides its items."""
    place = Place("土木部.xlsx", "R6追加")
    answers = {name: Answer(value, place, str(value or "")) for name, value in values.items()}
    return Offer(Answers(kind, None, place, answers), copied_from)


def returned(department: str = "土木部", *offers: Offer, sha256: str = "a" * 64) -> ReturnedFile:
    """Return a file of a department that was read and has nothing to mend."""
    form = IssuedForm("R6-28-0-1-00", "r6", "1", 2024, department, 1, ())
    return ReturnedFile(f"{department}.xlsx", sha256, Outcome.ACCEPTED, form, offers=offers)
