"""Raw answers become trusted ones (信頼): the one crossing, which collects everything that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from kohyo.definition.ends import is_after, names_end
from kohyo.definition.fields import FormField
from kohyo.errors import TextError
from kohyo.messages import severity, wording
from kohyo.model.answer_name import block_values
from kohyo.model.codes import Code
from kohyo.model.finding import Finding, Severity
from kohyo.model.issued_form import IssuedSheet
from kohyo.model.plan import Plan
from kohyo.model.raised import finding_of
from kohyo.model.returned_book import Answer, Answers, Found, RawAnswer, RawSheet
from kohyo.model.tick import Tick
from kohyo.model.value import FieldValue, RawValue
from kohyo.returns.answer_findings import beyond_limits, hidden_in, not_a_value, told_of
from kohyo.returns.asked_fields import asked_fields, blocks_of, is_touched, is_written
from kohyo.returns.days_as_numbers import Around
from kohyo.returns.doubts import doubt_of, is_plan_of_verification
from kohyo.returns.parse_value import as_typed, is_as_typed, is_blank, parse_value, show_value
from kohyo.returns.percent_units import fractions_of_percent
from kohyo.returns.two_faces import seen
from kohyo.text.cell_text import is_unprintable, units
from kohyo.text.ticks import parse_tick, show_tick

_UNREAD = ("error", "uncalculated")
_FREE = ("text", "multiline")
_NO_BASE: Mapping[str, FieldValue] = {}
_NOTHING: Mapping[str, RawAnswer] = {}


def trust_sheet(
    plan: Plan,
    sheet: RawSheet,
    base: IssuedSheet | None,
    cover: Mapping[str, RawAnswer] = _NOTHING,
    *,
    rest: bool = False,
) -> tuple[tuple[Answers, ...], list[Finding]]:
    """Return the trusted answers of a sheet (one per filled block on sheets of blocks) and all findings.

    An answer that cannot be trusted is absent and has a finding with its cell; so is an empty one beside which a
    comment stands, for it may say what the cell does not. A blank sheet or block on which
    nothing was written yields nothing: nobody is asked to fill a proposal that is not made. Nor is the plan of a later
    year missed where the sheet itself wants its item to end (廃止・完了・統合); one that was emptied there stands as it
    went out, as long as nobody has decided. What stands on the
    ``cover`` answers a field that the sheet leaves empty; ``rest`` tells that it answers the ticks left open, too,
    of a sheet on which anything was written.
    """
    kind = plan.sheet_kind(sheet.kind)
    findings: list[Finding] = []
    fields = asked_fields(plan, sheet, base, findings)
    known, last_year = (base.known, base.last_year) if base else (_NO_BASE, _NO_BASE)
    trusted: list[Answers] = []
    for block in blocks_of(sheet) if kind.per == "block" else (0,):
        found = block_values(sheet.answers, block)
        reading = _Reading(plan, Around(fields, found, known, last_year), findings, ends=base is not None and base.ends)
        if kind.per != "item" and not is_touched(fields, found):
            reading.note_hidden()
            continue
        all_ticks = sheet.rest or (rest and is_written(fields, found, base))
        reading.fill(cover)
        values = reading.read(rest=all_ticks)
        trusted.append(Answers(sheet.kind, base.item if base else None, sheet.place, values, block))
    return tuple(trusted), findings


class _Reading:
    """The reading of one sheet or block: its fields, what was found, what was known, and the findings so far."""

    def __init__(self, plan: Plan, around: Around, findings: list[Finding], *, ends: bool) -> None:
        self._plan = plan
        self._around = around
        self._fields = around.fields
        self._found = around.found
        self._known = around.known
        self._findings = findings
        self._ends = ends

    def fill(self, cover: Mapping[str, RawAnswer]) -> None:
        """Let the cover answer what the sheet leaves empty; a comment beside an empty cell says something itself."""
        filled = {name: answer for name, answer in cover.items() if self._is_empty(name) and not is_blank(answer.value)}
        if filled:
            asked = {field.name for field in self._fields if field.once}
            self._found = {**self._found, **{name: answer for name, answer in filled.items() if name in asked}}

    def _is_empty(self, name: str) -> bool:
        answer = self._found.get(name)
        return answer is not None and is_blank(answer.value) and not answer.comment

    def read(self, *, rest: bool) -> dict[str, Answer]:
        """Return the trusted answers by field name; ``rest`` says that ticks left open are 非該当."""
        values: dict[str, Answer] = {}
        after = self._after_end()
        new, unfound, found_of = tuple.__new__, Found.NOT_FOUND, self._found.get
        for field in self._fields:
            answer = found_of(field.name)
            if answer is None or answer.found is unfound or field.type == "tick":
                continue
            if field.name in after and is_blank(answer.value) and answer.note not in _UNREAD:
                self._note(field, answer)
                if not answer.comment:
                    values[field.name] = Answer(self._known.get(field.name), answer.place, "")
                continue
            if field.type in _FREE and (text := self._free_text(field, answer)) is not None:
                values[field.name] = new(Answer, (text, answer.place, text))
                continue
            self._note(field, answer)
            if field.readonly:
                self._compare_readonly(field, answer)
            elif answer.note not in _UNREAD and (found := self._seen(field, answer)) is not None:
                trusted = self._one(field, found)
                if trusted is not None:
                    values[field.name] = trusted
        self._findings += fractions_of_percent(self._fields, self._found, values, self._known)
        return values | self._ticks(rest=rest)

    def _after_end(self) -> frozenset[str]:
        """Return the fields about the years after this one, where its item is to end with it: the sheet says so.

        Of a sheet that is silent about it the form knows what was said before.
        """
        year = self._plan.cycle.year
        if not (self._ends or names_end(self._fields, self._direction)):
            return frozenset()
        return frozenset(field.name for field in self._fields if is_after(self._plan, field, year))

    def _direction(self, name: str) -> FieldValue:
        """Return what a choice says, as far as that is read; of one that is only shown what is known."""
        field = next(field for field in self._fields if field.name == name)
        answer = self._found.get(name)
        if field.readonly or answer is None or answer.found is Found.NOT_FOUND:
            return self._known.get(name)
        try:
            return None if is_blank(answer.value) or answer.note in _UNREAD else parse_value(field, answer.value)
        except TextError:
            return None

    def _free_text(self, field: FormField, answer: RawAnswer) -> str | None:
        """Return a free text of which there is nothing to say, letter by letter; None where there may be something.

        Nearly every long answer is one, and the rest of this class finds the same in it, at more work.
        """
        _, text, _, note, comment, apart, face, hidden = answer
        if not isinstance(text, str) or note or comment or apart or hidden or face is not None or field.readonly:
            return None
        long = field.max_length and 2 * len(text) > field.max_length and units(text) > field.max_length
        if long or field.max_entries or "\r" in text or is_blank(text) or is_unprintable(text):
            return None
        planned = (
            field.year and text != self._known.get(field.name) and is_plan_of_verification(self._plan, field, text)
        )
        return None if planned else text

    def _seen(self, field: FormField, answer: RawAnswer) -> RawAnswer | None:
        """Return an answer as people see it; None where that is to be asked."""
        if answer.face is None and not answer.hidden:
            return answer
        found, told = seen(field, answer, self._known.get(field.name))
        self._findings += told
        return found

    def note_hidden(self) -> None:
        """Say what the cells hide where nothing is answered, so that a comment alone is not lost."""
        for field in self._fields:
            if field.name in self._found:
                self._note(field, self._found[field.name])

    def _note(self, field: FormField, answer: RawAnswer) -> None:
        """Say what the cell hid."""
        if answer.note or answer.comment:
            self._findings += hidden_in(field, answer)

    def _compare_readonly(self, field: FormField, answer: RawAnswer) -> None:
        if field.name not in self._known or _still_says(field, answer.value, self._known[field.name]):
            return
        try:
            value = None if is_blank(answer.value) else parse_value(field, answer.value)
        except TextError:
            value = as_typed(answer.value)
        if value != self._known[field.name]:
            self._findings.append(
                finding_of(Code.K212, *told_of(field, answer), known=str(self._known[field.name] or ""))
            )

    def _one(self, field: FormField, answer: RawAnswer) -> Answer | None:
        if is_blank(answer.value):
            if field.required:
                self._findings.append(finding_of(Code.K201, *told_of(field, answer)))
            return None if answer.comment else Answer(None, answer.place, "")
        try:
            value = parse_value(field, answer.value)
        except TextError:
            self._findings.append(not_a_value(field, answer))
            return None
        changed = value != self._known.get(field.name)
        is_plain = isinstance(value, str) and not answer.apart
        if changed and not is_plain and (doubt := doubt_of(self._plan, field, answer, value, self._around)):
            self._findings.append(doubt)
            if severity(doubt.code) is Severity.ERROR:
                return None
        if field.max_length or field.max_entries or not isinstance(value, str):
            self._findings += beyond_limits(field, answer, value)
        if changed and field.year and is_plan_of_verification(self._plan, field, value):
            self._findings.append(finding_of(Code.K219, *told_of(field, answer)))
        if _was_normalised(field, answer, value):
            self._findings.append(finding_of(Code.K207, *told_of(field, answer), read=show_value(value)))
        return Answer(value, answer.place, as_typed(answer.value))

    def _located_ticks(self) -> list[tuple[FormField, RawAnswer]]:
        located = []
        for field in self._fields:
            raw = self._found.get(field.name) if field.type == "tick" else None
            if raw is not None and raw.found is not Found.NOT_FOUND:
                self._note(field, raw)
                answer = self._seen(field, raw)
                if answer is not None:
                    located.append((field, answer))
        return located

    def _ticks(self, *, rest: bool) -> dict[str, Answer]:
        """Read the ticks together: an empty one means 非該当 only where the group holds a ○ (see design, ticks)."""
        located = self._located_ticks()
        read = {field.name: self._tick(field, answer) for field, answer in located}
        group_answered = Tick.YES in read.values()
        values: dict[str, Answer] = {}
        open_ticks: list[FormField] = []
        for field, answer in located:
            tick = read[field.name]
            if tick is None and (answer.comment or answer.note in _UNREAD):
                continue
            if tick is None and is_blank(answer.value):
                tick = self._empty_tick(field, group_answered=group_answered)
            if tick is Tick.UNKNOWN and rest:
                tick = Tick.NO
            if tick is Tick.UNKNOWN:
                open_ticks.append(field)
            if tick is not None or (is_blank(answer.value) and self._known.get(field.name) is Tick.YES):
                values[field.name] = Answer(tick, answer.place, as_typed(answer.value))
        if open_ticks:
            place = self._found[open_ticks[0].name].place
            labels = wording("text.list.joiner").join(field.register_label for field in open_ticks)
            self._findings.append(finding_of(Code.K216, place, labels))
        return values

    def _tick(self, field: FormField, answer: RawAnswer) -> Tick | None:
        if answer.note in _UNREAD:
            return None
        if isinstance(answer.value, str) and answer.value in _shown_ticks():
            return _shown_ticks()[answer.value]
        if is_blank(answer.value):
            return None
        try:
            tick = parse_tick(answer.value)
        except TextError:
            self._findings.append(finding_of(Code.K206, *told_of(field, answer)))
            return None
        if as_typed(answer.value) != show_tick(tick):
            self._findings.append(finding_of(Code.K207, *told_of(field, answer), read=show_tick(tick)))
        return tick

    def _empty_tick(self, field: FormField, *, group_answered: bool) -> Tick | None:
        if self._known.get(field.name) is Tick.YES:
            return None
        return Tick.NO if group_answered else Tick.UNKNOWN


@cache
def _shown_ticks() -> Mapping[str, Tick]:
    """Return the ticks by how a form shows them, which is read as just that."""
    shown = {show_tick(tick): tick for tick in Tick}
    return {text: tick for text, tick in shown.items() if not is_blank(text) and parse_tick(text) is tick}


def _still_says(field: FormField, raw: RawValue, known: FieldValue) -> bool:
    """Tell whether a text that is read letter by letter surely says what is known."""
    return isinstance(raw, str) and raw == known and is_as_typed(field) and "\r" not in raw and not is_blank(raw)


def _was_normalised(field: FormField, answer: RawAnswer, value: FieldValue) -> bool:
    """Tell whether the value differs from what was typed; free text never does."""
    if field.type in ("text", "multiline"):
        return not isinstance(answer.value, str)
    told_apart = isinstance(answer.value, str) or isinstance(value, (str, date))  # a number may be a day, or a mark
    return field.type != "goal" and told_apart and as_typed(answer.value) != show_value(value)
