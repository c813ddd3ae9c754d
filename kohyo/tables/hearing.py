"""Papers for the hearings (ヒアリング資料): a contents page, then one page a division with all that is to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kohyo.definition.fields import field_named
from kohyo.definition.structure import OVERVIEW, has_overview
from kohyo.messages import wording
from kohyo.model.fiscal_year import FiscalYear
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.register import Conflict, Register, Submission
from kohyo.model.table import Cell, Column, Row, Scalar, Table
from kohyo.tables.building_blocks import band, head, heading, nothing, spread, version
from kohyo.tables.contributions import other_owners
from kohyo.tables.divisions import DivisionPage, division_pages
from kohyo.tables.field_groups import kind_title, planned_fields, progress_groups, shown_fields
from kohyo.tables.field_text import labelled_lines, labelled_values, show_field
from kohyo.tables.plan_words import plan_word
from kohyo.tables.submissions import submission_texts
from kohyo.text.dates import fiscal_year_label
from kohyo.text.open_data import with_western_years
from kohyo.text.tabs import free_tab

_WIDE = 4


@dataclass(frozen=True)
class AgendaEntry:
    """One row of a page: what it is about (番号 or №), its name, and what is said in two columns.

    ``said`` is the same for machines: label and value, one value each.
    """

    section: str
    place: str
    name: str
    left: str
    right: str
    said: tuple[tuple[str, str], ...]


def hearing_tables(plan: Plan, register: Register) -> tuple[Table, ...]:
    """Return the contents, which hold all records, and one table per division."""
    taken = [wording("printed.hearing.name")]
    tabs: list[str] = []
    pages = division_pages(plan, register.current, register.undecided_in(plan.cycle.year))
    for page in pages:
        tabs.append(free_tab(wording("printed.hearing.tab", department=page.department, division=page.name), taken))
        taken.append(tabs[-1])
    shown: dict[str, str] = {}
    agendas = [list(_agenda(plan, page, register, shown)) for page in pages]
    sheets = [_sheet(plan, page, tab, agenda) for page, tab, agenda in zip(pages, tabs, agendas, strict=True)]
    return (_contents(plan, pages, tabs, agendas), *sheets)


def _agenda(plan: Plan, page: DivisionPage, register: Register, shown: dict[str, str]) -> Iterator[AgendaEntry]:
    """Yield what stands on a page; what stood on another already (``shown``, by id) is said once more in a line."""
    known = {item.id: item for item in page.items if item.id not in shown}
    for item in page.items:
        if item.id in shown:
            name = wording("printed.hearing.again", name=item.title, mark=_mark(plan))
            yield _again(wording("printed.hearing.items"), str(item.number), name, shown[item.id])
            continue
        reported = (labelled_lines(plan, group.fields, item.values) for group in progress_groups(plan))
        yield AgendaEntry(
            section=wording("printed.hearing.items"),
            place=str(item.number),
            name=item.title,
            left=_planned(plan, item),
            right="\n".join(text for text in reported if text),
            said=(
                *_planned_values(plan, item),
                *(pair for group in progress_groups(plan) for pair in labelled_values(plan, group.fields, item.values)),
            ),
        )
        yield from _others(plan, register, item)
    for conflict in register.open_conflicts:
        if conflict.item in known:
            yield _conflict(plan, known[conflict.item], conflict)
    for count, submission in enumerate(page.submissions, 1):
        if submission.id in shown:
            name = wording("printed.hearing.again", name=_name_of(plan, submission), mark=_mark(plan))
            yield _again(wording("printed.hearing.sent"), str(count), name, shown[submission.id])
        else:
            yield _submission(plan, count, submission)
    for name in (*(item.id for item in page.items), *(sent.id for sent in page.submissions)):
        shown.setdefault(name, page.name)


def _mark(plan: Plan) -> str:
    """Return the mark of what stood before (再掲), as the plan writes it."""
    return plan.matrix.cross_listed if plan.matrix else wording("printed.hearing.mark")


def _again(section: str, place: str, name: str, division: str) -> AgendaEntry:
    """Return the line of what stands in full on the page of another division."""
    told = wording("printed.hearing.see", division=division)
    return AgendaEntry(section, place, name, told, "", ((wording("printed.hearing.see_label"), told),))


def _name_of(plan: Plan, submission: Submission) -> str:
    names = (kind_title(plan, plan.sheet_kind(submission.kind)), submission.values.get("title"))
    return "\n".join(str(name) for name in names if name)


def _others(plan: Plan, register: Register, item: Item) -> Iterator[AgendaEntry]:
    """Yield what the other owners of an item report, below the lead's."""
    fields = [field for group in progress_groups(plan) for field in group.fields if field.each]
    for own in other_owners(plan, register, item, fields):
        told = labelled_lines(plan, fields, own.values)
        said = tuple(labelled_values(plan, fields, own.values))
        yield AgendaEntry(wording("printed.hearing.others"), str(item.number), own.department, "", told, said)


def _planned(plan: Plan, item: Item) -> str:
    """Return the overview and what is planned for the surveyed year."""
    values = list(_planned_values(plan, item))
    overview = [value for _, value in values[:1]] if has_overview(plan) else []
    planned = values[len(overview) :]
    return "\n".join([*overview, *(wording("printed.line", label=label, value=value) for label, value in planned)])


def _planned_values(plan: Plan, item: Item) -> Iterator[tuple[str, str]]:
    """Yield the overview and, where anything is planned, the plan of the surveyed year, each with its label."""
    if has_overview(plan):
        yield field_named(plan, OVERVIEW).label, item.overview
    year = fiscal_year_label(FiscalYear(plan.cycle.year))
    fields = planned_fields(plan, plan.cycle.year)
    if this := "\n".join(show_field(plan, field, item.values.get(field.name)) for field in fields):
        yield wording("printed.yearly.plan", year=year), this


