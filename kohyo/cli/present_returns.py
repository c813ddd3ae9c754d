"""Results of the commands around returns, in words and as data: what came, what is decided, who stands where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kohyo.cli.present import (
    as_data,
    as_lines,
    finding_data,
    finding_lines,
    in_survey,
    path_names,
    saved_data,
    saved_lines,
    say,
    typed,
    weight_line,
    weights,
)
from kohyo.messages import section, severity, wording
from kohyo.model.finding import Severity
from kohyo.model.outcome import Outcome
from kohyo.model.submission_status import SubmissionStatus
from kohyo.tables.state_counts import count_line
from kohyo.workspace.status_lines import earlier_lines, moved_lines

if TYPE_CHECKING:
    from kohyo.usecases.consolidate import Consolidated
    from kohyo.usecases.demo import Demonstrated
    from kohyo.usecases.resolve import Resolution
    from kohyo.workspace.known_status import Status

_GAP = "  "
_SURVEY = ("missing", "conflicts", "notes", "changes", "weights", "findings")


@as_lines.register
def _(result: Consolidated) -> list[str]:
    lines = [
        *finding_lines(
            [finding for finding in result.findings if severity(finding.code) is not Severity.INFO], "more_in_report"
        ),
        say("consolidated", files=sum(result.outcomes.values()), outcomes=_outcomes(result)),
        say("changes", changes=result.changes, conflicts=result.open_conflicts, missing=len(result.missing)),
        weight_line(result.findings),
        *saved_lines(result.saved),
    ]
    if result.open_notes:
        lines.append(say("notes", count=result.open_notes))
    if result.skipped:
        lines.append(say("skipped", count=result.skipped))
    if result.sent_back:
        lines.append(say("sent_back", count=len(result.sent_back), folder=result.sent_back[0].parent))
    return [*lines, say("open", path=result.report)]


@as_data.register
def _(result: Consolidated) -> dict[str, Any]:
    known = (outcome for outcome in Outcome if outcome is not Outcome.MISSING)
    return {
        "outcomes": {outcome.value: result.outcomes.get(outcome, 0) for outcome in known},
        "missing": list(result.missing),
        "skipped": result.skipped,
        "conflicts": result.open_conflicts,
        "notes": result.open_notes,
        "changes": result.changes,
        **saved_data(result.saved),
        "weights": weights(result.findings),
        "findings": [finding_data(finding) for finding in result.findings],
        "sent_back": path_names(result.sent_back),
        "report": str(result.report),
    }


@as_lines.register
def _(result: Resolution) -> list[str]:
    return [
        say("resolved", settled=result.settled, waiting=result.waiting),
        *([_adopted(result)] if result.adopted or result.undecided or result.later else []),
        *([_endings(result)] if result.endings_decided or result.endings_waiting else []),
        *finding_lines(result.findings),
        *saved_lines(result.saved),
    ]


def _endings(result: Resolution) -> str:
    counts = {"decided": result.endings_decided, "waiting": result.endings_waiting}
    when = wording(f"versions.result.endings_{'last' if result.last_year else 'later'}")
    return wording("versions.result.endings", **counts, when=when)


def _adopted(result: Resolution) -> str:
    numbers = wording("text.list.joiner").join(result.adopted) or wording("versions.result.number_none")
    return wording("versions.result.adopted", numbers=numbers, undecided=result.undecided, later=result.later)


@as_data.register
def _(result: Resolution) -> dict[str, Any]:
    return {
        "settled": result.settled,
        "waiting": result.waiting,
        "adopted": list(result.adopted),
        "adopted_later": result.later,
        "undecided": result.undecided,
        "endings_decided": result.endings_decided,
        "endings_waiting": result.endings_waiting,
        "last_year": result.last_year,
        **saved_data(result.saved),
        "findings": [finding_data(finding) for finding in result.findings],
    }


@as_lines.register
def _(result: Status) -> list[str]:
    lines = _table(result.respondents)
    if result.unread:
        lines.append(say("unread", count=result.unread))
    if result.reminders:
        lines.append(say("reminders", count=len(result.reminders), folder=result.reminders[0].parent))
    if result.reminders_kept:
        names = wording("text.list.joiner").join(path.stem for path in result.reminders_kept)
        lines.append(say("reminders_kept", count=len(result.reminders_kept), names=names))
    said = say("status", count=len(result.respondents), counts=count_line(result.counts))
    lines.append(in_survey(result.survey, said))
    lines += [*earlier_lines(result.earlier), *moved_lines(result.moved)]
    return [*lines, say("open", path=result.report)]


@as_data.register
def _(result: Status) -> dict[str, Any]:
    respondents = [
        {
            **asdict(status),
            "deadline": status.deadline.isoformat(),
            "asks": [{"sheet": ask.tab, "reason": ask.reason, "must": ask.must} for ask in status.asks],
            "sheets": dict(status.sheets),
            "owes": status.owes,
        }
        for status in result.respondents
    ]
    return {
        "survey": result.survey,
        "counts": dict(result.counts),
        "respondents": respondents,
        "unread": result.unread,
        "earlier": [{"survey": out.survey, "form": out.form, "departments": out.departments} for out in result.earlier],
        "moved_deadlines": [
            {"form": moved.form, "sent": moved.sent.isoformat(), "defined": moved.defined.isoformat()}
            for moved in result.moved
        ],
        "reminders": path_names(result.reminders),
        "reminders_kept": path_names(result.reminders_kept),
        "report": str(result.report),
    }


def _table(statuses: Sequence[SubmissionStatus]) -> list[str]:
    """Return the respondents as a table in lines, whose columns stand true on a console of any encoding."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - status alone draws a table

    labels = section("result")["columns"]
    rows = [tuple(labels.values()), *map(_cells, statuses)]
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    figures = [key not in ("department", "state", "overdue") for key in labels]

    def line(row: Sequence[str]) -> str:
        cells = zip(row, widths, figures, strict=True)
        shown = (
            " " * (wide - cell_len(text)) + text if right else set_cell_size(text, wide) for text, wide, right in cells
        )
        return _GAP.join(shown).rstrip()

    return [line(row) for row in rows]


