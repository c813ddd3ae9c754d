"""Tables (作表): the plan's own tables from the register, each with its machine-readable twin."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kohyo.errors import UsageError
from kohyo.excel.write.table_book import write_tables
from kohyo.excel.write.twins import write_twins
from kohyo.messages import wording
from kohyo.model.plan import Plan
from kohyo.model.table import Table
from kohyo.register.state import Register
from kohyo.tables.item_list import item_list
from kohyo.tables.matrix_sheets import matrix_tables
from kohyo.text.normal import key
from kohyo.usecases.session import Session, session, stop_if_broken

Builder = Callable[[Plan, Register], tuple[Table, ...]]


@dataclass(frozen=True)
class Tabulated:
    """The workbooks written and their machine-readable twins."""

    books: tuple[Path, ...]
    twins: tuple[Path, ...]


def _matrix(plan: Plan, register: Register) -> tuple[Table, ...]:
    return matrix_tables(plan, register.current, register.current_entries)


def _item_list(plan: Plan, register: Register) -> tuple[Table, ...]:
    return (item_list(plan, register.current),)


_BOOKS: Mapping[str, Builder] = {"matrix": _matrix, "item_list": _item_list}
"""Every official workbook by the key of its file name (``workbook.files``)."""


def table_keys() -> tuple[str, ...]:
    """Return the keys of every official workbook's file name."""
    return tuple(_BOOKS)


def matrix(root: Path) -> Tabulated:
    """Write 結果/体系表.xlsx; raise UsageError when the register has no items."""
    return _tabulate(root, ("matrix",))


def make_tables(root: Path, only: Sequence[str] = ()) -> Tabulated:
    """Write every official table, or those named in ``only`` (取組み一覧 …); raise UsageError for an unknown name."""
    return _tabulate(root, tuple(_key_of(name) for name in only) or tuple(_BOOKS))


def _tabulate(root: Path, keys: Sequence[str]) -> Tabulated:
    with session(root) as current:
        stop_if_broken(current)
        if not current.register.current:
            raise UsageError("no_items", register=current.workspace.register.name)
        books: list[Path] = []
        twins: list[Path] = []
        for book in keys:
            made = _BOOKS[book](current.plan, current.register)
            books.append(_write(current, book, made))
            twins.extend(write_twins(current.workspace.data, made))
        return Tabulated(tuple(books), tuple(twins))


def _write(current: Session, book: str, made: Sequence[Table]) -> Path:
    path = current.workspace.result(book)
    write_tables(path, current.plan, made, created=current.now)
    return path


def _key_of(name: str) -> str:
    for book in _BOOKS:
        if key(Path(name).stem) == key(_label(book)):
            return book
    known = wording("text.list.joiner").join(_label(book) for book in _BOOKS)
    raise UsageError("unknown_table", name=name, known=known)


def _label(book: str) -> str:
    return Path(wording(f"workbook.files.{book}")).stem
