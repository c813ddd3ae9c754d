"""Received files (回収したファイル): each of them read by the worker and understood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kohyo.definition.surveys import survey_keys, survey_plan
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.worker import ReadResult
from kohyo.model.finding import Finding
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.returned_file import ReturnedFile
from kohyo.returns.identify import identify
from kohyo.returns.read_return import check_return, issue_of, read_return, unread


def understand(
    result: ReadResult,
    file: str,
    plan: Plan,
    issues: Mapping[str, IssuedForm],
    as_issued: Callable[[IssuedForm], Plan] | None = None,
) -> ReturnedFile:
    """Read one file against the forms that went out; whatever is wrong with it becomes findings.

    ``as_issued`` returns the definition under which a form went out: it is read by that, whatever asks today's.
    """
    infos = _of_file(result, file)
    if result.book is None:
        return unread(file, result.sha256, Outcome.UNREADABLE, infos)
    raw, located = find_answers(result.book, plan, file)
    identity = identify(raw, plan)
    issue = issue_of(identity, issues)
    then = as_issued(issue) if as_issued and issue else plan
    asked = survey_plan(then, issue.survey if issue else "")
    if asked is not plan:
        raw, located = find_answers(result.book, asked, file)
        identity = identify(raw, asked)
    returned = read_return(raw, asked, issues, result.sha256, located, identity)
    return replace(returned, findings=(*infos, *returned.findings)) if infos else returned


def check_alone(result: ReadResult, file: str, plan: Plan) -> tuple[Finding, ...]:
    """Return the findings of a file without the forms that went out: only what the file itself shows.

    Of several surveys of the year it answers the one whose fields are found best.
    """
    infos = _of_file(result, file)
    if result.book is None:
        return infos
    views = (survey_plan(plan, name) for name in survey_keys(plan))
    read = [(view, *find_answers(result.book, view, file)) for view in views]
    view, raw, located = min(read, key=lambda found: len(found[2]))
    return (*infos, *check_return(raw, view, located))


def _of_file(result: ReadResult, file: str) -> tuple[Finding, ...]:
    """Return what the worker found, with the file's name within 回収, which it does not know."""
    found: Sequence[Finding] = (*result.infos, *([result.finding] if result.finding else ()))
    return tuple(replace(finding, place=finding.place._replace(file=file)) for finding in found)
