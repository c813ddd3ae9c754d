"""What the buttons of the year do (一年のボタン): begin, take the list in, check, number, look back, take back, go on.

What changes the register says first what will happen, and does it when that is wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from kohyo.addin.guard import refuse_settings
from kohyo.addin.host import excel, open_book
from kohyo.addin.open_register import OpenRegister
from kohyo.addin.screen import asked, picked
from kohyo.errors import TextError, UsageError
from kohyo.messages import located, severity, weighty, wording
from kohyo.model.finding import Finding, Severity
from kohyo.model.fiscal_year import FiscalYear
from kohyo.text.dates import fiscal_year_label, parse_date, show_date

if TYPE_CHECKING:
    import xlwings as xw

    from kohyo.usecases.define import Defined
    from kohyo.usecases.rollover import RolledOver

_MOST_SHOWN = 12
"""Lines that are shown at most before a task is done."""

_MOST_TOLD = 5
"""Findings that one sentence tells at most; the others are counted."""


def _say(name: str, /, **fields: object) -> str:
    return wording(f"addin.done.{name}", **fields)


def _not_wanted() -> str:
    return _say("not_wanted")


def new(book: xw.Book | None) -> str:
    """Make a workspace in a folder that is picked, and open its register (新しい作業フォルダ)."""
    from kohyo.usecases.new import DEFAULT_PLAN, new_workspace  # noqa: PLC0415 - a click loads only its own task
    from kohyo.usecases.plans import plans  # noqa: PLC0415

    if book is not None:
        refuse_settings(book)
    app = book.app if book is not None else excel()
    folder = picked(app, wording("addin.asked.new_folder"), folder=True)
    if folder is None:
        return _not_wanted()
    known = "\n".join(wording("addin.asked.plan_line", name=plan.name, about=plan.about) for plan in plans().plans)
    plan = asked(app, wording("addin.asked.plan", known=known), DEFAULT_PLAN)
    if not plan:
        return _not_wanted()
    made = new_workspace(folder, plan)
    open_book(app, made.register).api.Activate()
    return _say("new", folder=made.root, definition=made.definition.name)


def import_items(book: xw.Book | None) -> str:
    """Take the plan's list into the register (取込み（一覧）)."""
    from kohyo.usecases.import_items import import_items as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    file = picked(register.book.app, wording("addin.asked.list"))
    if file is None or not register.confirmed("import_items", file=file.name):
        return _not_wanted()
    with register.at_work(changing=True) as root:
        done = use_case(root, file)
    register.put_back(done.saved)
    return register.said(
        _say(
            "import_items",
            file=file.name,
            listed=done.listed,
            added=done.added,
            changed=done.changed,
            unchanged=done.unchanged,
            found=_found(weighty(done.findings)),
        )
    )


def define(book: xw.Book | None) -> str:
    """Show what an edited definition changes, and bring the register in line when that is wanted (定義を反映)."""
    from kohyo.usecases.define import define as use_case  # noqa: PLC0415
    from kohyo.usecases.define_lines import change_line, effect_lines, exchanged_lines  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.laid_down() as root:
        told = use_case(root, check=True)
    if not told.changes:
        return register.said(_say("define_none"))
    changes = [change_line(change) for change in told.changes]
    lines = _few([*changes, *exchanged_lines(told), *effect_lines(told)])
    if not register.confirmed("define", count=len(told.changes), lines=lines):
        return register.said(_say("define_only", count=len(told.changes)))
    same = bool(told.reworded) and register.confirmed("same_choices", lines=_reworded(told))
    with register.laid_down() as root:
        done = use_case(root, same_choices=same)
    return register.said(_say("define", count=len(done.changes), found=_found(weighty(done.findings))))


def _reworded(told: Defined) -> str:
    """Return the choices that may be the same in other words, a line each."""
    return _few([wording("addin.confirm.same_choice", **asdict(choice)) for choice in told.reworded])


def _few(lines: Sequence[str]) -> str:
    """Return as many lines as a window shows, and how many more there are."""
    shown = [*lines[:_MOST_SHOWN], *([_say("more", count=len(lines) - _MOST_SHOWN)] if lines[_MOST_SHOWN:] else [])]
    return "\n".join(shown)


def burden(book: xw.Book | None) -> str:
    """Tell what the forms cost before they go out, and open the report (記入の量)."""
    from kohyo.usecases.burden import burden as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("burden") as root:
        done = use_case(root)
    register.show(done.report)
    return register.said(
        _say(
            "burden",
            departments=len(done.burdens),
            to_type=sum(entry.to_type for entry in done.burdens),
            prefilled=sum(entry.prefilled for entry in done.burdens),
            similar=len(done.similar),
            file=done.report.name,
        )
    )


def check(book: xw.Book | None) -> str:
    """Look one returned form over, without taking it in (ファイルを点検)."""
    from kohyo.usecases.check import check as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    file = picked(register.book.app, wording("addin.asked.form"))
    if file is None:
        return _not_wanted()
    done = use_case(file, register.workspace.definition, register.progress)
    return _say("check", file=file.name, counts=_counts(done.findings), found=_found(weighty(done.findings)))


