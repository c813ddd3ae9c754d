"""Papers (文書): the year's letters, calls, hearing papers, meeting papers and reports, as Word files and as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kohyo.definition.lives import of_year
from kohyo.definition.surveys import form_file, survey_key, survey_name, survey_to_send
from kohyo.excel.ooxml.file_status import read_whole
from kohyo.messages import wording
from kohyo.model.comparison import Comparison
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.plan import Plan
from kohyo.model.register import ChangeKind
from kohyo.model.submission_status import State, SubmissionStatus
from kohyo.papers.hearing import record_headings
from kohyo.papers.mail_draft import mail_draft
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper, named_by_day, paper_name, phrase, templates, worded_for
from kohyo.papers.paper_list import LETTERS, PAPERS, STANDING, WITH_FORMS, wanted_papers
from kohyo.register.coming_year import coming_plan
from kohyo.register.diff import compare
from kohyo.returns.in_survey import handed_out, narrowed, sent_survey, sent_surveys, under_way
from kohyo.returns.submission_status import submission_statuses
from kohyo.text.dates import fiscal_year_label
from kohyo.text.tabs import file_stem
from kohyo.word.records import read_records
from kohyo.workspace.correction_files import Issues, correction_paths
from kohyo.workspace.drafts import changed_drafts, load_record, put_drafts
from kohyo.workspace.folder import Location
from kohyo.workspace.given_day import Day, given_day
from kohyo.workspace.issued_forms import load_bases
from kohyo.workspace.missing_sheets import load_owed
from kohyo.workspace.outgoing import Outgoing
from kohyo.workspace.paper_files import (
    MAIL,
    TEXT,
    WORD,
    place_of,
    record_department,
    rendered,
    shipped_template,
    template_name,
    unused_templates,
    with_texts,
)
from kohyo.workspace.reminders import encoded, reminder_letter
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken
from kohyo.workspace.versions import last_version, load_version

_SENT_BACK = (State.SENT_BACK, State.DEFECTIVE)


@dataclass(frozen=True)
class Papered:
    """The papers as they lie now: written or still right, changed by a person and left, and why some were not made.

    ``past`` went out on an earlier day and stay as they are. ``late`` are those made after their deadline, each with
    that and with the day that it bears. ``unread`` are records of hearings that cannot be read, ``unused`` files in
    様式 that are the template of no paper.
    """

    folder: Path
    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    left_out: Mapping[str, str]
    unread: tuple[Path, ...] = ()
    templates: tuple[Path, ...] = ()
    past: tuple[Path, ...] = ()
    late: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    unused: tuple[Path, ...] = ()

    @property
    def needs_person(self) -> bool:
        """Tell whether a record could not be read."""
        return bool(self.unread)


def make_papers(
    root: Location, names: Sequence[str] = (), *, since: str = "", today: Day | None = None, survey: str = ""
) -> Papered:
    """Write the papers that people call by these names, or all that have anything to tell, into 結果/文書.

    Of a year with several surveys (調査の回) the letters are about the one that is called ``survey``, else about the
    one that goes out by then, or is under way.

    Reports to the committee compare with the version ``since``, or with the one that was frozen last. What
    somebody changed is left alone, and so is what went out on an earlier day: a letter or call stays as it went out
    with its form, and everything else is named after its day. Raises UsageError for a name that no paper or survey
    bears and for a template that names an unknown field, FileError for what cannot be read or written.
    """
    keys, day = wanted_papers(names), given_day(today)
    with session(root, "papers", looking=True) as current:
        stop_if_broken(current, row_faults(current))
        folder = current.workspace.papers
        heard, unread = _records(current) if "hearing_result" in keys else ((), ())
        issues = load_bases(current.workspace, current.plan)
        out = sent_survey(current.plan, issues, survey) if survey else under_way(current.plan, issues)
        occasion = replace(_occasion(current, since, day, heard), survey=out)
        sent = sent_surveys(current.plan, issues)
        goes_out = out if survey else survey_to_send(current.plan, sent, occasion.today)
        forms = handed_out(current.plan, issues, goes_out)
        made, left_out = _made(replace(occasion, survey=goes_out, forms=forms), keys)
        outgoing = _outgoing(current, occasion.today)
        past = [paper for paper in made if outgoing.is_over(paper)]
        going = [paper for paper in made if not outgoing.is_over(paper)]
        words = rendered(current.workspace, current.plan, going)
        kept = changed_drafts(folder, outgoing.ours, words)
        mails = _letters(current, occasion, keys, left_out)
        mails = {name: data for name, data in mails.items() if not outgoing.lies(name)}
        drafts = {**with_texts(folder, words, kept & words.keys()), **mails}
        asked = tuple(_begins(current.plan, key, out) for key in keys)
        done = put_drafts(
            current,
            folder,
            current.workspace.papers_written,
            drafts,
            lambda name: _is_of(name, asked) and not outgoing.stays(name),
            made=outgoing.entries(drafts, going),
        )
        return Papered(
            folder,
            done.written,
            done.kept,
            left_out,
            unread,
            past=tuple(folder / place_of(paper) for paper in past),
            late={paper.own_template or paper.name: days for paper in going if (days := paper.too_late)},
            unused=unused_templates(current.workspace, current.plan),
        )


def write_templates(root: Location) -> Papered:
    """Write the shipped templates into 様式, where the office may change them; what lies there is left alone."""
    with session(root, "papers", looking=True) as current:
        folder = current.workspace.templates
        paths = {folder / template_name(one): one for one in templates()}
        missing = {path: one for path, one in paths.items() if not path.exists()}
        for path, one in missing.items():
            current.files.put(path, shipped_template(one, current.plan.plan.font))
        kept = tuple(path for path in paths if path not in missing)
        return Papered(folder, (), kept, {}, templates=tuple(missing))


def _outgoing(current: Session, today: date) -> Outgoing:
    out = {row.item: row.at.date() for row in current.register.changes if row.kind is ChangeKind.ISSUED}
    ours = load_record(current.workspace.papers_written)
    return Outgoing(current.workspace.papers, ours, today, current.now.date(), out)


def _is_of(name: str, asked: Sequence[str]) -> bool:
    """Tell whether a file below 結果/文書 begins as what was asked for."""
    return name.startswith(tuple(asked))


def _begins(plan: Plan, key: str, survey: str) -> str:
    """Return how the files of a paper begin below 結果/文書; mails are those of one survey."""
    name = paper_name(key)
    called = survey_name(plan, survey) if key in LETTERS else ""
    return f"{name}/{phrase('files.of', name=name, part=file_stem(called))}" if called else f"{name}/"


def _occasion(current: Session, since: str, today: date | None, heard: tuple[Mapping[str, str], ...]) -> Occasion:
    plan, register = current.plan, current.register
    last = last_version(current.workspace, plan)
    before = load_version(current.workspace, plan, since) if since else last
    compared = coming = None
    if before is not None:
        name, now = before.version.name, wording("comparison.current")
        compared = Comparison(name, now, compare(plan, before.register, register))
        coming = Comparison(name, now, compare(plan, before.register, coming_plan(register, plan, current.now)))
    in_force = last.version.name if last and last.version.plan_version == plan.plan.version else ""
    shown = of_year(plan, {plan.cycle.year: register}, plan.cycle.year)
    return Occasion(plan, shown, today or current.now.date(), compared, heard, in_force=in_force, coming=coming)


def _made(occasion: Occasion, keys: Sequence[str]) -> tuple[list[Paper], dict[str, str]]:
    """Return the papers, and by name why others have nothing to tell."""
    made: list[Paper] = []
    left_out: dict[str, str] = {}
    for key in (key for key in keys if key in PAPERS):
        try:
            made += [_named(key, worded_for(occasion.plan, paper), occasion) for paper in PAPERS[key](occasion)]
        except NothingToTellError as reason:
            left_out[paper_name(key)] = str(reason)
    return made, left_out


def _named(key: str, paper: Paper, occasion: Occasion) -> Paper:
    return paper if key in WITH_FORMS or key in STANDING else named_by_day(paper, occasion.today)


def _records(current: Session) -> tuple[tuple[Mapping[str, str], ...], tuple[Path, ...]]:
    """Return what the records of the hearings say, and the files that cannot be read."""
    headings = record_headings()
    rows: list[Mapping[str, str]] = []
    unread: list[Path] = []
    for path in sorted((current.workspace.papers / paper_name("hearing_record")).glob(f"*{WORD}")):
        if path.name.startswith("~"):
            continue
        try:
            found = read_records(read_whole(path), tuple(headings.values()))
        except ValueError:
            unread.append(path)
            continue
        if not found:
            unread.append(path)
        department = record_department(path)
        rows += ({"department": department, **{key: row[name] for key, name in headings.items()}} for row in found)
    return tuple(rows), tuple(unread)


def _letters(current: Session, occasion: Occasion, keys: Sequence[str], left_out: dict[str, str]) -> dict[str, bytes]:
    """Return the drafts of mails and their texts, by their names below 結果/文書."""
    wanted = [key for key in LETTERS if key in keys]
    issues = load_bases(current.workspace, current.plan) if wanted else {}
    plan, register, issues = narrowed(current.plan, current.register, issues, occasion.survey)
    if not issues:
        left_out.update({paper_name(key): phrase("missing.forms_out") for key in wanted})
        return {}
    owed = load_owed(current.workspace.owed, occasion.survey)
    standing = submission_statuses(plan, register, issues, owed, occasion.today)
    found: dict[str, bytes] = {}
    for key in wanted:
        own = [status for status in standing if status.owes and _letter_of(status) == key]
        owing = [status for status in own if _is_due(status)]
        for status in owing:
            found |= _letter(current, (plan, occasion.today), issues, status)
        if not owing:
            left_out[paper_name(key)] = phrase(f"missing.{'not_due' if own else 'nobody_owes'}")
    return found


def _is_due(status: SubmissionStatus) -> bool:
    """Tell whether a letter is due: what is to be mended always, a return only once its day is over."""
    return status.overdue or _letter_of(status) == "correction"


def _letter_of(status: SubmissionStatus) -> str:
    return "correction" if status.state in _SENT_BACK else "reminder"


def _letter(current: Session, asked: tuple[Plan, date], issues: Issues, status: SubmissionStatus) -> dict[str, bytes]:
    """Return a mail with the form that is to come back, and its text; ``asked`` is the survey's view, and the day."""
    key, (plan, today) = _letter_of(status), asked
    text = reminder_letter(plan, issues, status, today)
    year = fiscal_year_label(FiscalYear(plan.cycle.year))
    subject = phrase(f"mail.{key}", year=year, form=plan.plan.survey_form_name)
    name = paper_name(key)
    parts = (survey_name(plan, survey_key(plan)), status.department)
    own = phrase("files.of", name=name, part=file_stem("_".join(part for part in parts if part)))
    stem = f"{name}/{phrase('files.of_day', name=own, day=today.isoformat())}"
    attachments = {path.name: read_whole(path) for path in _forms(current, issues, status)}
    return {f"{stem}{MAIL}": mail_draft(subject, text, attachments), f"{stem}{TEXT}": encoded(text)}


def _forms(current: Session, issues: Issues, status: SubmissionStatus) -> Iterator[Path]:
    """Yield the form that a department has to send back: the correction that lies in 差戻し, else the one sent."""
    correction = correction_paths(current.workspace, issues).get(status.department)
    survey = next((issue.survey for issue in issues.values()), "")
    form = current.workspace.forms / form_file(current.plan, status.department, survey)
    path = correction if status.state in _SENT_BACK else form
    if path is not None and path.is_file():
        yield path
