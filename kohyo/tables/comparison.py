"""The comparison of two versions (新旧対照表) as a table: new beside old, changed words marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from kohyo.definition.fields import field_named, register_label
from kohyo.definition.structure import OVERVIEW, has_overview
from kohyo.messages import section, wording
from kohyo.model.comparison import Comparison, Difference, Revision
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item, Standing
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Mark, Row, Run, Scalar, Table
from kohyo.model.tick import Tick
from kohyo.tables.building_blocks import goal_band, head, nothing, spread
from kohyo.text.dates import fiscal_year_label
from kohyo.text.differ import Piece, differences
from kohyo.text.ticks import show_tick

COMPARED_TEXTS = ("title", OVERVIEW, "owners")
_WIDTHS: Mapping[str, float] = {"number": 5.4, "title": 11, OVERVIEW: 22, "owners": 11.6}


def compared_texts(plan: Plan) -> tuple[str, ...]:
    """Return the fields of which a comparison prints both texts side by side."""
    return tuple(name for name in COMPARED_TEXTS if name != OVERVIEW or has_overview(plan))


def comparison(plan: Plan, compared: Comparison, *, unchanged: bool = False) -> Table:
    """Return 新旧対照表: a band per goal, one row an item, or as many as were merged or split."""
    shown = compared.revisions if unchanged else compared.changed
    columns = _columns(plan)
    body: list[Row] = []
    for goal in plan.goals:
        own = [revision for revision in shown if revision.goal == goal.code]
        if own:
            body += goal_band(plan, goal, len(columns))
        body += [row for revision in own for row in _rows(plan, revision)]
    others = [revision for revision in shown if revision.goal not in {goal.code for goal in plan.goals}]
    body += [row for revision in others for row in _rows(plan, revision)]
    return Table(
        name=phrase("name"),
        title=phrase("title"),
        columns=columns,
        head=_head(plan, compared),
        body=tuple(body) or (nothing(phrase("no_change"), len(columns)),),
        record_columns=_record_columns(plan),
        records=tuple(record for revision in shown for record in _records(plan, revision)),
        subtitle=_counts(compared),
        legend=phrase("legend"),
        landscape=True,
        notes=(phrase("note"),),
    )


def _counts(compared: Comparison) -> str:
    counts = compared.counts
    said = [phrase("count", kind=_kind(kind), count=counts[kind]) for kind in Difference if kind in counts]
    return wording("text.list.joiner").join(said) or phrase("no_change")


def phrase(key: str, **fields: object) -> str:
    """Return a wording of the comparison."""
    return wording(f"comparison.{key}", **fields)


def _kind(kind: Difference) -> str:
    return phrase(f"kinds.{kind.value}")


def _widths(plan: Plan) -> Mapping[str, float]:
    """Return the columns of one side and their widths; without an overview (概要) the name has its room."""
    if has_overview(plan):
        return _WIDTHS
    widths = {name: width for name, width in _WIDTHS.items() if name != OVERVIEW}
    return {**widths, "title": _WIDTHS["title"] + _WIDTHS[OVERVIEW]}


def _label(plan: Plan, name: str) -> str:
    return field_named(plan, name).label if name == OVERVIEW else head(name)


def _columns(plan: Plan) -> tuple[Column, ...]:
    sides = (
        Column(f"{side}_{name}", _label(plan, name), width, "center" if name == "number" else "left")
        for side in ("new", "old")
        for name, width in _widths(plan).items()
    )
    return (
        Column("kind", phrase("kind"), 7, "center"),
        *sides,
        Column("remark", phrase("remark"), 8),
    )


def _head(plan: Plan, compared: Comparison) -> tuple[Row, Row]:
    """Return two heading rows: which side is which version, and what stands in each column."""
    names = [Cell(_label(plan, name), "subhead") for name in _widths(plan)]
    new = spread(Cell(phrase("new_side", version=compared.new), "head"), len(names))
    old = spread(Cell(phrase("old_side", version=compared.old), "head"), len(names))
    upper = (
        Cell(phrase("kind"), "head", down=2),
        *new,
        *old,
        Cell(phrase("remark"), "head", down=2),
    )
    return Row(upper), Row((None, *names, *names, None))


def _rows(plan: Plan, revision: Revision) -> Iterator[Row]:
    """Yield the rows of one revision; the side with fewer items spans those of the other.

    Where the number alone is another, one line says so, and the texts are not told twice.
    """
    if revision.is_renumbered_alone:
        yield _renumbered(plan, revision.old[0], revision.new[0])
        return
    count = max(len(revision.new), len(revision.old))
    pairs = list(zip_longest(_side(plan, revision, revision.new, count), _side(plan, revision, revision.old, count)))
    kinds_of_change = "\n".join(_kind(kind) for kind in revision.differences) or phrase("kinds.unchanged")
    mark: Mark = "title" if revision.differences else "muted"
    for place, (new, old) in enumerate(pairs):
        first = None if place else Cell(kinds_of_change, mark, down=count)
        last = None if place else Cell(_remark(plan, revision), down=count)
        blank: tuple[Cell | None, ...] = (None,) * len(_widths(plan))
        yield Row((first, *(new or blank), *(old or blank), last), keep_with_next=place + 1 < count)


def _renumbered(plan: Plan, old: Item, new: Item) -> Row:
    """Return the line of an item of which the number alone is another."""
    told = spread(Cell(phrase("number_alone"), "muted"), len(_widths(plan)) - 1)
    name = spread(Cell(new.title, "title"), len(_widths(plan)) - 2)
    same = (Cell(str(new.number), "changed"), *name, Cell(new.owners))
    return Row(
        (Cell(_kind(Difference.RENUMBERED), "title"), *same, Cell(str(old.number), "changed"), *told, Cell(None))
    )


def _side(plan: Plan, revision: Revision, items: Sequence[Item], count: int) -> Iterator[tuple[Cell | None, ...]]:
    """Yield the cells of one side, a row an item; the last spans what the other side has more."""
    if not items:
        word = phrase("absent.new" if revision.old else "absent.old")
        yield spread(Cell(word, "muted", down=count), len(_widths(plan)))
    for place, item in enumerate(items):
        yield _item_cells(plan, revision, item, count - place if place + 1 == len(items) else 1)


def _item_cells(plan: Plan, revision: Revision, item: Item, down: int) -> tuple[Cell, ...]:
    is_new = item in revision.new
    other = revision.partner(item) if is_new else _successor(revision, item)
    moved = other is not None and (other.number, other.goal) != (item.number, item.goal)
    number = Cell(str(item.number), "changed" if moved else "number", down=down)
    texts = []
    for name in compared_texts(plan):
        text = item.text(name)
        runs = marked(other.text(name), text) if other else ()
        texts.append(Cell(text, "title" if name == "title" else "", down=down, runs=runs))
    return number, *texts


def _successor(revision: Revision, item: Item) -> Item | None:
    """Return the new item that is compared with an old one."""
    found = [new for new in revision.new if (partner := revision.partner(new)) and partner.id == item.id]
    return next((new for new in found if new.id == item.id), found[0] if len(found) == 1 else None)


def marked(other: str, text: str) -> tuple[Run, ...]:
    """Return the parts of ``text`` with what differs from ``other`` marked; none where nothing does."""
    pieces: tuple[Piece, ...] = differences(other, text)[1]
    if not any(changed for _, changed in pieces):
        return ()
    return tuple(Run(part, changed) for part, changed in pieces)


def _remark(plan: Plan, revision: Revision) -> str:
    """Return what changed beside the texts: perspectives from what to what, the fields of the item sheet."""
    lines = []
    if revision.left and revision.left not in (Standing.CURRENT, Standing.ABOLISHED):
        lines.append(wording(f"workbook.standing.{revision.left.value}"))
    numbers = {item.id: str(item.number) for item in revision.old}
    for ending in revision.endings:
        year = fiscal_year_label(FiscalYear(ending.last))
        key = "ended_of" if len(numbers) > 1 else "ended"
        lines.append(phrase(key, number=numbers[ending.item], year=year, reason=ending.reason))
    for item in revision.new:
        partner = revision.partner(item)
        if partner is not None:
            lines += _ticks(plan, revision, partner, item)
            lines += _goals(partner, item)
    others = [name for name in revision.fields if name not in COMPARED_TEXTS and not is_tick(revision, name)]
    lines += [phrase("sheet_field", field=register_label(plan, name)) for name in others]
    return "\n".join(dict.fromkeys(lines))


def _goals(old: Item, new: Item) -> Iterator[str]:
    if old.goal != new.goal:
        yield phrase("goal_changed", old=old.goal, new=new.goal)


def _ticks(plan: Plan, revision: Revision, old: Item, new: Item) -> Iterator[str]:
    for name in revision.fields:
        before, after = old.values.get(name), new.values.get(name)
        if isinstance(before, Tick) and isinstance(after, Tick) and before is not after:
            label = register_label(plan, name)
            yield phrase("tick_changed", field=label, old=show_tick(before), new=show_tick(after))


def is_tick(revision: Revision, name: str) -> bool:
    """Tell whether a field holds a tick."""
    return any(isinstance(item.values.get(name), Tick) for item in (*revision.old, *revision.new))


def _record_columns(plan: Plan) -> tuple[Column, ...]:
    overview = _label(plan, OVERVIEW) if has_overview(plan) else ""
    labels = {key: label.format(overview=overview) for key, label in section("comparison")["records"].items()}
    lacking = [name for name, has in ((OVERVIEW, has_overview(plan)), ("goal", bool(plan.goals))) if not has]
    return tuple(Column(key, label, 10) for key, label in labels.items() if key.partition("_")[2] not in lacking)


def _records(plan: Plan, revision: Revision) -> Iterator[Mapping[str, Scalar]]:
    """Yield one record per pair of an old and a new item; merged and split items take several."""
    fields = wording("text.list.joiner").join(register_label(plan, name) for name in revision.fields)
    for old, new in revision.pairs:
        yield {
            "kind": kinds(revision),
            "fields": fields,
            **_side_record(plan, "old", old),
            **_side_record(plan, "new", new),
        }


def kinds(revision: Revision) -> str:
    """Return what kinds of change a revision is, joined."""
    joined = wording("text.list.joiner").join(_kind(kind) for kind in revision.differences)
    return joined or phrase("kinds.unchanged")


def _side_record(plan: Plan, side: str, item: Item | None) -> Mapping[str, Scalar]:
    if item is None:
        return {}
    texts = {f"{side}_{name}": item.text(name) for name in compared_texts(plan)}
    goal = {f"{side}_goal": item.goal} if plan.goals else {}
    return {f"{side}_id": item.id, **goal, f"{side}_number": str(item.number), **texts}
