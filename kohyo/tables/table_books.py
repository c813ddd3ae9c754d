"""Every workbook of tables (表のブック) that kohyo makes: its file name and the builder of its tables.

A builder takes plan and register; the use case ``tables`` writes what it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from kohyo.definition.lives import of_year
from kohyo.definition.structure import has_matrix, has_proposals
from kohyo.definition.surveys import survey_keys, survey_name
from kohyo.errors import UsageError
from kohyo.messages import wording
from kohyo.model.data_table import DataTable
from kohyo.model.plan import Plan
from kohyo.model.plan_fields import SheetKind
from kohyo.model.register import Register
from kohyo.model.table import Table
from kohyo.tables.effects import effect_tables
from kohyo.tables.field_groups import kind_title, kinds_by
from kohyo.tables.from_data import data_table, with_items
from kohyo.tables.headquarters import headquarters_tables
from kohyo.tables.hearing import hearing_tables
from kohyo.tables.item_list import item_list_tables
from kohyo.tables.item_sheets import item_sheet_tables
from kohyo.tables.matrix import matrix_tables
from kohyo.tables.proposals import proposal_tables
from kohyo.tables.schedule import schedule_tables
from kohyo.tables.submissions import block_tables
from kohyo.tables.survey_review import Plans, Registers, reviews_years, survey_review
from kohyo.tables.teams import team_tables
from kohyo.tables.yearly_sheets import sheets_over_years, yearly_sheet_tables
from kohyo.text.normalise import key
from kohyo.text.tabs import file_stem

Builder = Callable[[Plan, Register], tuple[Table, ...]]


@dataclass(frozen=True)
class TableBook:
    """A workbook by its file name, and the function that builds its tables."""

    file: str
    build: Builder
    internal: bool = False
    """Whether it is for the office alone and never published."""
    over_years: Callable[[Plan, Registers, Plans], tuple[Table, ...]] | None = None
    """What builds it from the registers of all years, where it tells of more than the year that runs."""

    @property
    def name(self) -> str:
        """What people call it: the file's name without its ending."""
        return Path(self.file).stem


_OFFICIAL: Mapping[str, Builder] = {
    "matrix": matrix_tables,
    "item_list": item_list_tables,
    "item_sheets": item_sheet_tables,
    "yearly": yearly_sheet_tables,
    "teams": team_tables,
    "proposals": proposal_tables,
    "hearing": hearing_tables,
    "schedule": schedule_tables,
    "headquarters": headquarters_tables,
    "effects": effect_tables,
}
"""The books made from the register, by the key of their file name (``workbook.files``)."""

_REPORT = "headquarters"
_LONGEST = 16
"""Characters of the report's name: its sheets are named after it, too."""

_INTERNAL = frozenset({"proposals", "hearing"})
"""Of these, the books for the office alone."""

_OVER_YEARS: Mapping[str, Callable[[Plan, Registers, Plans], tuple[Table, ...]]] = {"yearly": sheets_over_years}
"""Of these, the books that tell of several years, and what builds them where the registers of all are known."""

_NEEDS: Mapping[str, Callable[[Plan], bool]] = {"matrix": has_matrix, "proposals": has_proposals}
"""Of these, the books that not every plan has got, and what tells whether one has."""


def official_book(name: str) -> TableBook:
    """Return the book made from the register under this key; raise KeyError when there is none."""
    return TableBook(wording(f"workbook.files.{name}"), _OFFICIAL[name], name in _INTERNAL, _OVER_YEARS.get(name))


def table_books(plan: Plan) -> tuple[TableBook, ...]:
    """Return the books that are made for a plan: from the register, a list per kind of block, then its data tables.

    Those that the definition names; where it names none, all that make sense: without a matrix no 体系表. Of two
    books with one name the first is made. Raises UsageError where the definition names one that there is not.
    """
    known = {key(book.name): book for book in _all_books(plan)}
    usual = {key(_usual_report()): key(_report_name(plan))}
    named = [usual.get(key(wanted.name), key(wanted.name)) for wanted in plan.books]
    for wanted, name in zip(plan.books, named, strict=True):
        if name not in known:
            names = wording("text.list.joiner").join(book.name for book in known.values())
            raise UsageError("unknown_table", name=wanted.name, known=names)
    return tuple(book for name, book in known.items() if name in (named or known))


