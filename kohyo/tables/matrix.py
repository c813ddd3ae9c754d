"""The matrix (体系表) as tables: the curated excerpt (抜粋), every item (全件), and the sheets that count them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kohyo.messages import wording
from kohyo.model.item import Item, ItemId
from kohyo.model.matrix import MatrixEntry
from kohyo.model.plan import Goal, Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import (
    GOAL_COLUMNS,
    goal_cells,
    goal_columns,
    head,
    in_lines,
    is_open,
    numbers,
    of_goal,
    ticked,
    version,
)
from kohyo.tables.matrix_cells import CellLine, cell_lines, grouped, is_cross_listed, join, spell
from kohyo.tables.matrix_departments import by_department
from kohyo.tables.matrix_grid import counts, grid

_NUMBERS_A_LINE = 2


@dataclass(frozen=True)
class _Group:
    """The lines of one goal under one label: a perspective, 視点不明 or 該当なし."""

    label: str
    lines: Sequence[CellLine]


def matrix_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the tables of 体系表, in the order of its sheets: 抜粋, 全件, 5×6表, 件数, 部別."""
    items, entries = register.current, register.current_entries
    return (
        excerpt(plan, items, entries),
        full(plan, items, entries),
        grid(plan, items),
        counts(plan, items),
        by_department(plan, items),
    )


def excerpt(plan: Plan, items: Sequence[Item], entries: Sequence[MatrixEntry]) -> Table:
    """Return 体系表（抜粋）: the curated entries, spelled as the plan prints them; empty cells are left out."""
    lines = cell_lines(plan, entries)
    known = {item.id: item for item in items}
    body: list[Row] = []
    records: list[Mapping[str, Scalar]] = []
    for goal in plan.goals:
        groups = [_Group(entry.label, lines[goal.code, entry.key]) for entry in plan.perspectives]
        filled = [group for group in groups if group.lines]
        body += _excerpt_rows(plan, goal, filled)
        records += [_excerpt_record(plan, goal, group, known) for group in filled]
    columns = (*goal_columns(), _perspective_column(), Column("text", wording("tables.excerpt.text"), 40.5))
    return Table(
        name=wording("tables.excerpt.name"),
        title=wording("tables.excerpt.title"),
        columns=columns,
        head=(_head(columns),),
        body=tuple(body),
        record_columns=(*columns, Column("numbers", head("numbers"), 10, several=True)),
        records=tuple(records),
        subtitle=version(plan),
        notes=(
            wording("tables.excerpt.note", mark=plan.matrix_wording.cross_listed, full=wording("tables.full.name")),
        ),
    )


def full(plan: Plan, items: Sequence[Item], entries: Sequence[MatrixEntry]) -> Table:
    """Return 体系表（全件）: every ticked item; what no perspective is known for follows, so that none is missing."""
    known = {item.id: item for item in items}
    body: list[Row] = []
    records: list[Mapping[str, Scalar]] = []
    for goal in plan.goals:
        groups = [group for group in _full_groups(plan, goal, items, entries) if group.lines]
        body += _full_rows(goal, groups, known)
        records += [_full_record(goal, group, line, known) for group in groups for line in group.lines]
    columns = (
        *goal_columns(),
        _perspective_column(),
        Column("numbers", head("number"), 6.5, "center", several=True),
        Column("text", wording("tables.full.text"), 34),
    )
    return Table(
        name=wording("tables.full.name"),
        title=wording("tables.full.title"),
        columns=columns,
        head=(_head(columns),),
        body=tuple(body),
        record_columns=(*columns, Column("cross_listed", head("cross_listed"), 4)),
        records=tuple(records),
        subtitle=version(plan),
        notes=(
            wording("tables.full.note_entries"),
            wording("tables.full.note_cross_listed", mark=plan.matrix_wording.cross_listed),
            wording("tables.full.note_unknown", unknown=head("unknown")),
        ),
    )


def _perspective_column() -> Column:
    return Column("perspective", head("perspective"), 6, "center", names="perspective")


