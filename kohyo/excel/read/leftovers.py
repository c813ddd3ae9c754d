"""What somebody wrote outside the answer cells (欄の外の記入), told apart from what the form itself prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from kohyo.definition.fields import all_fields, year_words
from kohyo.excel.read.form_grid import FormGrid
from kohyo.excel.read.raw_book import ERROR
from kohyo.excel.read.references import Position
from kohyo.messages import section, wording
from kohyo.model.plan import Plan
from kohyo.text.normal import Key, key

_PRINTED = ("label", "head", "status", "remark", "example")
_BESIDE = ("remark",)
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_GAP = "\0"
_FILLED = ".{0,20}?"
_FEW = 3  # labels at least, for their column to be that of a form
_SHORTEST = 2
_LONGEST = 200
_BLOCKS = 99


def leftovers(sheet: FormGrid, plan: Plan, used: Mapping[Position, bool], own: Collection[Key]) -> Iterator[Position]:
    """Yield cells that hold what neither the form prints nor an answer says.

    ``used`` are the cells already spoken of, and whether each is an answer's; ``own`` are texts that the head
    repeats. Below the head, the form prints labels in their column and remarks elsewhere; in the column of the
    answers nothing is its own.
    """
    answered = [cell for cell, is_answer in used.items() if is_answer]
    head = min((row for row, _ in sheet.label_cells or answered), default=0)
    labels = {column for _, column in sheet.label_cells} if len(sheet.label_cells) >= _FEW else set()
    answers = _column_of_answers(sheet, used)
    for cell in sorted(sheet.grid.cells):
        if cell in used or cell in sheet.label_cells:
            continue
        if cell[0] < head:
            by_hand = cell not in sheet.grid.notes and key(sheet.grid.cells[cell]) not in own
            found = by_hand and is_typed(sheet, cell, plan)
        elif cell[1] == answers:
            found = bool(str(sheet.grid.cells[cell]).strip())
        elif cell[1] in labels:
            found = is_typed(sheet, cell, plan)
        else:
            found = is_written(sheet, cell) and not is_remark(sheet, cell, plan)
        if found:
            yield cell


def _column_of_answers(sheet: FormGrid, used: Mapping[Position, bool]) -> int | None:
    """Return the column in which most answers were found, else the one beside most labels."""
    columns = Counter(column for (_, column), is_answer in used.items() if is_answer)
    columns = columns or Counter(sheet.beside(cell)[1] for cell in sheet.label_cells)
    return columns.most_common(1)[0][0] if columns else None


def is_typed(sheet: FormGrid, cell: Position, plan: Plan) -> bool:
    """Tell whether somebody wrote what stands in a cell beside the answers; the form's texts are nobody's."""
    return is_written(sheet, cell) and not _is_form_text(str(sheet.grid.cells[cell]), plan)


def is_written(sheet: FormGrid, cell: Position) -> bool:
    """Tell whether a cell holds more than white space or an error, which nobody writes."""
    text = str(sheet.grid.cells.get(cell, "")).strip()
    return bool(text) and not is_last_year(text) and sheet.grid.notes.get(cell) != ERROR


def is_last_year(text: str) -> bool:
    """Tell whether a text is what the form shows of last year's answers, by the mark that it opens with."""
    opens, head = _last_year()
    return text.startswith(opens) or (text[:1] == head[:1] and key(text) == head)


@cache
def _last_year() -> tuple[str, Key]:
    """Return what last year's answers open with, and the key of the heading above them."""
    return wording("form.last_year.answer").partition("{")[0], key(wording("form.last_year.head"))


def is_remark(sheet: FormGrid, cell: Position, plan: Plan) -> bool:
    """Tell whether a cell holds what the form itself says beside an answer."""
    text = sheet.grid.cells.get(cell)
    return isinstance(text, str) and bool(text.strip()) and _is_said_by_form(key(text), plan, _BESIDE)


@lru_cache(maxsize=4096)
def _is_form_text(text: str, plan: Plan) -> bool:
    """Tell whether a text is one of the form's own, or its remarks put together."""
    plain = key(text)
    return plain in _fixed(plan) or _is_said_by_form(plain, plan, _PRINTED)


@lru_cache(maxsize=4096)
def _is_said_by_form(plain: Key, plan: Plan, tables: tuple[str, ...]) -> bool:
    if _marks().fullmatch(plain):
        return True
    if len(plain) > _LONGEST:
        return False
    for hint in _hints(plan):
        plain = Key(plain.replace(hint, ""))
    return _sentences(tables).fullmatch(plain) is not None


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
def _marks() -> re.Pattern[str]:
    """Return the pattern of what a correction says beside an answer, whatever the reason."""
    openings = "|".join(re.escape(key(wording(f"form.remark.{name}"))) for name in ("wrong", "look"))
    ending = key(wording("form.asks.mark", opening="", reason=""))
    return re.compile(f"(?:{openings}).*{re.escape(ending)}", re.DOTALL)


@cache
def _sentences(tables: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of the form's sentences one after another; what is nearly all filled in is left out."""
    catalogue = section("form")
    templates = [text for table in tables for text in catalogue[table].values()]
    split = [key(_PLACEHOLDER.sub(_GAP, text)).split(_GAP) for text in templates]
    known = [_FILLED.join(map(re.escape, pieces)) for pieces in split if len("".join(pieces)) >= _SHORTEST]
    return re.compile(f"(?:{'|'.join(known)})*")
