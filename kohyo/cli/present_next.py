"""What to do today, in words and as data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kohyo.cli.present import as_data, as_lines, typed
from kohyo.messages import section, wording
from kohyo.text.dates import show_date

if TYPE_CHECKING:
    from kohyo.usecases.next import NextSteps, Step


@as_lines.register
def _(result: NextSteps) -> list[str]:
    lines = [
        wording("next.line", place=place, sentence=_sentence(step), how=_how(result, step))
        for place, step in enumerate(result.steps, 1)
    ] or [wording("next.nothing")]
    milestone = [wording("next.milestone", what=result.milestone)] if result.milestone else []
    return [wording("next.heading", day=show_date(result.today)), *lines, *milestone]


@as_data.register
def _(result: NextSteps) -> dict[str, Any]:
    steps = [
        {**asdict(step), "sentence": _sentence(step), "command": _command(result, step), "button": _button(step)}
        for step in result.steps
    ]
    return {"today": result.today.isoformat(), "steps": steps, "milestone": result.milestone}


def _sentence(step: Step) -> str:
    return wording(f"next.steps.{step.key}", **step.fields)


def _command(result: NextSteps, step: Step) -> str:
    """Return the command line of a step as one types it, empty where no command does it."""
    if not step.command:
        return ""
    more = section("next")["arguments"].get(step.command, "")
    if step.survey:
        more = wording("next.of_survey", survey=typed(step.survey))
    return " ".join(part for part in ("kohyo", step.command, typed(result.root), more) if part)


def _button(step: Step) -> str:
    """Return the label of the ribbon's button that does the same, empty where there is none."""
    button: dict[str, str] = section("addin")["buttons"].get(step.command, {})
    return button.get("label", "")


def _how(result: NextSteps, step: Step) -> str:
    command, button = _command(result, step), _button(step)
    if not command:
        return ""
    return wording("next.how_with_button" if button else "next.how", command=command, button=button)
