"""What each button does: plain functions over the active workbook, each calling the use case of one command."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.addin.on_screen import open_on_screen
from kohyo.addin.open_register import OpenRegister
from kohyo.errors import UsageError
from kohyo.messages import located, severity, weighty, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.outcome import READABLE
from kohyo.usecases.consolidate import Consolidated

if TYPE_CHECKING:
    import xlwings as xw


def _say(name: str, /, **fields: object) -> str:
    return wording(f"addin.done.{name}", **fields)


def _joined(parts: list[str]) -> str:
    return wording("text.list.joiner").join(parts)


def distribute(book: xw.Book | None) -> str:
    """Make the forms (調査票を作る)."""
    from kohyo.usecases.distribute import distribute as use_case  # noqa: PLC0415 - a click loads only its own task

    register = OpenRegister.of(book)
    with register.at_work() as root:
        done = use_case(root, progress=register.progress)
    open_on_screen(register.workspace.forms)
    return _say("distribute", count=len(done.forms), folder=register.workspace.forms.name, deadline=done.deadline)


def consolidate(book: xw.Book | None) -> str:
    """Take what came back into the register (取り込む)."""
    from kohyo.usecases.consolidate import consolidate as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("import_report", changing=True) as root:
        done = use_case(root, progress=register.progress)
    register.put_back(done.saved)
    register.show(done.report)
    return register.said(consolidated_sentence(done))


def consolidated_sentence(done: Consolidated) -> str:
    """Return what is said after a consolidation, by the ribbon and by the watched folder alike."""
    outcomes = [
        wording("result.outcome", outcome=wording(f"workbook.outcome.{outcome.value}"), count=count)
        for outcome, count in done.outcomes.items()
        if count
    ]
    taken = sum(count for outcome, count in done.outcomes.items() if outcome in READABLE)
    files = sum(done.outcomes.values())
    return _say(
        "consolidate",
        files=files,
        taken=taken,
        left=_say("left", count=files - taken) if files > taken else "",
        outcomes=_joined(outcomes),
        conflicts=done.open_conflicts,
        notes=done.open_notes,
        **_weights(done.findings),
    )


def _weights(findings: tuple[Finding, ...]) -> dict[str, int]:
    counts = Counter(severity(finding.code) for finding in findings)
    return {weight.value: counts[weight] for weight in Severity}


def status(book: xw.Book | None) -> str:
    """Tell who has answered (回収状況)."""
    from kohyo.tables.state_counts import count_line  # noqa: PLC0415
    from kohyo.usecases.status import status as use_case  # noqa: PLC0415
    from kohyo.workspace.status_lines import earlier_lines, moved_lines  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("status") as root:
        done = use_case(root)
    register.show(done.report)
    unread = _say("unread", count=done.unread) if done.unread else ""
    told = _say("status", count=len(done.respondents), counts=count_line(done.counts), unread=unread)
    return register.said("".join((told, *earlier_lines(done.earlier), *moved_lines(done.moved))))


def reminders(book: xw.Book | None) -> str:
    """Draft the reminders (督促文)."""
    from kohyo.usecases.status import status as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("status") as root:
        done = use_case(root)
    drafts = (*done.reminders, *done.reminders_kept)
    if not drafts:
        return register.said(_say("no_reminders"))
    folder = drafts[0].parent
    open_on_screen(folder)
    kept = _say("reminders_kept", count=len(done.reminders_kept)) if done.reminders_kept else ""
    return register.said(_say("reminders", count=len(done.reminders), folder=folder.name, kept=kept))


def resolve(book: xw.Book | None) -> str:
    """Apply the decisions of the 競合 sheet (競合を反映)."""
    from kohyo.usecases.resolve import resolve as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work(changing=True) as root:
        done = use_case(root)
    register.put_back(done.saved)
    counts = {"settled": done.settled, "waiting": done.waiting}
    wrong = weighty(done.findings)
    if not wrong:
        return _say("resolve", **counts)
    return _say("resolve_findings", **counts, count=len(wrong), first=located(wrong[0]))


def findings(book: xw.Book | None) -> str:
    """Open the list of findings (指摘一覧へ)."""
    register = OpenRegister.of(book)
    report = register.workspace.result("import_report")
    if not report.is_file():
        raise UsageError("addin_no_findings", label=wording("addin.buttons.consolidate.label"))
    register.show(report, wording("report.findings.name"))
    return _say("findings")


def matrix(book: xw.Book | None) -> str:
    """Make the matrix (体系表を作る)."""
    from kohyo.usecases.matrix import matrix as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("matrix") as root:
        done = use_case(root)
    return _shown(register, done.books[0])


def item_list(book: xw.Book | None) -> str:
    """Make the list of items (取組み一覧)."""
    from kohyo.usecases.tables import make_tables as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("item_list") as root:
        done = use_case(root, (wording("workbook.files.item_list"),))
    return _shown(register, done.books[0])


def _shown(register: OpenRegister, path: Path) -> str:
    register.show(path)
    return register.said(_say("table", file=path.name))


def diff(book: xw.Book | None) -> str:
    """Compare a version with the register as it stands (新旧対照表)."""
    from kohyo.usecases.diff import diff as use_case  # noqa: PLC0415
    from kohyo.workspace.versions import version_files  # noqa: PLC0415

    register = OpenRegister.of(book)
    versions = sorted(version_files(register.workspace), key=lambda path: path.stat().st_mtime)
    if not versions:
        raise UsageError("addin_no_version", label=wording("addin.buttons.freeze.label"))
    known = _joined([path.stem for path in versions])
    old = register.asked(wording("addin.asked.old", known=known), versions[-1].stem)
    if not old:
        return _say("no_old")
    with register.at_work("comparison") as root:
        done = use_case(root, old)
    return _shown(register, done.book) if done.book else register.said(_say("table_unwritten"))


def tables(book: xw.Book | None) -> str:
    """Make every official table (すべての表)."""
    from kohyo.usecases.tables import make_tables as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work(every_result=True) as root:
        done = use_case(root)
    open_on_screen(register.workspace.results)
    return register.said(_say("tables", count=len(done.books), folder=register.workspace.results.name))


def freeze(book: xw.Book | None) -> str:
    """Freeze the register as a version (確定)."""
    from kohyo.usecases.freeze import freeze as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    name = register.asked(wording("addin.asked.version"))
    if not name:
        return _say("no_name")
    with register.at_work() as root:
        try:
            done = use_case(root, name)
        except UsageError as problem:
            if problem.key != "still_open" or not register.meant(problem):
                raise
            done = use_case(root, name, anyway=True)
    still = wording("versions.result.frozen_open", lines="".join(done.open)) if done.open else ""
    return _say("freeze", name=done.version.name, items=done.items) + still


def doctor(book: xw.Book | None) -> str:
    """Check this PC's set-up (診断)."""
    from kohyo.addin.doctor import diagnose  # noqa: PLC0415
    from kohyo.addin.guard import workspace_of  # noqa: PLC0415

    workspace = workspace_of(book) if book is not None else None
    return diagnose(workspace.root if workspace else None).sentence


def guide(book: xw.Book | None) -> str:  # noqa: ARG001 - every task takes the book
    """Open the guide (手引き)."""
    from kohyo.addin.guide import write_guide  # noqa: PLC0415

    open_on_screen(write_guide())
    return _say("guide")
