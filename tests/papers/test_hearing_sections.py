"""ヒアリング資料: a heading a department, and every division a table of its own."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from kohyo.model.plan import Plan
from kohyo.model.register import Register
from kohyo.papers.hearing import hearing_papers
from kohyo.papers.occasion import Occasion
from kohyo.papers.paper import named
from kohyo.word.fill import filled
from kohyo.word.template_writer import template_bytes
from tests.tables.small_plan import item


@pytest.mark.parametrize("divisions", [("甲課", "乙課"), ("甲課", "乙課", "丙課")])
def test_tables_do_not_run_into_each_other(plan: Plan, divisions: tuple[str, ...]) -> None:
    """Between two of a department stands no heading twice, but something: Word would make one table of both."""
    items = [
        item(plan, f"1-{place}", "o-----", owners="土木部").with_value("division", division)
        for place, division in enumerate(divisions, 1)
    ]
    (paper,) = hearing_papers(Occasion(plan, Register(tuple(items)), date(2024, 7, 3)))
    data = filled(template_bytes("hearing", plan.plan.font), named("hearing", paper.fields), paper.title)
    document = docx.Document(BytesIO(data))
    kinds = [type(block).__name__ for block in document.iter_inner_content()]
    assert kinds.count("Table") == len(divisions)
    assert "TableTable" not in "".join(kinds)
    headings = [block.text for block in document.paragraphs if block.style and block.style.name.startswith("Heading")]
    assert headings == ["土木部"]
