"""Layout of tables on A4: widths, heights, page breaks.

1. Columns share the whole width of the page in proportion.
2. A row is as tall as its tallest text, spans included, and no taller.
3. Rows that are to stay together do; a band never stands alone at the end of a page; notes follow their last row.
5. No page bears a row alone, or two, where the page before can spare some; marks stay whole (【再掲】).
4. A row that no page could hold goes on in rows of its own; no letter is lost.
6. What heads rows stands above them on every page: a short band stays whole, a longer one is said again.
8. No name of a department is broken where its column can take the room from another.
7. What runs over by little, and what is asked for on one page, is printed smaller, as far as it can be read.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kohyo.excel.table_book.table_layout import Layout, column_widths, lay_out, page
from kohyo.excel.table_book.table_rows import Slot, fit_rows, text_of
from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.model.table import Cell, Column, Row, Run, Table
from kohyo.tables.table_books import table_books
from tests.tables import real_plan

COLUMNS = (Column("a", "甲", 10), Column("b", "乙", 40))
SLOTS = (Slot(150), Slot(500))


def _table(rows: list[Row], notes: tuple[str, ...] = (), *, one_page: bool = False) -> Table:
    head = (Row((Cell("甲", "head"), Cell("乙", "head"))),)
    return Table("表", "表", COLUMNS, head, tuple(rows), COLUMNS, (), notes=notes, one_page=one_page)


def _row(text: str = "文", *, keep: bool = False) -> Row:
    return Row((Cell("1"), Cell(text)), keep_with_next=keep)


@given(st.lists(st.floats(1, 60), min_size=1, max_size=12))
def test_columns_share_the_page(shares: list[float]) -> None:
    """Whatever the columns ask for, together they are as wide as the page (1)."""
    columns = [Column(str(place), "", share) for place, share in enumerate(shares)]
    assert sum(column_widths(columns, 1000)) == 1000


def test_columns_in_proportion() -> None:
    """A column four times as wide as another is printed so (1)."""
    assert column_widths(COLUMNS, 500) == (100, 400)


def test_height_follows_the_tallest_text() -> None:
    """Three lines make the row taller by two lines than one does (2)."""
    low, tall = fit_rows([_row("一"), _row("一\n二\n三")], SLOTS, 400).heights
    assert tall - low == pytest.approx(2 * 9.0 * 1.32, abs=0.11)


def test_span_makes_its_rows_grow() -> None:
    """A cell over two rows that needs more than they have lets the last one grow (2)."""
    rows = [Row((Cell("一\n二\n三\n四\n五", down=2), Cell("文"))), Row((None, Cell("文")))]
    first, last = fit_rows(rows, SLOTS, 400).heights
    alone = fit_rows([_row("一\n二\n三\n四\n五")], SLOTS, 400).heights[0]
    assert first + last == pytest.approx(alone, abs=0.11)
    assert last > first


def test_page_breaks_fall_between_rows_that_fit() -> None:
    """No page holds more than its height, and none could have held the next row too (3)."""
    layout = lay_out(_table([_row() for _ in range(200)]))
    room = page(landscape=False).height - sum(layout.head_heights)
    edges = [0, *layout.breaks, 200]
    sizes = [sum(layout.body_heights[start:end]) for start, end in pairwise(edges)]
    assert len(sizes) > 3
    assert sizes[0] <= room - layout.title_height
    assert all(room - layout.body_heights[0] < size <= room for size in sizes[1:-1])


@pytest.mark.parametrize("before", range(30, 40))
def test_band_goes_with_its_first_row(before: int) -> None:
    """Wherever the page ends, a band is on the page of the row that follows it (3)."""
    rows = [_row() for _ in range(before)] + [Row((Cell("帯", "band", across=2), None), keep_with_next=True), _row()]
    assert before + 1 not in lay_out(_table(rows)).breaks


def test_block_longer_than_a_page_is_taken_apart() -> None:
    """Rows that want to stay together but cannot are broken between rows, not before the first (3)."""
    rows = [_row(keep=True) for _ in range(99)] + [_row()]
    breaks = lay_out(_table(rows)).breaks
    assert breaks
    assert 1 not in breaks


def test_notes_follow_their_last_row() -> None:
    """Notes that no longer fit take rows along to the next page, until that does not look empty (3)."""
    count = lay_out(_table([_row() for _ in range(200)])).breaks[0]
    assert lay_out(_table([_row() for _ in range(count)])).breaks == ()
    noted = lay_out(_table([_row() for _ in range(count)], notes=("注\n" * 9,)))
    (cut,) = noted.breaks
    last = sum((*noted.body_heights[cut:], *noted.note_heights))
    room = page(landscape=False).height - sum(noted.head_heights)
    assert 0.3 * room <= last < 0.3 * room + 2 * noted.body_heights[0]


def test_a_last_page_takes_no_more_than_the_one_before_can_spare() -> None:
    """Of two tall rows on a page none goes to the low one on the next: that would be the fuller page (3)."""
    rows = [Row((Cell("\n".join("文" * lines)), Cell(None))) for lines in (26, 26, 12)]
    assert lay_out(_table(rows)).breaks == (2,)


def test_a_span_cut_by_a_page_has_room_on_each() -> None:
    """What a span says stands again on the next page, in a part of it as tall as its text (2, 3)."""
    count = lay_out(_table([_row() for _ in range(200)])).breaks[0]
    tall = Cell("到達点の名前が\n三行に\nわたる", down=count)
    rows = [*[_row()] * 9, *(Row((tall if place == 0 else None, Cell("文"))) for place in range(count))]
    layout = lay_out(_table(rows))
    (cut,) = layout.breaks
    alone = fit_rows([Row((replace(tall, down=1), Cell("文")))], [Slot(width) for width in layout.widths], 400).heights[
        0
    ]
    assert sum(layout.body_heights[cut:]) >= alone
    assert sum(layout.body_heights[9:cut]) >= alone


@pytest.mark.parametrize(
    ("count", "asked", "one"), [(40, False, True), (50, False, False), (50, True, True), (99, True, False)]
)
def test_one_page(count: int, asked: bool, one: bool) -> None:  # noqa: FBT001 - a case's own words
    """Of 37 rows to a page, some more are on one page; half as many again if asked for; three times as many not (7)."""
    layout = lay_out(_table([_row() for _ in range(count)], one_page=asked))
    assert (layout.one_page, layout.breaks == ()) == (one, one)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 60)), min_size=1, max_size=6))
def test_rows_stand_under_their_band(bands: list[tuple[int, int]]) -> None:
    """Whatever bands there are, each page's rows stand under the band that is theirs, and none is lost (6)."""
    rows: list[Row] = []
    for place, (lines, count) in enumerate(bands):
        rows.append(Row((Cell(f"帯{place}", "band", across=2), None), keep_with_next=True))
        rows += [Row((Cell(f"{place}"), Cell("行\n" * lines))) for _ in range(count)]
    layout = lay_out(_table(rows))
    room = page(landscape=False).height - sum(layout.head_heights)
    band, again = "", 0
    for own in _pages(layout):
        assert sum(layout.body_heights[row] for row in own) <= room or layout.one_page
        first = layout.body[own[0]].cells[0]
        assert first is not None
        assert first.mark == "band"
        for row in own:
            cell = layout.body[row].cells[0]
            assert cell is not None
            if cell.mark == "band":
                again += str(cell.text) == f"{band}（続き）"
                band = str(cell.text).removesuffix("（続き）")
            else:
                assert band == f"帯{cell.text}"
    assert len(layout.body) == len(rows) + again


