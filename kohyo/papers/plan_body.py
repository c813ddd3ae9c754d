"""The body of the plan (プラン本編Ⅵ) and the list of effects (効果額一覧): the tables in one document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kohyo.definition.structure import has_matrix
from kohyo.messages import wording
from kohyo.model.table import Table
from kohyo.papers.occasion import NothingToTellError, Occasion
from kohyo.papers.paper import Filling, Paper, Record, paper_name
from kohyo.tables.effects import effect_tables
from kohyo.tables.item_list import item_list
from kohyo.tables.item_sheets import item_sheet_tables
from kohyo.tables.matrix import excerpt, full


def plan_bodies(occasion: Occasion) -> Iterator[Paper]:
    """Yield プラン本編Ⅵ: list and matrix, then every item sheet; raise NothingToTellError without items."""
    plan, register = occasion.plan, occasion.register
    if not register.current:
        raise NothingToTellError("items")
    chapters = [item_list(plan, register.current)]
    if has_matrix(plan):
        matrix = excerpt if register.current_entries else full
        chapters.append(matrix(plan, register.current, register.current_entries))
    items = {str(item.number): item.title for item in register.current}
    sheets: list[Record] = [
        {"title": wording("papers.sheet", number=table.name, title=items.get(table.name, "")), "table": table}
        for table in item_sheet_tables(plan, register)[1:]
    ]
    yield _paper(occasion, "plan_body", sections=_sections(chapters), sheets=sheets)


def effect_lists(occasion: Occasion) -> Iterator[Paper]:
    """Yield 効果額一覧; raise NothingToTellError where no item tells of effects."""
    tables = effect_tables(occasion.plan, occasion.register)
    if not tables or not tables[-1].records:  # the last lists the items that tell of any
        raise NothingToTellError("effects")
    own = paper_name("effects")
    sections = [{**section, "title": ""} if section["title"] == own else section for section in _sections(tables)]
    yield _paper(occasion, "effects", sections=sections)


def _sections(tables: Sequence[Table]) -> list[Record]:
    return [{"title": table.title, "table": table} for table in tables]


def _paper(occasion: Occasion, key: str, **fields: Filling) -> Paper:
    name = paper_name(key)
    return Paper(name, name, key, name, {**occasion.common, **fields})
