"""Tables (作表): the plan's own tables from the register, each with its machine-readable twin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kohyo.errors import UsageError
from kohyo.excel.write.table_book import write_tables
from kohyo.excel.write.twins import write_twins
from kohyo.model.plan import Plan
from kohyo.usecases.books import Book, book_named, books, official_book
from kohyo.usecases.session import session, stop_if_broken


@dataclass(frozen=True)
class Tabulated:
    """The workbooks written and their machine-readable twins."""

    books: tuple[Path, ...]
    twins: tuple[Path, ...]


def matrix(root: Path) -> Tabulated:
    """Write 結果/体系表.xlsx; raise UsageError when the register has no items."""
    return _tabulate(root, lambda _plan: (official_book("matrix"),))


def make_tables(root: Path, only: Sequence[str] = ()) -> Tabulated:
    """Write every table of the plan, or those named in ``only`` (取組み一覧 …); raise UsageError for unknown names."""
    return _tabulate(root, lambda plan: tuple(book_named(plan, name) for name in only) or books(plan))


def _tabulate(root: Path, wanted: Callable[[Plan], Sequence[Book]]) -> Tabulated:
    with session(root) as current:
        stop_if_broken(current)
        chosen = wanted(current.plan)
        if not current.register.current:
            raise UsageError("no_items", register=current.workspace.register.name)
        paths: list[Path] = []
        twins: list[Path] = []
        for book in chosen:
            made = book.build(current.plan, current.register)
            paths.append(current.workspace.results / book.file)
            write_tables(paths[-1], current.plan, made, created=current.now)
            twins.extend(write_twins(current.workspace.data, made))
        return Tabulated(tuple(paths), tuple(twins))
