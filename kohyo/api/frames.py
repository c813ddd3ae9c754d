"""Data frames (データフレーム) of a workspace: the register and the answers, ready to be analysed.

Columns have the same types whatever the data, and where there is none: ``string``, ``category``, ``Int64``,
``Float64``, ``boolean``, ``datetime64``. Items stand under their ID, which is the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from kohyo.api.frame_types import array, array_of, categories, spelled
from kohyo.definition.departments import owners
from kohyo.definition.fields import FormField, item_fields, register_label
from kohyo.errors import TextError, UsageError
from kohyo.excel.register_book.book_sheet import CHANGES, CONFLICTS, CONTRIBUTIONS, ITEMS, NOTES, RECEIPTS, BookSheet
from kohyo.excel.register_book.register_columns import book_sheets
from kohyo.excel.register_book.register_rows import register_rows
from kohyo.excel.register_book.row_columns import Row
from kohyo.messages import section
from kohyo.model.answer import AnswerState
from kohyo.model.item import Item
from kohyo.model.plan import Plan
from kohyo.model.tick import Evidence
from kohyo.model.value import FieldValue
from kohyo.usecases.contents import Contents

if TYPE_CHECKING:
    import pandas as pd

_INDEX = {ITEMS: "id", CONFLICTS: "id", CONTRIBUTIONS: "item", CHANGES: "item"}


@dataclass(frozen=True)
class Frames:
    """What a workspace knows, a data frame a subject, whose columns are the same in every workspace of a plan."""

    items: pd.DataFrame
    """One row per item (項目) under its ID: every field of the plan, ticks as ``boolean`` (不明 is missing)."""
    ticks: pd.DataFrame
    """One row per item and perspective (改善の視点): ``ticked``, and what that rests on (``evidence``)."""
    owners: pd.DataFrame
    """One row per item and owner (所管部), a collective name spelled out; ``lead`` tells the one that leads."""
    indicators: pd.DataFrame
    """One row per item and fiscal year: what is measured, and in what unit."""
    answers: pd.DataFrame
    """One row per answer (回答) that counts: who says what of which field, and where."""
    contributions: pd.DataFrame
    """One row per item and owner, what each answers for itself (部別回答)."""
    changes: pd.DataFrame
    """The history (変更履歴), a row per change, under the item's ID."""
    conflicts: pd.DataFrame
    """One row per value that the register has not taken (競合)."""
    receipts: pd.DataFrame
    """One row per file that came, or per respondent without one (回収)."""
    notes: pd.DataFrame
    """What was written beside the answers (連絡メモ)."""

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield every name with its frame."""
        return ((part.name, getattr(self, part.name)) for part in fields(self))


def frames_of(known: Contents, *, labels: bool = False) -> Frames:
    """Return the data frames of a workspace; with ``labels`` headings and words are the register's own, in Japanese.

    Raises UsageError where pandas is not installed.
    """
    try:
        import pandas  # noqa: F401, ICN001, PLC0415 - heavy, and wanted by analysts only
    except ImportError as error:
        raise UsageError("no_pandas") from error
    plan, register = known.plan, known.register
    rows = register_rows(register, plan)
    sheets = {sheet.key: sheet for sheet in book_sheets(plan)}
    own = {
        key: _sheet_frame(plan, sheets[key], rows[key], labels=labels)
        for key in (ITEMS, CONTRIBUTIONS, CHANGES, CONFLICTS, RECEIPTS, NOTES)
    }
    return Frames(
        **own,
        ticks=_ticks(plan, register.items, labels=labels),
        owners=_owners(plan, register.items, labels=labels),
        indicators=_indicators(known, labels=labels),
        answers=_answers(known, labels=labels),
    )


def _sheet_frame(plan: Plan, sheet: BookSheet, rows: Sequence[Row], *, labels: bool) -> pd.DataFrame:
    """Return a sheet of the register; what a tick rests on stands with the ticks, and nowhere else."""
    columns = [column for column in sheet.columns if not column.name.startswith("@evidence.")]
    taken = {column.name for column in columns}
    found = {}
    for column in columns:
        plain = column.name.removeprefix("@")
        name = column.label if labels else plain if plain == column.name or plain not in taken else column.name
        values = [column.blank if (value := row.get(column.name)) is None else value for row in rows]
        found[name] = array_of(column, values, plan, labels=labels)
    index = _INDEX.get(sheet.key)
    return _framed(found, (sheet.column(f"@{index}").label if labels else index) if index else "")


def _framed(columns: Mapping[str, object], index: str) -> pd.DataFrame:
    import pandas  # noqa: ICN001, PLC0415

    frame = pandas.DataFrame(dict(columns))
    return frame.set_index(index) if index else frame


def _named(subject: str, columns: Mapping[str, object], *, labels: bool) -> pd.DataFrame:
    """Return a frame of our own under its first column, with the headings of ``frames.toml`` if asked for."""
    headings = section("frames")[subject]
    named = {headings[name] if labels else name: values for name, values in columns.items()}
    return _framed(named, next(iter(named)))


def _ticks(plan: Plan, items: Sequence[Item], *, labels: bool) -> pd.DataFrame:
    fields_ = [field for field in item_fields(plan) if field.type == "tick"]
    shown = {entry.key: entry.list_label if labels else entry.key for entry in plan.perspectives}
    pairs = [(item, field) for item in items for field in fields_]
    evidence = {kind: section("workbook")["evidence"][kind.value] if labels else kind.value for kind in Evidence}
    rests = [evidence[item.evidence.get(field.name, Evidence.NONE)] for item, field in pairs]
    perspectives = [shown.get(field.perspective, field.label) for _, field in pairs]
    columns = {
        "item": array([item.id for item, _ in pairs], "string"),
        "number": array([str(item.number) for item, _ in pairs], "string"),
        "perspective": categories(perspectives, shown.values(), ordered=True),
        "ticked": array(_field_values(pairs), "boolean"),
        "evidence": categories(rests, evidence.values()),
    }
    return _named("ticks", columns, labels=labels)


def _field_values(pairs: Iterable[tuple[Item, FormField]]) -> list[FieldValue]:
    return [item.values.get(field.name) for item, field in pairs]  # noqa: PD011 - of an item, not of a frame


def _owners(plan: Plan, items: Sequence[Item], *, labels: bool) -> pd.DataFrame:
    rows = [(item, name, lead) for item in items for name, lead in _owned(plan, item)]
    columns = {
        "item": array([item.id for item, _, _ in rows], "string"),
        "number": array([str(item.number) for item, _, _ in rows], "string"),
        "department": categories([name for _, name, _ in rows], [entry.name for entry in plan.departments]),
        "lead": array([lead for _, _, lead in rows], "boolean"),
    }
    return _named("owners", columns, labels=labels)


def _owned(plan: Plan, item: Item) -> list[tuple[str, bool]]:
    """Return who owns an item and whether it leads; what nobody knows stands as it is written, leading nothing."""
    try:
        found = owners(plan, item.owners)
    except TextError:
        return [(item.owners, False)] if item.owners else []
    return [(name, name == found.lead) for name in found.members]


def _measures(plan: Plan) -> tuple[FormField, ...]:
    """Return the fields of every group that measures something: where figures stand, with what stands beside them."""
    own = item_fields(plan)
    measuring = {field.group for field in own if field.type in ("integer", "decimal")}
    return tuple(field for field in own if field.group in measuring)


def _indicators(known: Contents, *, labels: bool) -> pd.DataFrame:
    plan = known.plan
    rows = [(item, year) for year, register in sorted(known.by_year.items()) for item in register.current]
    sheet = next(sheet for sheet in book_sheets(plan) if sheet.key == ITEMS)
    headings = section("frames")["indicators"]
    columns = {
        headings[name] if labels else name: values
        for name, values in {
            "item": array([item.id for item, _ in rows], "string"),
            "number": array([str(item.number) for item, _ in rows], "string"),
            "year": array([year for _, year in rows], "Int64"),
        }.items()
    }
    for field in _measures(plan):
        column = sheet.column(field.name)
        values = _field_values((item, field) for item, _ in rows)
        columns[column.label if labels else field.name] = array_of(column, values, plan, labels=labels)
    return _framed(columns, next(iter(columns)))


def _answers(known: Contents, *, labels: bool) -> pd.DataFrame:
    plan, answers = known.plan, known.answers
    states = {state: section("frames")["states"][state.value] if labels else state.value for state in AnswerState}
    names = [register_label(plan, answer.field) if labels else answer.field for answer in answers]
    texts: dict[str, list[FieldValue]] = {
        "value": [spelled(answer.value) for answer in answers],
        "base": [spelled(answer.base) for answer in answers],
        "typed": [answer.typed for answer in answers],
        "file": [answer.place.file for answer in answers],
        "sheet": [answer.place.sheet for answer in answers],
        "cell": [answer.place.cell for answer in answers],
        "sha256": [answer.sha256 for answer in answers],
    }
    columns = {
        "item": array([answer.item for answer in answers], "string"),
        "field": array(names, "string"),
        "department": categories([answer.department for answer in answers], [entry.name for entry in plan.departments]),
        "state": categories([states[answer.state] for answer in answers], states.values()),
        "leads": array([answer.leads for answer in answers], "boolean"),
        "round": array([answer.round for answer in answers], "Int64"),
        **{name: array(values, "string") for name, values in texts.items()},
        "from_cover": array([answer.from_cover for answer in answers], "boolean"),
    }
    return _named("answers", columns, labels=labels)