def test_a_short_band_stays_whole() -> None:
    """Wherever the page ends, five rows are on the page of their band; a span that a long one cuts goes on (6)."""
    band = Row((Cell("帯", "band", across=2), None), keep_with_next=True)
    for before in range(28, 37):
        short = lay_out(_table([*[_row()] * before, band, *[_row()] * 5, band, *[_row()] * 30]))
        assert not set(range(before + 1, before + 6)) & set(short.breaks)
    span = Cell("長く続く", down=60)
    long = lay_out(_table([band, *(Row((None if place else span, Cell("文"))) for place in range(60))]))
    (cut,) = long.breaks
    above, below = long.body[1].cells[0], long.body[cut + 1].cells[0]
    assert above is not None
    assert below is not None
    assert (above.text, above.down, below.text, below.down) == ("長く続く", cut - 1, "長く続く", 61 - cut)


def test_empty_table() -> None:
    """A table without rows can be laid out, notes and all (3)."""
    assert lay_out(_table([], notes=("注",))).breaks == ()


@given(st.integers(1, 3000))
def test_tall_text_goes_on_without_loss(length: int) -> None:
    """A text of any length is shown whole, in rows that a page can hold (4)."""
    text = "".join(chr(0x4E00 + place % 900) for place in range(length))
    grid = fit_rows([_row(text)], SLOTS, 300)
    pieces = [row.cells[1] for row in grid.rows]
    assert "".join(str(cell.text) for cell in pieces if cell) == text
    assert max(grid.heights) <= 300
    first = grid.rows[0].cells[0]
    assert first is not None
    assert first.down == len(grid.rows)


def test_span_over_a_tall_row_spans_all_of_it() -> None:
    """A goal's cell that spans a row spans the rows in which it goes on as well (4)."""
    rows = [Row((Cell("目標", down=2), Cell("文"))), Row((None, Cell("長" * 2000)))]
    grid = fit_rows(rows, SLOTS, 300)
    goal = grid.rows[0].cells[0]
    assert goal is not None
    assert goal.down == len(grid.rows) > 3


def test_page_turned() -> None:
    """A landscape page is wider than a portrait one and lower (1)."""
    assert page(landscape=True).width > page(landscape=False).width
    assert page(landscape=True).height < page(landscape=False).height
    assert lay_out(replace(_table([_row()]), landscape=True)).widths[1] > lay_out(_table([_row()])).widths[1]