def _all_books(plan: Plan) -> tuple[TableBook, ...]:
    official = [
        _report_book(plan) if name == _REPORT else official_book(name)
        for name in _OFFICIAL
        if name not in _NEEDS or _NEEDS[name](plan)
    ]
    lists = [_list_book(plan, kind) for kind in kinds_by(plan, "block")]
    reviews = [_review_book(plan, name) for name in survey_keys(plan) if reviews_years(plan, name)]
    found = {key(book.name): book for book in reversed((*official, *reviews, *lists))}
    found = dict(reversed(found.items()))
    for data in plan.tables:
        book = found.get(key(data.book or data.name))
        if book is None:
            found[key(data.book or data.name)] = _data_book(data)
        elif data.book:
            found[key(data.book)] = _joined(book, data)
    return tuple(found.values())


def book_named(plan: Plan, name: str) -> TableBook:
    """Return the book that people call ``name``, with or without its ending; raise UsageError for an unknown one."""
    known = table_books(plan)
    asked = {key(Path(name).stem)}
    asked |= {key(_report_name(plan))} if key(_usual_report()) in asked else set()
    for book in known:
        if key(book.name) in asked:
            return book
    raise UsageError("unknown_table", name=name, known=wording("text.list.joiner").join(book.name for book in known))


def _usual_report() -> str:
    return Path(wording(f"workbook.files.{_REPORT}")).stem


def _report_name(plan: Plan) -> str:
    """Return what the report is called: by the body that it goes to, the first of the definition's (会議体)."""
    called = wording("printed.headquarters.of_body", body=plan.seats[0].body) if plan.seats else ""
    return called if 0 < len(called) <= _LONGEST else wording("printed.headquarters.plain")


def _report_book(plan: Plan) -> TableBook:
    """Return the report under its plan's name for it; it is about no body that the plan has not got."""
    usual, own = _usual_report(), _report_name(plan)

    def build(of: Plan, register: Register) -> tuple[Table, ...]:
        tables = headquarters_tables(of, register)
        return tuple(
            replace(table, name=table.name.replace(usual, own), title=table.title.replace(usual, own))
            for table in tables
        )

    return TableBook(wording("workbook.files.data_table", name=own), build)


def _review_book(plan: Plan, survey: str) -> TableBook:
    """Return the book of a survey that reviews the years before it."""
    file = wording("workbook.files.review", survey=file_stem(survey_name(plan, survey)))

    def over_years(of: Plan, registers: Registers, _: Plans) -> tuple[Table, ...]:
        return survey_review(of, survey, registers)

    return TableBook(file, lambda of, register: over_years(of, {of.cycle.year: register}, {}), over_years=over_years)


def _list_book(plan: Plan, kind: SheetKind) -> TableBook:
    """Return the list of what departments wrote into blocks; whether it is published is for them to decide."""
    title = file_stem(kind_title(plan, kind))
    return TableBook(wording("workbook.files.sent", title=title), partial(block_tables, kind), internal=True)


def _data_book(data: DataTable) -> TableBook:
    return TableBook(wording("workbook.files.data_table", name=data.book or data.name), partial(_from_data, data))


def _joined(book: TableBook, data: DataTable) -> TableBook:
    """Return a book with a table of the definition's data behind its own."""
    years = book.over_years
    if years is None:
        return replace(book, build=partial(_together, book.build, data))

    def over_years(of: Plan, registers: Registers, plans: Plans) -> tuple[Table, ...]:
        shown = of_year(of, registers, of.cycle.year)
        return _together(lambda plan, _: years(plan, registers, plans), data, of, shown)

    return replace(book, build=partial(_together, book.build, data), over_years=over_years)


def _together(build: Builder, data: DataTable, plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the tables of a book and, behind them, one of the definition's data that stands there, too."""
    return (*build(plan, register), *(replace(table, joins=True) for table in _from_data(data, plan, register)))


def _from_data(data: DataTable, plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the table of a definition's data; there is none while nobody has written a row."""
    return (data_table(with_items(plan, data, register.current)),) if data.rows else ()
