"""Respondents in rows (部ごとの行): what a standing says in a report, and what the secretariat does next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kohyo.messages import wording
from kohyo.model.submission_status import State, SubmissionStatus
from kohyo.tables.report_parts import file_link
from kohyo.tables.respondents import RespondentRow


def respondent_rows(
    statuses: Sequence[SubmissionStatus], corrections: Mapping[str, Path], register: Path, results: Path
) -> list[RespondentRow]:
    """Return a row per respondent; links lead from ``results``, the folder of the report."""
    return [_row(one, corrections.get(one.department), register, results) for one in statuses]


def count_line(counts: Mapping[State, int]) -> str:
    """Return how many respondents stand where: 未提出2、受理3."""
    parts = (
        wording("result.outcome", outcome=wording(f"result.state.{state}"), count=count)
        for state, count in counts.items()
    )
    return wording("text.list.joiner").join(parts)


def next_steps(one: SubmissionStatus, correction: Path | None) -> str:
    """Return what is to be done about a respondent, in a sentence or several."""
    return "".join(_steps(one, correction)) or wording("report.next.done")


def _row(one: SubmissionStatus, correction: Path | None, register: Path, results: Path) -> RespondentRow:
    target = correction if one.state is State.SENT_BACK else register if one.conflicts else None
    sheets = one.sheets
    return RespondentRow(
        department=one.department,
        state=wording(f"result.state.{one.state}"),
        round=one.round,
        files=len(one.files),
        errors=one.errors,
        checks=one.checks,
        conflicts=one.conflicts,
        come=sheets["come"],
        mend=sheets["mend"],
        absent=sheets["absent"],
        deadline=wording("report.day", month=one.deadline.month, day=one.deadline.day),
        overdue=wording("report.overdue") if one.overdue else "",
        next=next_steps(one, correction),
        link=_link(results, target) if target else "",
    )


def _steps(one: SubmissionStatus, correction: Path | None) -> Iterator[str]:
    late = "_overdue" if one.overdue else ""
    if one.state is State.MISSING:
        yield wording(f"report.next.missing{late}")
    elif one.state is State.SENT_BACK:
        file = correction.name if correction else wording("workbook.files.sent_back")
        yield wording(f"report.next.sent_back{late}", file=file, count=one.errors)
    elif one.state is State.DEFECTIVE:
        yield wording("report.next.defective", errors=one.errors)
    if one.absent:
        yield wording("report.next.absent", sheets=wording("text.list.joiner").join(one.absent))
    if one.conflicts:
        yield wording("report.next.conflicts", count=one.conflicts)


def _link(results: Path, target: Path) -> str:
    """Return the link from the folder of the results to a file of the workspace."""
    return file_link("..", target.relative_to(results.parent).as_posix())
