"""The letter that goes out with the forms (調査依頼文): to each department, about what it owns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kohyo.definition.departments import owners
from kohyo.definition.fields import form_fields, year_words
from kohyo.definition.surveys import form_file, sheets_of, survey_plan
from kohyo.errors import TextError
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper, Record, paper_name, phrase, show_day
from kohyo.tables.field_groups import kind_title, kinds_by
from kohyo.text.tabs import file_stem


def requests(occasion: Occasion) -> Iterator[Paper]:
    """Yield 調査依頼文 for every department that owns an item; raise NothingToTellError where none does."""
    plan, name = survey_plan(occasion.plan, occasion.survey), paper_name("request")
    addressed = [
        (entry.name, own) for entry in plan.departments if (own := items_of(plan, occasion.register, entry.name))
    ]
    if not addressed:
        raise NothingToTellError("departments")
    practices = list(_practices(plan, occasion.register))
    for department, own in addressed:
        yield Paper(
            name=name,
            file=phrase("files.of", name=name, part=file_stem(department)),
            template="request",
            title=phrase("files.of", name=name, part=department),
            fields={
                **occasion.common,
                "form": plan.plan.survey_form_name,
                "department": department,
                "deadline": show_day(plan.cycle.closes),
                "count": str(len(own)),
                "file": form_file(plan, department, occasion.survey),
                "items": [_item(item) for item in own],
                "sheets": list(_sheets(plan)),
                "forms": [{"name": form.name, "deadline": show_day(form.closes)} for form in plan.forms],
                "practices": practices,
                "milestones": occasion.to_come,
            },
        )


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
