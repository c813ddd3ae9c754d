"""What somebody wrote outside the answer cells (欄の外の記入), told apart from what the form itself prints."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from kohyo.definition.fields import all_fields, year_words
from kohyo.excel.read.form_grid import FormGrid
from kohyo.excel.read.raw_book import ERROR
from kohyo.excel.read.references import Position
from kohyo.messages import section, wording
from kohyo.model.plan import Plan
from kohyo.text.normal import Key, key

_PRINTED = ("label", "head", "status", "remark", "example")
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_GAP = "\0"
_FILLED = ".{0,20}?"
_SHORTEST = 2
_LONGEST = 200
_BLOCKS = 99


def leftovers(sheet: FormGrid, plan: Plan, used: Collection[Position], own: Collection[Key]) -> Iterator[Position]:
    """Yield cells that hold what neither the form prints nor an answer says; ``own`` are this sheet's own texts."""
    for cell in sorted(sheet.grid.cells):
        known = cell in used or sheet.is_label(cell) or key(sheet.grid.cells[cell]) in own
        if not known and is_typed(sheet, cell, plan):
            yield cell


def is_typed(sheet: FormGrid, cell: Position, plan: Plan) -> bool:
    """Tell whether somebody wrote what stands in a cell beside the answers; the form's texts are nobody's."""
    text = str(sheet.grid.cells.get(cell, ""))
    return bool(text.strip()) and sheet.grid.notes.get(cell) != ERROR and not _is_form_text(text, plan)


@lru_cache(maxsize=4096)
def _is_form_text(text: str, plan: Plan) -> bool:
    """Tell whether a text is one of the form's own, or its remarks put together."""
    plain = key(text)
    if plain in _fixed(plan):
        return True
    if len(plain) > _LONGEST:
        return False
    for hint in _hints(plan):
        plain = Key(plain.replace(hint, ""))
    return _sentences().fullmatch(plain) is not None


@cache
def _fixed(plan: Plan) -> frozenset[Key]:
    """Return the texts that the definition puts on a sheet."""
    words = year_words(plan.cycle.year)
    texts = [group.label for group in plan.groups]
    for kind in plan.sheets:
        title = kind.title.format(**words)
        texts += [title, kind.guide, kind.tab.format(**words, number="")]
        texts.append(wording("form.head.line", cycle=words["cycle"], plan=plan.plan.name, title=title))
        texts += [wording("form.label.block", title=title, block=block) for block in range(1, _BLOCKS + 1)]
    for field in all_fields(plan):
        texts += [field.label, wording("form.label.required", label=field.label), field.unit]
    return frozenset(key(text) for text in texts if text)


@cache
def _hints(plan: Plan) -> tuple[Key, ...]:
    """Return the hints, the longest first, so that one within another does not break it."""
    return tuple(sorted({key(field.hint) for field in all_fields(plan) if field.hint}, key=len, reverse=True))


@cache
def _sentences() -> re.Pattern[str]:
    """Return a pattern of the form's sentences one after another; what is nearly all filled in is left out."""
    catalogue = section("form")
    templates = [text for table in _PRINTED for text in catalogue[table].values()]
    split = [key(_PLACEHOLDER.sub(_GAP, text)).split(_GAP) for text in templates]
    known = [_FILLED.join(map(re.escape, pieces)) for pieces in split if len("".join(pieces)) >= _SHORTEST]
    return re.compile(f"(?:{'|'.join(known)})*")
