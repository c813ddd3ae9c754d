"""What invites everybody (募集要領, 公募): how to propose something, and who may join what was adopted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kohyo.definition.fields import FormField, form_fields
from kohyo.definition.structure import TEAM_MEMBERS
from kohyo.messages import section, wording
from kohyo.model.plan import OpenForm, Plan
from kohyo.model.proposed_team import TeamStage, proposed_teams
from kohyo.model.register import Submission
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper, Record, again_named, paper_name, phrase, show_day
from kohyo.tables.field_groups import shown_fields
from kohyo.tables.field_text import labelled_lines
from kohyo.tables.from_data import data_table, tells_choices
from kohyo.text.tabs import file_stem

_TITLE = "title"


def calls(occasion: Occasion) -> Iterator[Paper]:
    """Yield 募集要領 for every form that anyone may fill; raise NothingToTellError where the plan has none."""
    plan = occasion.plan
    if not plan.forms:
        raise NothingToTellError("forms")
    occasion = occasion.at_hand_out(plan.cycle.issued)
    for form in plan.forms:
        closes, out = occasion.closes(form.name, form.closes), occasion.forms.get(form.name, ())
        fields = _fields(plan, form)
        told = [data for data in plan.tables if any(tells_choices(data, field) for field in fields)]
        bare = [field for field in fields if not any(tells_choices(data, field) for data in told)]
        paper = _paper(
            occasion,
            "call",
            form,
            purpose=form.purpose,
            background=form.background,
            deadline=show_day(closes),
            file=wording("workbook.files.open_form", department=file_stem(form.name)),
            entries=[_entry(field) for field in fields if not field.readonly],
            choices=[{"label": field.label, "value": value} for field in bare for value in _choices(field)],
            tables=[{"title": data.title, "table": data_table(data), "note": "\n".join(data.notes)} for data in told],
        )
        file, control = again_named(paper.file, len(out)), out[-1].control if out else ""
        yield replace(paper, file=file, day=occasion.today, form=control, closes=closes)


def _paper(occasion: Occasion, key: str, form: OpenForm, **fields: str | Sequence[Record]) -> Paper:
    name = paper_name(key)
    return Paper(
        name=name,
        file=phrase("files.of", name=name, part=file_stem(form.name)),
        template=key,
        title=phrase("files.of", name=name, part=form.name),
        fields={**occasion.common, "name": form.name, "milestones": _milestones(occasion, form), **fields},
        own_template=phrase("files.of", name=name, part=file_stem(form.name)),
    )


def _milestones(occasion: Occasion, form: OpenForm) -> Sequence[Record]:
    """Return what is to come of a form: what names it beside its deadline, or else what names no other."""
    to_come, closes = occasion.to_come, show_day(form.closes)
    own = [row for row in to_come if form.name in str(row["what"])]
    others = [other.name for other in occasion.plan.forms if other != form]
    if any(row["when"] != closes for row in own):
        return own
    return [row for row in to_come if not any(name in str(row["what"]) for name in others)]


def _fields(plan: Plan, form: OpenForm) -> Sequence[FormField]:
    found = {field.name: field for kind in plan.kinds_of(form.key) for field in form_fields(plan, kind.key)}
    return tuple(found.values())


def _entry(field: FormField) -> Record:
    required = phrase("required") if field.required else ""
    return {"label": field.label, "required": required, "hint": field.hint or _how(field)}


def _how(field: FormField) -> str:
    """Return how a field is filled of which the definition tells nothing."""
    known = section("papers")["hint"]
    return phrase(f"hint.{field.type if field.type in known else 'other'}", label=field.label)


def _choices(field: FormField) -> Sequence[str]:
    return field.choices if field.type == "select_one" else ()


def recruitments(occasion: Occasion) -> Iterator[Paper]:
    """Yield 公募 for every form whose adopted proposals still ask for members; raise NothingToTellError without any."""
    plan, found = occasion.plan, False
    for form in plan.forms:
        members = next((field for field in _fields(plan, form) if field.name == TEAM_MEMBERS), None)
        kinds = {kind.key for kind in plan.kinds_of(form.key)}
        teams = proposed_teams(occasion.register, kinds)
        adopted = [entry.proposal for entry in teams if entry.stage is TeamStage.RECRUITING]
        if members is None or not adopted:
            continue
        found = True
        seats = [field for field in _fields(plan, form) if field.group == members.group]
        yield _paper(
            occasion,
            "recruit",
            form,
            background=form.background,
            projects=[_project(plan, sent) for sent in adopted],
            seats=[{"label": field.label, "hint": field.hint} for field in seats],
        )
    if not found:
        raise NothingToTellError("adopted")


def _project(plan: Plan, sent: Submission) -> Record:
    """Return what a proposal says, without who proposed it."""
    hidden = {rule.name for rule in plan.fields if rule.internal}
    fields = [field for field in shown_fields(plan, sent.kind) if field.name != _TITLE and field.name not in hidden]
    return {"title": str(sent.values.get(_TITLE) or ""), "text": labelled_lines(plan, fields, sent.values)}