def _conflict(plan: Plan, item: Item, conflict: Conflict) -> AgendaEntry:
    try:
        field = field_named(plan, conflict.field)
    except KeyError:
        ours, theirs, label = str(conflict.ours or ""), str(conflict.theirs or ""), conflict.field
    else:
        ours, theirs = (show_field(plan, field, value) for value in (conflict.ours, conflict.theirs))
        label = field.register_label
    empty = wording("printed.hearing.empty")
    return AgendaEntry(
        section=wording("printed.hearing.conflicts"),
        place=str(item.number),
        name=wording("printed.hearing.conflict", title=item.title, field=label),
        left=wording("printed.hearing.ours", value=ours or empty),
        right=wording("printed.hearing.theirs", department=conflict.department, value=theirs or empty),
        said=(
            (wording("printed.hearing.ours_label"), ours or empty),
            (wording("printed.hearing.theirs_label", department=conflict.department), theirs or empty),
        ),
    )


def _submission(plan: Plan, count: int, submission: Submission) -> AgendaEntry:
    texts = list(submission_texts(plan, submission))
    half = (len(texts) + 1) // 2
    return AgendaEntry(
        section=wording("printed.hearing.sent"),
        place=str(count),
        name=_name_of(plan, submission),
        left="\n".join(texts[:half]),
        right="\n".join(texts[half:]),
        said=tuple(labelled_values(plan, shown_fields(plan, submission.kind), submission.values)),
    )


def _said_of_items(plan: Plan) -> str:
    """Return the heading above what is known of an item, with its overview (概要) where the plan has one."""
    if not has_overview(plan):
        return wording("printed.hearing.left")
    return wording("printed.hearing.left_overview", overview=field_named(plan, OVERVIEW).label)


def _columns(plan: Plan) -> tuple[Column, ...]:
    return (
        Column("place", plan_word(plan, "number"), 4, "center"),
        Column("name", plan_word(plan, "title"), 15),
        Column("left", _said_of_items(plan), 32),
        Column("right", wording("printed.hearing.right"), 32),
    )


def _sheet(plan: Plan, page: DivisionPage, tab: str, agenda: Sequence[AgendaEntry]) -> Table:
    columns = _columns(plan)
    body: list[Row] = []
    for name in ("items", "others", "conflicts", "sent"):
        section = wording(f"printed.hearing.{name}")
        own = [entry for entry in agenda if entry.section == section]
        if own:
            body.append(band(section, _WIDE))
            body += [_told_row(entry) if name == "others" else _row(entry) for entry in own]
    whose = wording("printed.hearing.whose", department=page.department, division=page.name)
    return Table(
        name=tab,
        title=wording("printed.hearing.title"),
        columns=columns,
        head=(Row(spread(Cell(whose, "headline"), _WIDE)), heading(columns)),
        body=tuple(body) or (nothing(wording("printed.none"), _WIDE),),
        record_columns=(),
        records=(),
        subtitle=version(plan),
        landscape=True,
        notes=(wording("printed.hearing.note"),) if page.submissions else (),
    )


def _row(entry: AgendaEntry) -> Row:
    return Row((Cell(entry.place, "number"), Cell(entry.name, "title"), Cell(entry.left), Cell(entry.right)))


def _told_row(entry: AgendaEntry) -> Row:
    """Return the row of what another owner reports, which takes both columns: nothing is planned there."""
    said = entry.right.replace("\n", wording("printed.hearing.apart"))
    return Row((Cell(entry.place, "number"), Cell(entry.name), *spread(Cell(said), 2)))


def _contents(
    plan: Plan, pages: Sequence[DivisionPage], tabs: Sequence[str], agendas: Sequence[Sequence[AgendaEntry]]
) -> Table:
    counts = ("items", "conflicts", "sent")
    columns = (
        Column("department", head("department"), 14, names="department"),
        Column("division", wording("printed.hearing.division"), 26),
        *(Column(name, wording(f"printed.hearing.{name}"), 7, "right") for name in counts),
    )
    body: list[Row] = []
    for page, tab, agenda in zip(pages, tabs, agendas, strict=True):
        figures = (sum(entry.section == wording(f"printed.hearing.{name}") for entry in agenda) for name in counts)
        link = Cell(page.name, "title", link=f"internal:'{tab}'!A1")
        body.append(Row((Cell(page.department), link, *(Cell(figure, "count") for figure in figures))))
    none = nothing(wording("printed.none"), len(columns))
    return Table(
        name=wording("printed.hearing.name"),
        title=wording("printed.hearing.contents"),
        columns=columns,
        head=(heading(columns),),
        body=tuple(body) or (none,),
        record_columns=_record_columns(plan, columns),
        records=tuple(_records(pages, agendas)),
        subtitle=version(plan),
        landscape=True,
        notes=(wording("printed.hearing.note_link"),),
    )


def _record_columns(plan: Plan, columns: Sequence[Column]) -> tuple[Column, ...]:
    section, label, value = (
        Column(name, wording(f"printed.hearing.{name}"), 8) for name in ("section", "label", "value")
    )
    return (*columns[:2], section, *(replace(column, align="left") for column in _columns(plan)[:2]), label, value)


def _records(pages: Sequence[DivisionPage], agendas: Sequence[Sequence[AgendaEntry]]) -> Iterator[Mapping[str, Scalar]]:
    for page, agenda in zip(pages, agendas, strict=True):
        for entry in agenda:
            about = {"section": entry.section, "place": entry.place, "name": entry.name}
            for label, value in entry.said or (("", ""),):
                whose = {"department": page.department, "division": page.division or None}
                yield {**whose, **about, "label": with_western_years(label) or None, "value": value or None}
