"""What invites everybody (募集要領).

1. Why something is asked stands as the definition says it of the form; the days are told with their weekdays.
2. A table that says more of the choices stands instead of the bare choices, with its notes.
3. What is to come is what names the form beside its deadline, or else what names no other.
4. Of every field it is told how to fill it, and a day given as an example lies in the form's own time.
5. A team that was adopted and has not begun is called for, in whatever year that was.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from kohyo.model.finding import Place
from kohyo.model.plan import Plan
from kohyo.model.register import Adoption, Register, Submission, Team
from kohyo.model.table import Table
from kohyo.papers.calls import calls, recruitments
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper
from kohyo.text.dates import parse_date

NOW = datetime(2024, 8, 1, 9)  # noqa: DTZ001 - the register knows no time zones


def _calls(plan: Plan) -> dict[str, Paper]:
    return {str(paper.fields["name"]): paper for paper in calls(Occasion(plan, Register(), date(2024, 4, 17)))}


def _rows(paper: Paper, name: str) -> list[dict[str, str | Table]]:
    filling = paper.fields[name]
    assert isinstance(filling, list)
    return [dict(row) for row in filling]


def test_a_project_team_is_called_for_as_it_is_meant(plan: Plan) -> None:
    """Purpose, day, aims and make-up; what comes of the teams alone (1, 2, 3)."""
    call = _calls(plan)["提案型プロジェクトチーム"]
    assert "経験" in str(call.fields["purpose"])
    assert call.fields["deadline"] == "令和6年6月14日（金）"
    (told,) = _rows(call, "tables")
    assert isinstance(told["table"], Table)
    assert [row.cells[1].text for row in told["table"].body if row.cells[1]][-1] == "プロジェクトメンバー"
    assert "個人として参加" in str(told["note"])
    assert _rows(call, "choices") == []
    assert {"提案型プロジェクトチーム" in str(row["what"]) for row in _rows(call, "milestones")} == {True}


def test_where_nothing_names_the_form(plan: Plan) -> None:
    """What is the other form's is left out, no table is told, and the purpose is the template's (1, 2, 3)."""
    forms = tuple(form.model_copy(update={"purpose": ""}) for form in plan.forms)
    call = _calls(plan.model_copy(update={"forms": forms}))["個人提案"]
    assert (call.fields["purpose"], _rows(call, "tables")) == ("", [])
    whats = [str(row["what"]) for row in _rows(call, "milestones")]
    assert "個人提案の締切" in whats
    assert not [what for what in whats if "提案型" in what]


def test_a_team_that_waits_is_called_for(plan: Plan) -> None:
    """Also in the year after (5)."""
    values = {"title": "夜間の窓口"}
    sent = Submission("P1", "team", "", values, Place(), "", NOW, decision=Adoption.ADOPTED, year=2024)
    register = Register(submissions=(sent,))
    for year in (2024, 2025):
        later = plan.model_copy(update={"cycle": plan.cycle.model_copy(update={"year": year})})
        (paper,) = recruitments(Occasion(later, register, date(year, 9, 1)))
        assert [row["title"] for row in _rows(paper, "projects")] == ["夜間の窓口"]
    begun = replace(register, teams=(Team(title="夜間", proposal="P1", started="令和7年9月1日"),))
    with pytest.raises(NothingToTellError):
        list(recruitments(Occasion(plan, begun, date(2025, 10, 1))))


def test_every_field_is_told(plan: Plan) -> None:
    """Also of a field of which the definition tells nothing (4)."""
    silent = tuple(rule.model_copy(update={"hint": ""}) for rule in plan.fields)
    for told in (plan, plan.model_copy(update={"fields": silent})):
        assert [all(row["hint"] for row in _rows(call, "entries")) for call in _calls(told).values()] == [True, True]


def test_a_day_given_as_example(plan: Plan) -> None:
    """It is the day on which the forms go out, before any deadline (4)."""
    calls = _calls(plan).values()
    hints = [str(row["hint"]) for call in calls for row in _rows(call, "entries") if row["label"] == "記入日"]
    days = [parse_date(part) for hint in hints for part in hint.removeprefix("例：").split("、")]
    assert days == [plan.cycle.issued] * 4
    assert plan.cycle.issued < min(form.closes for form in plan.forms)
