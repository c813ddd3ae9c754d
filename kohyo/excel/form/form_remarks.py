"""What stands beside an answer (欄の右): 未記入です, 直してください, hint and counter.

Every remark is a formula, counted live, together with the text it yields for the value that the form goes out
with, so that the first look is right even before anything is recalculated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from kohyo.definition.fields import FormField
from kohyo.errors import TextError
from kohyo.excel.form import form_formulas as formula
from kohyo.excel.form.form_formulas import LIVE
from kohyo.excel.form.form_layout import lines_beside
from kohyo.excel.form.form_lists import TICK_SPELLINGS
from kohyo.messages import wording
from kohyo.model.tick import Tick
from kohyo.model.value import RawValue
from kohyo.text.cell_text import units
from kohyo.text.dates import parse_date
from kohyo.text.numbers import parse_integer, parse_number
from kohyo.text.ticks import parse_tick, show_tick


class State(Enum):
    """Whether an answer is still missing (未記入), wrong (直すところ) or neither."""

    FINE = "fine"
    MISSING = "missing"
    WRONG = "wrong"


@dataclass(frozen=True)
class Remark:
    """A remark: its formula, the text it yields now, the state that text says, and texts it may grow to."""

    formula: str
    text: str
    state: State
    may_say: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """An answer cell as the remark sees it: address, value as shown, and the name of its list of choices.

    ``started`` is the condition under which required fields count (empty: always), ``is_started`` its value now.
    """

    cell: str
    value: RawValue
    list_name: str = ""
    started: str = ""
    is_started: bool = True
    cover: str = ""
    """The cell of the cover that answers for an empty one; nothing stands there when the form goes out."""
    rest: str = ""
    """The condition that all ticks left open are answered at once; they are not when the form goes out."""
    ended: str = ""
    """The condition that the sheet wants its item to end before the year that is asked about."""
    is_ended: bool = False
    """Whether it does when the form goes out."""

    @property
    def text(self) -> str:
        """The value as text, without surrounding space."""
        return "" if self.value is None else str(self.value).strip()

    @property
    def length(self) -> int:
        """How many characters Excel counts: UTF-16 units."""
        return 0 if self.value is None else units(str(self.value))


@dataclass(frozen=True)
class _Clause:
    condition: str
    holds: bool
    says: str
    state: State
    figure: int = 0
    live: str = ""

    @property
    def text(self) -> str:
        return self.says.replace(LIVE, str(self.figure))


def remark(field: FormField, answered: Answered) -> Remark:
    """Return what stands beside the answer of ``field``."""
    clauses = list(_clauses(field, answered))
    chosen = next(clause for clause in clauses if clause.holds)
    built = formula.spoken(clauses[-1].says, clauses[-1].live)
    for clause in reversed(clauses[:-1]):
        built = f"IF({clause.condition},{formula.spoken(clause.says, clause.live)},{built})"
    may_say = tuple(clause.text for clause in clauses if clause.state is not State.WRONG)
    return Remark(f"={built}", chosen.text, chosen.state, may_say)


def _clauses(field: FormField, answered: Answered) -> Iterator[_Clause]:
    """Yield what may be said, the first that holds wins; the last always holds."""
    if not field.readonly:
        yield from _missing(field, answered)
        yield from _wrong(field, answered)
    yield from _calm(field, answered)


def _missing(field: FormField, answered: Answered) -> Iterator[_Clause]:
    if not field.required:
        return
    condition, holds = formula.empty(answered.cell), not answered.text
    if field.type == "tick":
        unknown = show_tick(Tick.UNKNOWN)
        condition = f"OR({condition},{answered.cell}={formula.literal(unknown)})"
        holds = holds or answered.text == unknown
    unless = _elsewhere(answered)
    if unless:
        condition = f"AND({condition},NOT({unless[0]}))"
    if answered.started:
        condition = f"AND({answered.started},{condition})"
    says = wording("form.remark.missing")
    if field.hint and field.type != "tick":
        says = _beside(says, field.hint)
    yield _Clause(condition, holds and answered.is_started and not answered.is_ended, says, State.MISSING)
    if unless:
        open_cell = formula.empty(answered.cell)
        if field.type == "tick":
            open_cell = f"OR({open_cell},{answered.cell}={formula.literal(show_tick(Tick.UNKNOWN))})"
        yield _Clause(open_cell, holds and answered.is_ended, says=unless[1], state=State.FINE)


def _elsewhere(answered: Answered) -> tuple[str, str] | None:
    """Return the condition under which an empty cell is answered elsewhere, and what is said then."""
    if answered.cover:
        return f"NOT({formula.empty(answered.cover)})", wording("form.remark.from_cover")
    if answered.rest:
        return answered.rest, wording("form.remark.rest")
    if answered.ended:
        return answered.ended, wording("form.remark.after_end")
    return None


def _beside(mark: str, hint: str) -> str:
    """Join mark and hint on one line where both fit, on two lines otherwise."""
    joined = mark + wording("form.remark.join") + hint
    return joined if lines_beside(joined) == 1 else f"{mark}\n{hint}"


@dataclass(frozen=True)
class _Check:
    """A check of one kind: when it is passed, as a formula and as a function, and what is said otherwise."""

    condition: str
    passes: Callable[[], object]
    says: str
    live: str = ""
    figure: int = 0


def _wrong(field: FormField, answered: Answered) -> Iterator[_Clause]:
    mark = wording("form.remark.wrong") + wording("form.remark.join")
    for check in _checks(field, answered):
        condition = f"IF({formula.empty(answered.cell)},FALSE,NOT({check.condition}))"
        holds = bool(answered.text) and not _passes(check)
        yield _Clause(condition, holds, mark + check.says, State.WRONG, check.figure, check.live)


def _passes(check: _Check) -> bool:
    try:
        return check.passes() is not False
    except TextError:
        return False


def _checks(field: FormField, answered: Answered) -> Iterator[_Check]:
    cell = answered.cell
    if field.type == "tick":
        unknown = show_tick(Tick.UNKNOWN)
        known = f"OR({cell}={formula.literal(unknown)},COUNTIF({TICK_SPELLINGS},{cell})>0)"
        yield _Check(known, lambda: parse_tick(answered.text) is not None, wording("form.remark.not_tick"))
    elif field.choices:
        listed = f"COUNTIF({answered.list_name},{cell})>0"
        yield _Check(listed, lambda: answered.text in field.choices, wording("form.remark.not_choice"))
    elif field.type in {"integer", "decimal"}:
        yield from _number_checks(field, answered)
    elif field.type == "date":
        yield _Check(
            formula.is_date(cell), lambda: parse_date(answered.value) is not None, wording("form.remark.not_date")
        )
    if field.max_length:
        says = wording("form.remark.too_long", maximum=field.max_length, count=LIVE)
        fits = answered.length <= field.max_length
        yield _Check(f"LEN({cell})<={field.max_length}", lambda: fits, says, f"LEN({cell})", answered.length)


def _number_checks(field: FormField, answered: Answered) -> Iterator[_Check]:
    whole = field.type == "integer"
    is_number = formula.is_integer if whole else formula.is_decimal
    parse = parse_integer if whole else parse_number
    says = wording("form.remark.not_integer" if whole else "form.remark.not_number")
    yield _Check(is_number(answered.cell, field.unit), lambda: parse(answered.value, field.unit) is not None, says)
    if field.minimum is None and field.maximum is None:
        return
    low = wording("form.remark.no_minimum") if field.minimum is None else f"{field.minimum:g}"
    high = wording("form.remark.no_maximum") if field.maximum is None else f"{field.maximum:g}"
    says = wording("form.remark.out_of_range", minimum=low, maximum=high)
    figure = formula.number(answered.cell, field.unit)
    bounds = [
        *([f"{figure}>={field.minimum:g}"] if field.minimum is not None else []),
        *([f"{figure}<={field.maximum:g}"] if field.maximum is not None else []),
    ]
    yield _Check(f"IFERROR(AND({','.join(bounds)}),FALSE)", lambda: _within(field, answered), says)


def _within(field: FormField, answered: Answered) -> bool:
    figure = parse_number(answered.value, field.unit)
    above = field.minimum is None or figure >= field.minimum
    return above and (field.maximum is None or figure <= field.maximum)


def _calm(field: FormField, answered: Answered) -> Iterator[_Clause]:
    """Hint and counter; a field of one line shows the hint until it is filled, then the counter."""
    hint = "" if field.type == "tick" else field.hint
    if not field.max_length or field.readonly:
        yield _Clause("", holds=True, says=hint, state=State.FINE)
        return
    counter = wording("form.remark.counter", maximum=field.max_length, count=LIVE)
    live, figure = f"LEN({answered.cell})", answered.length
    if field.type == "multiline" and hint:
        counter = f"{hint}\n{counter}"
    elif hint:
        yield _Clause(formula.empty(answered.cell), not answered.text, hint, State.FINE)
    yield _Clause("", holds=True, says=counter, state=State.FINE, figure=figure, live=live)