def audit(book: xw.Book | None) -> str:
    """Find what contradicts itself in register, tables and definition (監査)."""
    from kohyo.usecases.audit import audit as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("audit_report") as root:
        done = use_case(root)
    if done.report is None:
        return register.said(_say("table_unwritten"))
    register.show(done.report)
    return register.said(_say("audit", counts=_counts(done.findings), file=done.report.name))


def renumber(book: xw.Book | None) -> str:
    """Propose new numbers, show them, and apply them when they are wanted (番号)."""
    from kohyo.model.renumbering import Why  # noqa: PLC0415
    from kohyo.usecases.renumber import renumber as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    with register.at_work("number_proposal") as root:
        proposed = use_case(root)
    kept, added = proposed.counts.get(Why.KEPT, 0), proposed.counts.get(Why.ADDED, 0)
    counts = {"changed": len(proposed.numbers) - kept - added, "added": added, "kept": kept}
    if kept == len(proposed.numbers):
        return register.said(_say("renumber_none", **counts))
    if proposed.book is not None:
        register.show(proposed.book)
    if not register.confirmed("renumber", **counts):
        return register.said(_say("renumber_proposed", **counts))
    with register.at_work("number_proposal", changing=True) as root:
        done = use_case(root, apply=True)
    if done.saved is not None:
        register.put_back(done.saved)
    return register.said(_say("renumber", **counts, version=done.version))


def show(book: xw.Book | None) -> str:
    """Show the register as it was at the end of a day (その日の台帳)."""
    from kohyo.usecases.show import show as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    answer = register.asked(wording("addin.asked.day"), f"{date.today():%Y/%m/%d}")  # noqa: DTZ011 - the day of this desk
    if not answer:
        return _not_wanted()
    try:
        day = parse_date(answer)
    except TextError as error:
        raise UsageError("addin_no_day", text=answer) from error
    out = _free(register.workspace.results / wording("addin.files.past", day=day.isoformat()))
    with register.at_work() as root:
        done = use_case(root, day, out)
    register.show(out)
    return register.said(_say("show", day=show_date(day), items=len(done.items), file=out.name))


def undo(book: xw.Book | None) -> str:
    """Take back the last command that changed the register (元に戻す)."""
    from kohyo.usecases.undo import last_command  # noqa: PLC0415
    from kohyo.usecases.undo import undo as use_case  # noqa: PLC0415

    register = OpenRegister.of(book)
    last = last_command(register.root)
    command = wording(f"notices.commands.{last.command}")
    if not register.confirmed("undo", command=command, at=_moment(last.at)):
        return _not_wanted()
    with register.laid_down() as root:
        use_case(root)
    return register.said(_say("undo", command=command, at=_moment(last.at)))


def rollover(book: xw.Book | None) -> str:
    """Freeze the year and open the next one (年度替わり)."""
    from kohyo.excel.definition_book.definition_reader import read_definition  # noqa: PLC0415

    register = OpenRegister.of(book)
    year = read_definition(register.workspace.definition).cycle.year
    years = {"old": fiscal_year_label(FiscalYear(year)), "new": fiscal_year_label(FiscalYear(year + 1))}
    if not register.confirmed("rollover", **years):
        return _not_wanted()
    with register.laid_down() as root:
        done = _rolled_over(register, root)
    if done is None:
        return _not_wanted()
    left = _say("rollover_left", count=len(done.left)) if done.left else ""
    return register.said(_say("rollover", **years, emptied=done.emptied, version=done.version, left=left))


def _rolled_over(register: OpenRegister, root: Path) -> RolledOver | None:
    """Open the next year; where something is still open, only when that is wanted."""
    from kohyo.usecases.rollover import rollover as use_case  # noqa: PLC0415

    try:
        return use_case(root)
    except UsageError as problem:
        if problem.key != "still_open":
            raise
        return use_case(root, anyway=True) if register.meant(problem) else None


def _free(path: Path) -> Path:
    """Return the path, with a number behind its name where something stands there."""
    names = (path.with_stem(f"{path.stem}-{number}") if number > 1 else path for number in count(1))
    return next(name for name in names if not name.exists())


def _moment(at: datetime) -> str:
    return f"{at:%Y/%m/%d %H:%M}"


def _counts(findings: tuple[Finding, ...]) -> str:
    """Return how many findings there are of each weight."""
    counts = Counter(severity(finding.code) for finding in findings)
    return _say("counts", **{weight.value: counts[weight] for weight in Severity})


def _found(findings: tuple[Finding, ...]) -> str:
    """Return the first of the findings with their places, and how many more there are; nothing where there is none."""
    lines = [located(finding) for finding in findings[:_MOST_TOLD]]
    more = len(findings) - len(lines)
    return "".join(f"\n{line}" for line in [*lines, *([_say("more", count=more)] if more else [])])
