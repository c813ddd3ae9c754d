"""What is empty leaves nothing behind on a paper.

1. No heading stands over nothing, no table holds but its headings, no page is begun for nothing, whatever the plan or
   the register have not: forms, milestones, tables, proposals, teams, good practices, roles of members.
2. A paper that would tell nothing is not made, and why is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Paper, named, worded_for
from kohyo.papers.paper_list import PAPERS
from kohyo.word.fill import filled
from kohyo.word.visible_text import blocks, visible
from kohyo.workspace.paper_files import shipped_template
from tests.tables.small_plan import item

DAY = date(2024, 4, 17)
ROWS, TITLE, HEADING, TEXT, PAGE, END = "rows", "Title", "Heading 1", "text", "page", "end"


def _bare(plan: Plan) -> Plan:
    """Return the plan without whatever a plan may be without."""
    cycle = plan.cycle.model_copy(update={"milestones": ()})
    seats = tuple(seat.model_copy(update={"role": ""}) for seat in plan.seats[:1])
    kinds = tuple(kind for kind in plan.sheets if kind.per == "item")
    return plan.model_copy(update={"cycle": cycle, "seats": seats, "sheets": kinds, "forms": (), "tables": ()})


def _without_days(plan: Plan) -> Plan:
    return plan.model_copy(update={"hearings": (), "seats": ()})


def _papers(occasion: Occasion) -> Iterator[Paper | str]:
    """Yield one of each kind of paper that is made, and why others are not; the plan's body aside."""
    for build in (build for key, build in PAPERS.items() if key != "plan_body"):
        try:
            yield next(build(occasion))
        except NothingToTellError as reason:
            yield str(reason)


def _shape(data: bytes) -> Iterator[str]:
    """Yield what stands in a document, one after the other."""
    document = docx.Document(BytesIO(data))
    styles = {style.style_id: style.name for style in document.styles}
    for block in blocks(document.element.body):
        if block.tag == qn("w:tbl"):
            told = [row for row in block.iter(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is None]
            yield ROWS if any(visible(cell).strip() for row in told for cell in row.iter(qn("w:tc"))) else "no rows"
        elif visible(block).strip():
            style = block.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = "" if style is None else styles[style.get(qn("w:val"))]
            yield name if name in (TITLE, HEADING) else TEXT
        elif block.find(f".//{qn('w:br')}") is not None:
            yield PAGE
    yield END


LOST = {(HEADING, HEADING), (HEADING, PAGE), (HEADING, END), (PAGE, END), (TITLE, END)}


@pytest.mark.parametrize(
    ("thinned", "numbers", "made"),
    [
        (_bare, ["1-1"], {"request", "hearing", "hearing_record", "meeting"}),
        (_bare, [], {"meeting"}),
        (_without_days, ["1-1"], {"request", "call", "hearing", "hearing_record"}),
    ],
)
def test_nothing_is_left_behind(
    plan: Plan, thinned: Callable[[Plan], Plan], numbers: list[str], made: set[str]
) -> None:
    """1, 2: Of a plan with an item that nobody answered, and of one with none."""
    poor = thinned(plan)
    items = tuple(item(plan, number, "------", owners="総務部") for number in numbers)
    told = list(_papers(Occasion(poor, Register(items), DAY)))
    assert "" not in told
    papers = [worded_for(poor, paper) for paper in told if isinstance(paper, Paper)]
    assert {paper.template for paper in papers} == made
    for paper in papers:
        template = shipped_template(paper.template, plan.plan.font)
        shape = list(_shape(filled(template, named(paper.template, paper.fields), paper.title)))
        assert "no rows" not in shape, paper.file
        assert not LOST & set(pairwise(shape)), paper.file
