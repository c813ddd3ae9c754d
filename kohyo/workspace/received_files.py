"""Received files (回収したファイル): what lies in 回収, and each of them read by the worker and understood."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kohyo.definition.surveys import survey_keys, survey_plan
from kohyo.excel.form.form_reader import find_answers
from kohyo.excel.ooxml.file_status import is_temporary_file, sha256_if_any
from kohyo.excel.ooxml.worker import ReadResult
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Place
from kohyo.model.issued_form import IssuedForm
from kohyo.model.outcome import Outcome
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.register import Register
from kohyo.model.returned_file import ReturnedFile
from kohyo.returns.read_return import check_return, issue_of, read_return, unread


def received_files(folder: Path) -> tuple[Path, ...]:
    """Return every file below ``folder``, in a steady order; links are not followed out of it."""
    return _walked(folder)[0]


def unread_files(register: Register, folder: Path) -> list[str]:
    """Return what lies in 回収 and has not been taken in (まだ取り込んでいない): content that no row of 回収 names."""
    known = {row.sha256 for row in register.receipts}
    unopened = {row.file for row in register.receipts if not row.sha256}
    received = [path for path in received_files(folder) if not is_temporary_file(path.name)]
    files = {path.relative_to(folder).as_posix(): path for path in received}
    return [name for name, path in files.items() if name not in unopened and sha256_if_any(path) not in known]


def closed_folders(folder: Path) -> tuple[Finding, ...]:
    """Return a finding for each folder in 回収 that cannot be opened: what lies in it is not taken in, and is told."""
    return tuple(finding_of(Code.K163, Place(path.relative_to(folder).as_posix())) for path in _walked(folder)[1])


def _walked(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the files below a folder, and the folders that could not be opened."""
    closed: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: closed.append(Path(str(error.filename))))
    files = [Path(place) / name for place, _, names in walk for name in names]
    return tuple(sorted(path for path in files if path.is_file())), tuple(sorted(closed))


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
    issue = issue_of(raw, plan, issues)
    then = as_issued(issue) if as_issued and issue else plan
    asked = survey_plan(then, issue.survey if issue else "")
    if asked is not plan:
        raw, located = find_answers(result.book, asked, file)
    returned = read_return(raw, asked, issues, result.sha256, located)
    return replace(returned, findings=(*infos, *returned.findings))


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