def _head(columns: Sequence[Column]) -> Row:
    """Return the heading row; one heading stands over numeral and name of the goal."""
    cells = [Cell(column.label, "head") for column in columns[GOAL_COLUMNS:]]
    return Row((Cell(head("goal"), "head", across=GOAL_COLUMNS), None, *cells))


def _excerpt_rows(plan: Plan, goal: Goal, groups: Sequence[_Group]) -> Iterator[Row]:
    """Yield one row per cell that says something; a goal stays on one page where it fits."""
    if not groups:
        yield Row((*goal_cells(goal, 1), Cell("", "label"), Cell(wording("tables.excerpt.nothing"), "muted")))
    for place, group in enumerate(groups):
        goals = (None, None) if place else goal_cells(goal, len(groups))
        cells = (*goals, Cell(group.label, "label"), Cell(join(plan, group.lines)))
        yield Row(cells, keep_with_next=place + 1 < len(groups))


def _excerpt_record(plan: Plan, goal: Goal, group: _Group, known: Mapping[ItemId, Item]) -> Mapping[str, Scalar]:
    items = dict.fromkeys(item for line in group.lines for item in line.items)
    return {
        **_goal_record(goal, group),
        "text": join(plan, group.lines),
        "numbers": _numbers(tuple(items), known),
    }


def _full_groups(plan: Plan, goal: Goal, items: Sequence[Item], entries: Sequence[MatrixEntry]) -> Iterator[_Group]:
    """Yield the groups of a goal: its perspectives, then what is in none of them, 視点不明 before 該当なし."""
    curated = grouped(entries)
    own = of_goal(items, goal)
    seen: set[ItemId] = set()
    for perspective in plan.perspectives:
        lines = spell(plan, curated.get((goal.code, perspective.key), ()), seen)
        listed = {item for line in lines for item in line.items}
        others = [item for item in ticked(own, perspective) if item.id not in listed]
        lines += [_by_title(plan, item, seen) for item in others]
        seen.update(item.id for item in others)
        yield _Group(perspective.label, lines)
    rest = [item for item in own if item.id not in seen]
    yield _Group(head("unknown"), [CellLine(item.title, (item.id,)) for item in rest if is_open(plan, item)])
    yield _Group(head("none"), [CellLine(item.title, (item.id,)) for item in rest if not is_open(plan, item)])


def _by_title(plan: Plan, item: Item, seen: set[ItemId]) -> CellLine:
    cross_listed = is_cross_listed((item.id,), seen)
    return CellLine(item.title + (plan.matrix_wording.cross_listed if cross_listed else ""), (item.id,), cross_listed)


def _full_rows(goal: Goal, groups: Sequence[_Group], known: Mapping[ItemId, Item]) -> Iterator[Row]:
    """Yield one row per line; the cells of goal and perspective span theirs."""
    total = sum(len(group.lines) for group in groups)
    goals: tuple[Cell | None, Cell | None] = goal_cells(goal, max(1, total))
    if not total:
        yield Row((*goals, Cell("", "label"), Cell("", "number"), Cell(wording("tables.excerpt.nothing"), "muted")))
    for group in groups:
        label: Cell | None = Cell(group.label, "label", down=len(group.lines))
        for line in group.lines:
            yield Row(
                (*goals, label, Cell(in_lines(_numbers(line.items, known), _NUMBERS_A_LINE), "number"), Cell(line.text))
            )
            goals, label = (None, None), None


def _full_record(goal: Goal, group: _Group, line: CellLine, known: Mapping[ItemId, Item]) -> Mapping[str, Scalar]:
    return {
        **_goal_record(goal, group),
        "numbers": _numbers(line.items, known),
        "text": line.text,
        "cross_listed": wording(f"tables.marks.{'yes' if line.cross_listed else 'no'}"),
    }


def _goal_record(goal: Goal, group: _Group) -> dict[str, Scalar]:
    return {"goal": goal.code, "goal_name": goal.name, "perspective": group.label}


def _numbers(ids: Sequence[ItemId], known: Mapping[ItemId, Item]) -> str:
    return numbers(known[item_id] for item_id in ids if item_id in known)
