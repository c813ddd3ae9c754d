"""Papers for the hearings (ヒアリング資料): a contents page, then one page a division with all that is to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.definition.fields import field_named
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item, ItemId
from kohyo.model.plan import Plan
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.model.value import FieldValue
from kohyo.tables.building_blocks import band, head, heading, nothing, spread, version
from kohyo.tables.divisions import Page, pages
from kohyo.tables.field_groups import kind_title, planned, progress_groups
from kohyo.tables.field_text import lines, told
from kohyo.tables.submissions import Sent, told_sent
from kohyo.text.dates import fiscal_year_label
from kohyo.text.tabs import free_tab

_WIDE = 4


@dataclass(frozen=True)
class Open:
    """A conflict that nobody has decided yet: the item, its field, both values, whose answer it is."""

    item: ItemId
    field: str
    ours: FieldValue
    theirs: FieldValue
    department: str


@dataclass(frozen=True)
class Matter:
    """One row of a page: what it is about (番号 or №), its name, and what is said in two columns."""

    section: str
    place: str
    name: str
    left: str
    right: str


def hearing_tables(plan: Plan, items: Sequence[Item], sent: Sequence[Sent], conflicts: Sequence[Open]) -> list[Table]:
    """Return the contents, which hold the whole twin, and one table per division."""
    taken = [wording("printed.hearing.name")]
    tabs: list[str] = []
    found = pages(plan, items, sent)
    for page in found:
        tabs.append(free_tab(wording("printed.hearing.tab", department=page.department, division=page.name), taken))
        taken.append(tabs[-1])
    matters = [list(_matters(plan, page, conflicts)) for page in found]
    sheets = [_sheet(plan, page, tab, told) for page, tab, told in zip(found, tabs, matters, strict=True)]
    return [_contents(plan, found, tabs, matters), *sheets]


def _matters(plan: Plan, page: Page, conflicts: Sequence[Open]) -> Iterator[Matter]:
    known = {item.id: item for item in page.items}
    for item in page.items:
        reported = (lines(plan, group.fields, item.values) for group in progress_groups(plan))
        yield Matter(
            section=wording("printed.hearing.items"),
            place=str(item.number),
            name=item.title,
            left=_planned(plan, item),
            right="\n".join(text for text in reported if text),
        )
    for one in conflicts:
        if one.item in known:
            item = known[one.item]
            yield _conflict(plan, item, one)
    for count, thing in enumerate(page.sent, 1):
        yield _sent(plan, count, thing)


def _planned(plan: Plan, item: Item) -> str:
    """Return the overview and what is planned for the surveyed year."""
    year = fiscal_year_label(FiscalYear(plan.cycle.year))
    this = "\n".join(told(plan, field, item.values.get(field.name)) for field in planned(plan, plan.cycle.year))
    said = [item.overview, wording("printed.line", label=wording("printed.yearly.plan", year=year), value=this)]
    return "\n".join(said if this else said[:1])


def _conflict(plan: Plan, item: Item, one: Open) -> Matter:
    try:
        field = field_named(plan, one.field)
    except KeyError:
        ours, theirs, label = str(one.ours or ""), str(one.theirs or ""), one.field
    else:
        ours, theirs = (told(plan, field, value) for value in (one.ours, one.theirs))
        label = field.register_label
    empty = wording("printed.hearing.empty")
    return Matter(
        section=wording("printed.hearing.conflicts"),
        place=str(item.number),
        name=wording("printed.hearing.conflict", title=item.title, field=label),
        left=wording("printed.hearing.ours", value=ours or empty),
        right=wording("printed.hearing.theirs", department=one.department, value=theirs or empty),
    )


def _sent(plan: Plan, count: int, thing: Sent) -> Matter:
    said = [text for _, text in told_sent(plan, thing)]
    half = (len(said) + 1) // 2
    title = thing.values.get("title")
    return Matter(
        section=wording("printed.hearing.sent"),
        place=str(count),
        name="\n".join(str(text) for text in (kind_title(plan, plan.sheet_kind(thing.kind)), title) if text),
        left="\n".join(said[:half]),
        right="\n".join(said[half:]),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("place", head("number"), 4, "center"),
        Column("name", head("title"), 15),
        Column("left", wording("printed.hearing.left"), 32),
        Column("right", wording("printed.hearing.right"), 32),
    )


def _sheet(plan: Plan, page: Page, tab: str, matters: Sequence[Matter]) -> Table:
    columns = _columns()
    body: list[Row] = []
    for name in ("items", "conflicts", "sent"):
        section = wording(f"printed.hearing.{name}")
        own = [matter for matter in matters if matter.section == section]
        body.append(band(section, _WIDE))
        body += [_row(matter) for matter in own] or [nothing(wording("printed.none"), _WIDE)]
    whose = wording("printed.hearing.whose", department=page.department, division=page.name)
    return Table(
        name=tab,
        title=wording("printed.hearing.title"),
        columns=columns,
        head=(Row(spread(Cell(whose, "headline"), _WIDE)), heading(columns)),
        body=tuple(body),
        record_columns=(),
        records=(),
        subtitle=version(plan),
        landscape=True,
        notes=(wording("printed.hearing.note"),) if page.sent else (),
    )


def _row(matter: Matter) -> Row:
    return Row((Cell(matter.place, "number"), Cell(matter.name, "title"), Cell(matter.left), Cell(matter.right)))


def _contents(plan: Plan, found: Sequence[Page], tabs: Sequence[str], matters: Sequence[Sequence[Matter]]) -> Table:
    counts = ("items", "conflicts", "sent")
    columns = (
        Column("department", head("department"), 14),
        Column("division", wording("printed.hearing.division"), 26),
        *(Column(name, wording(f"printed.hearing.{name}"), 7, "right") for name in counts),
    )
    body: list[Row] = []
    for page, tab, own in zip(found, tabs, matters, strict=True):
        figures = (sum(one.section == wording(f"printed.hearing.{name}") for one in own) for name in counts)
        link = Cell(page.name, "title", link=f"internal:'{tab}'!A1")
        body.append(Row((Cell(page.department), link, *(Cell(figure, "count") for figure in figures))))
    none = nothing(wording("printed.none"), len(columns))
    return Table(
        name=wording("printed.hearing.name"),
        title=wording("printed.hearing.contents"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(body) or (none,),
        record_columns=_record_columns(columns),
        records=tuple(_records(found, matters)),
        subtitle=version(plan),
        notes=(wording("printed.hearing.note_link"),),
    )


def _record_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    section = Column("section", wording("printed.hearing.section"), 8)
    return (*columns[:2], section, *(replace(column, align="left") for column in _columns()))


def _records(found: Sequence[Page], matters: Sequence[Sequence[Matter]]) -> Iterator[Mapping[str, Scalar]]:
    for page, own in zip(found, matters, strict=True):
        for matter in own:
            yield {"department": page.department, "division": page.division or None, **vars(matter)}
