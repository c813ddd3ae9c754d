"""Tables (作表): the plan's own tables from the register, each with its machine-readable twin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from kohyo.definition.lives import of_year, plan_of_year
from kohyo.definition.public import public_plan
from kohyo.errors import UsageError
from kohyo.excel.table_book.pdf import NoOfficeError, write_pdfs
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Table
from kohyo.tables.table_books import TableBook, book_named, table_books
from kohyo.workspace.folder import Location
from kohyo.workspace.known_books import KnownBook, known_book
from kohyo.workspace.session import Session, row_faults, session, stop_if_broken
from kohyo.workspace.spread import spread
from kohyo.workspace.versions import versions_of_past
from kohyo.workspace.writing_books import Book, write_book


@dataclass(frozen=True)
class Tabulated:
    """The workbooks written, their machine-readable twins, and PDFs where they were asked for."""

    books: tuple[Path, ...]
    twins: tuple[Path, ...]
    pdfs: tuple[Path, ...] = ()
    lacks_office: bool = False
    """Whether PDFs were asked for and LibreOffice, which makes them, is not here."""
    empty: tuple[str, ...] = ()
    """What was asked for by its name and has nothing to show yet, so that no workbook was written."""

    @property
    def needs_person(self) -> bool:
        """Tell whether something asked for could not be made."""
        return self.lacks_office or bool(self.empty)


def make_tables(
    root: Location,
    only: str | Sequence[str] = (),
    *,
    public: bool = False,
    pdf: bool = False,
    executor: Executor | None = None,
) -> Tabulated:
    """Write every table of the plan, or those named in ``only`` (取組み一覧 …), with ``pdf`` beside each.

    ``public`` writes them for publication (公表) into a folder of their own: without internal fields and books. An
    ``executor`` of ``concurrent.futures`` writes the books; they are the same.
    Raises UsageError for a name that no table bears, and where the register has no items.
    """
    names = (only,) if isinstance(only, str) else only
    asked: list[str] = []

    def wanted(plan: Plan) -> Sequence[TableBook]:
        chosen = tuple(book_named(plan, name) for name in names if name) or table_books(plan)
        found = tuple(book for book in chosen if not (public and book.internal))
        asked.extend(book.name for book in found)
        return found

    made = tabulate(root, wanted, public=public, pdf=pdf, executor=executor)
    if not any(names):
        return made
    written = {path.stem for path in made.books}
    return replace(made, empty=tuple(name for name in asked if name not in written))


def tabulate(
    root: Location,
    wanted: Callable[[Plan], Sequence[TableBook]],
    *,
    public: bool = False,
    pdf: bool = False,
    executor: Executor | None = None,
) -> Tabulated:
    """Write the books that ``wanted`` chooses for the plan, and their twins; raise UsageError without any items."""
    with session(root, "tables", looking=True) as current:
        stop_if_broken(current, row_faults(current))
        chosen = wanted(current.plan)
        if not current.register.current:
            raise UsageError("no_items", register=current.workspace.register.name)
        made = _write(current, chosen, executor, public=public)
    return _with_pdfs(made) if pdf else made


def _write(current: Session, chosen: Sequence[TableBook], executor: Executor | None, *, public: bool) -> Tabulated:
    plan = public_plan(current.plan) if public else current.plan
    register = replace(current.register, conflicts=()) if public else current.register
    results = current.workspace.results
    folder = results / wording("workbook.files.public") if public else results
    twins: dict[Path, tuple[Path, ...]] = {}
    new: list[KnownBook] = []

    def books() -> Iterator[Book]:
        """Yield the books that have to be written; of those that stand as they are only the date changes."""
        for book, tables in _tables_of(current, chosen, plan, register):
            path = folder / book.file
            known = known_book(current.workspace, path, (plan, current.plan), tables)
            standing = known.as_of(current.now)
            twins[path] = standing[1] if standing else ()
            if standing:
                current.files.put(path, standing[0])
            else:
                new.append(known)
                yield Book(plan, current.plan, tables, current.now)

    for place, (content, beside) in enumerate(spread(executor, write_book, books())):
        known = new[place]
        current.files.put(known.path, content)
        twins[known.path] = current.put_all(folder / current.workspace.data.name, beside)
        known.keep(content, dict(zip(twins[known.path], beside.values(), strict=True)))
    return Tabulated(tuple(twins), tuple(path for beside in twins.values() for path in beside))


def _tables_of(
    current: Session, chosen: Sequence[TableBook], plan: Plan, register: Register
) -> Iterator[tuple[TableBook, tuple[Table, ...]]]:
    """Yield the tables of each book; a book without any is none."""
    past = versions_of_past(current.workspace, plan) if any(book.over_years for book in chosen) else {}
    registers = {**{year: known.register for year, known in past.items()}, plan.cycle.year: register}
    plans = {year: plan_of_year(plan, known.plan, year) for year, known in past.items()}
    shown = of_year(plan, registers, plan.cycle.year)
    for book in chosen:
        tables = book.over_years(plan, registers, plans) if book.over_years else book.build(plan, shown)
        if tables:
            yield book, tables


def _with_pdfs(made: Tabulated) -> Tabulated:
    try:
        return Tabulated(made.books, made.twins, write_pdfs(made.books))
    except NoOfficeError:
        return Tabulated(made.books, made.twins, lacks_office=True)