@example([("\n\n\n\nあ\n\n\n\n", False), ("あ", True)])
@given(st.lists(st.tuples(st.text("あいう漢字\n", min_size=1, max_size=60), st.booleans()), min_size=1, max_size=8))
def test_marked_text_goes_on_without_loss(parts: list[tuple[str, bool]]) -> None:
    """The parts of a text that are marked stay so in the rows in which it goes on; line ends at a cut may go (4)."""
    runs = tuple(Run(text, changed) for text, changed in parts)
    whole = "".join(run.text for run in runs)
    grid = fit_rows([Row((Cell("目標"), Cell(whole, runs=runs)))], SLOTS, 60)
    cells = [cell for row in grid.rows if (cell := row.cells[1])]
    assert all("".join(run.text for run in cell.runs) == (cell.text or "") for cell in cells)
    letters = [(sign, run.changed) for cell in cells for run in cell.runs for sign in run.text if sign != "\n"]
    assert letters == [(sign, run.changed) for run in runs for sign in run.text if sign != "\n"]


def _pages(layout: Layout) -> list[range]:
    return [range(*edges) for edges in pairwise([0, *layout.breaks, len(layout.body)])]


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=90))
def test_no_page_bears_a_lonely_row(asked: list[tuple[int, bool]]) -> None:
    """Whatever rows there are and whichever stay together, what stands alone has no room for company (5)."""
    layout = lay_out(_table([_row("行\n" * (lines - 1) + "行", keep=keep) for lines, keep in asked]))
    room = page(landscape=False).height - sum(layout.head_heights)
    pages = _pages(layout)
    assert sum(map(len, pages)) == len(layout.body)
    for before, own in pairwise(pages):
        start = before[-1]
        while start > before[0] and layout.body[start - 1].keep_with_next:
            start -= 1
        joined = sum(layout.body_heights[row] for row in range(start, own[-1] + 1))
        spared = len(range(before[0], start))
        assert len(own) >= 3 or joined > room or spared < 3 or start == before[0]


def test_no_page_of_the_plan_bears_a_lonely_row(plan: Plan) -> None:
    """All tables of the plan's own items: no page but a full one, or a table of its own, holds a single row (5)."""
    register = Register(items=tuple(real_plan.items(plan)), entries=tuple(real_plan.entries(plan)))
    lonely = []
    turned = []
    for book in table_books(plan):
        tables = book.build(plan, register)
        turned += [book.file] if len({table.landscape for table in tables if table.printed}) > 1 else []
        for table in tables:
            layout = lay_out(table)
            room = page(landscape=table.landscape).height - sum(layout.head_heights)
            for rows in _pages(layout)[1:]:
                filled = sum(layout.body_heights[row] for row in rows)
                lonely += [(table.name, rows[0])] if len(rows) == 1 and filled < room / 2 else []
    assert (lonely, turned) == ([], [])


def test_headings_are_laid_out(plan: Plan) -> None:
    """A heading that takes two lines is written as it was laid out, and there is one in the list of effects (5)."""
    register = Register(items=tuple(real_plan.items(plan)))
    (book,) = [book for book in table_books(plan) if book.name == "効果額一覧"]
    (row,) = lay_out(book.build(plan, register)[0]).head
    assert "職員の時間を\n書いた項目" in [cell.text for cell in row.cells if cell]


def test_marks_of_the_plan_stay_whole(plan: Plan) -> None:
    """No line of any table's cells ends or begins within 【再掲】, and there are such marks on wrapped lines (5)."""
    register = Register(items=tuple(real_plan.items(plan)), entries=tuple(real_plan.entries(plan)))
    mark = plan.matrix_wording.cross_listed
    texts = [
        text_of(cell)
        for book in table_books(plan)
        for table in book.build(plan, register)
        for row in lay_out(table).body
        for cell in row.cells
        if cell and mark in text_of(cell)
    ]
    wrapped = [text for text in texts if "\n" in text]
    assert len(wrapped) > 3
    assert all(
        line.count(mark) == line.count(mark[0]) == line.count(mark[-1]) for text in texts for line in text.split("\n")
    )


@pytest.mark.parametrize("name", ["部", "世田谷総合支所", "みどり33推進担当部", "とても長い名前のまちづくり推進担当部"])
def test_names_stay_whole(name: str) -> None:
    """The column of owners takes what it lacks from the widest one, and no more than that may lose (8)."""
    columns = (Column("number", "番号", 5), Column("overview", "概要", 60), Column("owners", "所管部", 10))
    head = (Row(tuple(Cell(column.label, "head") for column in columns)),)
    table = Table("表", "表", columns, head, (Row((Cell("1"), Cell("文"), Cell(f"{name}、総務部"))),), columns, ())
    plain, widths = column_widths(columns, page(landscape=False).width), lay_out(table).widths
    assert (sum(widths), widths[0]) == (sum(plain), plain[0])
    assert widths[1] >= 0.7 * plain[1]
    alone = lay_out(replace(table, body=(Row((Cell("1"), Cell("文"), Cell(name))),)))
    assert (alone.body_heights == fit_rows([_row()], SLOTS, 400).heights) is (len(name) <= 10)
    assert (alone.widths == plain) is (len(name) in (1, 18))
