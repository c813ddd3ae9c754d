"""Every paper (文書) that kohyo makes: the key of its name and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.papers.calls import calls, recruitments
from kohyo.papers.committee import midyear_reports, revised_reports
from kohyo.papers.hearing import hearing_days, hearing_papers, hearing_records, hearing_results
from kohyo.papers.letters import requests
from kohyo.papers.meetings import meetings
from kohyo.papers.occasion import Occasion
from kohyo.papers.paper import Paper, paper_name, phrase, templates
from kohyo.papers.plan_body import effect_lists, plan_bodies
from kohyo.text.normalise import key
from kohyo.text.tabs import file_stem

Builder = Callable[[Occasion], Iterator[Paper]]

PAPERS: Mapping[str, Builder] = {
    "request": requests,
    "call": calls,
    "recruit": recruitments,
    "hearing_days": hearing_days,
    "hearing": hearing_papers,
    "hearing_record": hearing_records,
    "hearing_result": hearing_results,
    "meeting": meetings,
    "midyear": midyear_reports,
    "revised": revised_reports,
    "plan_body": plan_bodies,
    "effects": effect_lists,
}
"""The papers that are Word files, in the order of the year."""

WITH_FORMS = frozenset({"request", "call"})
"""The papers that go out with a form, and are named as that is."""

STANDING = frozenset({"hearing_record"})
"""The papers that bear no day: people write into them. All others are named after their day."""

LETTERS = ("reminder", "correction")
"""The papers that are drafts of mails."""


def own_templates(plan: Plan) -> frozenset[str]:
    """Return the names under which the office's own templates are looked for: of all, of a form, of a body."""
    forms = [form.name for form in plan.forms]
    parts = {"call": forms, "recruit": forms, "meeting": [seat.body for seat in plan.seats]}
    own = (
        phrase("files.of", name=paper_name(key), part=file_stem(part)) for key, names in parts.items() for part in names
    )
    shipped = (phrase(f"templates.{name}") for name in templates())
    return frozenset({*own, *shipped, *(paper_name(key) for key in PAPERS)})


def wanted_papers(names: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of the papers that people call by these names, of all for none; raise UsageError for others."""
    known = {key(paper_name(one)): one for one in (*PAPERS, *LETTERS)}
    for name in names:
        if key(name) not in known:
            shown = wording("text.list.joiner").join(paper_name(one) for one in (*PAPERS, *LETTERS))
            raise UsageError("unknown_paper", name=name, known=shown)
    asked = {known[key(name)] for name in names}
    return tuple(one for one in known.values() if one in asked or not asked)