def _cells(status: SubmissionStatus) -> tuple[str, ...]:
    sheets = status.sheets
    figures = (status.round, status.items, sheets["mend"], sheets["absent"], status.errors, status.conflicts)
    late = say("overdue") if status.overdue else ""
    deadline = wording("report.day", month=status.deadline.month, day=status.deadline.day)
    return status.department, say(f"state.{status.state}"), *(str(figure or "") for figure in figures), deadline, late


@as_lines.register
def _(result: Demonstrated) -> list[str]:
    first, last = result.first, result.consolidated
    missing = wording("text.list.joiner").join(first.missing)
    sent_back = len(first.sent_back)
    return [
        say("demo.made_up"),
        say("demo.items", items=result.items, forms=result.forms),
        say(
            "demo.first",
            outcomes=_outcomes(first),
            missing=missing,
            sent_back=sent_back,
            conflicts=first.open_conflicts,
            **weights(first.findings),
        ),
        say("demo.settled", settled=result.decided.settled),
        say("demo.last", outcomes=_outcomes(last), conflicts=last.open_conflicts, notes=last.open_notes),
        say("demo.open"),
        *(say("demo.file", path=path) for path in result.files),
        say("demo.next", path=typed(result.workspace.root)),
    ]


def _outcomes(result: Consolidated) -> str:
    found = ((outcome, count) for outcome, count in result.outcomes.items() if count)
    words = (say("outcome", outcome=wording(f"workbook.outcome.{entry.value}"), count=count) for entry, count in found)
    return wording("text.list.joiner").join(words)


@as_data.register
def _(result: Demonstrated) -> dict[str, Any]:
    return {
        "workspace": str(result.workspace.root),
        "items": result.items,
        "forms": result.forms,
        "first": _survey(result.first),
        "settled": result.decided.settled,
        "last": _survey(result.consolidated),
        "files": path_names(result.files),
    }


def _survey(done: Consolidated) -> dict[str, Any]:
    """Return how a survey stood when returns were taken in."""
    found = as_data(done)
    returns = {**found["outcomes"], Outcome.MISSING.value: len(done.missing)}
    return {"returns": returns, **{name: found[name] for name in _SURVEY}}
