"""The comparison of two versions (新旧対照表) as a table: new beside old, changed words marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kohyo.definition.fields import register_label
from kohyo.messages import section, wording
from kohyo.model.comparison import Difference, Revision
from kohyo.model.item import Item, Standing
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Mark, Row, Run, Scalar, Table
from kohyo.model.tick import Tick
from kohyo.tables.building_blocks import head
from kohyo.text.differ import Piece, differences
from kohyo.text.ticks import show_tick

BESIDE = ("title", "overview", "owners")
_SIDE = 4
_WIDTHS = {"number": 4.4, "title": 11, "overview": 24, "owners": 9.6}


@dataclass(frozen=True)
class Compared:
    """What is compared: the names of the two versions, and what became of each item."""

    old: str
    new: str
    revisions: tuple[Revision, ...]

    @property
    def changed(self) -> tuple[Revision, ...]:
        """The revisions that changed anything."""
        return tuple(one for one in self.revisions if one.differences)


def comparison(plan: Plan, compared: Compared, *, unchanged: bool = False) -> Table:
    """Return 新旧対照表: a band per goal, one row an item, or as many as were merged or split."""
    shown = compared.revisions if unchanged else compared.changed
    columns = _columns()
    body: list[Row] = []
    for goal in plan.goals:
        own = [one for one in shown if one.goal == goal.code]
        if own:
            band = wording("tables.item_list.band", code=goal.code, name=goal.list_name)
            body.append(Row(_across(Cell(band, "band"), len(columns)), keep_with_next=True))
        body += [row for revision in own for row in _rows(plan, revision)]
    strange = [one for one in shown if one.goal not in {goal.code for goal in plan.goals}]
    body += [row for revision in strange for row in _rows(plan, revision)]
    return Table(
        name=say("name"),
        title=say("title"),
        columns=columns,
        head=_head(compared),
        body=tuple(body) or (nothing(len(columns)),),
        record_columns=_record_columns(),
        records=tuple(record for one in shown for record in _records(plan, one)),
        subtitle=counted(compared),
        legend=say("legend"),
        landscape=True,
        notes=(say("note"),),
    )


def counted(compared: Compared) -> str:
    """Return how many items changed in which way; one item may have changed in several."""
    counts = Counter(kind for one in compared.revisions for kind in one.differences)
    told = [say("count", kind=_kind(kind), count=counts[kind]) for kind in Difference if counts[kind]]
    return wording("text.list.joiner").join(told) or say("no_change")


def say(key: str, **fields: object) -> str:
    """Return a wording of the comparison."""
    return wording(f"comparison.{key}", **fields)


def _kind(kind: Difference) -> str:
    return say(f"kinds.{kind.value}")


def _columns() -> tuple[Column, ...]:
    sides = (
        Column(f"{side}_{name}", head(name), width, "center" if name == "number" else "left")
        for side in ("new", "old")
        for name, width in _WIDTHS.items()
    )
    return (Column("kind", say("kind"), 7, "center"), *sides, Column("remark", say("remark"), 8))


def _head(compared: Compared) -> tuple[Row, Row]:
    """Return two heading rows: which side is which version, and what stands in each column."""
    names = [Cell(head(name), "subhead") for name in _WIDTHS]
    new = _across(Cell(say("new_side", version=compared.new), "head"), _SIDE)
    old = _across(Cell(say("old_side", version=compared.old), "head"), _SIDE)
    upper = (Cell(say("kind"), "head", down=2), *new, *old, Cell(say("remark"), "head", down=2))
    return Row(upper), Row((None, *names, *names, None))


def _across(cell: Cell, width: int) -> tuple[Cell | None, ...]:
    return (replace(cell, across=width), *[None] * (width - 1))


def nothing(width: int) -> Row:
    """Return the one row of a table that has nothing to tell."""
    return Row(_across(Cell(say("no_change"), "muted"), width))


def _rows(plan: Plan, revision: Revision) -> Iterator[Row]:
    """Yield the rows of one revision; the side with fewer items spans those of the other."""
    count = max(len(revision.new), len(revision.old))
    pairs = list(zip_longest(_side(revision, revision.new, count), _side(revision, revision.old, count)))
    told = "\n".join(_kind(kind) for kind in revision.differences) or say("kinds.unchanged")
    mark: Mark = "title" if revision.differences else "muted"
    for place, (new, old) in enumerate(pairs):
        first = None if place else Cell(told, mark, down=count)
        last = None if place else Cell(_remark(plan, revision), down=count)
        blank: tuple[Cell | None, ...] = (None,) * _SIDE
        yield Row((first, *(new or blank), *(old or blank), last), keep_with_next=place + 1 < count)


def _side(revision: Revision, items: Sequence[Item], count: int) -> Iterator[tuple[Cell | None, ...]]:
    """Yield the cells of one side, a row an item; the last spans what the other side has more."""
    if not items:
        word = say("absent.new" if revision.old else "absent.old")
        yield _across(Cell(word, "muted", down=count), _SIDE)
    for place, item in enumerate(items):
        yield _item_cells(revision, item, count - place if place + 1 == len(items) else 1)


def _item_cells(revision: Revision, item: Item, down: int) -> tuple[Cell, ...]:
    is_new = item in revision.new
    other = revision.partner(item) if is_new else _heir(revision, item)
    moved = other is not None and (other.number, other.goal) != (item.number, item.goal)
    number = Cell(str(item.number), "changed" if moved else "number", down=down)
    texts = []
    for name in BESIDE:
        text = item.text(name)
        runs = marked(other.text(name), text) if other else ()
        texts.append(Cell(text, "title" if name == "title" else "", down=down, runs=runs))
    return number, *texts


def _heir(revision: Revision, item: Item) -> Item | None:
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
    for item in revision.new:
        partner = revision.partner(item)
        if partner is not None:
            lines += _ticks(plan, revision, partner, item)
            lines += _goals(partner, item)
    others = [name for name in revision.fields if name not in BESIDE and not is_tick(revision, name)]
    lines += [say("sheet_field", field=register_label(plan, name)) for name in others]
    return "\n".join(dict.fromkeys(lines))


def _goals(old: Item, new: Item) -> Iterator[str]:
    if old.goal != new.goal:
        yield say("goal_changed", old=old.goal, new=new.goal)


def _ticks(plan: Plan, revision: Revision, old: Item, new: Item) -> Iterator[str]:
    for name in revision.fields:
        before, after = old.values.get(name), new.values.get(name)
        if isinstance(before, Tick) and isinstance(after, Tick) and before is not after:
            label = register_label(plan, name)
            yield say("tick_changed", field=label, old=show_tick(before), new=show_tick(after))


def is_tick(revision: Revision, name: str) -> bool:
    """Tell whether a field holds a tick."""
    return any(isinstance(item.values.get(name), Tick) for item in (*revision.old, *revision.new))


def _record_columns() -> tuple[Column, ...]:
    labels = section("comparison")["records"]
    return tuple(Column(key, label, 10) for key, label in labels.items())


def _records(plan: Plan, revision: Revision) -> Iterator[Mapping[str, Scalar]]:
    """Yield one record per pair of an old and a new item; merged and split items take several."""
    fields = wording("text.list.joiner").join(register_label(plan, name) for name in revision.fields)
    for old, new in revision.pairs:
        yield {"kind": kinds(revision), "fields": fields, **_told("old", old), **_told("new", new)}


def kinds(revision: Revision) -> str:
    """Return what kinds of change a revision is, joined."""
    joined = wording("text.list.joiner").join(_kind(kind) for kind in revision.differences)
    return joined or say("kinds.unchanged")


def _told(side: str, item: Item | None) -> Mapping[str, Scalar]:
    if item is None:
        return {}
    texts = {f"{side}_{name}": item.text(name) for name in BESIDE}
    return {f"{side}_id": item.id, f"{side}_goal": item.goal, f"{side}_number": str(item.number), **texts}
