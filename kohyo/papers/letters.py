"""The letter that goes out with the forms (調査依頼文): to each department, about what its form asks.

Before the forms go out it tells what the register would ask; once they are out, what they asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kohyo.definition.departments import owners
from kohyo.definition.fields import form_fields, year_words
from kohyo.definition.surveys import form_file, sheets_of, survey_name, survey_plan
from kohyo.errors import TextError
from kohyo.model.issued_form import IssuedForm
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper, Record, again_named, paper_name, phrase, show_day
from kohyo.tables.field_groups import kind_title, kinds_by
from kohyo.text.tabs import file_stem

_TOLD = ("number", "title", "owners")


@dataclass(frozen=True)
class Asked:
    """What a letter speaks of: the department, its items, the other sheets, the deadline.

    ``form`` is the control number of the form that it goes with, and ``times`` how many went out; none before.
    """

    department: str
    items: Sequence[Record]
    sheets: Sequence[Record]
    closes: date
    form: str = ""
    times: int = 0


def requests(occasion: Occasion) -> Iterator[Paper]:
    """Yield 調査依頼文 for every department that is asked about an item; raise NothingToTellError where none is."""
    plan = survey_plan(occasion.plan, occasion.survey)
    asked = list(_of_forms(plan, occasion)) or list(_of_register(plan, occasion.register))
    if not asked:
        raise NothingToTellError("departments")
    occasion = occasion.at_hand_out(plan.cycle.issued)
    practices = list(_practices(plan, occasion.register))
    for one in asked:
        yield _letter(plan, occasion, one, practices)


def _letter(plan: Plan, occasion: Occasion, asked: Asked, practices: Sequence[Record]) -> Paper:
    name, department = paper_name("request"), asked.department
    parts = [part for part in (survey_name(plan, occasion.survey), department) if part]
    own = "_".join(parts)
    return Paper(
        name=name,
        file=again_named(phrase("files.of", name=name, part=file_stem(own)), asked.times),
        template="request",
        title=phrase("files.of", name=name, part=own),
        day=occasion.today,
        form=asked.form,
        closes=asked.closes,
        fields={
            **occasion.common,
            "form": plan.plan.survey_form_name,
            "department": department,
            "deadline": show_day(asked.closes),
            "count": str(len(asked.items)),
            "file": form_file(plan, department, occasion.survey),
            "items": asked.items,
            "sheets": asked.sheets,
            "forms": [
                {"name": form.name, "deadline": show_day(occasion.closes(form.name, form.closes))}
                for form in plan.forms
            ],
            "practices": practices,
            "milestones": occasion.to_come,
        },
    )


def _of_forms(plan: Plan, occasion: Occasion) -> Iterator[Asked]:
    """Yield what the forms ask that went out, in the order of the organisation."""
    order = [entry.name for entry in plan.departments]
    names = [name for name in occasion.forms if plan.open_form(name) is None]
    for name in sorted(names, key=lambda name: order.index(name) if name in order else len(order)):
        out = occasion.forms[name]
        yield _of_form(plan, out[-1], len(out))


def _of_form(plan: Plan, form: IssuedForm, times: int) -> Asked:
    kinds = {kind.key: kind for kind in plan.sheets}
    items = [
        {name: str(sheet.values.get(name) or "") for name in _TOLD} for sheet in form.sheets if sheet.item is not None
    ]
    sheets = [
        {"title": kind_title(plan, kinds[sheet.kind]), "tab": sheet.tab}
        for sheet in form.sheets
        if sheet.item is None and sheet.kind in kinds
    ]
    return Asked(form.department, items, sheets, form.deadline or plan.cycle.closes, form.control, times)


def _of_register(plan: Plan, register: Register) -> Iterator[Asked]:
    """Yield what would be asked of every department that owns an item."""
    for entry in plan.departments:
        if own := items_of(plan, register, entry.name):
            yield Asked(entry.name, [_item(item) for item in own], list(_sheets(plan)), plan.cycle.closes)


def items_of(plan: Plan, register: Register, department: str) -> Sequence[Item]:
    """Return the items that a department owns, alone or with others, in the order of numbers."""
    found = [item for item in register.current if department in _owners(plan, item)]
    return sorted(found, key=lambda item: item.number)


def _owners(plan: Plan, item: Item) -> Sequence[str]:
    try:
        return owners(plan, item.owners).members
    except TextError:
        return ()


def _item(item: Item) -> Record:
    return {"number": str(item.number), "title": item.title, "owners": item.owners}


def _sheets(plan: Plan) -> Iterator[Record]:
    """Yield the sheets of the form beside the items': for proposals, issues, practices."""
    words = {**year_words(plan.cycle.year), "number": ""}
    for kind in sheets_of(plan):
        if kind.per != "item":
            yield {"title": kind_title(plan, kind), "tab": kind.tab.format(**words)}


def _practices(plan: Plan, register: Register) -> Iterator[Record]:
    """Yield what the office itself made known (好事例): of no department, by the first field of its sheet."""
    kinds = {kind.key: form_fields(plan, kind.key)[0].name for kind in kinds_by(plan, "block")}
    for submission in register.submissions:
        if not submission.department and submission.kind in kinds:
            title = submission.values.get(kinds[submission.kind])
            if title:
                yield {"title": str(title)}
